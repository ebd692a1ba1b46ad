import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Storage } from "../domain/storage.ts";
import { newsAgeMaxMs } from "../domain/unread.ts";
import { logCall, logCalls, noonMs, user, withStorage, writing } from "./contract-samples.ts";
import type { OpenStorage } from "./storage.contract.ts";

export function describeUnread(open: OpenStorage): void {
  describe("unread calls", () => {
    it("a new call is unread for everybody, until each has read it", () =>
      inbox(open, async (storage) => {
        const calls = await logCalls(storage, [noonMs, noonMs - 1]);
        assert.deepEqual(await unread(storage, "anna", calls), calls);
        assert.deepEqual(await unread(storage, "bob", calls), calls);
        assert.deepEqual(await storage.unread.set(1, "anna", calls.toReversed(), false), calls.toReversed());
        assert.deepEqual(await unread(storage, "anna", calls), []);
        assert.deepEqual(await unread(storage, "bob", calls), calls);
        assert.deepEqual(await storage.unread.set(1, "anna", calls, false), []);
      }));

    it("a call that was made more than a week before it was told of is history, and unread for nobody", () =>
      inbox(open, async (storage) => {
        const calls = await logCalls(storage, [noonMs - newsAgeMaxMs, noonMs - newsAgeMaxMs - 1]);
        assert.deepEqual(await unread(storage, "anna", calls), calls.slice(0, 1));
      }));

    it("what was there before a person came is nothing new to them", () =>
      inbox(open, async (storage) => {
        const [before = 0] = await logCalls(storage, [noonMs]);
        await storage.users.add(user("carl"), "hash");
        const [after = 0] = await logCalls(storage, [noonMs]);
        assert.deepEqual(await unread(storage, "carl", [before, after]), [after]);
      }));

    it("archiving makes a call read for everybody; restoring makes it unread for all but who did it", () =>
      inbox(open, async (storage) => {
        const { id } = await logCall(storage);
        await storage.unread.set(1, "bob", [id], true);
        await storage.calls.setMany(writing(), [id], { part: "archived", is: true });
        assert.deepEqual([await unread(storage, "anna", [id]), await unread(storage, "bob", [id])], [[], []]);
        assert.deepEqual(await storage.unread.set(1, "bob", [id], true), [], "an archived call is unread for nobody");
        await storage.calls.setMany(writing(), [id], { part: "archived", is: false });
        assert.deepEqual([await unread(storage, "anna", [id]), await unread(storage, "bob", [id])], [[], [id]]);
      }));

    it("a note of somebody else makes a call unread again, one's own reads it", () =>
      inbox(open, async (storage) => {
        const { id } = await logCall(storage);
        await storage.calls.addNote(writing(), id, "from anna");
        assert.deepEqual(await unread(storage, "anna", [id]), []);
        await storage.unread.set(1, "bob", [id], false);
        await storage.calls.addNote(writing(), id, "again");
        assert.deepEqual(await unread(storage, "bob", [id]), [id]);
        await storage.calls.addNote(writing({ actor: { kind: "user", id: "bob" } }), id, "from bob");
        assert.deepEqual([await unread(storage, "anna", [id]), await unread(storage, "bob", [id])], [[id], []]);
      }));

    it("a call that somebody else gives to a person is unread for that person alone", () =>
      inbox(open, async (storage) => {
        const { id } = await logCall(storage, { startedAtMs: noonMs - 2 * newsAgeMaxMs });
        await storage.calls.assign(writing(), id, "anna");
        assert.deepEqual(await unread(storage, "anna", [id]), []);
        await storage.calls.assign(writing(), id, "bob");
        assert.deepEqual([await unread(storage, "anna", [id]), await unread(storage, "bob", [id])], [[], [id]]);
      }));

    it("tags, assignments to others and edits of notes leave what was read read", () =>
      inbox(open, async (storage) => {
        const { id } = await logCall(storage, { notes: ["from the source"] });
        await storage.unread.set(1, "anna", [id], false);
        const bob = writing({ actor: { kind: "user", id: "bob" } });
        await storage.calls.setTag(bob, id, "vip", true);
        await storage.calls.assign(bob, id, "bob");
        const noteId = (await storage.calls.find(1, id))?.notes[0]?.id ?? 0;
        await storage.calls.editNote(bob, noteId, "edited");
        assert.deepEqual(await unread(storage, "anna", [id]), []);
      }));

    it("a person makes a call unread for themselves, whoever did the last thing, and reads all at once", () =>
      inbox(open, async (storage) => {
        const calls = await logCalls(storage, [noonMs, noonMs - 2 * newsAgeMaxMs, noonMs]);
        assert.deepEqual(await storage.unread.set(1, "anna", [...calls, 404], true), calls.slice(1, 2));
        assert.deepEqual(await unread(storage, "anna", calls), calls);
        assert.equal(await storage.unread.readAll(1, "anna"), 3);
        assert.deepEqual(await unread(storage, "anna", calls), []);
        assert.equal(await storage.unread.readAll(1, "anna"), 0);
        assert.deepEqual(await unread(storage, "bob", calls), [calls[0], calls[2]]);
      }));

    it("moves no revision and writes no change", () =>
      inbox(open, async (storage) => {
        const { id } = await logCall(storage);
        const before = await storage.changes.head(1);
        await storage.unread.set(1, "anna", [id], false);
        await storage.unread.set(1, "anna", [id], true);
        await storage.unread.readAll(1, "anna");
        assert.deepEqual(await storage.changes.head(1), before);
      }));

    it("a filter asks for one person's unread calls, alone and with others", () =>
      inbox(open, async (storage) => {
        const calls = await logCalls(storage, [noonMs, noonMs - 1, noonMs - 2]);
        await storage.unread.set(1, "anna", calls.slice(1, 2), false);
        const of = (userId: string, is: boolean) => ({ kind: "unread", userId, is }) as const;
        assert.equal((await storage.calls.count(1, of("anna", true))).count, 2);
        assert.equal((await storage.calls.count(1, of("anna", false))).count, 1);
        assert.equal((await storage.calls.count(1, of("bob", true))).count, 3);
        const both = { kind: "and", of: [of("anna", true), { kind: "archived", is: false }] } as const;
        const page = await storage.calls.page(1, 1, 10, both);
        assert.deepEqual([page.calls.map(({ id }) => id), page.totalCount], [calls.slice(2), 2]);
      }));

    it("a workspace knows nothing of what is read in another", () =>
      withStorage(open, async ({ storage, addWorkspace }) => {
        await addWorkspace(2, "two");
        await storage.users.add(user("anna"), "hash");
        const [id = 0] = await logCalls(storage, [noonMs]);
        assert.deepEqual(await storage.unread.set(2, "anna", [id], false), []);
        assert.equal(await storage.unread.readAll(2, "anna"), 0);
        assert.deepEqual(await unread(storage, "anna", [id]), [id]);
      }));

    it("a write under a key leaves its answer once", () =>
      inbox(open, async (storage) => {
        const [id = 0] = await logCalls(storage, [noonMs]);
        const idempotency = { key: "k", part: "p", fingerprint: "f" };
        const keep = { writing: { ...writing(), idempotency }, answer: null };
        assert.deepEqual(await storage.unread.set(1, "anna", [id], false, keep), [id]);
        assert.equal(await storage.keptAnswers.find(keep.writing), `[${id}]`);
      }));
  });
}

function unread(storage: Storage, userId: string, callIds: readonly number[]) {
  return storage.unread.among(1, userId, callIds);
}

/** A workspace of Anna and Bob. */
function inbox(open: OpenStorage, run: (storage: Storage) => Promise<void>): Promise<void> {
  return withStorage(open, async ({ storage }) => {
    await storage.users.add(user("anna"), "hash");
    await storage.users.add(user("bob"), "hash");
    await run(storage);
  });
}
