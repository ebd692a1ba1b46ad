import assert from "node:assert/strict";
import { it } from "node:test";
import { hourMs, logCall, logCalls, noonMs, session, user, writing } from "./contract-samples.ts";
import { logMissed, settled } from "./returns.contract.ts";
import type { OpenDatabase, OpenedDatabase } from "./storage.contract.ts";

/** What a database promises beyond one process and its end. */
export function describeDurability(open: OpenDatabase): void {
  it("a settling that is too much for one transaction goes on after a restart", () =>
    withDatabase(open, async ({ storage, reopen }) => {
      await logMissed(storage, 620);
      const { revision } = await storage.changes.head(1);
      await logCall(storage, { direction: "outbound", to: "+442079460123", startedAtMs: noonMs + hourMs });
      const again = await reopen();
      await settled(again);
      assert.equal((await again.changes.after(1, revision + 1, 2_000)).length, 620);
      assert.deepEqual((await again.check()).problems, []);
    }));

  it("numbers that are read anew in another country are so after a restart too", () =>
    withDatabase(open, async ({ storage, reopen }) => {
      await logCall(storage, { direction: "outbound", to: "+442079460123", startedAtMs: noonMs + hourMs });
      await logMissed(storage, 1_100, "020 7946 0123");
      await storage.numbers.setCountry(1, null, "GB", noonMs);
      const again = await reopen();
      await settled(again);
      assert.deepEqual((await again.check()).problems, []);
      assert.equal((await again.changes.latest(1, { callId: null, before: null }, 1))[0]?.actor.kind, "system");
    }));

  it("what was acknowledged is there when the database is opened again", () =>
    withDatabase(open, async ({ storage, reopen }) => {
      const call = await logCall(storage, { notes: ["second", "first"] });
      await storage.users.add(user("anna"), "hash");
      const archived = await storage.calls.toggleArchived(writing(), call.id);
      const { epoch } = await storage.changes.head(1);
      const again = await reopen();
      assert.deepEqual(await again.calls.find(1, call.id), archived);
      assert.deepEqual(await again.changes.head(1), { epoch, revision: 2 });
      assert.deepEqual(await again.users.find("anna"), user("anna"));
      assert.deepEqual((await again.check()).problems, []);
    }));

  it("what waits when the storage is closed is there when it is opened again", () =>
    withDatabase(open, async ({ storage, reopen }) => {
      const call = await logCall(storage);
      const notes = Promise.all(["a", "b", "c"].map((content) => storage.calls.addNote(writing(), call.id, content)));
      const again = await reopen();
      assert.deepEqual(await again.calls.find(1, call.id), (await notes).at(-1));
    }));

  it("what another process commits is seen by the next read, and no number is given twice", () =>
    withDatabase(open, async ({ storage, another }) => {
      const other = await another();
      const both = [storage, other];
      for (let at = 0; at < 20; at++) {
        const [id] = await logCalls(both[at % 2] ?? storage, [noonMs + at]);
        const seen = both[(at + 1) % 2] ?? other;
        assert.equal(id, at + 1);
        assert.equal((await seen.calls.page(1, 0, 1)).calls[0]?.id, id);
        assert.equal((await seen.changes.head(1)).revision, at + 1);
      }
      await Promise.all(both.map((side) => Promise.all([1, 2, 3].map((at) => logCalls(side, [noonMs, at])))));
      assert.equal((await storage.calls.page(1, 0, 1)).totalCount, 32);
      assert.deepEqual((await storage.check()).problems, []);
      await other.close();
    }));

  it("a session that another process revokes is revoked here, and told by revokedSince", () =>
    withDatabase(open, async ({ storage, another }) => {
      const other = await another();
      await storage.users.add(user("anna"), "hash");
      await storage.sessions.add(session("s1", "anna"));
      await other.sessions.revoke("s1", "logout", noonMs + 1);
      assert.deepEqual(await storage.sessions.revokedSince(noonMs), [{ sessionId: "s1", revokedAtMs: noonMs + 1 }]);
      assert.equal((await storage.sessions.find("s1"))?.revokedReason, "logout");
      await other.close();
    }));
}

async function withDatabase(open: OpenDatabase, run: (opened: OpenedDatabase) => Promise<void>): Promise<void> {
  const opened = await open();
  try {
    await run(opened);
  } finally {
    await opened.close();
  }
}
