import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import type { Call } from "../domain/call.ts";
import type { CallFilter } from "../domain/filter.ts";
import { numberKey } from "../domain/number-key.ts";
import type { ReturnState } from "../domain/returns.ts";
import type { CallFacts, Delivery } from "../domain/source.ts";
import type { Storage } from "../domain/storage.ts";
import { delivery, facts, hourMs, logCall, noonMs, pbx, user, withStorage, writing } from "./contract-samples.ts";
import type { OpenStorage } from "./storage.contract.ts";

const caller = "+442079460123";
const us = "+442079460999";
const missed = { direction: "inbound", from: caller, to: us, callType: "missed" } as const;
const voicemail = { ...missed, callType: "voicemail" } as const;
const answered = { ...missed, callType: "answered" } as const;
const calledBack = { direction: "outbound", from: us, to: caller, callType: "missed" } as const;
const waiting: CallFilter = { kind: "unreturned", is: true };

export function describeReturns(open: OpenStorage): void {
  describe("returns", () => {
    it("a missed call or voicemail waits until somebody of ours calls the number, whatever comes of it, or the caller gets through", () =>
      withStorage(open, async ({ storage }) => {
        for (const [settling, by, number] of [
          [calledBack, "called-back", "+442079460001"],
          [{ ...calledBack, callType: "answered" }, "called-back", "+442079460002"],
          [answered, "got-through", "+442079460003"],
        ] as const) {
          const other = (given: Partial<CallFacts>) =>
            given.direction === "outbound" ? { ...given, to: number } : { ...given, from: number };
          const first = await logCall(storage, other(missed));
          const second = await logCall(storage, { ...other(voicemail), startedAtMs: noonMs + 1 });
          assert.deepEqual([first.returned, second.returned], ["waiting", "waiting"]);
          const later = await logCall(storage, { ...other(settling), startedAtMs: noonMs + hourMs });
          const returned = { by, callId: later.id, atMs: noonMs + hourMs };
          assert.deepEqual(await statesOf(storage, [first, second, later]), [returned, returned, null]);
        }
      }));

    it("a call is settled by the first later one alone: not by one before it, of another number, or missed again", () =>
      withStorage(open, async ({ storage }) => {
        await logCall(storage, { ...calledBack, startedAtMs: noonMs - 1 });
        const first = await logCall(storage, missed);
        await logCall(storage, { ...calledBack, to: "+442079460124", startedAtMs: noonMs + 1 });
        const again = await logCall(storage, { ...missed, startedAtMs: noonMs + 2 });
        assert.deepEqual(await statesOf(storage, [first, again]), ["waiting", "waiting"]);
        const settling = await logCall(storage, { ...calledBack, startedAtMs: noonMs + 3 });
        await logCall(storage, { ...answered, startedAtMs: noonMs + 4 });
        const by = { by: "called-back", callId: settling.id, atMs: noonMs + 3 } as const;
        assert.deepEqual(await statesOf(storage, [first, again]), [by, by]);
      }));

    it("of calls made at the same time the id says which is the later one", () =>
      withStorage(open, async ({ storage }) => {
        const before = await logCall(storage, missed);
        const settling = await logCall(storage, calledBack);
        const after = await logCall(storage, missed);
        assert.deepEqual(await statesOf(storage, [before, after]), [
          { by: "called-back", callId: settling.id, atMs: noonMs },
          "waiting",
        ]);
      }));

    it("spellings of one number are one caller; callers who withhold their number are nobody to call back", () =>
      withStorage(open, async ({ storage }) => {
        const calls = [];
        for (const from of ["+44 (0)20 7946-0123", "00442079460123", "tel:+44-20-7946-0123", "anonymous", ""]) {
          calls.push(await logCall(storage, { ...missed, from }));
        }
        const { id } = await logCall(storage, { ...calledBack, startedAtMs: noonMs + 1 });
        const by = { by: "called-back", callId: id, atMs: noonMs + 1 } as const;
        assert.deepEqual(await statesOf(storage, calls), [by, by, by, null, null]);
      }));

    it("a call that is settled by another one, or no longer, has a change of its own by the source that told of it", () =>
      withStorage(open, async ({ storage }) => {
        const call = await logCall(storage, missed);
        await storage.users.add(user("anna"), "hash");
        await storage.calls.addNote(writing(), call.id, "rings back");
        const later = { ...calledBack, startedAtMs: noonMs + 2 };
        const group = { groupKey: "settling" };
        await storage.sources.accept(pbx, [delivery(later, group)], noonMs + 5);
        // Another number: the smaller one wins.
        await storage.sources.accept(pbx, [delivery({ to: "+1" }, group)], noonMs + 6);
        const log = await storage.changes.latest(1, { callId: call.id, before: null }, 10);
        assert.deepEqual(
          log.map(({ kind, actor, atMs, altered, call: then }) => [
            kind,
            actor.kind,
            atMs,
            altered?.part,
            then.returned,
          ]),
          [
            ["call.unreturned", "source", noonMs + 6, undefined, "waiting"],
            ["call.returned", "source", noonMs + 5, undefined, { by: "called-back", callId: 2, atMs: noonMs + 2 }],
            ["note.added", "user", noonMs, "note", "waiting"],
            ["call.logged", "source", noonMs, undefined, "waiting"],
          ],
        );
        assert.equal((await storage.calls.find(1, call.id))?.revision, log[0]?.revision);
      }));

    it("calls that come together have no changes but their own", () =>
      withStorage(open, async ({ storage }) => {
        const told = [missed, { ...voicemail, startedAtMs: noonMs + 1 }, { ...calledBack, startedAtMs: noonMs + 2 }];
        await storage.sources.accept(
          pbx,
          told.map((given) => delivery({ startedAtMs: noonMs, ...given })),
          noonMs,
        );
        const changes = await storage.changes.after(1, 0, 10);
        const by = { by: "called-back", callId: 3, atMs: noonMs + 2 };
        assert.deepEqual(
          changes.map(({ kind, call }) => [kind, call.returned]),
          [
            ["call.logged", by],
            ["call.logged", by],
            ["call.logged", null],
          ],
        );
        assert.deepEqual(await storage.calls.after(1, null, 10), changes.map(({ call }) => call).toReversed());
      }));

    it("what people do to a call leaves its return, and undoing takes it back no further", () =>
      withStorage(open, async ({ storage }) => {
        const call = await logCall(storage, missed);
        await storage.calls.toggleArchived(writing(), call.id);
        const { id } = await logCall(storage, { ...calledBack, startedAtMs: noonMs + 1 });
        const by = { by: "called-back", callId: id, atMs: noonMs + 1 } as const;
        const undone = await storage.calls.undo(writing(), call.revision + 1);
        assert.deepEqual([undone.isArchived, undone.returned], [false, by]);
        const tagged = await storage.calls.setTag(writing(), call.id, "vip", true);
        assert.deepEqual([tagged.tags, tagged.returned], [["vip"], by]);
        await assert.rejects(async () => storage.calls.undo(writing(), undone.revision - 1));
      }));

    it("pages, walks, counts and figures follow", () =>
      withStorage(open, async ({ storage }) => {
        for (let at = 0; at < 12; at++) {
          const from = `+44207946000${at % 4}`;
          await logCall(storage, { ...missed, from, startedAtMs: noonMs + at, via: `line ${at % 2}` });
        }
        await logCall(storage, { ...missed, from: "anonymous" });
        await logCall(storage, { ...calledBack, to: "+442079460000", startedAtMs: noonMs + 20 });
        const open = await storage.calls.page(1, 0, 20, waiting);
        assert.deepEqual(
          open.calls.map(({ id }) => id),
          [12, 11, 10, 8, 7, 6, 4, 3, 2],
        );
        assert.equal(open.totalCount, 9);
        const odd = { kind: "and", of: [waiting, { kind: "line", in: ["line 0"] }] } as const;
        assert.deepEqual(
          (await storage.calls.page(1, 1, 1, odd)).calls.map(({ id }) => id),
          [7],
        );
        const groups = async (by: "unreturned" | "assignee") =>
          (await storage.calls.counts(1, { filter: null, by, timeZone: "UTC" })).groups;
        assert.deepEqual(await groups("unreturned"), [
          { key: "true", count: 9 },
          { key: "false", count: 5 },
        ]);
        await storage.users.add(user("anna"), "hash");
        await storage.calls.assign(writing(), 1, "anna");
        assert.deepEqual(await groups("assignee"), [
          { key: "", count: 13 },
          { key: "anna", count: 1 },
        ]);
        const { scanned: _, ...figures } = await storage.calls.returns(1, null);
        const counts = { missed: 12, unreturned: 9, returned: 3 };
        assert.deepEqual(figures, { ...counts, medianAfterMs: 16, isExact: true });
        const long = await storage.calls.returns(1, { kind: "duration", minMs: 1, maxMs: 5 });
        assert.deepEqual([long.missed, long.medianAfterMs], [0, null]);
        assert.deepEqual((await storage.check()).problems, []);
      }));

    it("one call may settle more than a transaction does: the rest follows by itself, each in a change of its own", () =>
      withStorage(open, async ({ storage }) => {
        const total = 620;
        await logMissed(storage, total);
        const { revision } = await storage.changes.head(1);
        await logCall(storage, { ...calledBack, startedAtMs: noonMs + total });
        await settled(storage);
        assert.equal(await storage.calls.unsettled(1), 0);
        const changes = await storage.changes.after(1, revision + 1, 2 * total);
        assert.deepEqual([changes.length, new Set(changes.map(({ call }) => call.id)).size], [total, total]);
        assert.ok(changes.every(({ kind, actor }) => kind === "call.returned" && actor.kind === "source"));
        assert.equal((await storage.calls.returns(1, null)).returned, total);
        assert.deepEqual((await storage.check()).problems, []);
      }));

    it("any deliveries in any order leave each call with the return that the calls as they are give it", () =>
      withStorage(open, async ({ storage, addWorkspace }) => {
        let lastWorkspaceId = 700;
        const property = fc.asyncProperty(anyDeliveries, fc.array(fc.nat(5)), async (deliveries, cuts) => {
          const feeds = [];
          for (const order of [deliveries, deliveries.toReversed()]) {
            const workspaceId = ++lastWorkspaceId;
            await addWorkspace(workspaceId, `returns ${workspaceId}`);
            const left = [...order];
            for (const cut of [...cuts, left.length]) {
              await storage.sources.accept({ ...pbx, workspaceId }, left.splice(0, cut), noonMs);
            }
            const { calls } = await storage.calls.page(workspaceId, 0, 100);
            for (const call of calls) assert.deepEqual(call.returned, expected(calls, call));
            feeds.push(calls.map((call) => tellTale(calls, call)).toSorted());
            await holdsLog(storage, workspaceId, calls);
          }
          assert.deepEqual(feeds[0], feeds[1]);
        });
        await fc.assert(property, { numRuns: 80 });
        assert.deepEqual((await storage.check()).problems, []);
      }));
  });
}

/** Missed calls of one number, a millisecond apart. */
export async function logMissed(storage: Storage, count: number, from = caller): Promise<void> {
  const all = Array.from({ length: count }, (_, at) => delivery({ ...missed, from, startedAtMs: noonMs + at }));
  await storage.sources.accept(pbx, all, noonMs);
}

/** Resolves when no call waits any more. */
export async function settled(storage: Storage): Promise<void> {
  const done = Promise.withResolvers<void>();
  const look = async () => {
    if ((await storage.calls.count(1, waiting)).count === 0) done.resolve();
  };
  const stop = storage.changes.onCommit(() => void look().catch(done.reject));
  await look();
  await done.promise;
  stop();
}

/** What a return is, in five lines. */
function expected(calls: readonly Call[], { id, direction, from, callType, createdAtMs }: Call): ReturnState {
  if (direction === "outbound" || callType === "answered" || numberKey(from) === null) return null;
  const isSettling = (one: Call) =>
    one.direction === "outbound"
      ? numberKey(one.to) === numberKey(from)
      : one.callType === "answered" && numberKey(one.from) === numberKey(from);
  const isLater = (one: Call) => one.createdAtMs > createdAtMs || (one.createdAtMs === createdAtMs && one.id > id);
  // Pages have the newest first.
  const next = calls.findLast((one) => isSettling(one) && isLater(one));
  const by = next?.direction === "outbound" ? "called-back" : "got-through";
  return next === undefined ? "waiting" : { by, callId: next.id, atMs: next.createdAtMs };
}

/** A call and its return without ids, which depend on the order of arrival. Times are unlike each other. */
function tellTale(calls: readonly Call[], { direction, from, to, callType, createdAtMs, returned }: Call): string {
  const atMs = returned === null || returned === "waiting" ? returned : returned.atMs;
  return JSON.stringify([direction, from, to, callType, createdAtMs, atMs, calls.length]);
}

/** Whoever follows the log holds what the calls are. */
async function holdsLog(storage: Storage, workspaceId: number, calls: readonly Call[]): Promise<void> {
  const last = new Map<number, Call>();
  for (const { call } of await storage.changes.after(workspaceId, 0, 1_000)) last.set(call.id, call);
  for (const call of calls) assert.deepEqual(last.get(call.id), call);
}

const anyNumber = fc.constantFrom(caller, "00442079460123", "+442079460124", "anonymous");

/** Some deliveries of some calls: what is told later alters number, time and type. Calls differ in their time. */
const anyDeliveries: fc.Arbitrary<Delivery[]> = fc
  .uniqueArray(
    fc.record({
      group: fc.nat(7),
      direction: fc.constantFrom("inbound", "outbound"),
      number: anyNumber,
      at: fc.nat(1_000),
      callType: fc.constantFrom("missed", "answered", "voicemail"),
    }),
    { maxLength: 16, selector: ({ at }) => at },
  )
  .map((told) =>
    told.map(({ group, direction, number, at, callType }) => {
      const ends = direction === "inbound" ? { from: number, to: us } : { from: us, to: number };
      return delivery(facts({ direction, ...ends, callType, startedAtMs: noonMs + at }), { groupKey: `g${group}` });
    }),
  );

async function statesOf(storage: Storage, calls: readonly Call[]): Promise<readonly ReturnState[]> {
  const states: ReturnState[] = [];
  for (const { id } of calls) states.push((await storage.calls.find(1, id))?.returned ?? null);
  return states;
}
