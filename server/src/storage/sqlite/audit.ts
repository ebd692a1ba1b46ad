import type { DatabaseSync } from "node:sqlite";
import type { AuditEntry, AuditEvent, AuditFilter, AuditPosition } from "../../domain/audit.ts";
import { actorsOfId, auditBounds, auditEventOf, type AuditRow, auditValues, newestOf } from "../audit-rows.ts";

/** The reading half of `AuditStore`. */
export function createAuditReader(db: DatabaseSync) {
  const select = `SELECT id, kind, at_ms, actor, target_id, target_name, details,
    CASE WHEN actor LIKE 'user:%' THEN (SELECT username FROM users WHERE users.id = substr(actor, 6))
      WHEN actor LIKE 'key:%' THEN (SELECT name FROM api_keys
        WHERE api_keys.workspace_id = audit_events.workspace_id AND api_keys.id = substr(actor, 5)) END AS actor_name
    FROM audit_events`;
  const inPlace = "at_ms >= ? AND (at_ms, id) < (?, ?) ORDER BY at_ms DESC, id DESC LIMIT ?";
  // Each walks the index that is named after what it asks for.
  const all = db.prepare(`${select} INDEXED BY audit_events_in_order WHERE workspace_id = ? AND ${inPlace}`);
  const ofKind = db.prepare(
    `${select} INDEXED BY audit_events_by_kind WHERE workspace_id = ? AND kind = ? AND ${inPlace}`,
  );
  const ofActor = db.prepare(
    `${select} INDEXED BY audit_events_by_actor WHERE workspace_id = ? AND actor = ? AND ${inPlace}`,
  );
  const ofActorAndKinds = db.prepare(`${select} INDEXED BY audit_events_by_actor WHERE workspace_id = ? AND actor = ?
    AND kind IN (SELECT value FROM json_each(?)) AND ${inPlace}`);

  return {
    page: (
      workspaceId: number,
      filter: AuditFilter,
      after: AuditPosition | null,
      limit: number,
    ): readonly AuditEvent[] => {
      const { kinds, actorId } = filter;
      const { fromMs, place } = auditBounds(filter, after);
      const events = (statement: typeof all, ...which: readonly string[]) =>
        (statement.all(workspaceId, ...which, fromMs, ...place, limit) as AuditRow[]).map(auditEventOf);
      if (actorId === null && kinds === null) return events(all);
      if (actorId === null) {
        const ofKinds = kinds?.map((kind) => events(ofKind, kind)) ?? [];
        return newestOf(ofKinds, limit);
      }
      const lists = actorsOfId(actorId).map((actor) =>
        kinds === null ? events(ofActor, actor) : events(ofActorAndKinds, actor, JSON.stringify(kinds)),
      );
      return newestOf(lists, limit);
    },
  };
}

/** Writes an entry of the audit log, within the transaction that the caller has begun. */
export function createAuditRecorder(db: DatabaseSync): (entry: AuditEntry) => void {
  const insert =
    db.prepare(`INSERT INTO audit_events (workspace_id, kind, at_ms, actor, target_id, target_name, details)
    VALUES (?, ?, ?, ?, ?, ?, ?)`);
  return (entry) => void insert.run(...auditValues(entry));
}

/** The writing half of `AuditStore`, within the transaction that the caller has begun. */
export function createAuditWriter(db: DatabaseSync) {
  const prune = db.prepare(`DELETE FROM audit_events WHERE id IN (SELECT id FROM audit_events
    WHERE workspace_id = ? AND at_ms < ? ORDER BY at_ms, id LIMIT ?)`);
  return {
    recordAudit: createAuditRecorder(db),
    pruneAudit: (workspaceId: number, beforeMs: number, limit: number): number =>
      Number(prune.run(workspaceId, beforeMs, limit).changes),
  };
}
