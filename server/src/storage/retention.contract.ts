import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { deletedCall } from "../domain/change.ts";
import type { Storage } from "../domain/storage.ts";
import {
  assertFails,
  delivery,
  logCall,
  logCalls,
  noonMs,
  pbx,
  user,
  withStorage,
  writing,
} from "./contract-samples.ts";
import { deletedReason, tooOldReason } from "./answers.ts";
import type { OpenStorage } from "./storage.contract.ts";

const dayMs = 86_400_000;
const caller = "+4930123456";

export function describeRetention(open: OpenStorage): void {
  describe("calls that are deleted", () => {
    it("the oldest go first, those that began before the time alone, so many at once, and every count follows", () =>
      inbox(open, async (storage) => {
        const [a = 0, b = 0, c = 0, d = 0] = await logCalls(storage, [noonMs - 1, noonMs - 3, noonMs, noonMs - 2]);
        assert.equal(await storage.retention.deleteOld(writing(), noonMs, 2), 2);
        assert.deepEqual(await feedOf(storage), [c, a]);
        assert.equal(await storage.retention.deleteOld(writing(), noonMs, 2), 1);
        assert.equal(await storage.retention.deleteOld(writing(), noonMs, 2), 0);
        assert.deepEqual(await feedOf(storage), [c]);
        assert.equal((await storage.calls.count(1, { kind: "direction", in: ["inbound"] })).count, 1);
        assert.equal((await storage.calls.page(1, 0, 10)).totalCount, 1);
        assert.deepEqual([await storage.calls.find(1, b), await storage.calls.find(1, d)], [null, null]);
        const [next = 0] = await logCalls(storage, [noonMs]);
        assert.ok(next > d, "an id is never given again");
      }));

    it("each revision is told once and in order, and no change tells anything of the call but its id", () =>
      inbox(open, async (storage) => {
        const gone = await logCall(storage, { from: caller, notes: ["from the source"] });
        const other = await logCall(storage, { from: "+4930999", startedAtMs: noonMs + 1 });
        await storage.calls.addNote(writing(), gone.id, "a secret");
        await storage.calls.editNote(writing(), gone.notes[0]?.id ?? 0, "another secret");
        await storage.calls.setTag(writing(), gone.id, "vip", true);
        await storage.calls.assign(writing(), gone.id, "bob");
        await storage.calls.setMany(writing(), [gone.id, other.id], { part: "archived", is: true });
        const before = await storage.changes.after(1, 0, 100);
        const author = writing({ actor: { kind: "user", id: "bob" }, atMs: noonMs + 5 });
        assert.equal(await storage.retention.deleteOfNumber(author, [caller], 10), 1);
        const after = await storage.changes.after(1, 0, 100);
        assert.deepEqual(
          after.map(({ revision }) => revision),
          [...before.map(({ revision }) => revision), before.length + 1],
        );
        for (const [at, change] of after.entries()) {
          if (change.call.id === other.id) assert.deepEqual(change, before[at]);
          else {
            const { revision } = change;
            assert.deepEqual(change, {
              workspaceId: 1,
              revision,
              kind: "call.deleted",
              atMs: before[at]?.atMs ?? noonMs + 5,
              actor: { kind: "user", id: "bob" },
              actorName: "bob",
              call: deletedCall(gone.id, revision),
              altered: null,
              undoes: null,
            });
          }
        }
        const { revision: end } = await storage.changes.head(1);
        for (const before of [null, ...Array.from({ length: end + 1 }, (_, at) => at + 1)])
          assert.deepEqual(await storage.changes.latest(1, { callId: gone.id, before }, 10), []);
        await assertFails("BAD_USER_INPUT", () => storage.calls.undo(writing(), 3));
      }));

    it("notes, what was read and what sources said go with the call", () =>
      inbox(open, async (storage) => {
        const call = await logCall(storage, { from: caller, notes: ["one"] });
        await storage.retention.deleteOfNumber(writing(), [caller], 10);
        await assertFails("NOT_FOUND", () => storage.calls.editNote(writing(), call.notes[0]?.id ?? 0, "x"));
        await assertFails("NOT_FOUND", () => storage.calls.addNote(writing(), call.id, "x"));
        assert.deepEqual(await storage.unread.among(1, "anna", [call.id]), []);
        assert.deepEqual(await storage.unread.set(1, "anna", [call.id], true), []);
        assert.deepEqual(await storage.deliveries.ofCall(1, call.id, 10), []);
        assert.deepEqual(await storage.deliveries.factsOfCall(1, call.id), []);
        assert.deepEqual(await storage.deliveries.page(1, { sourceId: "pbx", verdict: null }, null, 10), []);
        assert.equal((await storage.calls.otherEnds(1, [call.id])).size, 0);
      }));

    it("searches find what is left, by number and by word", () =>
      inbox(open, async (storage) => {
        const old = await logCall(storage, { from: caller, notes: ["hello there"] });
        const kept = await logCall(storage, { from: caller, notes: ["hello again"], startedAtMs: noonMs + 1 });
        const found = async (filter: Parameters<Storage["calls"]["page"]>[3]) =>
          (await storage.calls.page(1, 0, 10, filter)).calls.map(({ id }) => id);
        const byNumber = { kind: "number", anyOf: ["30123456"] } as const;
        const byWord = { kind: "text", words: ["hello"] } as const;
        assert.deepEqual(await found(byNumber), [kept.id, old.id]);
        await storage.retention.deleteOld(writing(), noonMs + 1, 10);
        assert.deepEqual([await found(byNumber), await found(byWord)], [[kept.id], [kept.id]]);
        await storage.retention.deleteOld(writing(), noonMs + 2, 10);
        assert.deepEqual([await found(byNumber), await found(byWord)], [[], []]);
        const again = await logCall(storage, { from: caller, notes: ["hello"], startedAtMs: noonMs + 2 });
        assert.deepEqual([await found(byNumber), await found(byWord)], [[again.id], [again.id]]);
      }));

    it("no call that stays loses the one that settled it", () =>
      inbox(open, async (storage) => {
        const outbound = { direction: "outbound", to: caller, callType: "answered" } as const;
        await logCall(storage, { from: caller, callType: "missed", startedAtMs: noonMs });
        await logCall(storage, { ...outbound, startedAtMs: noonMs + 1 });
        const missed = await logCall(storage, { from: caller, callType: "missed", startedAtMs: noonMs + 2 });
        const settling = await logCall(storage, { ...outbound, startedAtMs: noonMs + 3 });
        const state = { by: "called-back", callId: settling.id, atMs: noonMs + 3 };
        for (const left of [3, 2]) {
          await storage.retention.deleteOfNumber(writing(), [caller], 1);
          assert.equal((await feedOf(storage)).length, left);
          assert.deepEqual((await storage.calls.find(1, missed.id))?.returned, state);
        }
        assert.equal(await storage.retention.deleteOfNumber(writing(), [caller], 10), 2);
      }));

    it("nothing that comes late brings a deleted call back, and nothing of it is kept", () =>
      inbox(open, async (storage) => {
        const keys = { deliveryKey: "first", groupKey: "group" };
        const first = delivery({ from: caller, startedAtMs: noonMs }, keys);
        await storage.sources.accept(pbx, [first], noonMs);
        await storage.sources.accept(pbx, [{ ...first, digest: "other", raw: `conflicting ${caller}` }], noonMs);
        await storage.retention.deleteOfNumber(writing(), [caller], 10);
        const late = delivery({ from: caller, callType: "answered" }, { groupKey: "group" });
        const verdicts = await storage.sources.accept(pbx, [first, late], noonMs + dayMs);
        const ignored = { verdict: "ignored", callId: null, reason: deletedReason };
        assert.deepEqual(verdicts, [ignored, ignored]);
        assert.deepEqual(await feedOf(storage), []);
        assert.deepEqual(await storage.deliveries.page(1, { sourceId: "pbx", verdict: null }, null, 10), []);
        const [elsewhere] = await storage.sources.accept({ ...pbx, id: "other" }, [first], noonMs);
        assert.equal(elsewhere?.verdict, "new", "another source has groups of its own");
      }));

    it("a call that is older than the workspace keeps is not logged; one that is known is still told of", () =>
      inbox(open, async (storage) => {
        const old = delivery({ from: caller, startedAtMs: noonMs - 2 * dayMs - 1 }, { groupKey: "known" });
        await storage.sources.accept(pbx, [old], noonMs);
        await storage.settings.setWorkspace(1, { name: "main", timeZone: "UTC", callsKeptDays: 2 });
        const verdicts = await storage.sources.accept(
          pbx,
          [
            delivery({ startedAtMs: noonMs - 2 * dayMs - 1 }),
            delivery({ startedAtMs: noonMs - 2 * dayMs }),
            delivery({ callType: "voicemail" }, { groupKey: "known" }),
            delivery({ from: "no time" }),
          ],
          noonMs,
        );
        assert.deepEqual(
          verdicts.map(({ verdict }) => verdict),
          ["ignored", "new", "merged", "new"],
        );
        assert.equal(verdicts[0]?.reason, tooOldReason);
        const ignored = { sourceId: "pbx", verdict: "ignored" } as const;
        assert.deepEqual(await storage.deliveries.page(1, ignored, null, 10), []);
      }));

    it("a retry of a write to a deleted call is answered as one to a call that never was", () =>
      inbox(open, async (storage) => {
        const gone = await logCall(storage, { from: caller });
        const kept = await logCall(storage, { from: "+4930999" });
        const idempotency = { key: "k", part: "p", fingerprint: "f" };
        const one = writing({ idempotency });
        const many = writing({ idempotency: { ...idempotency, key: "many" } });
        await storage.calls.setTag(one, gone.id, "vip", true);
        const [, was] = await storage.calls.setMany(many, [gone.id, kept.id], { part: "archived", is: true });
        await storage.retention.deleteOfNumber(writing(), [caller], 10);
        await storage.calls.setMany(writing(), [kept.id], { part: "archived", is: false });
        await assertFails("NOT_FOUND", () => storage.calls.setTag(one, gone.id, "vip", true));
        const outcomes = await storage.calls.setMany(many, [gone.id, kept.id], { part: "archived", is: true });
        assert.deepEqual(outcomes, [{ callId: gone.id, outcome: "not-found", call: null }, was]);
        assert.equal((await storage.calls.find(1, kept.id))?.isArchived, false);
      }));

    it("another workspace keeps its calls", () =>
      inbox(open, async (storage, addWorkspace) => {
        await addWorkspace(2, "other");
        const there = await logCall(storage, { from: caller }, { ...pbx, id: "theirs", workspaceId: 2 });
        await logCall(storage, { from: caller });
        await storage.retention.deleteOfNumber(writing(), [caller], 10);
        await storage.retention.deleteOld(writing(), noonMs + dayMs, 10);
        assert.equal((await storage.calls.find(2, there.id))?.from, caller);
        assert.equal((await storage.calls.page(2, 0, 1, { kind: "number", anyOf: ["30123456"] })).totalCount, 1);
      }));
  });

  describe("deliveries that are forgotten", () => {
    it("go whole once they are older, so many at once, but for those whose call has a body left", () =>
      inbox(open, async (storage) => {
        await storage.sources.accept(pbx, [delivery(null), delivery({ startedAtMs: noonMs })], noonMs);
        const call = await logCall(storage, {});
        const keys = { groupKey: (await storage.deliveries.ofCall(1, call.id, 1))[0]?.groupKey ?? "" };
        await storage.deliveries.pruneBodies(noonMs + 1, 100);
        await storage.sources.accept(pbx, [delivery({ notes: ["more"] }, keys)], noonMs + dayMs);
        assert.equal(await storage.retention.pruneDeliveries(1, noonMs, 10), 0);
        assert.equal(await storage.retention.pruneDeliveries(1, noonMs + 1, 1), 1);
        assert.equal(await storage.retention.pruneDeliveries(1, noonMs + 1, 10), 1);
        assert.equal((await storage.deliveries.ofCall(1, call.id, 10)).length, 2);
        await storage.deliveries.pruneBodies(noonMs + 2 * dayMs, 100);
        assert.equal(await storage.retention.pruneDeliveries(1, noonMs + 2 * dayMs, 10), 2);
        assert.deepEqual(await storage.deliveries.page(1, { sourceId: "pbx", verdict: null }, null, 10), []);
        // What the call was folded from is still known.
        const [again] = await storage.sources.accept(pbx, [delivery({ notes: ["more"] }, keys)], noonMs);
        assert.deepEqual([again?.verdict, again?.callId], ["duplicate", call.id]);
        const bodies = await storage.deliveries.bodiesAfter(1, "pbx", null, 10);
        assert.equal(bodies.length, 1, "the body of what comes afterwards is kept");
      }));
  });
}

async function feedOf(storage: Storage): Promise<readonly number[]> {
  return (await storage.calls.page(1, 0, 100)).calls.map(({ id }) => id);
}

/** An inbox with two people, whose database is as it should be afterwards. */
function inbox(
  open: OpenStorage,
  run: (storage: Storage, addWorkspace: (id: number, name: string) => Promise<void>) => Promise<void>,
): Promise<void> {
  return withStorage(open, async ({ storage, addWorkspace }) => {
    await storage.users.add(user("anna"), "hash");
    await storage.users.add(user("bob"), "hash");
    await run(storage, addWorkspace);
    assert.deepEqual((await storage.check()).problems, []);
  });
}
