import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import type { KeptVerdict, Remapping } from "../domain/delivery-store.ts";
import { foldFacts } from "../domain/folding.ts";
import { noPreferences } from "../domain/settings.ts";
import type { Storage } from "../domain/storage.ts";
import { type SavedView, viewsOfOwnerMax } from "../domain/view.ts";
import { anyFacts } from "./contract-arbitraries.ts";
import { assertFails, delivery, facts, hourMs, noonMs, pbx, withStorage } from "./contract-samples.ts";
import type { OpenStorage } from "./storage.contract.ts";

export function describeDesk(open: OpenStorage): void {
  describe("sources as admins see them", () => {
    it("a card tells the key's end, whether it is disabled, and what was sent lately, well and amiss", () =>
      withStorage(open, async ({ storage }) => {
        await storage.sourceRegister.add(pbx, "hash", "…abcd");
        const quiet = await storage.sourceRegister.card(1, "pbx", noonMs);
        assert.deepEqual(quiet, {
          ...pbx,
          keyHint: "…abcd",
          isDisabled: false,
          lastEventAtMs: null,
          eventsLastHour: 0,
          eventsLastDay: 0,
          errorsLastDay: 0,
        });
        const one = delivery({ from: "+1" });
        await storage.sources.accept(pbx, [one], noonMs - 30 * hourMs);
        await storage.sources.accept(pbx, [delivery({})], noonMs - 2 * hourMs);
        await storage.sources.accept(pbx, [{ ...one, digest: "other" }, delivery(null)], noonMs - 1);
        await storage.deliveries.refuse(1, "pbx", [{ raw: "{", digest: "x", reason: "No JSON." }], noonMs);
        const [card] = await storage.sourceRegister.cards(1, noonMs);
        assert.deepEqual(
          [card?.lastEventAtMs, card?.eventsLastHour, card?.eventsLastDay, card?.errorsLastDay],
          [noonMs, 3, 4, 2],
        );
      }));

    it("the key of a disabled source, and one that was replaced, are nobody's", () =>
      withStorage(open, async ({ storage }) => {
        await storage.sourceRegister.add(pbx, "old", "1");
        await storage.sourceRegister.setDisabled(1, "pbx", true);
        assert.equal(await storage.sources.byKeyHash("old"), null);
        assert.equal((await storage.sourceRegister.card(1, "pbx", 0))?.isDisabled, true);
        await storage.sourceRegister.setDisabled(1, "pbx", false);
        await storage.sourceRegister.setKey(1, "pbx", "new", "2");
        assert.equal(await storage.sources.byKeyHash("old"), null);
        assert.deepEqual(await storage.sources.byKeyHash("new"), pbx);
      }));

    it("names are unique in a workspace; what is not there, or in another workspace, is NOT_FOUND", () =>
      withStorage(open, async ({ storage, addWorkspace }) => {
        await addWorkspace(2, "other");
        await storage.sourceRegister.add(pbx, "a", "a");
        await storage.sourceRegister.add({ ...pbx, id: "b", name: "B" }, "b", "b");
        await assertFails("CONFLICT", () => storage.sourceRegister.add({ ...pbx, id: "c" }, "c", "c"));
        await assertFails("CONFLICT", () => storage.sourceRegister.rename(1, "b", pbx.name));
        await storage.sourceRegister.rename(1, "b", "B");
        await storage.sourceRegister.rename(1, "b", "Renamed");
        assert.equal((await storage.sourceRegister.card(1, "b", 0))?.name, "Renamed");
        await assertFails("NOT_FOUND", () => storage.sourceRegister.rename(2, "b", "x"));
        await assertFails("NOT_FOUND", () => storage.sourceRegister.setKey(2, "b", "x", "x"));
        await assertFails("NOT_FOUND", () => storage.sourceRegister.setDisabled(1, "none", true));
        assert.equal(await storage.sourceRegister.card(2, "b", 0), null);
      }));
  });

  describe("deliveries as they are kept", () => {
    it("pages of a source's deliveries, by verdict too, have each once, newest first", () =>
      withStorage(open, async ({ storage }) => {
        await storage.sources.accept({ ...pbx, id: "other" }, [delivery({})], noonMs);
        for (let at = 0; at < 7; at++) {
          const batch = [delivery({}), delivery(null), delivery({ from: "+1" }, { groupKey: "g" })];
          await storage.sources.accept(pbx, batch, noonMs + (at % 3));
          await storage.deliveries.refuse(1, "pbx", [{ raw: `${at}`, digest: `${at}`, reason: "No." }], noonMs);
        }
        for (const verdict of [null, "new", "duplicate", "ignored", "refused", "conflicting"] as const) {
          const seen = await walk(storage, verdict);
          const inOrder = seen.toSorted((a, b) => b.receivedAtMs - a.receivedAtMs || b.id - a.id);
          assert.deepEqual(seen, inOrder);
          const counts = { null: 28, new: 8, duplicate: 6, ignored: 7, refused: 7, conflicting: 0 };
          assert.equal(seen.length, counts[verdict ?? "null"]);
        }
      }));

    it("a delivery has its body and size; those of other workspaces do not exist", () =>
      withStorage(open, async ({ storage, addWorkspace }) => {
        await addWorkspace(2, "other");
        const sent = delivery({ from: "+1" }, { raw: '{"ü":1}' });
        await storage.sources.accept(pbx, [sent], noonMs);
        const [listed] = await storage.deliveries.page(1, { sourceId: "pbx", verdict: null }, null, 9);
        const found = await storage.deliveries.find(1, listed?.id ?? 0);
        assert.deepEqual(found, { ...listed, deliveryKey: sent.deliveryKey, raw: sent.raw });
        assert.equal(found?.bytes, 8);
        assert.deepEqual(await storage.deliveries.ofCall(1, 1, 9), [found]);
        assert.equal(await storage.deliveries.find(2, listed?.id ?? 0), null);
        assert.deepEqual(await storage.deliveries.ofCall(2, 1, 9), []);
        assert.deepEqual(await storage.deliveries.factsOfCall(2, 1), []);
        assert.deepEqual(await storage.deliveries.factsOfCall(1, 1), [{ sourceId: "pbx", facts: sent.facts }]);
      }));

    it("the same refused thing again takes the place of the first, and so does a conflicting one", () =>
      withStorage(open, async ({ storage }) => {
        const refused = { raw: "{", digest: "x", reason: "No JSON." };
        const one = delivery({ from: "+1" });
        await storage.sources.accept(pbx, [one], noonMs);
        for (let at = 1; at <= 3; at++) {
          await storage.deliveries.refuse(1, "pbx", [refused, refused], noonMs + at);
          await storage.sources.accept(pbx, [{ ...one, digest: "other" }], noonMs + at);
        }
        const seen = await walk(storage, null);
        assert.deepEqual(
          seen.map(({ verdict, receivedAtMs }) => [verdict, receivedAtMs - noonMs]),
          [
            ["conflicting", 3],
            ["refused", 3],
            ["new", 0],
          ],
        );
      }));

    it("forgotten bodies leave everything else of their deliveries, in as many steps as it takes", () =>
      withStorage(open, async ({ storage }) => {
        for (let at = 0; at < 5; at++) await storage.sources.accept(pbx, [delivery({})], noonMs + at);
        const before = await walk(storage, null);
        assert.equal(await storage.deliveries.pruneBodies(noonMs + 3, 2), 2);
        assert.equal(await storage.deliveries.pruneBodies(noonMs + 3, 2), 1);
        assert.equal(await storage.deliveries.pruneBodies(noonMs + 3, 2), 0);
        assert.deepEqual(await walk(storage, null), before);
        const bodies = await Promise.all(before.map(async ({ id }) => (await storage.deliveries.find(1, id))?.raw));
        assert.deepEqual(
          bodies.map((raw) => raw === null),
          [false, false, true, true, true],
        );
        const kept = await storage.deliveries.bodiesAfter(1, "pbx", null, 9);
        assert.deepEqual(
          kept.map(({ receivedAtMs }) => receivedAtMs - noonMs),
          [3, 4],
        );
        assert.deepEqual(await storage.deliveries.bodiesAfter(1, "pbx", kept[0] ?? null, 9), kept.slice(1));
      }));

    it("mapped again, a call is what its deliveries say now, as one change by the source; what people did stays", () =>
      withStorage(open, async ({ storage }) => {
        await storage.sources.accept(pbx, [delivery({ from: "wrong", notes: ["kept"] }, { groupKey: "g" })], noonMs);
        await storage.calls.toggleArchived({ workspaceId: 1, actor: { kind: "user", id: "a" }, atMs: noonMs }, 1);
        const right = facts({ from: "+1", startedAtMs: 5, notes: ["kept", "more"] });
        const verdict = await storage.deliveries.remap(await remapping(storage, { facts: right }));
        assert.deepEqual(verdict, { verdict: "new", callId: 1, reason: null });
        const call = await storage.calls.find(1, 1);
        assert.deepEqual([call?.from, call?.createdAtMs, call?.isArchived], ["+1", 5, true]);
        assert.deepEqual(
          call?.notes.map(({ content }) => content),
          ["more", "kept"],
        );
        const changes = await storage.changes.after(1, 2, 9);
        assert.deepEqual(
          changes.map(({ kind, actor }) => [kind, actor]),
          [["call.updated", { kind: "source", id: "pbx" }]],
        );
        await storage.deliveries.remap(await remapping(storage, { facts: right }));
        assert.equal((await storage.changes.head(1)).revision, 3);
      }));

    it("mapped again in part, what is new is folded into what is known", () =>
      withStorage(open, async ({ storage }) => {
        await storage.sources.accept(pbx, [delivery({ from: "+1", durationMs: 9 }, { groupKey: "g" })], noonMs);
        const part = { facts: facts({ durationMs: 5, to: "+2" }), isWhole: false };
        await storage.deliveries.remap(await remapping(storage, part));
        const call = await storage.calls.find(1, 1);
        assert.deepEqual([call?.from, call?.to, call?.durationMs], ["+1", "+2", 9]);
      }));

    it("what was no call before logs one, or joins the one that it is about", () =>
      withStorage(open, async ({ storage }) => {
        await storage.sources.accept(pbx, [delivery(null), delivery(null)], noonMs);
        const [second, first] = await walk(storage, "ignored");
        const given = { groupKey: "g", groupSize: 0 };
        assert.deepEqual(
          await storage.deliveries.remap(
            await remapping(storage, { ...given, deliveryId: first?.id ?? 0, facts: facts({ from: "+1" }) }),
          ),
          { verdict: "new", callId: 1, reason: null },
        );
        assert.deepEqual(
          await storage.deliveries.remap(
            await remapping(storage, { ...given, deliveryId: second?.id ?? 0, facts: facts({ to: "+2" }) }),
          ),
          { verdict: "merged", callId: 1, reason: null },
        );
        assert.deepEqual((await storage.check()).problems, []);
        assert.deepEqual(
          (await walk(storage, null)).map(({ verdict, callId, groupKey }) => [verdict, callId, groupKey]),
          [
            ["merged", 1, "g"],
            ["new", 1, "g"],
          ],
        );
      }));

    it("a call of which more came in meanwhile is left alone, and so is what is not there", () =>
      withStorage(open, async ({ storage }) => {
        await storage.sources.accept(pbx, [delivery({ from: "+1" }, { groupKey: "g" })], noonMs);
        const stale = await remapping(storage, { facts: facts({ from: "+9" }) });
        await storage.sources.accept(pbx, [delivery({ to: "+2" }, { groupKey: "g" })], noonMs);
        await assertFails("CONFLICT", () => storage.deliveries.remap(stale));
        await assertFails("NOT_FOUND", () => storage.deliveries.remap({ ...stale, deliveryId: 99 }));
        await assertFails("NOT_FOUND", () => storage.deliveries.remap({ ...stale, sourceId: "other" }));
        assert.equal((await storage.calls.find(1, 1))?.from, "+1");
      }));

    it("mapping a whole call again the same way alters nothing, whatever came in", () =>
      withStorage(open, async ({ storage }) => {
        let run = 0;
        const property = fc.asyncProperty(fc.array(anyFacts, { minLength: 1, maxLength: 5 }), async (legs) => {
          const groupKey = `run-${++run}`;
          const deliveries = legs.map((leg) => delivery(leg, { groupKey }));
          await storage.sources.accept(pbx, deliveries, noonMs);
          const call = await storage.calls.find(1, run);
          const [kept] = await storage.deliveries.ofCall(1, run, 99);
          await storage.deliveries.remap({
            ...(await remapping(storage, { groupKey, groupSize: legs.length, facts: legs.reduce(foldFacts) })),
            deliveryId: kept?.id ?? 0,
          });
          assert.deepEqual(await storage.calls.find(1, run), call);
        });
        await fc.assert(property, { numRuns: 40 });
        assert.deepEqual((await storage.check()).problems, []);
      }));
  });

  describe("saved views and settings", () => {
    it("a person has their own views and those that others share; one of the same name is replaced", () =>
      withStorage(open, async ({ storage, addWorkspace }) => {
        await addWorkspace(2, "other");
        const own = await storage.views.save(view("1", "ann", "Mine"));
        await storage.views.save(view("2", "ben", "Hidden"));
        const shared = await storage.views.save(view("3", "ben", "Known", { isShared: true }));
        await storage.views.save(view("4", "ann", "Else", { workspaceId: 2, isShared: true }));
        assert.deepEqual(await storage.views.list(1, "ann"), [shared, own]);
        const again = await storage.views.save(view("5", "ann", "Mine", { query: "type=missed" }));
        assert.equal(again.id, "1");
        assert.deepEqual(await storage.views.list(1, "ann"), [shared, again]);
        assert.equal(await storage.views.remove(1, "ann", "3"), false);
        assert.equal(await storage.views.remove(2, "ann", "1"), false);
        assert.equal(await storage.views.remove(1, "ann", "1"), true);
        assert.equal(await storage.views.remove(1, "ann", "1"), false);
      }));

    it("views of one person are bounded, and the bound does not keep one from being replaced", () =>
      withStorage(open, async ({ storage }) => {
        for (let at = 0; at < viewsOfOwnerMax; at++) await storage.views.save(view(`v${at}`, "ann", `View ${at}`));
        await assertFails("CONFLICT", () => storage.views.save(view("more", "ann", "More")));
        assert.equal((await storage.views.save(view("again", "ann", "View 7"))).id, "v7");
        await storage.views.save(view("more", "ben", "More"));
      }));

    it("preferences are each person's own, settings the workspace's", () =>
      withStorage(open, async ({ storage, addWorkspace }) => {
        await addWorkspace(2, "other");
        assert.deepEqual(await storage.settings.preferences(1, "ann"), noPreferences);
        const given = { ...noPreferences, pageSize: 25, theme: "dark", keysOff: ["archive"] } as const;
        await storage.settings.setPreferences(1, "ann", given);
        assert.deepEqual(await storage.settings.preferences(1, "ann"), given);
        assert.deepEqual(await storage.settings.preferences(2, "ann"), noPreferences);
        assert.deepEqual(await storage.settings.preferences(1, "ben"), noPreferences);
        assert.deepEqual(await storage.settings.workspace(1), { name: "main", timeZone: "UTC", callsKeptDays: null });
        const team = { name: "Support", timeZone: "Europe/Berlin", callsKeptDays: 90 };
        await storage.settings.setWorkspace(1, team);
        assert.deepEqual(await storage.settings.workspace(1), team);
        assert.equal((await storage.workspaces.find(1))?.name, "main");
        assert.equal((await storage.settings.workspace(2))?.name, "other");
        assert.equal(await storage.settings.workspace(9), null);
        await assertFails("NOT_FOUND", () => storage.settings.setWorkspace(9, team));
      }));
  });
}

/** The deliveries of the PBX, in pages of three. */
async function walk(storage: Storage, verdict: KeptVerdict | null) {
  const seen = [];
  for (;;) {
    const page = await storage.deliveries.page(1, { sourceId: "pbx", verdict }, seen.at(-1) ?? null, 3);
    if (page.length === 0) return seen;
    seen.push(...page);
  }
}

/** Of the PBX's newest delivery, as the only one of its call. */
async function remapping(storage: Storage, given: Partial<Remapping>): Promise<Remapping> {
  const [newest] = await storage.deliveries.page(1, { sourceId: "pbx", verdict: null }, null, 1);
  return {
    workspaceId: 1,
    sourceId: "pbx",
    deliveryId: newest?.id ?? 0,
    groupSize: 1,
    groupKey: "g",
    facts: null,
    isWhole: true,
    problem: null,
    atMs: noonMs,
    ...given,
  };
}

function view(id: string, ownerId: string, name: string, given: Partial<SavedView> = {}): SavedView {
  return { id, workspaceId: 1, ownerId, name, query: "", isShared: false, savedAtMs: noonMs, ...given };
}
