import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Call, FeedPosition } from "../domain/call.ts";
import type { IdempotencyKey, Storage } from "../domain/storage.ts";
import { assertFails, hourMs, logCall, logCalls, noonMs, pbx, withStorage, writing } from "./contract-samples.ts";
import type { OpenStorage } from "./storage.contract.ts";

const key: IdempotencyKey = { key: "k", part: "archiveCall", fingerprint: "f" };

export function describeCalls(open: OpenStorage): void {
  describe("calls", () => {
    it("the feed is newest first; of calls made at the same time the one with the larger id comes first", () =>
      withStorage(open, async ({ storage }) => {
        await logCalls(storage, [noonMs, noonMs + 1, noonMs - 1, noonMs, noonMs + 1]);
        assert.deepEqual(ids((await storage.calls.page(1, 0, 10)).calls), [5, 2, 4, 1, 3]);
      }));

    it("a page has the calls at its offset, wherever they lie in time", () =>
      withStorage(open, async ({ storage }) => {
        const times = [
          ...Array.from({ length: 40 }, (_, at) => noonMs + (at % 7)), // a crowded hour
          ...Array.from({ length: 40 }, (_, at) => noonMs - at * 5 * hourMs),
          ...Array.from({ length: 20 }, (_, at) => -1 - at * hourMs), // before 1970, an hour's last millisecond
          0,
          -hourMs,
          -12_345_678_901_234,
          Date.UTC(9999, 11, 31, 23, 59, 59, 999),
        ];
        await logCalls(storage, times);
        const whole = (await storage.calls.page(1, 0, 1_000)).calls;
        assert.deepEqual(ids(whole), feedOrder(times));
        for (let offset = 0; offset <= times.length; offset++) {
          const page = await storage.calls.page(1, offset, 3);
          assert.deepEqual(page.calls, whole.slice(offset, offset + 3));
          assert.equal(page.totalCount, times.length);
        }
      }));

    it("the places of a page are the ids of its calls, and some calls come in the order of asking", () =>
      withStorage(open, async ({ storage }) => {
        await logCalls(storage, [noonMs, noonMs + hourMs, noonMs - hourMs, noonMs, noonMs + 1]);
        for (const [offset, limit] of [
          [0, 3],
          [2, 2],
          [4, 10],
          [5, 1],
          [0, 0],
        ] as const) {
          const { calls, totalCount, revision } = await storage.calls.page(1, offset, limit);
          const callIds = ids(calls);
          assert.deepEqual(await storage.calls.places(1, offset, limit), { callIds, totalCount, revision });
          assert.deepEqual(await storage.calls.some(1, callIds), { calls, revision });
        }
        assert.deepEqual(ids((await storage.calls.some(1, [3, 99, 1])).calls), [3, 1]);
        assert.deepEqual(await storage.calls.some(2, [1]), { calls: [], revision: 0 });
        assert.deepEqual(await storage.calls.places(2, 0, 10), { callIds: [], totalCount: 0, revision: 0 });
      }));

    it("limit 0 and an offset past the end give no calls but the count", () =>
      withStorage(open, async ({ storage }) => {
        await logCalls(storage, [noonMs, noonMs]);
        for (const [offset, limit] of [
          [0, 0],
          [1, 0],
          [2, 10],
          [3, 10],
          [Number.MAX_SAFE_INTEGER, 10],
        ] as const) {
          assert.deepEqual(await storage.calls.page(1, offset, limit), { calls: [], totalCount: 2, revision: 2 });
        }
      }));

    it("calls, count and revision of a page belong to one snapshot", () =>
      withStorage(open, async ({ storage }) => {
        const logged = Promise.all(Array.from({ length: 100 }, (_, at) => logCalls(storage, [noonMs + at, noonMs])));
        for (let count = 0; count < 200;) {
          const page = await storage.calls.page(1, 0, 1_000);
          count = page.totalCount;
          assert.equal(page.calls.length, count);
          assert.equal(page.revision, count, "each call is one change");
          await new Promise(setImmediate);
        }
        await logged;
      }));

    it("walking on from the last call of each page visits every call once, in order", () =>
      withStorage(open, async ({ storage }) => {
        const times = Array.from({ length: 50 }, (_, at) => noonMs - (at % 11) * hourMs);
        await logCalls(storage, times);
        const walked: Call[] = [];
        let position: FeedPosition | null = null;
        for (;;) {
          const calls: readonly Call[] = await storage.calls.after(1, position, 7);
          walked.push(...calls);
          position = calls.at(-1) ?? null;
          if (position === null) break;
        }
        assert.deepEqual(walked, (await storage.calls.page(1, 0, 50)).calls);
      }));

    it("an unknown id finds nothing", () =>
      withStorage(open, async ({ storage }) => {
        await logCall(storage);
        for (const id of [0, 2, Number.MAX_SAFE_INTEGER]) assert.equal(await storage.calls.find(1, id), null);
      }));

    it("archiving twice restores, each with its own change", () =>
      withStorage(open, async ({ storage }) => {
        const call = await logCall(storage, { notes: ["n"] });
        assert.deepEqual(await storage.calls.toggleArchived(writing(), call.id), { ...call, isArchived: true });
        assert.deepEqual(await storage.calls.toggleArchived(writing(), call.id), call);
        const kinds = (await storage.changes.after(1, 1, 10)).map(({ kind }) => kind);
        assert.deepEqual(kinds, ["call.archived", "call.unarchived"]);
      }));

    it("a hundred togglings at once leave the call as it was and are a hundred changes, by turns", () =>
      withStorage(open, async ({ storage }) => {
        const call = await logCall(storage);
        await Promise.all(Array.from({ length: 100 }, () => storage.calls.toggleArchived(writing(), call.id)));
        assert.deepEqual(await storage.calls.find(1, call.id), call);
        const changes = await storage.changes.after(1, 1, 1_000);
        assert.deepEqual(
          changes.map((change) => change.call.isArchived),
          Array.from({ length: 100 }, (_, at) => at % 2 === 0),
        );
      }));

    it("a note comes in front of the others, on an archived call too", () =>
      withStorage(open, async ({ storage }) => {
        const call = await logCall(storage, { notes: ["second", "first"] });
        await storage.calls.toggleArchived(writing(), call.id);
        const after = await storage.calls.addNote(writing(), call.id, "third");
        assert.deepEqual(
          after.notes.map(({ content }) => content),
          ["third", "second", "first"],
        );
        const noteIds = after.notes.map(({ id }) => id);
        assert.deepEqual(
          noteIds,
          noteIds.toSorted((a, b) => b - a),
        );
        assert.deepEqual(await storage.calls.find(1, call.id), after);
        assert.deepEqual((await storage.calls.page(1, 0, 1)).calls, [after]);
      }));

    it("a note is stored to the letter", () =>
      withStorage(open, async ({ storage }) => {
        const call = await logCall(storage);
        for (const content of letters) {
          assert.equal((await storage.calls.addNote(writing(), call.id, content)).notes[0]?.content, content);
        }
        const stored = (await storage.calls.page(1, 0, 1)).calls[0]?.notes.map((note) => note.content);
        assert.deepEqual(stored, letters.toReversed());
        const last = (await storage.changes.after(1, letters.length, 1))[0];
        assert.deepEqual(
          last?.call.notes.map((note) => note.content),
          letters.toReversed(),
        );
      }));

    it("an unknown call cannot be archived or noted", () =>
      withStorage(open, async ({ storage }) => {
        await assertFails("NOT_FOUND", () => storage.calls.toggleArchived(writing(), 1));
        await assertFails("NOT_FOUND", () => storage.calls.addNote(writing(), 1, "n"));
        assert.equal((await storage.changes.head(1)).revision, 0);
      }));
  });

  describe("idempotency keys", () => {
    it("a retry under one key does nothing and answers what the first one did, whatever happened since", () =>
      withStorage(open, async ({ storage }) => {
        const { id } = await logCall(storage);
        const first = await storage.calls.addNote(writing({ idempotency: key }), id, "once");
        await storage.calls.toggleArchived(writing(), id);
        await storage.calls.addNote(writing(), id, "later");
        assert.deepEqual(await storage.calls.addNote(writing({ idempotency: key }), id, "once"), first);
        assert.equal((await storage.changes.head(1)).revision, 4);
        await storage.changes.prune(1, noonMs + 1, 0);
        assert.deepEqual(await storage.calls.addNote(writing({ idempotency: key }), id, "once"), first);
      }));

    it("twenty at once under one key are one write", () =>
      withStorage(open, async ({ storage }) => {
        const { id } = await logCall(storage);
        const answers = await Promise.all(Array.from({ length: 20 }, () => toggle(storage, id)));
        for (const answer of answers) assert.equal(answer.isArchived, true);
        assert.equal((await storage.changes.head(1)).revision, 2);
      }));

    it("another request under a used key is refused", () =>
      withStorage(open, async ({ storage }) => {
        const { id } = await logCall(storage);
        await toggle(storage, id);
        await assertFails("BAD_USER_INPUT", () => toggle(storage, id, { fingerprint: "g" }));
        await assertFails("BAD_USER_INPUT", () => toggle(storage, id, { fingerprint: "g", part: "second" }));
        assert.equal((await storage.calls.find(1, id))?.isArchived, true);
      }));

    it("the parts of one request under one key are writes of their own", () =>
      withStorage(open, async ({ storage }) => {
        const { id } = await logCall(storage);
        assert.equal((await toggle(storage, id, { part: "a" })).isArchived, true);
        assert.equal((await toggle(storage, id, { part: "b" })).isArchived, false);
        assert.equal((await toggle(storage, id, { part: "a" })).isArchived, true);
        assert.equal((await storage.changes.head(1)).revision, 3);
      }));

    it("another actor and another workspace may use the same key", () =>
      withStorage(open, async ({ storage, addWorkspace }) => {
        await addWorkspace(2, "two");
        const { id } = await logCall(storage);
        await logCall(storage, {}, { ...pbx, workspaceId: 2 });
        await toggle(storage, id);
        const bob = writing({ actor: { kind: "user", id: "bob" }, idempotency: { ...key, fingerprint: "bob" } });
        assert.equal((await storage.calls.toggleArchived(bob, id)).isArchived, false);
        const there = writing({ workspaceId: 2, idempotency: { ...key, fingerprint: "two" } });
        assert.equal((await storage.calls.toggleArchived(there, id)).isArchived, true);
      }));

    it("a key is kept for 24 hours and free again after them", () =>
      withStorage(open, async ({ storage }) => {
        const { id } = await logCall(storage);
        await toggle(storage, id);
        assert.equal((await toggle(storage, id, {}, noonMs + 24 * hourMs - 1)).isArchived, true);
        assert.equal((await toggle(storage, id, { fingerprint: "g" }, noonMs + 24 * hourMs)).isArchived, false);
        assert.equal((await toggle(storage, id, { fingerprint: "g" }, noonMs + 25 * hourMs)).isArchived, false);
      }));

    it("a write that failed has not used its key", () =>
      withStorage(open, async ({ storage }) => {
        await assertFails("NOT_FOUND", () => toggle(storage, 1));
        const [id] = await logCalls(storage, [noonMs]);
        assert.equal((await toggle(storage, id ?? 0, { fingerprint: "g" })).isArchived, true);
      }));
  });

  function toggle(storage: Storage, id: number, given: Partial<IdempotencyKey> = {}, atMs = noonMs): Promise<Call> {
    return storage.calls.toggleArchived(writing({ atMs, idempotency: { ...key, ...given } }), id);
  }
}

const letters = [
  "plain",
  "👩‍👩‍👧‍👦 🇫🇷 😀 é e\u0301 Z̷̨͝a̵l̶g̸o̴",
  "\u202Eright to left\u202C \u2066isolate\u2069 \u200B \u2028 \u2029",
  '<script>alert(1)</script> \'; DROP TABLE calls; -- % _ \\ ""',
  "=HYPERLINK() \r\n\t \u001B[2J \u0007",
  "'".repeat(5_000),
];

function ids(calls: readonly Call[]): readonly number[] {
  return calls.map(({ id }) => id);
}

/** The ids that calls logged at these times have, from 1, in the order of the feed. */
function feedOrder(times: readonly number[]): readonly number[] {
  return times
    .map((at, index) => ({ at, id: index + 1 }))
    .toSorted((a, b) => b.at - a.at || b.id - a.id)
    .map(({ id }) => id);
}
