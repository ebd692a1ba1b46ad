import type { Call, CallOutcome } from "../../domain/call.ts";
import { actorText } from "../../domain/change.ts";
import type { Writing } from "../../domain/storage.ts";
import { idempotencyKeptMs, idempotencyMismatch } from "../answers.ts";
import type { KeptOutcome } from "../deleted-answers.ts";
import { callOfSnapshot, snapshotText } from "../rows.ts";
import type { Tx } from "./group-commit.ts";
import { readNotesAt } from "./note-history.ts";

/** Expired idempotency keys of the workspace that one keyed write takes along at most: more than it adds. */
const keysPerPruning = 5;

/** Runs a write about one call unless its key has been used; then it answers what the first one did. */
export async function once(tx: Tx, writing: Writing, run: () => Promise<Call>): Promise<Call> {
  const used = await usedBefore(tx, writing);
  if (used !== null) return kept(tx, writing.workspaceId, [used.call_id, used.revision, used.snapshot]);
  const call = await run();
  await keep(tx, writing, [call.id, call.revision, snapshotText(call)], null);
  return call;
}

/** Likewise for a write about many calls. */
export async function onceForMany(
  tx: Tx,
  writing: Writing,
  run: () => Promise<readonly CallOutcome[]>,
): Promise<readonly CallOutcome[]> {
  const { workspaceId } = writing;
  const used = await usedBefore(tx, writing);
  if (used !== null) {
    const outcomes = JSON.parse(used.outcomes ?? "[]") as readonly KeptOutcome[];
    return Promise.all(
      outcomes.map(async ([callId, outcome, revision, snapshot]) => {
        return {
          callId,
          outcome,
          call: snapshot === null ? null : await kept(tx, workspaceId, [callId, revision, snapshot]),
        };
      }),
    );
  }
  const outcomes = await run();
  const texts = outcomes.map(({ callId, outcome, call }): KeptOutcome => {
    return [callId, outcome, call?.revision ?? 0, call === null ? null : snapshotText(call)];
  });
  // Notes of these revisions are read again: see pruneChanges.
  const oldest = Math.min(Number.MAX_SAFE_INTEGER, ...outcomes.flatMap(({ call }) => call?.revision ?? []));
  await keep(tx, writing, [0, oldest, ""], writing.idempotency === undefined ? null : JSON.stringify(texts));
  return outcomes;
}

/** @throws DomainError BAD_USER_INPUT when the key was used for another request. */
async function usedBefore(tx: Tx, { idempotency, workspaceId, actor, atMs }: Writing): Promise<UsedKey | null> {
  if (idempotency === undefined) return null;
  const { key, fingerprint, part } = idempotency;
  const used = await tx.all<UsedKey>(
    `SELECT part, fingerprint, call_id, revision, snapshot, outcomes FROM idempotency_keys
      WHERE workspace_id = $1 AND actor = $2 AND key = $3 AND used_at_ms > $4`,
    workspaceId,
    actorText(actor),
    key,
    atMs - idempotencyKeptMs,
  );
  if (used.some((other) => other.fingerprint !== fingerprint)) throw idempotencyMismatch();
  return used.find((other) => other.part === part) ?? null;
}

async function kept(tx: Tx, workspaceId: number, [callId, revision, snapshot]: KeptCall): Promise<Call> {
  return callOfSnapshot(callId, snapshot, revision, await readNotesAt(tx, workspaceId, callId, revision));
}

async function keep(
  tx: Tx,
  { workspaceId, actor, atMs, idempotency }: Writing,
  call: KeptCall,
  outcomes: string | null,
): Promise<void> {
  if (idempotency === undefined) return;
  const { key, part, fingerprint } = idempotency;
  await Promise.all([
    tx.run(
      `DELETE FROM idempotency_keys WHERE workspace_id = $1 AND (actor, key, part) IN
        (SELECT actor, key, part FROM idempotency_keys WHERE workspace_id = $1 AND used_at_ms <= $2
          ORDER BY used_at_ms LIMIT ${keysPerPruning})`,
      workspaceId,
      atMs - idempotencyKeptMs,
    ),
    tx.run(
      `INSERT INTO idempotency_keys
          (workspace_id, actor, key, part, fingerprint, call_id, revision, snapshot, used_at_ms, outcomes)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        ON CONFLICT (workspace_id, actor, key, part) DO UPDATE SET fingerprint = excluded.fingerprint,
          call_id = excluded.call_id, revision = excluded.revision, snapshot = excluded.snapshot,
          used_at_ms = excluded.used_at_ms, outcomes = excluded.outcomes`,
      workspaceId,
      actorText(actor),
      key,
      part,
      fingerprint,
      ...call,
      atMs,
      outcomes,
    ),
  ]);
}

/** A call as a used key keeps it. */
type KeptCall = readonly [callId: number, revision: number, snapshot: string];

type UsedKey = {
  readonly part: string;
  readonly fingerprint: string;
  readonly call_id: number;
  readonly revision: number;
  readonly snapshot: string;
  /** JSON list of {@link KeptOutcome}, for a write to many calls. */
  readonly outcomes: string | null;
};
