import { actorText } from "../../domain/change.ts";
import type { Keep } from "../../domain/kept-answers.ts";
import { answerKept, idempotencyKeptMs, idempotencyMismatch } from "../answers.ts";
import type { Tx } from "./group-commit.ts";

/** Runs it and keeps the answer where it did something; `isDone` says so of what it returned. */
export async function once<T>(
  tx: Tx,
  keep: Keep | undefined,
  run: () => Promise<T>,
  isDone: (outcome: T) => boolean = () => true,
): Promise<T> {
  if (keep === undefined) return run();
  const { workspaceId, actor, atMs, idempotency } = keep.writing;
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
    keep.answer ?? JSON.stringify(outcome),
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
