import assert from "node:assert/strict";
import type { Call } from "../domain/call.ts";
import { DomainError, type ErrorCode } from "../domain/errors.ts";
import type { Session } from "../domain/session.ts";
import type { CallFacts, Delivery, Source } from "../domain/source.ts";
import type { Storage, Writing } from "../domain/storage.ts";
import type { NewWebhookDelivery, Outlet } from "../domain/webhook.ts";
import type { User } from "../domain/workspace.ts";
import type { OpenedStorage, OpenStorage } from "./storage.contract.ts";

/** What the contract's tests write. Used by tests only. */

export const noonMs = Date.UTC(2024, 1, 29, 12);
export const hourMs = 3_600_000;

export const pbx: Source = { id: "pbx", workspaceId: 1, name: "PBX", kind: "generic", createdAtMs: noonMs };

export function facts(given: Partial<CallFacts> = {}): CallFacts {
  return {
    direction: null,
    from: null,
    to: null,
    via: null,
    startedAtMs: null,
    endedAtMs: null,
    durationMs: null,
    callType: null,
    isArchived: null,
    notes: [],
    ...given,
  };
}

let lastKey = 0;

/** A delivery of its own group, unless told otherwise. */
export function delivery(given: Partial<CallFacts> | null, keys: Partial<Delivery> = {}): Delivery {
  const key = `made-${++lastKey}`;
  return {
    deliveryKey: key,
    groupKey: key,
    raw: JSON.stringify(given),
    digest: "digest",
    facts: given === null ? null : facts(given),
    problem: given === null ? "It is no call." : null,
    ...keys,
  };
}

/** Logs one call for each time, in one delivery each and one batch; their ids. */
export async function logCalls(
  storage: Storage,
  startedAtMs: readonly number[],
  source: Source = pbx,
): Promise<readonly number[]> {
  const verdicts = await storage.sources.accept(
    source,
    startedAtMs.map((at) => delivery({ startedAtMs: at, from: "+4930111", to: "+4930222" })),
    noonMs,
  );
  return verdicts.map(({ callId }) => callId ?? assert.fail("A call was not logged."));
}

export async function logCall(storage: Storage, given: Partial<CallFacts> = {}, source: Source = pbx): Promise<Call> {
  const [verdict] = await storage.sources.accept(source, [delivery({ startedAtMs: noonMs, ...given })], noonMs);
  const call = await storage.calls.find(source.workspaceId, verdict?.callId ?? 0);
  return call ?? assert.fail("The call was not logged.");
}

export function writing(given: Partial<Writing> = {}): Writing {
  return { workspaceId: 1, actor: { kind: "user", id: "anna" }, atMs: noonMs, ...given };
}

export function user(id: string, given: Partial<User> = {}): User {
  return { id, workspaceId: 1, username: id, role: "member", isDisabled: false, createdAtMs: noonMs, ...given };
}

export function session(id: string, userId: string, given: Partial<Session> = {}): Session {
  return {
    id,
    userId,
    workspaceId: 1,
    rotation: "strict",
    generation: 1,
    generationIssuedAtMs: noonMs,
    keyId: "key-1",
    startedAtMs: noonMs,
    endsAtMs: noonMs + 1_000 * hourMs,
    revokedAtMs: null,
    revokedReason: null,
    client: "a test",
    ...given,
  };
}

export function outlet(id: string, given: Partial<Outlet> = {}): Outlet {
  return {
    id,
    workspaceId: 1,
    name: id,
    url: "https://example.com/hook",
    kinds: [],
    state: "active",
    disabledFor: null,
    createdAtMs: noonMs,
    failingSinceMs: null,
    lastDeliveredAtMs: null,
    cursor: 0,
    secret: "s1",
    oldSecret: null,
    oldSecretUntilMs: null,
    heldUntilMs: 0,
    ...given,
  };
}

export function told(id: string, given: Partial<NewWebhookDelivery> = {}): NewWebhookDelivery {
  const change = { type: "call.logged", revision: 1, callId: null, createdAtMs: noonMs, isTest: false };
  return { id, ...change, payload: '{"type":"call.logged"}', ...given };
}

/** Runs a test on a fresh database and closes it, whatever happens. */
export async function withStorage(open: OpenStorage, run: (opened: OpenedStorage) => Promise<void>): Promise<void> {
  const opened = await open();
  try {
    await run(opened);
  } finally {
    await opened.close();
  }
}

/** Holds that it fails with this code, whether it throws at once or rejects. */
export async function assertFails(code: ErrorCode, run: () => unknown): Promise<void> {
  await assert.rejects(
    async () => run(),
    (error) => {
      assert.ok(error instanceof DomainError, `${String(error)} is no DomainError`);
      assert.equal(error.code, code);
      return true;
    },
  );
}
