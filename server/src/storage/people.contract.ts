import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { ApiKey } from "../domain/api-key.ts";
import { invitationLifetimeMs, type Invitation } from "../domain/invitation.ts";
import type { Storage } from "../domain/storage.ts";
import { assertFails, noonMs, session, user, withStorage } from "./contract-samples.ts";
import type { OpenStorage } from "./storage.contract.ts";

export function describePeople(open: OpenStorage): void {
  describe("workspaces", () => {
    it("one that is added is empty, has the next id, a history of its own and a name of its own", () =>
      withStorage(open, async ({ storage }) => {
        const [first] = await storage.workspaces.list();
        const added = await storage.workspaces.add("second", noonMs);
        assert.deepEqual([added.id, added.name, added.revision], [2, "second", 0]);
        assert.notEqual(added.epoch, first?.epoch);
        assert.deepEqual(await storage.workspaces.find(2), added);
        assert.deepEqual(await storage.workspaces.list(), [first, added]);
        assert.equal((await storage.calls.page(2, 0, 10)).totalCount, 0);
        await assertFails("CONFLICT", () => storage.workspaces.add("second", noonMs));
        assert.equal((await storage.workspaces.list()).length, 2);
      }));
  });

  describe("roles", () => {
    it("another role revokes the sessions and names them; the same role does nothing", () =>
      withStorage(open, async ({ storage }) => {
        await storage.users.add(user("anna"), "hash");
        await storage.sessions.add(session("s1", "anna"));
        assert.deepEqual(await storage.users.setRole("anna", "member", noonMs), []);
        assert.deepEqual(await storage.users.setRole("anna", "reader", noonMs), ["s1"]);
        assert.deepEqual(await storage.users.find("anna"), user("anna", { role: "reader" }));
        assert.equal((await storage.sessions.find("s1"))?.revokedReason, "role-changed");
        await assertFails("NOT_FOUND", () => storage.users.setRole("nobody", "admin", noonMs));
      }));

    for (const [what, end] of [
      ["who stops being an admin", (storage: Storage) => storage.users.setRole("anna", "member", noonMs + 1)],
      ["who is disabled", (storage: Storage) => storage.users.setDisabled("anna", true, noonMs + 1)],
    ] as const) {
      it(`${what} loses the keys and open invitations that they made, and nobody else does`, () =>
        withStorage(open, async ({ storage }) => {
          await storage.users.add(user("anna", { role: "admin" }), "hash");
          await storage.apiKeys.add(key("k1", { createdBy: "anna" }), "h1");
          await storage.apiKeys.add(key("k2", { createdBy: "anna" }), "h2");
          await storage.apiKeys.add(key("k3", { createdBy: "bob" }), "h3");
          await storage.apiKeys.add(key("k4"), "h4");
          await storage.apiKeys.revoke(1, "k2", noonMs);
          await storage.invitations.add(invitation("i1", { createdBy: "anna" }), "t1");
          await storage.invitations.add(invitation("i2"), "t2");
          assert.deepEqual(await end(storage), ["key:k1"]);
          assert.deepEqual(
            (await storage.apiKeys.list(1)).map(({ id }) => id),
            ["k3", "k4"],
          );
          assert.equal((await storage.apiKeys.byHash("h1"))?.revokedAtMs, noonMs + 1);
          assert.equal((await storage.apiKeys.byHash("h2"))?.revokedAtMs, noonMs);
          assert.equal(await storage.invitations.byHash("t1", noonMs), null);
          assert.notEqual(await storage.invitations.byHash("t2", noonMs), null);
        }));
    }
  });

  describe("keys", () => {
    it("a key is found by the hash of its secret as it was added, and listed by name in its workspace", () =>
      withStorage(open, async ({ storage, addWorkspace }) => {
        await addWorkspace(2, "two");
        const full = key("k1", { name: "b", scopes: ["read", "write"], expiresAtMs: noonMs + 1, createdBy: "anna" });
        await storage.apiKeys.add(full, "h1");
        await storage.apiKeys.add(key("k2", { name: "a" }), "h2");
        await storage.apiKeys.add(key("k3", { name: "b", workspaceId: 2 }), "h3");
        assert.deepEqual(await storage.apiKeys.byHash("h1"), full);
        assert.equal(await storage.apiKeys.byHash("h"), null);
        assert.deepEqual(await storage.apiKeys.list(1), [key("k2", { name: "a" }), full]);
      }));

    it("a name is taken until its key is revoked", () =>
      withStorage(open, async ({ storage }) => {
        await storage.apiKeys.add(key("k1", { name: "a" }), "h1");
        await assertFails("CONFLICT", () => storage.apiKeys.add(key("k2", { name: "a" }), "h2"));
        await storage.apiKeys.revoke(1, "k1", noonMs);
        await storage.apiKeys.add(key("k2", { name: "a" }), "h2");
      }));

    it("revoking works once and in the key's own workspace alone, and is told since a time", () =>
      withStorage(open, async ({ storage }) => {
        await storage.apiKeys.add(key("k1"), "h1");
        assert.equal(await storage.apiKeys.revoke(2, "k1", noonMs), false);
        assert.equal(await storage.apiKeys.revoke(1, "k1", noonMs + 5), true);
        assert.equal(await storage.apiKeys.revoke(1, "k1", noonMs + 6), false);
        const expected = [{ sessionId: "key:k1", revokedAtMs: noonMs + 5 }];
        assert.deepEqual(await storage.apiKeys.revokedSince(noonMs + 5), expected);
        assert.deepEqual(await storage.apiKeys.revokedSince(noonMs + 6), []);
      }));

    it("the latest use is remembered, whatever order uses are told in", () =>
      withStorage(open, async ({ storage }) => {
        await storage.apiKeys.add(key("k1"), "h1");
        await storage.apiKeys.noteUse("k1", noonMs + 2);
        await storage.apiKeys.noteUse("k1", noonMs + 1);
        assert.equal((await storage.apiKeys.byHash("h1"))?.lastUsedAtMs, noonMs + 2);
        await storage.apiKeys.noteUse("nobody's", noonMs);
      }));
  });

  describe("invitations", () => {
    it("an open one is found and listed, newest first; a withdrawn or outlived one is not", () =>
      withStorage(open, async ({ storage }) => {
        const [i1, i2, i3] = [1, 2, 3].map((at) => invitation(`i${at}`, { createdAtMs: noonMs + at }));
        assert.ok(i1 && i2 && i3);
        for (const one of [i1, i2, i3]) await storage.invitations.add(one, `t of ${one.id}`);
        assert.deepEqual(await storage.invitations.list(1, noonMs), [i3, i2, i1]);
        assert.deepEqual(await storage.invitations.list(2, noonMs), []);
        assert.deepEqual(await storage.invitations.byHash("t of i1", noonMs), i1);
        assert.equal(await storage.invitations.withdraw(2, "i1", noonMs), false);
        assert.equal(await storage.invitations.withdraw(1, "i1", noonMs), true);
        assert.equal(await storage.invitations.withdraw(1, "i1", noonMs), false);
        assert.equal(await storage.invitations.byHash("t of i1", noonMs), null);
        assert.deepEqual(await storage.invitations.list(1, i2.expiresAtMs), []);
        assert.equal(await storage.invitations.withdraw(1, "i2", i2.expiresAtMs), false);
        await assertFails("FORBIDDEN", () => accept(storage, "t of i2", "late", i2.expiresAtMs));
      }));

    it("of ten who accept one at once, one gets the account, in the workspace and role of the invitation", () =>
      withStorage(open, async ({ storage, addWorkspace }) => {
        await addWorkspace(2, "two");
        await storage.invitations.add(invitation("i1", { workspaceId: 2, role: "reader" }), "t1");
        const attempts = await Promise.allSettled(
          Array.from({ length: 10 }, (_, at) => accept(storage, "t1", `name ${at}`, noonMs)),
        );
        const made = attempts.filter(({ status }) => status === "fulfilled");
        assert.equal(made.length, 1);
        const users = await storage.users.list(2);
        assert.equal(users.length, 1);
        const { id, username } = users[0] ?? assert.fail();
        assert.deepEqual(users, [user(id, { username, workspaceId: 2, role: "reader" })]);
        assert.equal((await storage.users.byName(username))?.passwordHash, `hash of ${username}`);
      }));

    it("stays open where the name is taken", () =>
      withStorage(open, async ({ storage }) => {
        await storage.users.add(user("anna"), "hash");
        await storage.invitations.add(invitation("i1"), "t1");
        await assertFails("CONFLICT", () => accept(storage, "t1", "anna", noonMs));
        assert.equal((await accept(storage, "t1", "bob", noonMs)).username, "bob");
        await assertFails("FORBIDDEN", () => accept(storage, "t1", "eve", noonMs));
      }));
  });
}

function accept(storage: Storage, tokenHash: string, username: string, atMs: number) {
  const passwordHash = `hash of ${username}`;
  return storage.invitations.accept({ tokenHash, userId: `id of ${username}`, username, passwordHash, atMs });
}

function key(id: string, given: Partial<ApiKey> = {}): ApiKey {
  return {
    id,
    workspaceId: 1,
    name: id,
    scopes: ["read"],
    requestsPerMinute: 60,
    createdBy: null,
    createdAtMs: noonMs,
    expiresAtMs: null,
    lastUsedAtMs: null,
    revokedAtMs: null,
    ...given,
  };
}

function invitation(id: string, given: Partial<Invitation> = {}): Invitation {
  const expiresAtMs = noonMs + invitationLifetimeMs;
  return { id, workspaceId: 1, role: "member", createdBy: null, createdAtMs: noonMs, expiresAtMs, ...given };
}
