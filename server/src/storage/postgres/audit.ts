import type { AuditEntry, AuditEvent, AuditFilter, AuditPosition } from "../../domain/audit.ts";
import { actorsOfId, auditBounds, auditEventOf, type AuditRow, auditValues, newestOf } from "../audit-rows.ts";
import { type Statements, textList, type Value } from "./connection.ts";
import type { Tx } from "./group-commit.ts";

/** The reading half of `AuditStore`. */
export function createAuditReader(statements: Statements) {
  return {
    page: async (
      workspaceId: number,
      filter: AuditFilter,
      after: AuditPosition | null,
      limit: number,
    ): Promise<readonly AuditEvent[]> => {
      const { kinds, actorId } = filter;
      const { fromMs, place } = auditBounds(filter, after);
      const events = async (text: string, ...which: readonly Value[]) => {
        const rows = await statements.all<AuditRow>(text, workspaceId, limit, fromMs, ...place, ...which);
        return rows.map(auditEventOf);
      };
      if (actorId === null) {
        if (kinds === null) return events(all);
        return newestOf(await Promise.all(kinds.map((kind) => events(ofKind, kind))), limit);
      }
      const lists = actorsOfId(actorId).map((actor) =>
        kinds === null ? events(ofActor, actor) : events(ofActorAndKinds, actor, textList(kinds)),
      );
      return newestOf(await Promise.all(lists), limit);
    },
  };
}

/** Writes an entry of the audit log, within the transaction of the caller. */
export async function recordAudit(tx: Tx, entry: AuditEntry): Promise<void> {
  await tx.run(
    `INSERT INTO audit_events (workspace_id, kind, at_ms, actor, target_id, target_name, details)
      VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    ...auditValues(entry),
  );
}

/** As `AuditStore.prune`, within the transaction of the caller. */
export function pruneAudit(tx: Tx, workspaceId: number, beforeMs: number, limit: number): Promise<number> {
  return tx.run(
    `DELETE FROM audit_events WHERE workspace_id = $1 AND id IN
      (SELECT id FROM audit_events WHERE workspace_id = $1 AND at_ms < $2 ORDER BY at_ms, id LIMIT $3)`,
    workspaceId,
    beforeMs,
    limit,
  );
}

const events = `SELECT e.id, e.kind, e.at_ms, e.actor, e.target_id, e.target_name, e.details,
    CASE WHEN e.actor LIKE 'user:%' THEN (SELECT u.username FROM users u WHERE u.id = substr(e.actor, 6))
      WHEN e.actor LIKE 'key:%' THEN (SELECT k.name FROM api_keys k
        WHERE k.workspace_id = e.workspace_id AND k.id = substr(e.actor, 5)) END AS actor_name
  FROM audit_events e WHERE e.workspace_id = $1 AND e.at_ms >= $3 AND (e.at_ms, e.id) < ($4, $5)`;
const newestFirst = "ORDER BY e.at_ms DESC, e.id DESC LIMIT $2";
// Each walks the index that is named after what it asks for.
const all = `${events} ${newestFirst}`;
const ofKind = `${events} AND e.kind = $6 ${newestFirst}`;
const ofActor = `${events} AND e.actor = $6 ${newestFirst}`;
const ofActorAndKinds = `${events} AND e.actor = $6 AND e.kind = ANY($7::text::text[]) ${newestFirst}`;
