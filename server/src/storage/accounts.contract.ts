import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { RotationOutcome, Session } from "../domain/session.ts";
import type { Source } from "../domain/source.ts";
import type { Storage } from "../domain/storage.ts";
import { usernameKey } from "../domain/workspace.ts";
import { assertFails, logCall, noonMs, pbx, session, user, withStorage } from "./contract-samples.ts";
import type { OpenStorage } from "./storage.contract.ts";

const graceMs = 10_000;

export function describeAccounts(open: OpenStorage): void {
  describe("users", () => {
    it("a user is found by name and by id, with the password's hash by name only", () =>
      withStorage(open, async ({ storage }) => {
        const anna = user("u1", { username: "Anna " });
        await storage.users.add(anna, "hash");
        assert.deepEqual(await storage.users.byName(usernameKey("Anna ")), { user: anna, passwordHash: "hash" });
        assert.equal(await storage.users.byName(usernameKey("anna")), null);
        assert.equal(await storage.users.byName(usernameKey("Anna")), null);
        assert.deepEqual(await storage.users.find("u1"), anna);
        assert.equal(await storage.users.find("u2"), null);
      }));

    it("names are unique in the whole database, by their key", () =>
      withStorage(open, async ({ storage, addWorkspace }) => {
        await addWorkspace(2, "two");
        await storage.users.add(user("u1", { username: "e\u0301milie" }), "hash");
        await assertFails("CONFLICT", () => storage.users.add(user("u2", { username: "émilie" }), "hash"));
        const elsewhere = user("u3", { username: "émilie", workspaceId: 2 });
        await assertFails("CONFLICT", () => storage.users.add(elsewhere, "hash"));
        assert.equal(await storage.users.count(), 1);
      }));

    it("of any number of first users at once one is added, and none where there is somebody", () =>
      withStorage(open, async ({ storage, addWorkspace }) => {
        await addWorkspace(2, "two");
        const tries = Array.from({ length: 5 }, (_, at) => storage.users.addFirst(user(`u${at}`), "hash"));
        const added = (await Promise.all(tries)).map((is, at) => (is ? `u${at}` : null)).filter((id) => id !== null);
        assert.equal(added.length, 1);
        assert.deepEqual(await storage.users.list(1), [user(String(added[0]))]);
        assert.equal(await storage.users.addFirst(user("other", { workspaceId: 2 }), "hash"), false);
        assert.equal(await storage.users.count(), 1);
      }));

    it("users are listed by name and counted in all workspaces", () =>
      withStorage(open, async ({ storage, addWorkspace }) => {
        await addWorkspace(2, "two");
        assert.equal(await storage.users.count(), 0);
        const names = ["zoe", "Anna", "élodie", "😀", "ﬁ", "anna"];
        for (const name of names) await storage.users.add(user(`id of ${name}`, { username: name }), "hash");
        await storage.users.add(user("other", { workspaceId: 2 }), "hash");
        const listed = (await storage.users.list(1)).map(({ username }) => username);
        assert.deepEqual(listed, ["Anna", "anna", "ﬁ", "zoe", "élodie", "😀"]);
        assert.equal(await storage.users.count(), 7);
      }));

    it("a stronger hash of the same password ends no session", () =>
      withStorage(open, async ({ storage }) => {
        await signedIn(storage, ["s1"]);
        await storage.users.rehash("anna", "stronger");
        assert.equal((await storage.users.byName("anna"))?.passwordHash, "stronger");
        assert.equal((await storage.sessions.find("s1"))?.revokedAtMs, null);
      }));

    it("another password revokes the user's live sessions with it, and names them", () =>
      withStorage(open, async ({ storage }) => {
        await signedIn(storage, ["s1", "s2", "s3"]);
        await storage.sessions.revoke("s3", "logout", noonMs);
        await storage.users.add(user("bob"), "hash");
        await storage.sessions.add(session("b1", "bob"));
        const ended = await storage.users.changePassword("anna", "other", noonMs + 5);
        assert.deepEqual(ended.toSorted(), ["s1", "s2"]);
        assert.equal((await storage.users.byName("anna"))?.passwordHash, "other");
        const expected = { ...session("s1", "anna"), revokedAtMs: noonMs + 5, revokedReason: "password-changed" };
        assert.deepEqual(await storage.sessions.find("s1"), expected);
        assert.equal((await storage.sessions.find("s3"))?.revokedReason, "logout");
        assert.equal((await storage.sessions.find("b1"))?.revokedAtMs, null);
      }));

    it("disabling revokes the user's sessions and lets no new one in until the user is enabled", () =>
      withStorage(open, async ({ storage }) => {
        await signedIn(storage, ["s1"]);
        assert.deepEqual(await storage.users.setDisabled("anna", true, noonMs), ["s1"]);
        assert.equal((await storage.users.find("anna"))?.isDisabled, true);
        assert.equal((await storage.sessions.find("s1"))?.revokedReason, "user-disabled");
        await assertFails("UNAUTHENTICATED", () => storage.sessions.add(session("s2", "anna")));
        assert.deepEqual(await storage.users.setDisabled("anna", false, noonMs), []);
        await storage.sessions.add(session("s2", "anna"));
        assert.equal((await storage.sessions.find("s1"))?.revokedReason, "user-disabled");
      }));

    it("what is asked for an unknown user fails", () =>
      withStorage(open, async ({ storage }) => {
        await assertFails("NOT_FOUND", () => storage.users.rehash("nobody", "hash"));
        await assertFails("NOT_FOUND", () => storage.users.changePassword("nobody", "hash", noonMs));
        await assertFails("NOT_FOUND", () => storage.users.setDisabled("nobody", true, noonMs));
      }));
  });

  describe("sessions", () => {
    it("a session is found as it was added; one of an unknown user is not let in", () =>
      withStorage(open, async ({ storage }) => {
        await signedIn(storage, ["s1"]);
        assert.deepEqual(await storage.sessions.find("s1"), session("s1", "anna"));
        assert.equal(await storage.sessions.find("s2"), null);
        await assertFails("UNAUTHENTICATED", () => storage.sessions.add(session("s2", "nobody")));
      }));

    it("rotated: the current generation is replaced by the next one", () =>
      withStorage(open, async ({ storage }) => {
        await signedIn(storage, ["s1"]);
        const outcome = await rotate(storage, 1, noonMs + 7);
        const next = { ...session("s1", "anna"), generation: 2, generationIssuedAtMs: noonMs + 7, keyId: "key-2" };
        assert.deepEqual(outcome, { kind: "rotated", session: next });
        assert.deepEqual(await storage.sessions.find("s1"), next);
      }));

    it("repeated: the one before the current one, replaced within the grace, gets the same session", () =>
      withStorage(open, async ({ storage }) => {
        await signedIn(storage, ["s1"]);
        const first = await rotate(storage, 1, noonMs + 7);
        for (const lateMs of [0, 1, graceMs]) {
          assert.deepEqual(await rotate(storage, 1, noonMs + 7 + lateMs), { ...first, kind: "repeated" });
        }
        assert.equal((await storage.sessions.find("s1"))?.generation, 2);
      }));

    it("reused: the one before the current one after the grace revokes the session", () =>
      withStorage(open, async ({ storage }) => {
        await signedIn(storage, ["s1"]);
        await rotate(storage, 1, noonMs);
        const atMs = noonMs + graceMs + 1;
        const outcome = await rotate(storage, 1, atMs);
        assert.equal(outcome.kind, "reused");
        const stored = await storage.sessions.find("s1");
        assert.deepEqual(sessionOf(outcome), stored);
        assert.deepEqual([stored?.revokedAtMs, stored?.revokedReason], [atMs, "token-reused"]);
        assert.deepEqual(await rotate(storage, 2, atMs), { kind: "ended" });
      }));

    it("reused: an older generation revokes the session at any time", () =>
      withStorage(open, async ({ storage }) => {
        await signedIn(storage, ["s1", "s2"]);
        await rotate(storage, 1, noonMs);
        await rotate(storage, 2, noonMs);
        assert.equal((await rotate(storage, 1, noonMs)).kind, "reused");
        assert.equal((await storage.sessions.find("s1"))?.revokedReason, "token-reused");
        assert.equal((await storage.sessions.find("s2"))?.revokedAtMs, null);
      }));

    it("ahead: a generation that the row has not seen changes nothing", () =>
      withStorage(open, async ({ storage }) => {
        await signedIn(storage, ["s1"]);
        assert.deepEqual(await rotate(storage, 2, noonMs), { kind: "ahead" });
        assert.deepEqual(await storage.sessions.find("s1"), session("s1", "anna"));
      }));

    it("ended: unknown, revoked and past its absolute end", () =>
      withStorage(open, async ({ storage }) => {
        await signedIn(storage, ["s1", "s2"]);
        await storage.sessions.revoke("s1", "logout", noonMs);
        assert.deepEqual(await rotate(storage, 1, noonMs), { kind: "ended" });
        assert.deepEqual(await rotate(storage, 1, noonMs, "s404"), { kind: "ended" });
        const endsAtMs = session("s2", "anna").endsAtMs;
        assert.deepEqual(await rotate(storage, 1, endsAtMs, "s2"), { kind: "ended" });
        assert.equal((await rotate(storage, 1, endsAtMs - 1, "s2")).kind, "rotated");
      }));

    it("of a hundred at once with one generation one rotates, the rest get the same session", () =>
      withStorage(open, async ({ storage }) => {
        await signedIn(storage, ["s1"]);
        const outcomes = await Promise.all(Array.from({ length: 100 }, (_, at) => rotate(storage, 1, noonMs + at)));
        assert.equal(outcomes.filter(({ kind }) => kind === "rotated").length, 1);
        assert.equal(outcomes.filter(({ kind }) => kind === "repeated").length, 99);
        for (const outcome of outcomes) assert.deepEqual(sessionOf(outcome), sessionOf(outcomes[0]));
      }));

    it("once a revocation is answered nothing rotates any more, however they race", () =>
      withStorage(open, async ({ storage }) => {
        await signedIn(storage, ["s1"]);
        const racing = [rotate(storage, 1, noonMs), storage.sessions.revoke("s1", "logout", noonMs)] as const;
        assert.equal(await racing[1], true);
        assert.deepEqual(await rotate(storage, 2, noonMs), { kind: "ended" });
        await racing[0];
      }));

    it("revoking says whether the session was live", () =>
      withStorage(open, async ({ storage }) => {
        await signedIn(storage, ["s1", "s2"]);
        assert.equal(await storage.sessions.revoke("s1", "logout", noonMs + 1), true);
        assert.equal(await storage.sessions.revoke("s1", "logout-all", noonMs + 2), false);
        assert.equal(await storage.sessions.revoke("s404", "logout", noonMs), false);
        assert.equal(await storage.sessions.revoke("s2", "logout", session("s2", "anna").endsAtMs), false);
        const { revokedAtMs, revokedReason } = (await storage.sessions.find("s1")) ?? assert.fail();
        assert.deepEqual([revokedAtMs, revokedReason], [noonMs + 1, "logout"]);
      }));

    it("revoking all names the user's live sessions", () =>
      withStorage(open, async ({ storage }) => {
        await signedIn(storage, ["s1", "s2", "s3"]);
        await storage.sessions.revoke("s2", "logout", noonMs);
        assert.deepEqual((await storage.sessions.revokeAll("anna", "logout-all", noonMs)).toSorted(), ["s1", "s3"]);
        assert.deepEqual(await storage.sessions.revokeAll("anna", "logout-all", noonMs), []);
        assert.deepEqual(await storage.sessions.revokeAll("nobody", "logout-all", noonMs), []);
      }));

    it("revocations since a time include that time", () =>
      withStorage(open, async ({ storage }) => {
        await signedIn(storage, ["s1", "s2", "s3"]);
        await storage.sessions.revoke("s1", "logout", noonMs + 1);
        await storage.sessions.revoke("s2", "logout", noonMs + 2);
        assert.deepEqual(await storage.sessions.revokedSince(noonMs + 2), [
          { sessionId: "s2", revokedAtMs: noonMs + 2 },
        ]);
        const since = await storage.sessions.revokedSince(noonMs + 1);
        assert.deepEqual(since.map(({ sessionId }) => sessionId).toSorted(), ["s1", "s2"]);
        assert.deepEqual(await storage.sessions.revokedSince(noonMs + 3), []);
      }));

    it("pruning forgets sessions whose end is before the time", () =>
      withStorage(open, async ({ storage }) => {
        await signedIn(storage, []);
        await storage.sessions.add(session("s1", "anna", { endsAtMs: noonMs - 1 }));
        await storage.sessions.add(session("s2", "anna", { endsAtMs: noonMs }));
        assert.equal(await storage.sessions.prune(noonMs), 1);
        assert.equal(await storage.sessions.find("s1"), null);
        assert.notEqual(await storage.sessions.find("s2"), null);
      }));
  });

  describe("sources", () => {
    it("a source is found by the hash of its key and listed by name", () =>
      withStorage(open, async ({ storage }) => {
        const other: Source = { ...pbx, id: "other", name: "Other", kind: "kamailio" };
        await storage.sources.add(pbx, "hash of pbx");
        await storage.sources.add(other, "hash of other");
        assert.deepEqual(await storage.sources.byKeyHash("hash of other"), other);
        assert.equal(await storage.sources.byKeyHash("hash"), null);
        assert.deepEqual(await storage.sources.list(1), [other, pbx]);
      }));

    it("a workspace has one source of a name", () =>
      withStorage(open, async ({ storage, addWorkspace }) => {
        await addWorkspace(2, "two");
        await storage.sources.add(pbx, "h1");
        await assertFails("CONFLICT", () => storage.sources.add({ ...pbx, id: "p2" }, "h2"));
        await storage.sources.add({ ...pbx, workspaceId: 2 }, "h3");
        assert.equal((await storage.sources.list(1)).length, 1);
      }));

    it("a removed source's key opens nothing; its calls stay", () =>
      withStorage(open, async ({ storage }) => {
        await storage.sources.add(pbx, "h1");
        const call = await logCall(storage);
        assert.equal(await storage.sources.remove(2, pbx.id), false);
        assert.equal(await storage.sources.remove(1, pbx.id), true);
        assert.equal(await storage.sources.remove(1, pbx.id), false);
        assert.equal(await storage.sources.byKeyHash("h1"), null);
        assert.deepEqual(await storage.calls.find(1, call.id), call);
        assert.equal((await storage.check()).counts["deliveries"], 1);
      }));
  });

  async function signedIn(storage: Storage, sessionIds: readonly string[]): Promise<void> {
    await storage.users.add(user("anna"), "hash");
    for (const id of sessionIds) await storage.sessions.add(session(id, "anna"));
  }

  function rotate(storage: Storage, generation: number, atMs: number, sessionId = "s1"): Promise<RotationOutcome> {
    return storage.sessions.rotate({ sessionId, generation, atMs, graceMs, keyId: `key-${generation + 1}` });
  }
}

function sessionOf(outcome: RotationOutcome | undefined): Session | null {
  return outcome !== undefined && "session" in outcome ? outcome.session : null;
}
