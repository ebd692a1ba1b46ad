import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { type AuditEntry, type AuditEvent, type AuditFilter, auditKinds, type AuditPosition } from "../domain/audit.ts";
import { type Keep, recorded } from "../domain/kept-answers.ts";
import type { Storage } from "../domain/storage.ts";
import { assertFails, hourMs, noonMs, pbx, session, user, withStorage, writing } from "./contract-samples.ts";
import type { OpenStorage } from "./storage.contract.ts";

const everything: AuditFilter = { kinds: null, actorId: null, fromMs: null, beforeMs: null };

export function describeAudit(open: OpenStorage): void {
  describe("the audit log", () => {
    for (const [what, write] of writes) {
      it(`has an entry of ${what}, once it is done`, () =>
        withStorage(open, async ({ storage }) => {
          await furnish(storage);
          await write(storage, recorded(entry()));
          assert.deepEqual(await page(storage), [event({ id: (await page(storage))[0]?.id ?? 0 })]);
        }));
    }

    for (const [what, write] of nothings) {
      it(`has no entry of ${what}`, () =>
        withStorage(open, async ({ storage }) => {
          await furnish(storage);
          await write(storage, recorded(entry()));
          assert.deepEqual(await page(storage), []);
        }));
    }

    it("has one entry of a write that is asked for again under its key", () =>
      withStorage(open, async ({ storage }) => {
        await furnish(storage);
        const idempotency = { key: "key", part: "field", fingerprint: "request" };
        const keep = { writing: { ...writing(), idempotency }, answer: "done", audit: entry() };
        await storage.users.setRole("anna", "reader", noonMs, keep);
        await assertFails("CONFLICT", () => storage.users.setRole("anna", "reader", noonMs, keep));
        assert.equal((await page(storage)).length, 1);
        assert.equal(await storage.keptAnswers.find(keep.writing), "done");
      }));

    it("tells a stolen session of the write that ended it, and of no other rotation", () =>
      withStorage(open, async ({ storage }) => {
        await furnish(storage);
        const rotate = (generation: number, atMs: number) =>
          storage.sessions.rotate(
            { sessionId: "s1", generation, atMs, graceMs: 1_000, keyId: "k" },
            recorded(entry({ kind: "session-revoked", atMs })),
          );
        assert.equal((await rotate(1, noonMs)).kind, "rotated");
        assert.equal((await rotate(1, noonMs + 1)).kind, "repeated");
        assert.deepEqual(await page(storage), []);
        assert.equal((await rotate(1, noonMs + hourMs)).kind, "reused");
        assert.equal((await rotate(1, noonMs + hourMs)).kind, "ended");
        assert.deepEqual(
          (await page(storage)).map(({ kind }) => kind),
          ["session-revoked"],
        );
      }));

    it("names its actors as they are called now, and its targets as they were called then", () =>
      withStorage(open, async ({ storage }) => {
        await furnish(storage);
        const target = { id: pbx.id, name: "of then" };
        for (const actor of actors) await storage.audit.record(entry({ actor, target }));
        assert.deepEqual(
          (await page(storage)).map((one) => [one.actor, one.actorName, one.target?.name]),
          actors
            .map((actor) => [actor, { user: "Anna", key: "robot" }[actor.kind as string] ?? null, "of then"])
            .toReversed(),
        );
      }));

    it("is one for each workspace", () =>
      withStorage(open, async ({ storage, addWorkspace }) => {
        await addWorkspace(2, "two");
        await storage.audit.record(entry({ workspaceId: 2 }));
        assert.deepEqual(await page(storage), []);
        assert.equal((await storage.audit.page(2, everything, null, 10)).length, 1);
        assert.equal(await storage.audit.prune(1, noonMs + 1, 10), 0);
      }));

    it("comes newest first in pages that have no gap and no repeat, whatever is asked for", () =>
      withStorage(open, async ({ storage }) => {
        await furnish(storage);
        for (let at = 0; at < 60; at += 1) {
          const kind = auditKinds[at % 3] ?? "signed-in";
          // Many at one instant, and some told later than what came after them.
          const atMs = noonMs + ((at * 7) % 5) * 1_000;
          await storage.audit.record(entry({ kind, actor: actors[at % 4] ?? actors[0], atMs }));
        }
        const all = await storage.audit.page(1, everything, null, 100);
        const inOrder = all.toSorted((a, b) => b.atMs - a.atMs || b.id - a.id);
        assert.equal(all.length, 60);
        assert.deepEqual(all, inOrder);
        for (const filter of filters) {
          const expected: readonly AuditEvent[] = all.filter((one) => lets(filter, one));
          assert.notEqual(expected.length, 0, JSON.stringify(filter));
          assert.deepEqual(await walk(storage, filter, 7), expected, JSON.stringify(filter));
        }
        assert.deepEqual(await walk(storage, { ...everything, actorId: "nobody" }, 7), []);
        assert.deepEqual(await walk(storage, { ...everything, kinds: [] }, 7), []);
      }));

    it("forgets the oldest first, so many at a time, and nothing that is young enough", () =>
      withStorage(open, async ({ storage }) => {
        for (const atMs of [5, 1, 3, 2, 4]) await storage.audit.record(entry({ atMs }));
        const times = async () => (await page(storage)).map(({ atMs }) => atMs);
        assert.equal(await storage.audit.prune(1, 4, 2), 2);
        assert.deepEqual(await times(), [5, 4, 3]);
        assert.equal(await storage.audit.prune(1, 4, 2), 1);
        assert.equal(await storage.audit.prune(1, 4, 2), 0);
        assert.deepEqual(await times(), [5, 4]);
      }));
  });
}

const actors = [
  { kind: "user", id: "anna" },
  { kind: "key", id: "k1" },
  { kind: "command-line" },
  { kind: "stranger" },
  { kind: "system" },
] as const;

const filters: readonly AuditFilter[] = [
  everything,
  { ...everything, kinds: ["signed-in"] },
  { ...everything, kinds: ["sign-in-refused", "signed-out"] },
  { ...everything, actorId: "anna" },
  { ...everything, actorId: "k1", kinds: ["signed-in", "signed-out"] },
  { ...everything, fromMs: noonMs + 1_000, beforeMs: noonMs + 3_000 },
  { ...everything, kinds: ["signed-in"], fromMs: noonMs + 2_000 },
  { ...everything, actorId: "anna", beforeMs: noonMs + 2_000 },
];

function lets({ kinds, actorId, fromMs, beforeMs }: AuditFilter, { kind, actor, atMs }: AuditEvent): boolean {
  if (kinds !== null && !kinds.includes(kind)) return false;
  if (actorId !== null && !("id" in actor && actor.id === actorId)) return false;
  return atMs >= (fromMs ?? atMs) && atMs < (beforeMs ?? atMs + 1);
}

async function walk(storage: Storage, filter: AuditFilter, limit: number): Promise<readonly AuditEvent[]> {
  const found: AuditEvent[] = [];
  for (let after: AuditPosition | null = null; ;) {
    const next: readonly AuditEvent[] = await storage.audit.page(1, filter, after, limit);
    found.push(...next);
    const last = next.at(-1);
    if (last === undefined || next.length < limit) return found;
    after = last;
  }
}

async function page(storage: Storage): Promise<readonly AuditEvent[]> {
  return storage.audit.page(1, everything, null, 100);
}

function entry(given: Partial<AuditEntry> = {}): AuditEntry {
  return {
    workspaceId: 1,
    kind: "role-changed",
    actor: { kind: "user", id: "admin" },
    atMs: noonMs,
    target: { id: "t", name: "A target" },
    details: { role: "reader" },
    ...given,
  };
}

function event(given: Pick<AuditEvent, "id">): AuditEvent {
  const { kind, actor, atMs, target = null, details = {} } = entry();
  return { kind, actor, atMs, target, details, actorName: null, ...given };
}

type Write = (storage: Storage, keep: Keep) => Promise<unknown>;

/** Each write that may leave an entry. */
const writes: readonly (readonly [string, Write])[] = [
  ["a new user", (storage, keep) => storage.users.add(user("bob"), "hash", keep)],
  ["another password", (storage, keep) => storage.users.changePassword("anna", "other", noonMs, keep)],
  ["another role", (storage, keep) => storage.users.setRole("anna", "reader", noonMs, keep)],
  ["disabling", (storage, keep) => storage.users.setDisabled("anna", true, noonMs, keep)],
  ["a session", (storage, keep) => storage.sessions.add(session("s2", "anna"), keep)],
  ["the end of one", (storage, keep) => storage.sessions.revoke("s1", "logout", noonMs, keep)],
  ["the end of all", (storage, keep) => storage.sessions.revokeAll("anna", "logout-all", noonMs, keep)],
  ["a new key", (storage, keep) => storage.apiKeys.add({ ...apiKey, id: "k2", name: "two" }, "h2", keep)],
  ["revoking a key", (storage, keep) => storage.apiKeys.revoke(1, "k1", noonMs, keep)],
  ["an invitation", (storage, keep) => storage.invitations.add({ ...invitation, id: "i2" }, "t2", keep)],
  ["withdrawing one", (storage, keep) => storage.invitations.withdraw(1, "i1", noonMs, keep)],
  ["accepting one", (storage, keep) => accept(storage, "t1", keep)],
  ["a new source", (storage, keep) => storage.sources.add({ ...pbx, id: "p2", name: "two" }, "p2", keep)],
  ["removing a source", (storage, keep) => storage.sources.remove(1, pbx.id, keep)],
  ["another name of a source", (storage, keep) => storage.sourceRegister.rename(1, pbx.id, "another", keep)],
  [
    "settings",
    (storage, keep) => storage.settings.setWorkspace(1, { name: "team", timeZone: "UTC", callsKeptDays: null }, keep),
  ],
  ["a default country", (storage, keep) => storage.numbers.setCountry(1, null, "DE", noonMs, keep)],
  ["contacts that are brought in", (storage, keep) => storage.contacts.import(writing(), [contact], keep)],
  ["what is told alone", (storage, { audit }) => storage.audit.record(audit ?? entry())],
];

/** Writes that fail or find nothing to do. */
const nothings: readonly (readonly [string, Write])[] = [
  ["a name that is taken", (storage, keep) => assertFails("CONFLICT", () => storage.users.add(user("Anna"), "", keep))],
  ["a first user who is not", (storage, keep) => storage.users.addFirst(user("bob"), "hash", keep)],
  ["the role that somebody has", (storage, keep) => storage.users.setRole("anna", "member", noonMs, keep)],
  ["enabling somebody who is not disabled", (storage, keep) => storage.users.setDisabled("anna", false, noonMs, keep)],
  [
    "disabling nobody",
    (storage, keep) => assertFails("NOT_FOUND", () => storage.users.setDisabled("nobody", true, noonMs, keep)),
  ],
  ["the end of a session that is not", (storage, keep) => storage.sessions.revoke("s9", "logout", noonMs, keep)],
  [
    "a session of somebody who is disabled",
    async (storage, keep) => {
      await storage.users.setDisabled("anna", true, noonMs);
      await assertFails("UNAUTHENTICATED", () => storage.sessions.add(session("s2", "anna"), keep));
    },
  ],
  ["revoking an unknown key", (storage, keep) => storage.apiKeys.revoke(1, "k9", noonMs, keep)],
  ["an invitation that is not", (storage, keep) => assertFails("FORBIDDEN", () => accept(storage, "t9", keep))],
  ["removing an unknown source", (storage, keep) => storage.sources.remove(1, "unknown", keep)],
];

const contact = { id: "c", name: "Zoë", company: null, numbers: [{ e164: "+49301112223", label: null }] };

const invitation = {
  id: "i1",
  workspaceId: 1,
  role: "member",
  createdBy: null,
  createdAtMs: noonMs,
  expiresAtMs: noonMs + hourMs,
} as const;

const apiKey = {
  id: "k1",
  workspaceId: 1,
  name: "robot",
  scopes: ["read"],
  requestsPerMinute: 60,
  createdBy: null,
  createdAtMs: 0,
  expiresAtMs: null,
  lastUsedAtMs: null,
  revokedAtMs: null,
} as const;

function accept(storage: Storage, tokenHash: string, keep: Keep) {
  const account = { userId: "carl", username: "Carl", passwordHash: "hash", atMs: noonMs };
  return storage.invitations.accept({ tokenHash, ...account }, keep);
}

async function furnish(storage: Storage): Promise<void> {
  await storage.users.add(user("anna", { username: "Anna" }), "hash");
  await storage.sessions.add(session("s1", "anna"));
  await storage.apiKeys.add(apiKey, "h1");
  await storage.invitations.add(invitation, "t1");
  await storage.sources.add(pbx, "p1");
}
