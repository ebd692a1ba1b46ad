import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { assertFails, logCall, logCalls, noonMs, pbx, user, withStorage, writing } from "./contract-samples.ts";
import type { OpenStorage } from "./storage.contract.ts";

/** What all writes have in common. */
export function describeWrites(open: OpenStorage): void {
  describe("writes", () => {
    it("a new database has the workspace main at revision 0, with an epoch", () =>
      withStorage(open, async ({ storage }) => {
        const [main, ...others] = await storage.workspaces.list();
        assert.deepEqual(
          { id: main?.id, name: main?.name, revision: main?.revision },
          { id: 1, name: "main", revision: 0 },
        );
        assert.match(main?.epoch ?? "", /^[a-z0-9]{1,32}$/);
        assert.deepEqual(others, []);
        assert.deepEqual(await storage.workspaces.find(1), main);
        assert.equal(await storage.workspaces.find(2), null);
      }));

    it("a write is seen by the next read once its promise has resolved", () =>
      withStorage(open, async ({ storage }) => {
        const call = await logCall(storage);
        for (let at = 1; at <= 50; at++) {
          const after = await storage.calls.toggleArchived(writing(), call.id);
          assert.deepEqual(await storage.calls.find(1, call.id), after);
          assert.equal((await storage.changes.head(1)).revision, at + 1);
        }
      }));

    it("writes asked for together have gapless revisions, in the order in which they were asked for", () =>
      withStorage(open, async ({ storage }) => {
        const call = await logCall(storage);
        const contents = Array.from({ length: 200 }, (_, at) => `note ${at}`);
        await Promise.all(contents.map((content) => storage.calls.addNote(writing(), call.id, content)));
        const changes = await storage.changes.after(1, 1, 1_000);
        assert.deepEqual(
          changes.map(({ revision }) => revision),
          contents.map((_, at) => at + 2),
        );
        assert.deepEqual(
          changes.map(({ call }) => call.notes[0]?.content),
          contents,
        );
      }));

    it("a write that fails leaves its neighbours alone and no trace of itself", () =>
      withStorage(open, async ({ storage }) => {
        const call = await logCall(storage);
        const answers = await Promise.allSettled([
          storage.calls.addNote(writing(), call.id, "one"),
          storage.calls.addNote(writing(), 404, "nowhere"),
          storage.calls.toggleArchived(writing(), call.id),
          storage.calls.toggleArchived(writing({ workspaceId: 404 }), call.id),
          storage.calls.addNote(writing(), call.id, "two"),
        ]);
        assert.deepEqual(
          answers.map(({ status }) => status),
          ["fulfilled", "rejected", "fulfilled", "rejected", "fulfilled"],
        );
        const after = await storage.calls.find(1, call.id);
        assert.deepEqual(
          after?.notes.map(({ content }) => content),
          ["two", "one"],
        );
        assert.equal(after?.isArchived, true);
        assert.equal((await storage.changes.head(1)).revision, 4);
        assert.deepEqual((await storage.check()).problems, []);
      }));

    it("rows of another workspace do not exist for a workspace", () =>
      withStorage(open, async ({ storage, addWorkspace }) => {
        await addWorkspace(7, "seven");
        const ours = await logCall(storage, { from: "+1" });
        const theirs = await logCall(storage, { from: "+7" }, { ...pbx, workspaceId: 7 });
        assert.equal(ours.id, theirs.id, "each workspace numbers its own calls");
        await storage.calls.addNote(writing({ workspaceId: 7 }), theirs.id, "theirs");
        assert.deepEqual(await storage.calls.find(1, ours.id), ours);
        assert.deepEqual(await storage.calls.after(1, null, 10), [ours]);
        assert.deepEqual(await storage.calls.page(1, 0, 10), { calls: [ours], totalCount: 1, revision: 1 });
        assert.equal((await storage.changes.head(1)).revision, 1);
        assert.equal((await storage.changes.head(7)).revision, 2);
        assert.notEqual((await storage.changes.head(1)).epoch, (await storage.changes.head(7)).epoch);
        assert.equal((await storage.changes.after(1, 0, 10)).length, 1);
        const [second] = await logCalls(storage, [noonMs], { ...pbx, workspaceId: 7 });
        await assertFails("NOT_FOUND", () => storage.calls.toggleArchived(writing(), second ?? 0));
        await storage.users.add(user("zoe", { workspaceId: 7 }), "hash");
        assert.deepEqual(await storage.users.list(1), []);
        assert.deepEqual(await storage.sources.list(1), []);
      }));

    it("a workspace that does not exist has no calls and takes none", () =>
      withStorage(open, async ({ storage }) => {
        assert.deepEqual(await storage.calls.page(404, 0, 10), { calls: [], totalCount: 0, revision: 0 });
        await assertFails("NOT_FOUND", () => storage.changes.head(404));
        await assertFails("NOT_FOUND", () => logCalls(storage, [noonMs], { ...pbx, workspaceId: 404 }));
      }));

    it("close waits for what was accepted, and afterwards every method fails", async () => {
      const opened = await open();
      const { storage } = opened;
      const call = await logCall(storage);
      const notes = Promise.all(["a", "b", "c"].map((content) => storage.calls.addNote(writing(), call.id, content)));
      await storage.close();
      assert.equal((await notes).at(-1)?.notes.length, 3);
      await storage.close();
      await assertFails("UNAVAILABLE", () => storage.calls.page(1, 0, 10));
      await assertFails("UNAVAILABLE", () => storage.changes.head(1));
      await assertFails("UNAVAILABLE", () => storage.users.count());
      await assertFails("UNAVAILABLE", () => storage.check());
      await assertFails("UNAVAILABLE", () => storage.calls.toggleArchived(writing(), call.id));
      await assertFails("UNAVAILABLE", () => storage.sessions.prune(0));
      await opened.close();
    });

    it("check counts what there is", () =>
      withStorage(open, async ({ storage }) => {
        await logCall(storage, { notes: ["a", "b"] });
        await storage.users.add(user("anna"), "hash");
        const { counts, problems } = await storage.check();
        assert.deepEqual(problems, []);
        const expected = {
          workspaces: 1,
          users: 1,
          sessions: 0,
          sources: 0,
          calls: 1,
          notes: 2,
          changes: 1,
          deliveries: 1,
        };
        assert.deepEqual(counts, expected);
      }));
  });
}
