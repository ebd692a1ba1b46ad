import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import type { Call, FeedPosition } from "../domain/call.ts";
import { createNumberKeys } from "../domain/number-key.ts";
import { readCallFilter } from "../domain/read-filter.ts";
import type { CallFacts, Source } from "../domain/source.ts";
import type { Storage } from "../domain/storage.ts";
import { createNumberPlans } from "../numbers/number-plans.ts";
import { delivery, hourMs, logCall, noonMs, pbx, withStorage, writing } from "./contract-samples.ts";
import { createMemoryStorage } from "./memory-model.ts";
import type { OpenStorage } from "./storage.contract.ts";

const national = "020 7946 0123";
const london = "+442079460123";
const us = "+442079460999";
const missed = { direction: "inbound", from: national, to: us, callType: "missed" } as const;
const calledBack = { direction: "outbound", from: us, to: london, callType: "answered" } as const;
const door: Source = { ...pbx, id: "door", name: "Door" };

/** What storage promises where numbers are written without their country code. Opened with the numbering plans. */
export function describeNumberKeys(open: OpenStorage): void {
  describe("numbers without a country code", () => {
    it("are those of the country of their source, else of the workspace, as soon as one is set", () =>
      withStorage(open, async ({ storage }) => {
        await storage.sources.add(pbx, "hash 1");
        await storage.sources.add(door, "hash 2");
        await storage.numbers.setCountry(1, null, "GB", noonMs);
        await storage.numbers.setCountry(1, "door", "DE", noonMs);
        const call = await logCall(storage, missed);
        const elsewhere = await logCall(storage, missed, door);
        const extension = await logCall(storage, { ...missed, from: "1001" });
        const later = await logCall(storage, { ...calledBack, startedAtMs: noonMs + hourMs });
        const keys = await keysOf(storage, [call, elsewhere, extension, later]);
        assert.deepEqual([keys[0], keys[2], keys[3]], [london, "1001", london]);
        assert.notEqual(keys[1], london);
        const states = await statesOf(storage, [call, elsewhere, extension]);
        assert.deepEqual(states, [later.id, "waiting", "waiting"]);
        assert.deepEqual((await storage.check()).problems, []);
      }));

    it("are read anew when a country is set, altered or cleared, with all that was settled by that", () =>
      withStorage(open, async ({ storage }) => {
        const call = await logCall(storage, missed);
        const settling = await logCall(storage, { ...calledBack, to: national, startedAtMs: noonMs + 1 });
        const other = await logCall(storage, { ...missed, from: london, startedAtMs: noonMs - hourMs });
        const far = await logCall(storage, { ...missed, from: "+12025550143", startedAtMs: noonMs - hourMs });
        const all = [call, other, far];
        assert.deepEqual(await statesOf(storage, all), [settling.id, "waiting", "waiting"]);
        for (const [country, state] of [
          ["GB", settling.id],
          ["US", "waiting"],
          ["GB", settling.id],
          [null, "waiting"],
        ] as const) {
          const { revision } = await storage.changes.head(1);
          await storage.numbers.setCountry(1, null, country, noonMs + hourMs);
          await until(storage, async () => (await statesOf(storage, [other]))[0] === state);
          assert.deepEqual(await statesOf(storage, all), [settling.id, state, "waiting"]);
          const told = await storage.changes.after(1, revision, 10);
          assert.deepEqual(
            told.map(({ kind, actor, atMs, call: then }) => [kind, actor.kind, atMs, then.id]),
            [[state === "waiting" ? "call.unreturned" : "call.returned", "system", noonMs + hourMs, other.id]],
          );
        }
        assert.deepEqual((await storage.check()).problems, []);
      }));

    it("are read anew, too, when a country is set at whatever moment of reading them for another one", () =>
      withStorage(open, async ({ storage }) => {
        const call = await logCall(storage, missed);
        const moments = [0, 1, 2, 3, 4].flatMap((steps) => [0, 1, 2, 4, 8].map((turns) => [steps, turns] as const));
        for (const [steps, turns] of moments) {
          await storage.numbers.setCountry(1, null, "GB", noonMs);
          // Writes that end with a step of the reading.
          for (let step = 0; step < steps; step += 1) await storage.changes.prune(1, 0, Number.MAX_SAFE_INTEGER);
          for (let turn = 0; turn < turns; turn += 1) await Promise.resolve();
          await storage.numbers.setCountry(1, null, null, noonMs);
          const isNational = async () => (await keysOf(storage, [call]))[0] === "02079460123";
          await until(storage, isNational);
          assert.ok(await isNational(), `not after ${steps} steps and ${turns} turns`);
        }
      }));

    it("are found by any spelling of the number, and by the name of whoever has it", () =>
      withStorage(open, async ({ storage }) => {
        const numbers = [{ e164: london, label: null }];
        await storage.contacts.add(writing(), { id: "c1", name: "Anna", company: null, numbers });
        const first = await logCall(storage, missed);
        const second = await logCall(storage, { ...calledBack, startedAtMs: noonMs - 1 });
        await logCall(storage, { ...missed, from: "020 7946 0124", startedAtMs: noonMs - 2 });
        const found = (input: Parameters<typeof readCallFilter>[0]) => walked(storage, readCallFilter(input));
        assert.deepEqual(await found({ text: "anna" }), [second.id]);
        await storage.numbers.setCountry(1, null, "GB", noonMs);
        await until(storage, async () => (await keysOf(storage, [first]))[0] === london);
        const both = [first.id, second.id];
        assert.deepEqual(await found({ text: "anna" }), both);
        for (const number of [london, national, "+44 (0)20 7946 0123", "4420794601", "79460123"]) {
          if (number !== "4420794601") assert.deepEqual(await found({ number }), both, number);
          else assert.equal((await found({ number })).length, 3);
        }
        assert.deepEqual(await found({ number: "0207946012" }).then((ids) => ids.length), 3);
        assert.deepEqual(await found({ number: "00442079460123", not: { text: "anna" } }), []);
        assert.equal((await storage.calls.count(1, readCallFilter({ number: london }))).count, 2);
        assert.deepEqual((await storage.check()).problems, []);
      }));

    it("of another workspace stay as they are", () =>
      withStorage(open, async ({ storage, addWorkspace }) => {
        await addWorkspace(2, "two");
        const elsewhere = { ...pbx, workspaceId: 2 };
        await storage.sources.accept(elsewhere, [delivery(missed)], noonMs);
        const here = await logCall(storage, missed);
        await storage.numbers.setCountry(1, null, "GB", noonMs);
        await until(storage, async () => (await keysOf(storage, [here]))[0] === london);
        assert.equal((await storage.calls.otherEnds(2, [1])).get(1)?.key, "02079460123");
      }));

    it("any calls and countries in any order leave returns, keys and searches as the model has them", () =>
      withStorage(open, async ({ storage, addWorkspace }) => {
        let workspaceId = 700;
        const property = fc.asyncProperty(fc.array(anyStep, { maxLength: 25 }), async (steps) => {
          workspaceId += 1;
          await addWorkspace(workspaceId, `run ${workspaceId}`);
          const model = createMemoryStorage({ numberKeys: createNumberKeys(createNumberPlans()) });
          model.addWorkspace(workspaceId, `run ${workspaceId}`);
          for (const target of [storage, model]) {
            for (const id of ["pbx", "door"]) {
              const own = { ...pbx, id: `${id} ${workspaceId}`, name: id, workspaceId };
              await target.sources.add(own, `hash ${own.id}`);
            }
            for (const [at, step] of steps.entries()) await take(target, workspaceId, step, at);
          }
          const expected = await pictureOf(model, workspaceId);
          await until(storage, async () => same(await pictureOf(storage, workspaceId), expected), workspaceId);
          assert.deepEqual(await pictureOf(storage, workspaceId), expected);
        });
        await fc.assert(property, { numRuns: 60 });
        assert.deepEqual((await storage.check()).problems, []);
      }));
  });
}

type Step =
  | { readonly kind: "call"; readonly source: string; readonly facts: Partial<CallFacts>; readonly group: string }
  | { readonly kind: "country"; readonly source: string | null; readonly country: string | null }
  | { readonly kind: "delete"; readonly beforeMs: number; readonly limit: number };

const anyNumber = fc.constantFrom(
  national,
  london,
  "02079460124",
  "0044 20 7946 0124",
  "030 901820",
  "+4930901820",
  "1001",
);

const anyStep: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant("call"),
      source: fc.constantFrom("pbx", "door"),
      group: fc.constantFrom("a", "b", "c", "d", "e", "f", "g", "h"),
      facts: fc.record({
        direction: fc.constantFrom("inbound", "outbound"),
        callType: fc.constantFrom("missed", "answered", "voicemail"),
        from: anyNumber,
        to: anyNumber,
        startedAtMs: fc.integer({ min: noonMs, max: noonMs + 9 }),
      }),
    }),
  },
  fc.record({
    kind: fc.constant("country"),
    source: fc.constantFrom(null, "pbx", "door"),
    country: fc.constantFrom(null, "GB", "DE"),
  }),
  fc.record({
    kind: fc.constant("delete"),
    beforeMs: fc.integer({ min: noonMs, max: noonMs + 9 }),
    limit: fc.integer({ min: 1, max: 5 }),
  }),
);

async function take(storage: Storage, workspaceId: number, step: Step, at: number): Promise<void> {
  if (step.kind === "delete") {
    await storage.retention.deleteOld(writing({ workspaceId }), step.beforeMs, step.limit);
    return;
  }
  const sourceId = step.source === null ? null : `${step.source} ${workspaceId}`;
  if (step.kind === "country") {
    await storage.numbers.setCountry(workspaceId, sourceId, step.country, noonMs);
    return;
  }
  const source = { ...pbx, id: sourceId ?? "", workspaceId };
  const keys = { deliveryKey: `d${at}`, groupKey: step.group };
  await storage.sources.accept(source, [delivery(step.facts, keys)], noonMs);
}

/** What follows from the keys of the calls, without what tells when it was worked out. */
async function pictureOf(storage: Storage, workspaceId: number): Promise<unknown> {
  const { calls } = await storage.calls.page(workspaceId, 0, 100);
  const ids = calls.map(({ id }) => id);
  const ends = await storage.calls.otherEnds(workspaceId, ids);
  const found = async (number: string) =>
    (await storage.calls.after(workspaceId, null, 100, readCallFilter({ number }))).map(({ id }) => id);
  return {
    calls: calls.map(({ id, returned }) => [id, returned, ends.get(id)?.key]),
    unreturned: (await storage.calls.count(workspaceId, readCallFilter({ unreturned: true }))).count,
    found: await Promise.all(["442079460123", "020 7946 0124", "+4930901820", "0209", "9018"].map(found)),
  };
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

async function keysOf(storage: Storage, calls: readonly Call[]): Promise<readonly (string | null | undefined)[]> {
  const ends = await storage.calls.otherEnds(
    1,
    calls.map(({ id }) => id),
  );
  return calls.map(({ id }) => ends.get(id)?.key);
}

async function statesOf(storage: Storage, calls: readonly Call[]): Promise<readonly unknown[]> {
  const { calls: now } = await storage.calls.some(
    1,
    calls.map(({ id }) => id),
  );
  return now.map((call) =>
    call?.returned == null || call.returned === "waiting" ? call?.returned : call.returned.callId,
  );
}

async function walked(storage: Storage, filter: ReturnType<typeof readCallFilter>): Promise<readonly number[]> {
  const ids: number[] = [];
  let after: FeedPosition | null = null;
  for (;;) {
    const stretch = await storage.calls.walk(1, { filter, order: "newest-first", after, before: null, limit: 4 });
    ids.push(...stretch.calls.map(({ id }) => id));
    if (!stretch.hasMore) return ids;
    after = stretch.stoppedAt ?? stretch.calls.at(-1) ?? assert.fail("A walk with more to come leads nowhere.");
  }
}

/**
 * Resolves when what goes on after a country was set has come so far. It commits in writes of its own: each further write of
 * the workspace is committed after some of it.
 */
async function until(storage: Storage, isSo: () => Promise<boolean>, workspaceId = 1): Promise<void> {
  for (let turn = 0; turn < 2_000; turn += 1) {
    if (await isSo()) return;
    await storage.changes.prune(workspaceId, 0, Number.MAX_SAFE_INTEGER);
  }
}
