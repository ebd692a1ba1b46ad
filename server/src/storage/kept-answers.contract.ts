import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { ApiKey } from "../domain/api-key.ts";
import type { Keep, KeyedWriting } from "../domain/kept-answers.ts";
import type { Storage } from "../domain/storage.ts";
import { noPreferences } from "../domain/settings.ts";
import { assertFails, delivery, hourMs, noonMs, pbx, session, user, withStorage, writing } from "./contract-samples.ts";
import type { OpenStorage } from "./storage.contract.ts";

export function describeKeptAnswers(open: OpenStorage): void {
  describe("kept answers", () => {
    for (const [what, write, didIt] of keyedWrites) {
      it(`${what} under a key leaves its answer, and does nothing under the same key again`, () =>
        withStorage(open, async ({ storage }) => {
          await furnish(storage);
          assert.equal(await storage.keptAnswers.find(keyed()), null);
          await write(storage, keep("done"));
          assert.equal(await storage.keptAnswers.find(keyed()), "done");
          assert.equal(await didIt(storage), true);
          await assertFails("CONFLICT", () => write(storage, keep("done again")));
          await assertFails("BAD_USER_INPUT", () => write(storage, keep("other", { fingerprint: "another request" })));
          assert.equal(await storage.keptAnswers.find(keyed()), "done");
        }));
    }

    it("are not left by a write that fails or finds nothing to do", () =>
      withStorage(open, async ({ storage }) => {
        await furnish(storage);
        assert.equal(await storage.apiKeys.revoke(1, "unknown", noonMs, keep("done")), false);
        assert.equal(await storage.invitations.withdraw(1, "unknown", noonMs, keep("done")), false);
        assert.equal(await storage.views.remove(1, "anna", "unknown", keep("done")), false);
        await assertFails("NOT_FOUND", () => storage.sourceRegister.rename(1, "unknown", "name", keep("done")));
        await assertFails("NOT_FOUND", () => storage.numbers.setCountry(1, "unknown", "DE", noonMs, keep("done")));
        await assertFails("NOT_FOUND", () => storage.users.setRole("unknown", "reader", noonMs, keep("done")));
        await assertFails("NOT_FOUND", () => storage.users.setDisabled("unknown", true, noonMs, keep("done")));
        await assertFails("CONFLICT", () => storage.apiKeys.add(apiKey("k2", "k1"), "h2", keep("done")));
        assert.equal(await storage.keptAnswers.find(keyed()), null);
      }));

    it("are what the write returned where nothing else is said", () =>
      withStorage(open, async ({ storage }) => {
        await furnish(storage);
        const itself = { writing: keyed(), answer: null };
        const saved = await storage.views.save({ ...view, id: "v2", query: "x" }, itself);
        assert.equal(saved.id, "v1", "one of this name is replaced");
        assert.deepEqual(JSON.parse((await storage.keptAnswers.find(keyed())) ?? ""), saved);
        await assertFails("CONFLICT", () => storage.views.save({ ...view, query: "y" }, itself));
      }));

    it("belong to the workspace, the actor and the part of the request that left them", () =>
      withStorage(open, async ({ storage }) => {
        await furnish(storage);
        const second = await storage.workspaces.add("second", noonMs);
        await storage.users.setRole("anna", "reader", noonMs, keep("done"));
        for (const other of [
          keyed({ part: "another" }),
          { ...keyed(), workspaceId: second.id },
          { ...keyed(), actor: { kind: "user", id: "eve" } as const },
          { ...keyed(), actor: { kind: "key", id: "admin" } as const },
        ]) {
          assert.equal(await storage.keptAnswers.find(other), null);
        }
        await assertFails("BAD_USER_INPUT", () =>
          storage.keptAnswers.find(keyed({ part: "another", fingerprint: "g" })),
        );
        await storage.users.setRole("anna", "member", noonMs, keep("the other part", { part: "another" }));
        assert.equal(await storage.keptAnswers.find(keyed({ part: "another" })), "the other part");
      }));

    it("are forgotten after 24 hours", () =>
      withStorage(open, async ({ storage }) => {
        await furnish(storage);
        await storage.users.setRole("anna", "reader", noonMs, keep("done"));
        const almost = { ...keyed(), atMs: noonMs + 24 * hourMs - 1 };
        const over = { ...keyed({ fingerprint: "another" }), atMs: noonMs + 24 * hourMs };
        assert.equal(await storage.keptAnswers.find(almost), "done");
        assert.equal(await storage.keptAnswers.find(over), null);
        await storage.users.setRole("anna", "member", over.atMs, { writing: over, answer: "anew" });
        assert.equal(await storage.keptAnswers.find(over), "anew");
      }));
  });
}

const invitation = {
  id: "i1",
  workspaceId: 1,
  role: "member",
  createdBy: null,
  createdAtMs: noonMs,
  expiresAtMs: noonMs + hourMs,
} as const;

/** Each write that may have a key, and whether it was done. */
const keyedWrites: readonly (readonly [
  string,
  (storage: Storage, keep: Keep) => Promise<unknown>,
  (storage: Storage) => Promise<boolean>,
])[] = [
  [
    "another role",
    (storage, keep) => storage.users.setRole("anna", "reader", noonMs, keep),
    async (storage) => (await storage.users.find("anna"))?.role === "reader",
  ],
  [
    "disabling",
    (storage, keep) => storage.users.setDisabled("anna", true, noonMs, keep),
    async (storage) => (await storage.users.find("anna"))?.isDisabled === true,
  ],
  [
    "a new key",
    (storage, keep) => storage.apiKeys.add(apiKey("k2"), "h2", keep),
    async (storage) => (await storage.apiKeys.list(1)).length === 2,
  ],
  [
    "revoking a key",
    (storage, keep) => storage.apiKeys.revoke(1, "k1", noonMs, keep),
    async (storage) => (await storage.apiKeys.list(1)).length === 0,
  ],
  [
    "an invitation",
    (storage, keep) => storage.invitations.add({ ...invitation, id: "i2" }, "t2", keep),
    async (storage) => (await storage.invitations.list(1, noonMs)).length === 2,
  ],
  [
    "withdrawing one",
    (storage, keep) => storage.invitations.withdraw(1, "i1", noonMs, keep),
    async (storage) => (await storage.invitations.list(1, noonMs)).length === 0,
  ],
  [
    "a new source",
    (storage, keep) => storage.sourceRegister.add({ ...pbx, id: "p2", name: "two" }, "p2", "hint", keep),
    async (storage) => (await storage.sourceRegister.cards(1, noonMs)).length === 2,
  ],
  [
    "another name of a source",
    (storage, keep) => storage.sourceRegister.rename(1, pbx.id, "another", keep),
    async (storage) => (await storage.sourceRegister.card(1, pbx.id, noonMs))?.name === "another",
  ],
  [
    "another key of a source",
    (storage, keep) => storage.sourceRegister.setKey(1, pbx.id, "another", "hint", keep),
    async (storage) => (await storage.sources.byKeyHash("another"))?.id === pbx.id,
  ],
  [
    "disabling a source",
    (storage, keep) => storage.sourceRegister.setDisabled(1, pbx.id, true, keep),
    async (storage) => (await storage.sourceRegister.card(1, pbx.id, noonMs))?.isDisabled === true,
  ],
  [
    "a delivery",
    (storage, keep) => storage.sources.accept(pbx, [delivery({ startedAtMs: noonMs })], noonMs, keep),
    async (storage) => (await storage.calls.page(1, 0, 10)).totalCount === 1,
  ],
  [
    "a view",
    (storage, keep) => storage.views.save({ ...view, id: "v2", name: "two" }, keep),
    async (storage) => (await storage.views.list(1, "anna")).length === 2,
  ],
  [
    "removing a view",
    (storage, keep) => storage.views.remove(1, "anna", "v1", keep),
    async (storage) => (await storage.views.list(1, "anna")).length === 0,
  ],
  [
    "preferences",
    (storage, keep) => storage.settings.setPreferences(1, "anna", { ...noPreferences, pageSize: 7 }, keep),
    async (storage) => (await storage.settings.preferences(1, "anna")).pageSize === 7,
  ],
  [
    "settings of the workspace",
    (storage, keep) => storage.settings.setWorkspace(1, { name: "team", timeZone: "UTC", callsKeptDays: null }, keep),
    async (storage) => (await storage.settings.workspace(1))?.name === "team",
  ],
  [
    "a default country",
    (storage, keep) => storage.numbers.setCountry(1, null, "DE", noonMs, keep),
    async (storage) => (await storage.numbers.countries(1)).length === 1,
  ],
  [
    "work in many writes, after it",
    (storage, { writing, answer }) => storage.keptAnswers.keep({ writing, answer: answer ?? "" }),
    async () => true,
  ],
];

const view = {
  id: "v1",
  workspaceId: 1,
  ownerId: "anna",
  name: "one",
  query: "",
  isShared: false,
  savedAtMs: noonMs,
};

async function furnish(storage: Storage): Promise<void> {
  await storage.users.add(user("anna"), "hash");
  await storage.sessions.add(session("s1", "anna"));
  await storage.apiKeys.add(apiKey("k1"), "h1");
  await storage.invitations.add(invitation, "t1");
  await storage.sourceRegister.add(pbx, "p1", "hint");
  await storage.views.save(view);
}

function apiKey(id: string, name = id): ApiKey {
  const ends = { expiresAtMs: null, lastUsedAtMs: null, revokedAtMs: null };
  return {
    id,
    workspaceId: 1,
    name,
    scopes: ["read"],
    requestsPerMinute: 60,
    createdBy: null,
    createdAtMs: 0,
    ...ends,
  };
}

function keyed(given: Partial<KeyedWriting["idempotency"]> = {}): KeyedWriting {
  const idempotency = { key: "key", part: "field", fingerprint: "request", ...given };
  return { ...writing({ actor: { kind: "user", id: "admin" } }), idempotency };
}

function keep(answer: string, given: Partial<KeyedWriting["idempotency"]> = {}): Keep {
  return { writing: keyed(given), answer };
}
