import type { DatabaseSync } from "node:sqlite";
import { actorText } from "../../domain/change.ts";
import { groupDigest } from "../group-digest.ts";
import { deletedSnapshot } from "../rows.ts";
import { withoutCalls } from "../deleted-answers.ts";
import type { Ledger } from "./ledger.ts";
import type { Author, CallWriter } from "./write-calls.ts";

/** Deletes calls and deliveries within the transaction that the caller has begun; see `domain/retention.ts`. */
export function createCallRemover(db: DatabaseSync, ledger: Ledger, calls: CallWriter) {
  // calls_feed, backwards.
  const old = db.prepare(`SELECT id FROM calls WHERE workspace_id = ? AND created_at_ms < ?
    ORDER BY created_at_ms, id LIMIT ?`);
  // The two halves of calls_by_other, each in order.
  const half = (settles: 0 | 1) => `SELECT * FROM (SELECT id, created_at_ms FROM calls INDEXED BY calls_by_other
    WHERE workspace_id = ?1 AND other = ?2 AND settles = ${settles} ORDER BY created_at_ms, id LIMIT ?3)`;
  const ofNumber = db.prepare(`${half(0)} UNION ALL ${half(1)} ORDER BY created_at_ms, id LIMIT ?3`);
  const keyOf = db.prepare("SELECT other FROM calls WHERE workspace_id = ? AND id = ?");
  const previous = db.prepare("SELECT previous FROM changes WHERE workspace_id = ? AND revision = ?");
  const untell = db.prepare(`UPDATE changes SET kind = 'call.deleted', actor = ?, snapshot = '${deletedSnapshot}',
    subject = NULL, before = NULL, undoes = NULL WHERE workspace_id = ? AND revision = ?`);
  const tell = db.prepare(`INSERT INTO changes (workspace_id, revision, kind, at_ms, actor, call_id, snapshot, previous)
    VALUES (?, ?, 'call.deleted', ?, ?, ?, '${deletedSnapshot}', ?)`);
  const notes = db.prepare("SELECT row, content FROM notes WHERE workspace_id = ? AND call_id = ?");
  const groups = db.prepare(`SELECT source_id, group_key FROM source_calls INDEXED BY source_calls_of_call
    WHERE workspace_id = ? AND call_id = ?`);
  const keepGroup = db.prepare(`INSERT OR REPLACE INTO deleted_groups
    (workspace_id, source_id, group_digest, deleted_at_ms) VALUES (?, ?, ?, ?)`);
  // They are of no call, but tell of this one. SQLite takes deliveries_amiss only where its own condition is repeated.
  const dropConflicting = db.prepare(`DELETE FROM deliveries WHERE workspace_id = ? AND source_id = ?
    AND verdict IN ('refused', 'conflicting', 'ignored') AND verdict = 'conflicting' AND group_key = ?`);
  const drops = [
    "notes",
    "note_versions",
    "source_calls",
    "deliveries",
    "call_news",
    "call_reads",
    "webhook_deliveries",
    "idempotency_keys",
  ].map((table) => db.prepare(`DELETE FROM ${table} WHERE workspace_id = ? AND call_id = ?`));
  const dropCall = db.prepare("DELETE FROM calls WHERE workspace_id = ? AND id = ?");
  const answersOfMany = db.prepare(`SELECT actor, key, part, outcomes FROM idempotency_keys
    WHERE workspace_id = ? AND call_id = 0`);
  const setOutcomes = db.prepare(`UPDATE idempotency_keys SET outcomes = ?
    WHERE workspace_id = ? AND actor = ? AND key = ? AND part = ?`);
  // Rows get the next number after the last that is there: what has no body yet must not begin below the mark of pruning.
  const lowerMark = db.prepare(`UPDATE upkeep SET value = min(value, (SELECT coalesce(max(row), 0) FROM deliveries))
    WHERE name = 'bodies'`);
  const nextSource = db.prepare(`SELECT min(source_id) AS source_id FROM deliveries
    WHERE workspace_id = ? AND source_id > ?`);
  const dropDeliveries = db.prepare(`DELETE FROM deliveries WHERE row IN
    (SELECT d.row FROM deliveries d INDEXED BY deliveries_by_source
      WHERE d.workspace_id = ? AND d.source_id = ? AND d.received_at_ms < ? AND (d.call_id IS NULL OR NOT EXISTS
        (SELECT 1 FROM deliveries o WHERE o.workspace_id = d.workspace_id AND o.call_id = d.call_id AND o.raw <> ''))
      ORDER BY d.received_at_ms, d.row LIMIT ?)`);
  const dropGroups = db.prepare("DELETE FROM deleted_groups WHERE workspace_id = ? AND deleted_at_ms < ?");

  return {
    deleteOld(author: Author, beforeMs: number, limit: number): number {
      return deleteCalls(author, idsOf(old.all(author.workspaceId, beforeMs, limit)));
    },

    deleteOfNumber(author: Author, keys: readonly string[], limit: number): number {
      const rows = keys.flatMap((key) => ofNumber.all(author.workspaceId, key, limit) as PlaceRow[]);
      const oldest = rows.toSorted((a, b) => a.created_at_ms - b.created_at_ms || a.id - b.id);
      return deleteCalls(author, idsOf(oldest.slice(0, limit)));
    },

    pruneDeliveries(workspaceId: number, beforeMs: number, limit: number): number {
      let count = 0;
      for (let source = sourceAfter(workspaceId, ""); source !== null && count < limit;) {
        count += Number(dropDeliveries.run(workspaceId, source, beforeMs, limit - count).changes);
        source = sourceAfter(workspaceId, source);
      }
      dropGroups.run(workspaceId, beforeMs);
      if (count > 0) lowerMark.run();
      return count;
    },
  };

  function deleteCalls(author: Author, callIds: readonly number[]): number {
    for (const callId of callIds) deleteCall(author, callId);
    if (callIds.length === 0) return 0;
    lowerMark.run();
    forgetAnswers(author.workspaceId, new Set(callIds));
    return callIds.length;
  }

  function deleteCall(author: Author, callId: number): void {
    const { workspaceId, atMs } = author;
    const actor = actorText(author.actor);
    const call = calls.known(workspaceId, callId);
    const { other } = keyOf.get(workspaceId, callId) as { other: string | null };
    for (let revision: number | null = call.revision; revision !== null;) {
      const row = previous.get(workspaceId, revision) as { previous: number | null } | undefined;
      untell.run(actor, workspaceId, revision);
      revision = row?.previous ?? null;
    }
    for (const each of notes.all(workspaceId, callId)) {
      const { row, content } = each as { row: number; content: string };
      ledger.note(row, content, null);
    }
    for (const each of groups.all(workspaceId, callId)) {
      const { source_id: sourceId, group_key: groupKey } = each as { source_id: string; group_key: string };
      keepGroup.run(workspaceId, sourceId, groupDigest(groupKey), atMs);
      dropConflicting.run(workspaceId, sourceId, groupKey);
    }
    for (const drop of drops) drop.run(workspaceId, callId);
    dropCall.run(workspaceId, callId);
    ledger.uncount(workspaceId, call, other);
    tell.run(workspaceId, ledger.nextRevision(workspaceId), atMs, actor, callId, call.revision);
  }

  function forgetAnswers(workspaceId: number, callIds: ReadonlySet<number>): void {
    for (const each of answersOfMany.all(workspaceId)) {
      const { actor, key, part, outcomes } = each as Record<"actor" | "key" | "part" | "outcomes", string>;
      const left = withoutCalls(outcomes, callIds);
      if (left !== outcomes) setOutcomes.run(left, workspaceId, actor, key, part);
    }
  }

  function sourceAfter(workspaceId: number, sourceId: string): string | null {
    return (nextSource.get(workspaceId, sourceId) as { source_id: string | null }).source_id;
  }
}

type PlaceRow = { readonly id: number; readonly created_at_ms: number };

function idsOf(rows: readonly unknown[]): readonly number[] {
  return (rows as { id: number }[]).map(({ id }) => id);
}
