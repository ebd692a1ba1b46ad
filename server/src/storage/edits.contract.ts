import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import type { Call } from "../domain/call.ts";
import { DomainError } from "../domain/errors.ts";
import type { Storage } from "../domain/storage.ts";
import { assertFails, logCall, noonMs, user, withStorage, writing } from "./contract-samples.ts";
import type { OpenStorage } from "./storage.contract.ts";

/** What people do with calls beside archiving and noting, and how it is taken back. */
export function describeEdits(open: OpenStorage): void {
  describe("edits", () => {
    it("a write bound to a revision fails once the call was altered after it, and tells the call as it is", () =>
      withStorage(open, async ({ storage }) => {
        const seen = await logCall(storage);
        const now = await storage.calls.addNote(writing(), seen.id, "faster");
        const late = writing({ ifRevision: seen.revision });
        const writes = [
          () => storage.calls.toggleArchived(late, seen.id),
          () => storage.calls.addNote(late, seen.id, "n"),
          () => storage.calls.editNote(late, 1, "n"),
          () => storage.calls.deleteNote(late, 1),
          () => storage.calls.setTag(late, seen.id, "vip", true),
          () => storage.calls.assign(late, seen.id, null),
          () => storage.calls.undo(late, now.revision),
        ];
        for (const write of writes) {
          await assert.rejects(write, (error) => {
            assert.ok(error instanceof DomainError);
            assert.equal(error.code, "CONFLICT");
            assert.deepEqual(error.call, now);
            return true;
          });
        }
        assert.equal((await storage.changes.head(1)).revision, now.revision);
        const after = await storage.calls.toggleArchived(writing({ ifRevision: now.revision }), seen.id);
        assert.equal(after.isArchived, true);
      }));

    it("the log gives notes back as they were before they were edited and deleted", () =>
      withStorage(open, async ({ storage }) => {
        await storage.users.add(user("anna"), "hash");
        const { id } = await logCall(storage);
        const shown = [
          await storage.calls.addNote(writing({ atMs: noonMs + 1 }), id, "one"),
          await storage.calls.editNote(writing({ atMs: noonMs + 2 }), 1, "two"),
          await storage.calls.deleteNote(writing({ atMs: noonMs + 3 }), 1),
          await storage.calls.undo(writing({ atMs: noonMs + 4 }), 4),
        ];
        const anna = { id: "anna", username: "anna" };
        const note = { id: 1, content: "two", author: anna, createdAtMs: noonMs + 1, editedAtMs: noonMs + 2 };
        assert.deepEqual(shown.at(-1)?.notes, [note]);
        const changes = await storage.changes.after(1, 1, 10);
        assert.deepEqual(
          changes.map(({ call }) => call),
          shown,
        );
        assert.deepEqual(
          changes.map(({ kind, undoes, actorName }) => [kind, undoes, actorName]),
          [
            ["note.added", null, "anna"],
            ["note.edited", null, "anna"],
            ["note.deleted", null, "anna"],
            ["note.restored", 4, "anna"],
          ],
        );
        assert.deepEqual(changes[2]?.altered, { part: "note", noteId: 1, before: note });
        const earlier = changes.filter(({ revision }) => revision < 4).toReversed();
        assert.deepEqual(await storage.changes.latest(1, { callId: id, before: 4 }, 2), earlier);
      }));

    it("a call is given to users of its workspace who are not disabled", () =>
      withStorage(open, async ({ storage, addWorkspace }) => {
        await addWorkspace(2, "two");
        await storage.users.add(user("anna"), "hash");
        await storage.users.add(user("bob", { isDisabled: true }), "hash");
        await storage.users.add(user("zoe", { workspaceId: 2 }), "hash");
        const { id } = await logCall(storage);
        for (const other of ["bob", "zoe", "nobody"]) {
          await assertFails("NOT_FOUND", () => storage.calls.assign(writing(), id, other));
        }
        const given = await storage.calls.assign(writing(), id, "anna");
        assert.deepEqual(given.assignee, { id: "anna", username: "anna" });
        assert.deepEqual(await storage.calls.assign(writing(), id, "anna"), given, "again changes nothing");
        assert.equal((await storage.calls.assign(writing(), id, null)).assignee, null);
        assert.deepEqual((await storage.calls.undo(writing(), 3)).assignee, given.assignee);
      }));

    it("a call has its tags in order, each once, and twenty at most", () =>
      withStorage(open, async ({ storage }) => {
        const { id } = await logCall(storage);
        const names = Array.from({ length: 20 }, (_, at) => `tag ${20 - at}`);
        for (const name of [...names, "tag 7"]) await storage.calls.setTag(writing(), id, name, true);
        assert.deepEqual((await storage.calls.find(1, id))?.tags, names.toSorted());
        await assertFails("BAD_USER_INPUT", () => storage.calls.setTag(writing(), id, "one more", true));
        assert.equal((await storage.changes.head(1)).revision, 21);
      }));

    it("what a source told, what is gone from the log and what was altered again cannot be undone", () =>
      withStorage(open, async ({ storage }) => {
        const { id } = await logCall(storage);
        await assertFails("BAD_USER_INPUT", () => storage.calls.undo(writing(), 1));
        await assertFails("NOT_FOUND", () => storage.calls.undo(writing(), 2));
        await storage.calls.toggleArchived(writing(), id);
        await storage.calls.toggleArchived(writing(), id);
        await assertFails("CONFLICT", () => storage.calls.undo(writing(), 2));
        await storage.calls.undo(writing(), 3);
        await assertFails("CONFLICT", () => storage.calls.undo(writing(), 3));
        await storage.changes.prune(1, noonMs + 1, 0);
        await assertFails("NOT_FOUND", () => storage.calls.undo(writing(), 4));
      }));

    it("undoing any one change restores exactly what it altered, whatever else was done, and undoing that does it again", () =>
      withStorage(open, async ({ storage }) => {
        await storage.users.add(user("anna"), "hash");
        const steps = fc.array(fc.tuple(fc.nat(6), fc.nat(2)), { minLength: 1, maxLength: 8 });
        await fc.assert(
          fc.asyncProperty(steps, fc.tuple(fc.nat(6), fc.nat(2)), async (before, [kind, choice]) => {
            const { id, revision } = await logCall(storage, { notes: ["first", "second"] });
            for (const [kind, choice] of before) await step(storage, id, kind, choice);
            const was = (await storage.calls.find(1, id)) ?? assert.fail();
            const done = await step(storage, id, kind, choice);
            if (done.revision === was.revision) return;
            const undone = await storage.calls.undo(writing({ atMs: noonMs + 9 }), done.revision);
            assert.deepEqual({ ...undone, revision }, { ...was, revision });
            const redone = await storage.calls.undo(writing({ atMs: noonMs + 10 }), undone.revision);
            assert.deepEqual({ ...redone, revision }, { ...done, revision });
          }),
          { numRuns: 80 },
        );
        assert.deepEqual((await storage.check()).problems, []);
      }));
  });
}

/** One thing that people do to a call; what cannot be done to it as it is leaves it alone. */
async function step(storage: Storage, callId: number, kind: number, choice: number): Promise<Call> {
  const call = (await storage.calls.find(1, callId)) ?? assert.fail();
  const note = call.notes[choice];
  const by = writing({ atMs: noonMs + choice });
  if (kind === 0) return storage.calls.toggleArchived(by, callId);
  if (kind === 1) return storage.calls.addNote(by, callId, "more");
  if (kind === 2) return note === undefined ? call : storage.calls.editNote(by, note.id, `text ${choice}`);
  if (kind === 3) return note === undefined ? call : storage.calls.deleteNote(by, note.id);
  if (kind === 4) return storage.calls.assign(by, callId, choice === 0 ? null : "anna");
  return storage.calls.setTag(by, callId, `tag ${choice}`, kind === 5);
}
