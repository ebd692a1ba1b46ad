import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { CallFilter } from "../domain/filter.ts";
import { archiveWhere, filteredCallsMax, mayHaveMore } from "../domain/filtered-archiving.ts";
import type { Storage } from "../domain/storage.ts";
import { delivery, hourMs, logCall, noonMs, pbx, withStorage, writing } from "./contract-samples.ts";
import type { OpenStorage } from "./storage.contract.ts";

const missed: CallFilter = { kind: "type", in: ["missed"] };

/** Archiving by a filter, as `filtered-archiving.ts` puts it together from walks and writes to many. */
export function describeFilteredArchiving(open: OpenStorage): void {
  describe("archiving by a filter", () => {
    it("takes the newest calls that are not so yet, goes on while there are more, and ends when there are none", () =>
      withStorage(open, async ({ storage }) => {
        await logMissed(storage, 1_200);
        const { id: kept } = await logCall(storage, { callType: "answered" });
        const seen: number[] = [];
        for (const expected of [1_000, 200, 0]) {
          const outcomes = await archiveWhere(storage, writing(), missed, true);
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
        assert.equal((await archiveWhere(storage, writing(), null, false)).length, 1_000, "without a condition all");
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
          const outcomes = await archiveWhere(storage, writing(), missed, true, first);
          assert.equal(outcomes.length, expected);
          assert.equal(mayHaveMore(outcomes, first), hasMore);
        }
      }));

    it("acts once a key: a retry is answered the same, whatever passes the filter by then", () =>
      withStorage(open, async ({ storage }) => {
        await logMissed(storage, 700);
        const once = writing({ idempotency: { key: "k", part: "p", fingerprint: "f" } });
        const first = await archiveWhere(storage, once, missed, true);
        assert.equal(first.length, 700);
        const { revision } = await storage.changes.head(1);
        assert.deepEqual(await archiveWhere(storage, once, missed, true), first);
        await logMissed(storage, 3);
        assert.deepEqual(await archiveWhere(storage, once, missed, true), first);
        assert.equal((await storage.changes.head(1)).revision, revision + 3);
        const none = writing({ idempotency: { key: "none", part: "p", fingerprint: "f" } });
        const nothing: CallFilter = { kind: "line", in: ["no such line"] };
        assert.deepEqual(await archiveWhere(storage, none, nothing, true), []);
      }));

    it("interrupted between its transactions, is finished by a retry without touching a call twice", () =>
      withStorage(open, async ({ storage }) => {
        await logMissed(storage, 1_100);
        const before = (await storage.changes.head(1)).revision;
        const once = writing({ idempotency: { key: "k", part: "p", fingerprint: "f" } });
        await assert.rejects(archiveWhere(diesAfter(storage, 1), once, missed, true), /killed/);
        assert.equal((await storage.changes.head(1)).revision, before + 500);
        const [newest] = await storage.calls.after(1, null, 1, missed);
        await storage.calls.toggleArchived(writing(), newest?.id ?? 0);
        const outcomes = await archiveWhere(storage, once, missed, true);
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
        const outcomes = await archiveWhere(meddled, writing(), missed, true);
        assert.deepEqual(
          outcomes.map(({ outcome }) => outcome),
          ["changed", "conflict", "changed"],
        );
        assert.equal(mayHaveMore(outcomes), true);
        const untagged: CallFilter = { kind: "and", of: [missed, { kind: "not", of: { kind: "tag", in: ["hold"] } }] };
        assert.deepEqual(await archiveWhere(storage, writing(), untagged, true), []);
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
      setArchived: async (...args) => {
        if (left-- === 0) throw new Error("killed");
        return storage.calls.setArchived(...args);
      },
    },
  };
}
