import { actorText } from "../../domain/change.ts";
import type { Keep, KeyedWriting } from "../../domain/kept-answers.ts";
import { recordAudit } from "./audit.ts";
import { answerKept, idempotencyKeptMs, idempotencyMismatch } from "../answers.ts";
import type { Tx } from "./group-commit.ts";

/**
 * Runs it and leaves its answer where it did something; `isDone` says so of what it returned. `isTold` says where it is to be in the audit
 * log, if that is otherwise.
 */
export async function once<T>(
  tx: Tx,
  keep: Keep | undefined,
  run: () => Promise<T>,
  isDone: (outcome: T) => boolean = () => true,
  isTold: (outcome: T) => boolean = isDone,
): Promise<T> {
  if (keep === undefined) return run();
  const { writing, answer, audit } = keep;
  const outcome = await (writing === null ? run() : answered(tx, writing, answer, run, isDone));
  if (audit !== undefined && isTold(outcome)) await recordAudit(tx, audit);
  return outcome;
}

async function answered<T>(
  tx: Tx,
  { workspaceId, actor, atMs, idempotency }: KeyedWriting,
  answer: string | null,
  run: () => Promise<T>,
  isDone: (outcome: T) => boolean,
): Promise<T> {
  const { key, part, fingerprint } = idempotency;
  const by = [workspaceId, actorText(actor), key] as const;
  // They are few: each keyed write takes all of its workspace along that are past their time.
  await tx.run(
    "DELETE FROM kept_answers WHERE workspace_id = $1 AND kept_at_ms <= $2",
    workspaceId,
    atMs - idempotencyKeptMs,
  );
  const rows = await tx.all<{ part: string; fingerprint: string }>(
    "SELECT part, fingerprint FROM kept_answers WHERE workspace_id = $1 AND actor = $2 AND key = $3",
    ...by,
  );
  if (rows.some((row) => row.fingerprint !== fingerprint)) throw idempotencyMismatch();
  if (rows.some((row) => row.part === part)) throw answerKept();
  const outcome = await run();
  if (!isDone(outcome)) return outcome;
  // Another node may have been first since: then all of this is taken back.
  const kept = await tx.run(
    `INSERT INTO kept_answers (workspace_id, actor, key, part, fingerprint, answer, kept_at_ms)
      VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (workspace_id, actor, key, part) DO NOTHING`,
    ...by,
    part,
    fingerprint,
    answer ?? JSON.stringify(outcome),
    atMs,
  );
  if (kept === 0) throw answerKept();
  return outcome;
}

/** A write that takes what it is to leave as one more argument. One that returns false has done nothing. */
export function keeping<Args extends readonly unknown[], T>(
  run: (tx: Tx, ...args: Args) => Promise<T>,
): (tx: Tx, ...args: [...args: Args, keep?: Keep]) => Promise<T> {
  const count = run.length - 1;
  return (tx, ...args) =>
    once(
      tx,
      args[count] as Keep | undefined,
      () => run(tx, ...(args.slice(0, count) as unknown as Args)),
      (outcome) => outcome !== false,
    );
}
