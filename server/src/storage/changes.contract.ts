import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Call } from "../domain/call.ts";
import {
  assertFails,
  delivery,
  hourMs,
  logCall,
  logCalls,
  noonMs,
  pbx,
  withStorage,
  writing,
} from "./contract-samples.ts";
import type { OpenStorage } from "./storage.contract.ts";

export function describeChanges(open: OpenStorage): void {
  describe("the change log", () => {
    it("every change carries the call as it was right after it, who made it and when", () =>
      withStorage(open, async ({ storage }) => {
        const groupKey = "g";
        await storage.sources.accept(pbx, [delivery({ from: "+1", notes: ["n"] }, { groupKey })], noonMs);
        const shown: (Call | null)[] = [await storage.calls.find(1, 1)];
        shown.push(await storage.calls.toggleArchived(writing({ atMs: noonMs + 1 }), 1));
        await storage.sources.accept(pbx, [delivery({ to: "+2", startedAtMs: 5 }, { groupKey })], noonMs + 2);
        shown.push(await storage.calls.find(1, 1));
        shown.push(await storage.calls.addNote(writing({ atMs: noonMs + 3, actor: { kind: "system" } }), 1, "m"));
        shown.push(await storage.calls.toggleArchived(writing({ atMs: noonMs + 4 }), 1));
        const kinds = ["call.logged", "call.archived", "call.updated", "note.added", "call.unarchived"];
        const source = { kind: "source", id: "pbx" };
        const anna = { kind: "user", id: "anna" };
        const actors = [source, anna, source, { kind: "system" }, anna];
        const archived = { part: "archived" };
        const alterations = [null, archived, null, { part: "note", noteId: 2, before: null }, archived];
        assert.deepEqual(
          await storage.changes.after(1, 0, 10),
          shown.map((call, at) => ({
            workspaceId: 1,
            revision: at + 1,
            kind: kinds[at],
            atMs: noonMs + at,
            actor: actors[at],
            actorName: null,
            call,
            altered: alterations[at],
            undoes: null,
          })),
        );
      }));

    it("changes come in order, at most as many as asked for, and none at the head", () =>
      withStorage(open, async ({ storage }) => {
        await logCalls(storage, [1, 2, 3, 4, 5]);
        const revisions = async (after: number, limit: number) =>
          (await storage.changes.after(1, after, limit)).map(({ revision }) => revision);
        assert.deepEqual(await revisions(0, 2), [1, 2]);
        assert.deepEqual(await revisions(3, 100), [4, 5]);
        assert.deepEqual(await revisions(5, 100), []);
        assert.deepEqual(await revisions(99, 100), []);
        assert.deepEqual(await revisions(0, 0), []);
      }));

    it("which calls changed is told for each change, as far as it is kept", () =>
      withStorage(open, async ({ storage }) => {
        const [first = 0, second = 0] = await logCalls(storage, [1, 2]);
        await storage.calls.addNote(writing(), first, "once");
        await storage.calls.addNote(writing({ atMs: noonMs + 1 }), second, "twice");
        await storage.calls.toggleArchived(writing({ atMs: noonMs + 1 }), first);
        const all = [first, second, first, second, first];
        for (const after of [0, 1, 2, 3, 4, 5, 99]) {
          for (const limit of [1, 2, 100]) {
            const expected = all.slice(after, after + limit);
            assert.deepEqual(await storage.changes.changedCalls(1, after, limit), expected, `${after}, ${limit}`);
          }
        }
        await storage.changes.prune(1, noonMs + 1, 0);
        await assertFails("RESUME_GAP", () => storage.changes.changedCalls(1, 2, 100));
        assert.deepEqual(await storage.changes.changedCalls(1, 3, 100), [second, first]);
        await storage.changes.prune(1, noonMs + 2, 0);
        await assertFails("RESUME_GAP", () => storage.changes.changedCalls(1, 4, 100));
        assert.deepEqual(await storage.changes.changedCalls(1, 5, 100), []);
      }));

    it("pruning forgets the old changes and says how many; whoever was before them is told of the gap", () =>
      withStorage(open, async ({ storage }) => {
        const { id } = await logCall(storage);
        for (let at = 1; at < 10; at++) await storage.calls.addNote(writing({ atMs: noonMs + at }), id, `${at}`);
        assert.equal(await storage.changes.prune(1, noonMs + 6, 0), 6);
        assert.equal(await storage.changes.prune(1, noonMs + 6, 0), 0);
        await assertFails("RESUME_GAP", () => storage.changes.after(1, 0, 10));
        await assertFails("RESUME_GAP", () => storage.changes.after(1, 5, 10));
        const kept = await storage.changes.after(1, 6, 10);
        assert.deepEqual(
          kept.map(({ revision, call }) => [revision, call.notes.length]),
          [
            [7, 6],
            [8, 7],
            [9, 8],
            [10, 9],
          ],
        );
        assert.deepEqual((await storage.check()).problems, []);
      }));

    it("pruning keeps the newest, however old they are", () =>
      withStorage(open, async ({ storage }) => {
        await logCalls(
          storage,
          Array.from({ length: 10 }, () => 0),
        );
        assert.equal(await storage.changes.prune(1, noonMs + hourMs, 3), 7);
        assert.equal(await storage.changes.prune(1, noonMs + hourMs, 30), 0);
        assert.deepEqual((await storage.changes.after(1, 7, 10)).length, 3);
      }));

    it("with all changes pruned the head stays and the next change follows it", () =>
      withStorage(open, async ({ storage }) => {
        await logCalls(storage, [1, 2, 3]);
        assert.equal(await storage.changes.prune(1, noonMs + 1, 0), 3);
        assert.equal((await storage.changes.head(1)).revision, 3);
        assert.deepEqual(await storage.changes.after(1, 3, 10), []);
        await assertFails("RESUME_GAP", () => storage.changes.after(1, 2, 10));
        await storage.calls.toggleArchived(writing(), 1);
        assert.deepEqual((await storage.changes.after(1, 3, 10))[0]?.revision, 4);
        assert.deepEqual((await storage.check()).problems, []);
      }));

    it("pruning stops at the first change that is to be kept, also when the clock was set back", () =>
      withStorage(open, async ({ storage }) => {
        const { id } = await logCall(storage);
        for (const atMs of [noonMs + 100, noonMs + 1]) await storage.calls.addNote(writing({ atMs }), id, "n");
        assert.equal(await storage.changes.prune(1, noonMs + 50, 0), 1);
        assert.equal((await storage.changes.after(1, 1, 10)).length, 2);
      }));

    it("listeners hear of each commit that moved the revision, once it can be read, until they stop", () =>
      withStorage(open, async ({ storage, addWorkspace }) => {
        await addWorkspace(2, "two");
        const heard: string[] = [];
        const readable: Promise<boolean>[] = [];
        const stop = storage.changes.onCommit((workspaceId, revision) => {
          heard.push(`${workspaceId}:${revision}`);
          readable.push((async () => (await storage.changes.head(workspaceId)).revision >= revision)());
        });
        const { id } = await logCall(storage);
        await storage.calls.addNote(writing(), id, "n");
        await logCall(storage, {}, { ...pbx, workspaceId: 2 });
        await assertFails("NOT_FOUND", () => storage.calls.addNote(writing(), 404, "n"));
        await storage.sessions.prune(0);
        await storage.calls.toggleArchived(writing(), id);
        assert.deepEqual(heard, ["1:1", "1:2", "2:1", "1:3"]);
        assert.deepEqual(await Promise.all(readable), [true, true, true, true]);
        stop();
        await storage.calls.toggleArchived(writing(), id);
        assert.equal(heard.length, 4);
      }));
  });
}
