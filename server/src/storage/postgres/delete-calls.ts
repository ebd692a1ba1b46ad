import { actorText } from "../../domain/change.ts";
import { withoutCalls } from "../deleted-answers.ts";
import { deletedSnapshot } from "../rows.ts";
import { callOf, wholeCall, type WholeCallRow } from "./call-rows.ts";
import { list, textList } from "./connection.ts";
import type { Tx } from "./group-commit.ts";
import { oldestOfNumber } from "./order-of-number.ts";
import type { Author } from "./write-calls.ts";

/** Deletes calls and deliveries within the transaction of the caller; see `domain/retention.ts`. */

export async function deleteOld(tx: Tx, author: Author, beforeMs: number, limit: number): Promise<number> {
  // calls_feed, backwards.
  return deleteCalls(tx, author, await tx.all<GoingRow>(old, author.workspaceId, beforeMs, limit));
}

export async function deleteOfNumber(tx: Tx, author: Author, keys: readonly string[], limit: number): Promise<number> {
  return deleteCalls(tx, author, await tx.all<GoingRow>(ofNumber, author.workspaceId, textList(keys), limit));
}

export async function pruneDeliveries(tx: Tx, workspaceId: number, beforeMs: number, limit: number): Promise<number> {
  await tx.run("DELETE FROM deleted_groups WHERE workspace_id = $1 AND deleted_at_ms < $2", workspaceId, beforeMs);
  return tx.run(dropDeliveries, workspaceId, beforeMs, limit);
}

async function deleteCalls(tx: Tx, author: Author, rows: readonly GoingRow[]): Promise<number> {
  const { workspaceId, atMs } = author;
  if (rows.length === 0) return 0;
  const actor = actorText(author.actor);
  const ids = list(rows.map(({ id }) => id));
  await tx.run(untell, workspaceId, ids, actor);
  await tx.run(keepGroups, workspaceId, ids, atMs);
  // They are of no call, but tell of one of these.
  await tx.run(dropConflicting, workspaceId, ids);
  for (const table of tablesOfCalls) {
    // oxlint-disable-next-line no-await-in-loop -- one connection
    await tx.run(
      `DELETE FROM ${table} WHERE workspace_id = $1 AND call_id = ANY($2::text::bigint[])`,
      workspaceId,
      ids,
    );
  }
  await tx.run("DELETE FROM calls WHERE workspace_id = $1 AND id = ANY($2::text::bigint[])", workspaceId, ids);
  const told = rows.map((row) => {
    tx.ledger.uncount(callOf(row), row.other);
    return { revision: tx.ledger.nextRevision(), id: row.id };
  });
  await tx.run(tell, workspaceId, JSON.stringify(told), actor, atMs);
  await forgetAnswers(tx, workspaceId, new Set(rows.map(({ id }) => id)));
  return rows.length;
}

async function forgetAnswers(tx: Tx, workspaceId: number, callIds: ReadonlySet<number>): Promise<void> {
  const answers = await tx.all<Record<"actor" | "key" | "part" | "outcomes", string>>(
    "SELECT actor, key, part, outcomes FROM idempotency_keys WHERE workspace_id = $1 AND call_id = 0",
    workspaceId,
  );
  for (const { actor, key, part, outcomes } of answers) {
    const left = withoutCalls(outcomes, callIds);
    if (left === outcomes) continue;
    // oxlint-disable-next-line no-await-in-loop -- few, if any
    await tx.run(
      "UPDATE idempotency_keys SET outcomes = $5 WHERE workspace_id = $1 AND actor = $2 AND key = $3 AND part = $4",
      ...([workspaceId, actor, key, part, left] as const),
    );
  }
}

/** Those whose rows belong to a call. */
const tablesOfCalls = [
  "notes",
  "note_versions",
  "source_calls",
  "deliveries",
  "call_news",
  "call_reads",
  "webhook_deliveries",
  "idempotency_keys",
] as const;

const going = `${wholeCall}, calls.other`;

const old = `SELECT ${going} FROM calls WHERE workspace_id = $1 AND created_at_ms < $2 ORDER BY created_at_ms, id LIMIT $3`;

// The two halves of calls_by_other of each number, each in order.
const half = (settles: 0 | 1) => `(SELECT workspace_id, id, created_at_ms FROM calls WHERE workspace_id = $1
  AND other = given.key AND settles = ${settles} ORDER BY ${oldestOfNumber("calls")} LIMIT $3)`;
const ofNumber = `SELECT ${going} FROM (SELECT found.id FROM unnest($2::text::text[]) AS given (key),
      LATERAL (${half(0)} UNION ALL ${half(1)}) AS found ORDER BY found.created_at_ms, found.id LIMIT $3) AS oldest
    JOIN calls ON calls.workspace_id = $1 AND calls.id = oldest.id ORDER BY calls.created_at_ms, calls.id`;

const untell = `UPDATE changes SET kind = 'call.deleted', actor = $3, snapshot = '${deletedSnapshot}', subject = NULL,
  before = NULL, undoes = NULL WHERE workspace_id = $1 AND call_id = ANY($2::text::bigint[])`;

const tell = `INSERT INTO changes (workspace_id, revision, kind, at_ms, actor, call_id, snapshot)
  SELECT $1::bigint, revision, 'call.deleted', $4::bigint, $3::text, id, '${deletedSnapshot}'
  FROM json_to_recordset($2::text::json) AS given (revision bigint, id bigint)`;

const keepGroups = `INSERT INTO deleted_groups (workspace_id, source_id, group_digest, deleted_at_ms)
  SELECT workspace_id, source_id, encode(sha256(convert_to(group_key, 'UTF8')), 'hex'), $3::bigint FROM source_calls
  WHERE workspace_id = $1 AND call_id = ANY($2::text::bigint[])
  ON CONFLICT (workspace_id, source_id, group_digest) DO UPDATE SET deleted_at_ms = excluded.deleted_at_ms`;

const dropConflicting = `DELETE FROM deliveries d USING source_calls s
  WHERE s.workspace_id = $1 AND s.call_id = ANY($2::text::bigint[]) AND d.workspace_id = $1 AND d.source_id = s.source_id
    AND d.verdict = 'conflicting' AND d.group_key = s.group_key`;

// From source to source, by deliveries_by_source.
const dropDeliveries = `WITH RECURSIVE senders AS (
    (SELECT source_id FROM deliveries WHERE workspace_id = $1 ORDER BY source_id LIMIT 1)
    UNION ALL SELECT (SELECT d.source_id FROM deliveries d WHERE d.workspace_id = $1 AND d.source_id > senders.source_id
      ORDER BY d.source_id LIMIT 1) FROM senders WHERE senders.source_id IS NOT NULL)
  DELETE FROM deliveries WHERE workspace_id = $1 AND id IN (SELECT found.id FROM senders, LATERAL
    (SELECT d.id FROM deliveries d WHERE d.workspace_id = $1 AND d.source_id = senders.source_id AND d.received_at_ms < $2
      AND (d.call_id IS NULL OR NOT EXISTS (SELECT FROM deliveries o
        WHERE o.workspace_id = $1 AND o.call_id = d.call_id AND octet_length(o.raw) > 0))
      ORDER BY d.received_at_ms, d.id LIMIT $3) AS found LIMIT $3)`;

type GoingRow = WholeCallRow & { readonly other: string | null };
