import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { CallFilter } from "../domain/filter.ts";
import { endOf, filteredCallsMax, mayHaveMore, setWhere, type Wanted } from "../domain/many-calls.ts";
import type { Storage } from "../domain/storage.ts";
import {
  assertFails,
  delivery,
  hourMs,
  logCall,
  logCalls,
  noonMs,
  pbx,
  user,
  withStorage,
  writing,
} from "./contract-samples.ts";
import type { OpenStorage } from "./storage.contract.ts";

const missed: CallFilter = { kind: "type", in: ["missed"] };
const archived: Wanted = { part: "archived", is: true };
const vip = { part: "tag", tag: "vip", is: true } as const satisfies Wanted;

/** Writes to many calls: those that are named, and those of a filter as `many-calls.ts` puts them together from walks. */
export function describeManyCalls(open: OpenStorage): void {
  describe("writes to many calls", () => {
    it("a write to many calls says of each what became of it, and a retry under its key says the same", () =>
      withStorage(open, async ({ storage }) => {
        const [a = 0, b = 0, c = 0] = await logCalls(storage, [noonMs, noonMs, noonMs]);
        await storage.calls.toggleArchived(writing(), b);
        await storage.calls.addNote(writing(), c, "changed since");
        const key = { key: "k", part: "p", fingerprint: "f" };
        const bound = writing({ ifRevision: 4, idempotency: key });
        const first = await storage.calls.setMany(bound, [a, b, 404, c, a], archived);
        assert.deepEqual(
          first.map(({ callId, outcome, call }) => [callId, outcome, call?.isArchived]),
          [
            [a, "changed", true],
            [b, "unchanged", true],
            [404, "not-found", undefined],
            [c, "conflict", false],
            [a, "unchanged", true],
          ],
        );
        await storage.calls.toggleArchived(writing(), a);
        assert.deepEqual(await storage.calls.setMany(bound, [a, b, 404, c, a], archived), first);
        assert.equal((await storage.changes.head(1)).revision, 7);
        assert.deepEqual((await storage.check()).problems, []);
      }));

    it("tags many calls, each of which has room for it, and unties the tag from those that have it", () =>
      withStorage(open, async ({ storage }) => {
        const [a = 0, b = 0, full = 0] = await logCalls(storage, [noonMs, noonMs, noonMs]);
        await storage.calls.setTag(writing(), b, "vip", true);
        for (let at = 0; at < 20; at += 1) await storage.calls.setTag(writing(), full, `tag ${at}`, true);
        const before = (await storage.changes.head(1)).revision;
        const outcomes = await storage.calls.setMany(writing(), [a, b, full, 404], vip);
        assert.deepEqual(
          outcomes.map(({ outcome, call }) => [outcome, call?.tags.includes("vip")]),
          [
            ["changed", true],
            ["unchanged", true],
            ["too-many-tags", false],
            ["not-found", undefined],
          ],
        );
        const [change] = await storage.changes.after(1, before, 10);
        assert.deepEqual([change?.kind, change?.altered], ["tag.added", { part: "tag", tag: "vip" }]);
        const untied = await storage.calls.setMany(writing(), [full, b, a], { ...vip, is: false });
        assert.deepEqual(
          untied.map(({ outcome }) => outcome),
          ["unchanged", "changed", "changed"],
        );
        assert.deepEqual((await storage.check()).problems, []);
      }));

    it("gives many calls to one user of the workspace, or to nobody, and all stay as they are for anybody else", () =>
      withStorage(open, async ({ storage, addWorkspace }) => {
        await addWorkspace(2, "two");
        await storage.users.add(user("anna"), "hash");
        await storage.users.add(user("bob", { isDisabled: true }), "hash");
        await storage.users.add(user("zoe", { workspaceId: 2 }), "hash");
        const [a = 0, b = 0] = await logCalls(storage, [noonMs, noonMs]);
        await storage.calls.assign(writing(), a, "anna");
        for (const userId of ["bob", "zoe", "nobody"]) {
          await assertFails("NOT_FOUND", () => storage.calls.setMany(writing(), [a, b], { part: "assignee", userId }));
        }
        const given = await storage.calls.setMany(writing(), [a, b], { part: "assignee", userId: "anna" });
        assert.deepEqual(
          given.map(({ outcome, call }) => [outcome, call?.assignee]),
          [
            ["unchanged", { id: "anna", username: "anna" }],
            ["changed", { id: "anna", username: "anna" }],
          ],
        );
        const [{ altered } = assert.fail()] = await storage.changes.latest(1, { callId: b, before: null }, 1);
        assert.deepEqual(altered, { part: "assignee", before: null });
        const taken = await setWhere(storage, writing(), null, { part: "assignee", userId: null });
        assert.deepEqual(
          taken.map(({ outcome, call }) => [outcome, call?.assignee]),
          [
            ["changed", null],
            ["changed", null],
          ],
        );
        assert.deepEqual((await storage.check()).problems, []);
      }));

    it("takes many changes back to what each call was, leaves alone what was altered since, and a retry says the same", () =>
      withStorage(open, async ({ storage }) => {
        await storage.users.add(user("anna"), "hash");
        await storage.users.add(user("bob"), "hash");
        const [a = 0, b = 0, c = 0, d = 0] = await logCalls(storage, [noonMs, noonMs, noonMs, noonMs]);
        await storage.calls.assign(writing(), a, "bob");
        const outcomes = await storage.calls.setMany(writing(), [a, b, c, d], { part: "assignee", userId: "anna" });
        const revisions = outcomes.map(({ call }) => call?.revision ?? 0);
        await storage.calls.assign(writing(), c, "bob");
        await storage.calls.setTag(writing(), d, "vip", true);
        const once = writing({ idempotency: { key: "k", part: "p", fingerprint: "f" } });
        const undone = await storage.calls.undoMany(once, [...revisions, 9_999]);
        assert.deepEqual(
          undone.map(({ callId, outcome, call }) => [callId, outcome, call?.assignee?.id ?? null]),
          [
            [a, "changed", "bob"],
            [b, "changed", null],
            [c, "conflict", "bob"],
            [d, "changed", null],
            [0, "not-found", null],
          ],
        );
        assert.deepEqual(await storage.calls.undoMany(once, [...revisions, 9_999]), undone);
        const [{ undoes } = assert.fail()] = await storage.changes.latest(1, { callId: a, before: null }, 1);
        assert.equal(undoes, revisions[0]);
        const { revision } = await storage.changes.head(1);
        const again = undone[0]?.call?.revision ?? 0;
        await assertFails("BAD_USER_INPUT", () => storage.calls.undoMany(writing(), [again, 1]));
        assert.equal((await storage.changes.head(1)).revision, revision, "what a source told spoils the whole request");
        assert.deepEqual((await storage.check()).problems, []);
      }));

    it("cannot bring a tag back to a call that has as many as it may by now", () =>
      withStorage(open, async ({ storage }) => {
        const { id } = await logCall(storage);
        await storage.calls.setTag(writing(), id, "vip", true);
        const { revision } = await storage.calls.setTag(writing(), id, "vip", false);
        for (let at = 0; at < 20; at += 1) await storage.calls.setTag(writing(), id, `tag ${at}`, true);
        const [undone] = await storage.calls.undoMany(writing(), [revision]);
        assert.deepEqual([undone?.outcome, undone?.call?.tags.length], ["too-many-tags", 20]);
      }));

    it("gets past calls that cannot take one tag more, by the place of the last", () =>
      withStorage(open, async ({ storage }) => {
        await logMissed(storage, 4);
        const [newest, second] = await storage.calls.after(1, null, 2, missed);
        for (const { id } of [newest ?? assert.fail(), second ?? assert.fail()]) {
          for (let at = 0; at < 20; at += 1) await storage.calls.setTag(writing(), id, `tag ${at}`, true);
        }
        const stuck = await setWhere(storage, writing(), missed, vip, { first: 2 });
        assert.deepEqual(
          stuck.map(({ callId, outcome }) => [callId, outcome]),
          [
            [newest?.id, "too-many-tags"],
            [second?.id, "too-many-tags"],
          ],
        );
        assert.equal(mayHaveMore(stuck, 2), true);
        const rest = await setWhere(storage, writing(), missed, vip, { first: 2, after: endOf(stuck) });
        assert.deepEqual(
          rest.map(({ outcome }) => outcome),
          ["changed", "changed"],
        );
        assert.deepEqual(await setWhere(storage, writing(), missed, vip, { after: endOf(rest) }), []);
      }));

    it("takes the newest calls that are not so yet, goes on while there are more, and ends when there are none", () =>
      withStorage(open, async ({ storage }) => {
        await logMissed(storage, 1_200);
        const { id: kept } = await logCall(storage, { callType: "answered" });
        const seen: number[] = [];
        for (const expected of [1_000, 200, 0]) {
          const outcomes = await setWhere(storage, writing(), missed, archived);
          assert.equal(outcomes.length, expected);
          assert.ok(outcomes.every(({ outcome, call }) => outcome === "changed" && call?.isArchived === true));
          assert.equal(mayHaveMore(outcomes), expected === filteredCallsMax);
          seen.push(...outcomes.map(({ callId }) => callId));
        }
        const all = await storage.calls.after(1, null, 2_000, missed);
        assert.deepEqual(
          seen,
          all.map(({ id }) => id),
        );
        assert.equal((await storage.calls.find(1, kept))?.isArchived, false);
        assert.equal(
          (await setWhere(storage, writing(), null, { part: "archived", is: false })).length,
          1_000,
          "without a condition all",
        );
        assert.deepEqual((await storage.check()).problems, []);
      }));

    it("takes no more than are asked for, over transactions too, and says that there may be more", () =>
      withStorage(open, async ({ storage }) => {
        await logMissed(storage, 703);
        for (const [first, expected, hasMore] of [
          [1, 1, true],
          [600, 600, true],
          [500, 102, false],
        ] as const) {
          const outcomes = await setWhere(storage, writing(), missed, archived, { first });
          assert.equal(outcomes.length, expected);
          assert.equal(mayHaveMore(outcomes, first), hasMore);
        }
      }));

    it("acts once a key: a retry is answered the same, whatever passes the filter by then", () =>
      withStorage(open, async ({ storage }) => {
        await logMissed(storage, 700);
        const once = writing({ idempotency: { key: "k", part: "p", fingerprint: "f" } });
        const first = await setWhere(storage, once, missed, archived);
        assert.equal(first.length, 700);
        const { revision } = await storage.changes.head(1);
        assert.deepEqual(await setWhere(storage, once, missed, archived), first);
        await logMissed(storage, 3);
        assert.deepEqual(await setWhere(storage, once, missed, archived), first);
        assert.equal((await storage.changes.head(1)).revision, revision + 3);
        const none = writing({ idempotency: { key: "none", part: "p", fingerprint: "f" } });
        const nothing: CallFilter = { kind: "line", in: ["no such line"] };
        assert.deepEqual(await setWhere(storage, none, nothing, archived), []);
      }));

    it("interrupted between its transactions, is finished by a retry without touching a call twice", () =>
      withStorage(open, async ({ storage }) => {
        await logMissed(storage, 1_100);
        const before = (await storage.changes.head(1)).revision;
        const once = writing({ idempotency: { key: "k", part: "p", fingerprint: "f" } });
        await assert.rejects(setWhere(diesAfter(storage, 1), once, missed, archived), /killed/);
        assert.equal((await storage.changes.head(1)).revision, before + 500);
        const [newest] = await storage.calls.after(1, null, 1, missed);
        await storage.calls.toggleArchived(writing(), newest?.id ?? 0);
        const outcomes = await setWhere(storage, once, missed, archived);
        assert.equal(outcomes.length, 1_000);
        assert.equal(new Set(outcomes.map(({ callId }) => callId)).size, 1_000);
        assert.equal((await storage.changes.head(1)).revision, before + 1_001);
        const left = await storage.calls.after(1, null, 2_000, {
          kind: "and",
          of: [missed, { kind: "archived", is: false }],
        });
        assert.deepEqual(
          left.map(({ id }) => id),
          [newest?.id, ...left.slice(1).map(({ id }) => id)],
          "what somebody restored meanwhile stays",
        );
        assert.equal(left.length, 101);
      }));

    it("leaves alone what alters between the look and the write, and says that there is more to do", () =>
      withStorage(open, async ({ storage }) => {
        await logMissed(storage, 3);
        const meddled: Storage = {
          ...storage,
          calls: {
            ...storage.calls,
            async walk(workspaceId, walk) {
              const found = await storage.calls.walk(workspaceId, walk);
              await storage.calls.setTag(writing(), found.calls[1]?.id ?? 0, "hold", true);
              return found;
            },
          },
        };
        const outcomes = await setWhere(meddled, writing(), missed, archived);
        assert.deepEqual(
          outcomes.map(({ outcome }) => outcome),
          ["changed", "conflict", "changed"],
        );
        assert.equal(mayHaveMore(outcomes), true);
        const untagged: CallFilter = { kind: "and", of: [missed, { kind: "not", of: { kind: "tag", in: ["hold"] } }] };
        assert.deepEqual(await setWhere(storage, writing(), untagged, archived), []);
      }));
  });
}

async function logMissed(storage: Storage, count: number): Promise<void> {
  const deliveries = Array.from({ length: count }, (_, at) =>
    delivery({ startedAtMs: noonMs - (at % 17) * hourMs, from: "+4930111", to: "+4930222", callType: "missed" }),
  );
  await storage.sources.accept(pbx, deliveries, noonMs);
}

/** The same storage until so many writes to many calls were made. */
function diesAfter(storage: Storage, writes: number): Storage {
  let left = writes;
  return {
    ...storage,
    calls: {
      ...storage.calls,
      setMany: async (...args) => {
        if (left-- === 0) throw new Error("killed");
        return storage.calls.setMany(...args);
      },
    },
  };
}
