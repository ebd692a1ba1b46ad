import {
  type AuditEntry,
  type AuditEvent,
  type AuditFilter,
  type AuditKind,
  type AuditPosition,
  auditActorText,
  parseAuditActor,
} from "../domain/audit.ts";

/** An entry of the audit log as both databases keep it. */
export type AuditRow = {
  readonly id: number;
  readonly kind: AuditKind;
  readonly at_ms: number;
  readonly actor: string;
  readonly actor_name: string | null;
  readonly target_id: string | null;
  readonly target_name: string | null;
  readonly details: string;
};

export function auditEventOf(row: AuditRow): AuditEvent {
  const { target_id: id, target_name: name } = row;
  return {
    id: row.id,
    kind: row.kind,
    atMs: row.at_ms,
    actor: parseAuditActor(row.actor),
    actorName: row.actor_name,
    target: id === null || name === null ? null : { id, name },
    details: JSON.parse(row.details) as Readonly<Record<string, string>>,
  };
}

/** What is written of an entry: workspace, kind, time, actor, id and name of the target, details. */
export function auditValues({ workspaceId, kind, atMs, actor, target, details = {} }: AuditEntry) {
  return [
    workspaceId,
    kind,
    atMs,
    auditActorText(actor),
    target?.id ?? null,
    target?.name ?? null,
    JSON.stringify(details),
  ] as const;
}

/** The actors that an id may stand for, as they are kept. */
export function actorsOfId(id: string): readonly string[] {
  return [`user:${id}`, `key:${id}`];
}

/** The bounds of a page: what lies at or after the first and, in the order of times and ids, before the place. */
export function auditBounds(
  { fromMs, beforeMs }: AuditFilter,
  after: AuditPosition | null,
): { readonly fromMs: number; readonly place: readonly [atMs: number, id: number] } {
  const endMs = beforeMs ?? Number.MAX_SAFE_INTEGER;
  return {
    fromMs: fromMs ?? Number.MIN_SAFE_INTEGER,
    place: after !== null && after.atMs < endMs ? [after.atMs, after.id] : [endMs, 0],
  };
}

/** The newest of several lists that are each in order. */
export function newestOf(lists: readonly (readonly AuditEvent[])[], limit: number): readonly AuditEvent[] {
  return lists
    .flat()
    .toSorted((a, b) => b.atMs - a.atMs || b.id - a.id)
    .slice(0, limit);
}
