import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import type { FeedPosition } from "../domain/call.ts";
import type { CountByTime } from "../domain/call-counts.ts";
import type { CallOrder } from "../domain/connection.ts";
import type { ContactFields } from "../domain/contact.ts";
import { type CallFilter, matches } from "../domain/filter.ts";
import { nobody } from "../domain/other-end.ts";
import { readCallFilter } from "../domain/read-filter.ts";
import type { Storage } from "../domain/storage.ts";
import { anyTime } from "./contract-arbitraries.ts";
import { anyFilter, anyQuestion, anySearchedFacts } from "./contract-filters.ts";
import { delivery, hourMs, logCall, noonMs, pbx, user, withStorage, writing } from "./contract-samples.ts";
import { createMemoryStorage } from "./memory-model.ts";
import type { OpenStorage } from "./storage.contract.ts";

export function describeFilters(open: OpenStorage): void {
  describe("filters", () => {
    it("any filter gives the pages, walks, counts and groups that the model gives, after any writes", () =>
      withStorage(open, async ({ storage, addWorkspace }) => {
        let lastWorkspaceId = 500;
        const property = fc.asyncProperty(
          fc.array(anySearchedFacts, { maxLength: 40 }),
          fc.array(anyLaterWrite, { maxLength: 15 }),
          fc.array(anyFilterQuestion, { minLength: 5, maxLength: 20 }),
          async (logged, later, questions) => {
            const workspaceId = ++lastWorkspaceId;
            const model = createMemoryStorage();
            await addWorkspace(workspaceId, `run ${workspaceId}`);
            model.addWorkspace(workspaceId, `run ${workspaceId}`);
            for (const target of [storage, model]) await write(target, workspaceId, logged, later);
            for (const question of questions) {
              const [answer, expected] = await Promise.all([
                ask(storage, workspaceId, question),
                ask(model, workspaceId, question),
              ]);
              assert.deepEqual(answer, expected);
            }
          },
        );
        await fc.assert(property, { numRuns: 150 });
        assert.deepEqual((await storage.check()).problems, []);
      }));

    it("a walk under a filter visits each call that passes once, in either order, whatever the step", () =>
      withStorage(open, async ({ storage }) => {
        for (let at = 0; at < 60; at++) {
          await logCall(storage, {
            startedAtMs: noonMs - (at % 13) * hourMs,
            callType: at % 3 === 0 ? "missed" : "answered",
            via: `line ${at % 4}`,
            durationMs: at,
          });
        }
        const all = (await storage.calls.page(1, 0, 1_000)).calls;
        const filters: CallFilter[] = [
          { kind: "type", in: ["missed"] },
          { kind: "not", of: { kind: "line", in: ["line 2"] } },
          { kind: "duration", minMs: 7, maxMs: 41 },
        ];
        for (const filter of filters) {
          const expected = all.filter((call) => matches(filter, call, nobody)).map(({ id }) => id);
          assert.deepEqual(await walked(storage, filter, "newest-first"), expected);
          assert.deepEqual(await walked(storage, filter, "oldest-first"), expected.toReversed());
        }
      }));

    it("a number is found however it is typed, by any run of four of its digits", () =>
      withStorage(open, async ({ storage }) => {
        const { id } = await logCall(storage, { from: "+44 20 7946-0123", to: "+4930111" });
        await logCall(storage, { from: "+12025550199", to: "+4930111" });
        for (const typed of [
          "0123",
          "+442079460123",
          "(0044) 20 7946 0123",
          "020 7946 0123",
          "+44 (0)20 79460123",
          "9460",
        ]) {
          const filter = readCallFilter({ number: typed });
          assert.deepEqual(await walked(storage, filter, "newest-first"), [id], typed);
        }
        assert.deepEqual(await walked(storage, readCallFilter({ number: "0124" }), "newest-first"), []);
      }));

    it("a number that a source corrected is found by the new one and no longer by the old one", () =>
      withStorage(open, async ({ storage }) => {
        const accept = (from: string, startedAtMs: number) =>
          storage.sources.accept(pbx, [delivery({ from, startedAtMs }, { groupKey: "one call" })], noonMs);
        await accept("+4930111", noonMs);
        await accept("+33140000000", noonMs - 1);
        const call = await storage.calls.find(1, 1);
        const [old, now] = call?.from === "+33140000000" ? ["30111", "140000"] : ["140000", "30111"];
        assert.deepEqual(await walked(storage, readCallFilter({ number: now }), "newest-first"), [1]);
        assert.deepEqual(await walked(storage, readCallFilter({ number: old }), "newest-first"), []);
      }));

    it("a note is found by the beginnings of its words, whatever their case and accents", () =>
      withStorage(open, async ({ storage }) => {
        const { id } = await logCall(storage, { notes: ["other words"] });
        await logCall(storage);
        await storage.calls.addNote(writing(), id, "Rückruf erbeten — 東京 Büro, «Ωmega» 2041");
        for (const text of ["RUCKRUF", "rück erb", "京", "omega".replace("o", "ω"), "204", "buro"]) {
          assert.deepEqual(await walked(storage, readCallFilter({ text }), "newest-first"), [id], text);
        }
        for (const text of ["ruf", "other buro", "041"]) {
          assert.deepEqual(await walked(storage, readCallFilter({ text }), "newest-first"), [], text);
        }
      }));

    it("a call is found by the words of the name and company that it shows, together with those of one note", () =>
      withStorage(open, async ({ storage }) => {
        const anna = "+442079460123";
        const { id: first } = await logCall(storage, { from: anna, notes: ["asks for the invoice"] });
        const { id: second } = await logCall(storage, { direction: "outbound", to: anna, startedAtMs: noonMs - 1 });
        await logCall(storage, { from: "+12025550199", to: anna, startedAtMs: noonMs - 2 });
        const fields = { company: "Émile & Söhne", numbers: [{ e164: anna, label: null }] };
        await storage.contacts.add(writing(), { id: "c1", name: "Anna Berg", ...fields });
        await storage.calls.addNote(writing(), first, "paid");
        const found = (text: string) => walked(storage, readCallFilter({ text }), "newest-first");
        for (const text of ["anna", "BER", "sohne emil", "berg emile"]) {
          assert.deepEqual(await found(text), [first, second], text);
        }
        for (const text of ["anna invoice", "paid sohne", "asks"]) assert.deepEqual(await found(text), [first], text);
        for (const text of ["nna", "anna clara", "invoice paid"]) assert.deepEqual(await found(text), [], text);
        assert.deepEqual(await walked(storage, readCallFilter({ not: { text: "anna" } }), "newest-first"), [3]);
      }));

    it("a contact that is added, renamed, or takes over a number is found at once, and what it was called before no longer", () =>
      withStorage(open, async ({ storage }) => {
        const number = "+442079460123";
        const { id } = await logCall(storage, { from: number });
        const { revision } = await storage.changes.head(1);
        const found = (text: string) => walked(storage, readCallFilter({ text }), "newest-first");
        const numbers = [{ e164: number, label: null }];
        assert.deepEqual(await found("anna"), []);
        await storage.contacts.add(writing(), { id: "c1", name: "Anna", company: null, numbers });
        assert.deepEqual(await found("anna"), [id]);
        await storage.contacts.update(writing(), "c1", { name: "Clara", company: null, numbers });
        assert.deepEqual([await found("anna"), await found("clara")], [[], [id]]);
        await storage.contacts.add(writing(), { id: "c2", name: "Dora", company: null, numbers });
        assert.deepEqual([await found("clara"), await found("dora")], [[], [id]]);
        await storage.contacts.remove(writing(), "c2");
        assert.deepEqual([await found("clara"), await found("dora")], [[id], []]);
        assert.equal((await storage.changes.head(1)).revision, revision);
      }));

    it("the other ends of calls are whom they show, of this workspace alone", () =>
      withStorage(open, async ({ storage, addWorkspace }) => {
        await addWorkspace(2, "two");
        const number = "+442079460123";
        const numbers = [{ e164: number, label: null }];
        await storage.contacts.add(writing(), { id: "c1", name: "Anna", company: "Acme", numbers });
        await storage.contacts.add(writing({ workspaceId: 2 }), { id: "c1", name: "Eve", company: null, numbers });
        for (const from of [number, "0044 20 79460123", "anonymous", "+12025550199"]) await logCall(storage, { from });
        const anna = { contact: { name: "Anna", company: "Acme" } };
        const ends = await storage.calls.otherEnds(1, [1, 2, 3, 4, 99]);
        assert.deepEqual(
          [...ends].toSorted(([a], [b]) => a - b),
          [
            [1, anna],
            [2, anna],
            [3, { contact: null }],
            [4, { contact: null }],
          ],
        );
        assert.equal((await storage.calls.otherEnds(2, [1])).size, 0);
      }));

    it("a call is found by any of its tags as they are, and by who takes care of it, nobody included", () =>
      withStorage(open, async ({ storage }) => {
        await storage.users.add(user("anna"), "hash");
        const ids = [];
        for (let at = 0; at < 3; at++) ids.push((await logCall(storage, { startedAtMs: noonMs - at })).id);
        const [first = 0, second = 0, third = 0] = ids;
        await storage.calls.setTag(writing(), first, "sales", true);
        await storage.calls.setTag(writing(), first, "é\"'", true);
        await storage.calls.setTag(writing(), second, "Sales", true);
        await storage.calls.assign(writing(), second, "anna");
        const found = (input: Parameters<typeof readCallFilter>[0]) =>
          walked(storage, readCallFilter(input), "newest-first");
        assert.deepEqual(await found({ tag: ["sales"] }), [first]);
        assert.deepEqual(await found({ tag: ["é\"'", "Sales"] }), [first, second]);
        assert.deepEqual(await found({ not: { tag: ["sales"] } }), [second, third]);
        assert.deepEqual(await found({ assignee: ["anna"] }), [second]);
        assert.deepEqual(await found({ assignee: [null] }), [first, third]);
        assert.deepEqual(await found({ assignee: [null, "anna"], archived: false }), ids);
        const question = { filter: readCallFilter({ assignee: [null] }), by: "type", timeZone: "UTC" } as const;
        assert.deepEqual(
          (await storage.calls.counts(1, question)).groups.map(({ count }) => count),
          [2],
        );
      }));

    it("counts by the clock follow the time zone through its changes, halves and quarters of an hour too", () =>
      withStorage(open, async ({ storage }) => {
        const instants = ["2024-03-31T00:30Z", "2024-03-31T01:30Z", "2024-10-27T00:30Z", "2024-10-27T01:30Z"];
        for (const instant of instants) await logCall(storage, { startedAtMs: Date.parse(instant) });
        const keys = async (by: CountByTime, timeZone: string) =>
          (await storage.calls.counts(1, { filter: null, by, timeZone })).groups.map(
            ({ key, count }) => `${key}:${count}`,
          );
        assert.deepEqual(await keys("hour", "UTC"), ["0:2", "1:2"]);
        assert.deepEqual(await keys("hour", "Europe/Berlin"), ["1:1", "2:2", "3:1"]);
        assert.deepEqual(await keys("hour", "Asia/Kathmandu"), ["6:2", "7:2"]);
        assert.deepEqual(await keys("day", "America/New_York"), ["2024-03-30:2", "2024-10-26:2"]);
        assert.deepEqual(await keys("weekday", "UTC"), ["7:4"]);
        assert.deepEqual(await keys("weekday-hour", "UTC"), ["7-00:2", "7-01:2"]);
        assert.deepEqual(await keys("weekday-hour", "America/New_York"), ["6-20:2", "6-21:2"]);
      }));
  });
}

type LaterWrite =
  | { readonly kind: "archive"; readonly callId: number }
  | { readonly kind: "tag"; readonly callId: number; readonly tag: string; readonly isTagged: boolean }
  | { readonly kind: "note"; readonly callId: number; readonly content: string }
  | { readonly kind: "contact"; readonly id: string; readonly fields: ContactFields };

const anyLaterWrite: fc.Arbitrary<LaterWrite> = fc.oneof(
  fc.record({ kind: fc.constant("archive"), callId: fc.integer({ min: 1, max: 40 }) }),
  fc.record({
    kind: fc.constant("tag"),
    callId: fc.integer({ min: 1, max: 40 }),
    tag: fc.constantFrom("a", "sales", "é\"'"),
    isTagged: fc.boolean(),
  }),
  fc.record({
    kind: fc.constant("note"),
    callId: fc.integer({ min: 1, max: 40 }),
    content: fc.constantFrom("Ünö dos", "dos tres", "東京", "x"),
  }),
  fc.record({
    kind: fc.constant("contact"),
    id: fc.constantFrom("c1", "c2", "c3"),
    fields: fc.record({
      name: fc.constantFrom("Uno", "Dos Ana", "東", "Z"),
      company: fc.constantFrom(null, "uno", "Tres A"),
      numbers: fc
        .subarray(["+4930111222", "+33140000000"], { minLength: 1 })
        .map((numbers) => numbers.map((e164) => ({ e164, label: null }))),
    }),
  }),
);

async function write(
  storage: Storage,
  workspaceId: number,
  logged: readonly Parameters<typeof delivery>[0][],
  later: readonly LaterWrite[],
): Promise<void> {
  const source = { ...pbx, workspaceId };
  await storage.sources.accept(
    source,
    logged.map((facts) => delivery(facts)),
    noonMs,
  );
  for (const one of later) {
    if (one.kind === "contact") {
      const { id, fields } = one;
      const isKnown = (await storage.contacts.find(workspaceId, id)) !== null;
      if (isKnown) await storage.contacts.update(writing({ workspaceId }), id, fields);
      else await storage.contacts.add(writing({ workspaceId }), { id, ...fields });
    } else if (one.callId > logged.length) continue;
    else if (one.kind === "archive") await storage.calls.toggleArchived(writing({ workspaceId }), one.callId);
    else if (one.kind === "tag") {
      await storage.calls.setTag(writing({ workspaceId }), one.callId, one.tag, one.isTagged);
    } else await storage.calls.addNote(writing({ workspaceId }), one.callId, one.content);
  }
}

type FilterQuestion =
  | { readonly kind: "page"; readonly filter: CallFilter; readonly offset: number; readonly limit: number }
  | {
      readonly kind: "walk";
      readonly filter: CallFilter | null;
      readonly order: CallOrder;
      readonly after: FeedPosition | null;
      readonly before: FeedPosition | null;
      readonly limit: number;
    }
  | { readonly kind: "count"; readonly filter: CallFilter | null }
  | { readonly kind: "after"; readonly filter: CallFilter; readonly after: FeedPosition | null; readonly limit: number }
  | { readonly kind: "returns"; readonly filter: CallFilter | null }
  | { readonly kind: "counts"; readonly question: Parameters<Storage["calls"]["counts"]>[1] };

const anyPosition = fc.option(fc.record({ createdAtMs: anyTime, id: fc.integer({ min: 0, max: 41 }) }));

const anyFilterQuestion: fc.Arbitrary<FilterQuestion> = fc.oneof(
  fc.record({ kind: fc.constant("page"), filter: anyFilter, offset: fc.nat(15), limit: fc.nat(8) }),
  fc.record({
    kind: fc.constant("walk"),
    filter: fc.option(anyFilter),
    order: fc.constantFrom<CallOrder>("newest-first", "oldest-first"),
    after: anyPosition,
    before: anyPosition,
    limit: fc.nat(8),
  }),
  fc.record({ kind: fc.constant("count"), filter: fc.option(anyFilter) }),
  fc.record({ kind: fc.constant("after"), filter: anyFilter, after: anyPosition, limit: fc.nat(8) }),
  fc.record({ kind: fc.constant("counts"), question: anyQuestion }),
  fc.record({ kind: fc.constant("returns"), filter: fc.option(anyFilter) }),
);

/** The answer without how it was come by: the model scans nothing. */
async function ask(storage: Storage, workspaceId: number, question: FilterQuestion): Promise<unknown> {
  switch (question.kind) {
    case "page":
      return storage.calls.page(workspaceId, question.offset, question.limit, question.filter);
    case "walk":
      return storage.calls.walk(workspaceId, question);
    case "count": {
      const { scanned: _, ...count } = await storage.calls.count(workspaceId, question.filter);
      return count;
    }
    case "after":
      return storage.calls.after(workspaceId, question.after, question.limit, question.filter);
    case "returns": {
      const { scanned: _, ...figures } = await storage.calls.returns(workspaceId, question.filter);
      return figures;
    }
    case "counts": {
      const { scanned: _, ...counts } = await storage.calls.counts(workspaceId, question.question);
      return counts;
    }
  }
}

async function walked(storage: Storage, filter: CallFilter | null, order: CallOrder): Promise<readonly number[]> {
  const ids: number[] = [];
  let after: FeedPosition | null = null;
  for (;;) {
    const stretch = await storage.calls.walk(1, { filter, order, after, before: null, limit: 4 });
    ids.push(...stretch.calls.map(({ id }) => id));
    if (!stretch.hasMore) return ids;
    after = stretch.stoppedAt ?? stretch.calls.at(-1) ?? assert.fail("A walk with more to come leads nowhere.");
  }
}
