import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import type { Call } from "../domain/call.ts";
import { callFromFacts, foldFacts } from "../domain/folding.ts";
import type { CallFacts } from "../domain/source.ts";
import type { Storage } from "../domain/storage.ts";
import { delivery, facts, noonMs, pbx, withStorage, writing } from "./contract-samples.ts";
import { anyFacts } from "./contract-arbitraries.ts";
import type { OpenStorage } from "./storage.contract.ts";

export function describeDeliveries(open: OpenStorage): void {
  describe("deliveries", () => {
    it("a new group logs a call with what is known, and plain defaults for what is not", () =>
      withStorage(open, async ({ storage }) => {
        const verdicts = await storage.sources.accept(pbx, [delivery({}), delivery(known)], noonMs);
        assert.deepEqual(verdicts, [
          { verdict: "new", callId: 1, reason: null },
          { verdict: "new", callId: 2, reason: null },
        ]);
        assert.deepEqual(await storage.calls.find(1, 1), {
          id: 1,
          direction: "inbound",
          from: "",
          to: "",
          via: "",
          durationMs: 0,
          callType: "missed",
          isArchived: false,
          createdAtMs: noonMs,
          notes: [],
          tags: [],
          assignee: null,
          returned: null,
          revision: 1,
        });
        const { notes, ...rest } = (await storage.calls.find(1, 2)) ?? assert.fail();
        assert.deepEqual(rest, {
          id: 2,
          direction: "outbound",
          from: "+1",
          to: "+2",
          via: "line",
          durationMs: 7,
          callType: "voicemail",
          isArchived: true,
          createdAtMs: 1_000,
          tags: [],
          assignee: null,
          returned: null,
          revision: 2,
        });
        assert.deepEqual(
          notes.map(({ content }) => content),
          ["newest", "older"],
        );
      }));

    it("the same delivery again is a duplicate and has no effect, within one batch too", () =>
      withStorage(open, async ({ storage }) => {
        const one = delivery(known);
        const twice = await storage.sources.accept(pbx, [one, one], noonMs);
        const verdicts = [...twice, ...(await storage.sources.accept(pbx, [one], noonMs + 1))];
        assert.deepEqual(
          verdicts.map(({ verdict, callId }) => [verdict, callId]),
          [
            ["new", 1],
            ["duplicate", 1],
            ["duplicate", 1],
          ],
        );
        assert.equal((await storage.changes.head(1)).revision, 1);
      }));

    it("a thousand copies at once have one effect", () =>
      withStorage(open, async ({ storage }) => {
        const one = delivery(known);
        const copies = Array.from({ length: 100 }, () => Array.from({ length: 10 }, () => one));
        const verdicts = await Promise.all(copies.map((batch) => storage.sources.accept(pbx, batch, noonMs)));
        assert.equal(verdicts.flat().filter(({ verdict }) => verdict === "new").length, 1);
        assert.equal((await storage.changes.head(1)).revision, 1);
      }));

    it("the same delivery key with other content is conflicting: the first is kept", () =>
      withStorage(open, async ({ storage }) => {
        const one = delivery(known);
        await storage.sources.accept(pbx, [one], noonMs);
        const other = { ...one, digest: "other", facts: facts({ from: "+999" }) };
        const [verdict] = await storage.sources.accept(pbx, [other], noonMs);
        assert.equal(verdict?.verdict, "conflicting");
        assert.equal(verdict?.callId, 1);
        assert.ok(verdict?.reason);
        assert.equal((await storage.calls.find(1, 1))?.from, "+1");
      }));

    it("a delivery that is no call is kept and ignored, with its problem as the reason", () =>
      withStorage(open, async ({ storage }) => {
        const junk = delivery(null);
        assert.deepEqual(await storage.sources.accept(pbx, [junk], noonMs), [
          { verdict: "ignored", callId: null, reason: "It is no call." },
        ]);
        assert.equal((await storage.sources.accept(pbx, [junk], noonMs))[0]?.verdict, "duplicate");
        assert.equal((await storage.check()).counts["deliveries"], 1);
        assert.equal((await storage.changes.head(1)).revision, 0);
      }));

    it("another leg of a known call is merged into it as one change", () =>
      withStorage(open, async ({ storage }) => {
        const verdicts = await send(storage, [
          { from: "+1", to: "+2", startedAtMs: 5_000, endedAtMs: 6_000, notes: ["first"] },
          { startedAtMs: 4_000, endedAtMs: 9_000, callType: "answered", notes: ["third", "second"] },
        ]);
        assert.deepEqual(verdicts, ["new", "merged"]);
        const call = (await storage.calls.find(1, 1)) ?? assert.fail();
        assert.deepEqual(
          [call.createdAtMs, call.durationMs, call.callType, call.from],
          [4_000, 5_000, "answered", "+1"],
        );
        assert.deepEqual(
          call.notes.map(({ content }) => content),
          ["third", "second", "first"],
        );
        const changes = await storage.changes.after(1, 0, 10);
        assert.deepEqual(
          changes.map(({ kind }) => kind),
          ["call.logged", "call.updated"],
        );
        assert.deepEqual(changes.at(-1)?.call, call);
        assert.deepEqual((await storage.calls.page(1, 0, 5)).calls, [call]);
      }));

    it("a leg that alters nothing is a duplicate with a reason, and what it says is still remembered", () =>
      withStorage(open, async ({ storage }) => {
        const verdicts = await send(storage, [
          { startedAtMs: 5_000, durationMs: 100 },
          { endedAtMs: 9_000 }, // hidden by the stated duration
          { startedAtMs: 6_000 },
        ]);
        assert.deepEqual(verdicts, ["new", "duplicate", "duplicate"]);
        assert.equal((await storage.changes.head(1)).revision, 1);
      }));

    it("a merged leg does not undo what people did since", () =>
      withStorage(open, async ({ storage }) => {
        await send(storage, [{ startedAtMs: 1, isArchived: true }]);
        await storage.calls.toggleArchived(writing(), 1);
        assert.deepEqual(await send(storage, [{ startedAtMs: 1, isArchived: true, from: "+1" }]), ["merged"]);
        assert.equal((await storage.calls.find(1, 1))?.isArchived, false);
      }));

    it("a note that the source sent before is not added again; a person's note of the same words is another one", () =>
      withStorage(open, async ({ storage }) => {
        await send(storage, [{ startedAtMs: 1, notes: ["call back"] }]);
        await storage.calls.addNote(writing(), 1, "urgent");
        assert.deepEqual(await send(storage, [{ notes: ["call back"] }, { notes: ["urgent", "urgent"] }]), [
          "duplicate",
          "merged",
        ]);
        const call = await storage.calls.find(1, 1);
        assert.deepEqual(
          call?.notes.map(({ content }) => content),
          ["urgent", "urgent", "urgent", "call back"],
        );
      }));

    it("sources do not share deliveries or groups", () =>
      withStorage(open, async ({ storage }) => {
        const one = delivery(known);
        await storage.sources.accept(pbx, [one], noonMs);
        const [verdict] = await storage.sources.accept({ ...pbx, id: "other" }, [one], noonMs);
        assert.deepEqual(verdict, { verdict: "new", callId: 2, reason: null });
      }));

    it("the deliveries of a call come to the same call in any order and any batches", () =>
      withStorage(open, async ({ storage }) => {
        let run = 0;
        const legs = fc.array(anyFacts, { minLength: 1, maxLength: 6 });
        const orders = legs.chain((given) =>
          fc.tuple(
            fc.constant(given),
            fc.shuffledSubarray(given, { minLength: given.length, maxLength: given.length }),
            fc.boolean(),
          ),
        );
        const property = fc.asyncProperty(orders, async ([given, shuffled, isOneBatch]) => {
          const groupKey = `run-${++run}`;
          const deliveries = shuffled.map((leg) => delivery(leg, { groupKey }));
          for (const batch of isOneBatch ? [deliveries] : deliveries.map((one) => [one])) {
            await storage.sources.accept(pbx, batch, noonMs);
          }
          const [again] = await storage.sources.accept(pbx, deliveries, noonMs);
          const call = await storage.calls.find(1, again?.callId ?? 0);
          assert.deepEqual(orderless(call ?? assert.fail()), folded(given));
        });
        await fc.assert(property, { numRuns: 60 });
        assert.deepEqual((await storage.check()).problems, []);
      }));
  });

  async function send(storage: Storage, legs: readonly Partial<CallFacts>[]): Promise<readonly string[]> {
    const deliveries = legs.map((leg) => delivery(leg, { groupKey: "g" }));
    return (await storage.sources.accept(pbx, deliveries, noonMs)).map(({ verdict }) => verdict);
  }
}

const known: Partial<CallFacts> = {
  direction: "outbound",
  from: "+1",
  to: "+2",
  via: "line",
  startedAtMs: 1_000,
  endedAtMs: 2_000,
  durationMs: 7,
  callType: "voicemail",
  isArchived: true,
  notes: ["newest", "older"],
};

/** What the legs of a call say together, by the rule alone. Archived counts at the first only, so it depends on the order. */
function folded(legs: readonly CallFacts[]): unknown {
  const { isArchived: _, notes, ...call } = callFromFacts(legs.reduce(foldFacts), noonMs);
  return { ...call, notes: notes.toSorted() };
}

function orderless(found: Call): unknown {
  const { id: _, isArchived: __, tags: ___, assignee: ____, returned: _____, revision: ______, notes, ...call } = found;
  return { ...call, notes: notes.map(({ content }) => content).toSorted() };
}
