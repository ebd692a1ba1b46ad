import type { DatabaseSync } from "node:sqlite";
import type { KeyedWriting } from "../../domain/kept-answers.ts";
import { idempotencyKeptMs, idempotencyMismatch } from "../answers.ts";
import { actorText } from "../../domain/change.ts";

/** The answers that writes about people left under their keys. */
export function createKeptAnswerReader(db: DatabaseSync) {
  const kept = db.prepare(`SELECT part, fingerprint, answer FROM kept_answers
    WHERE workspace_id = ? AND actor = ? AND key = ? AND kept_at_ms > ?`);

  return function keptAnswer({ workspaceId, actor, atMs, idempotency }: KeyedWriting): string | null {
    const { key, part, fingerprint } = idempotency;
    const rows = kept.all(workspaceId, actorText(actor), key, atMs - idempotencyKeptMs) as KeptRow[];
    if (rows.some((row) => row.fingerprint !== fingerprint)) throw idempotencyMismatch();
    return rows.find((row) => row.part === part)?.answer ?? null;
  };
}

type KeptRow = { readonly part: string; readonly fingerprint: string; readonly answer: string };
