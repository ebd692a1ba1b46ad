import { auditActorText, type AuditEntry, type AuditEvent, type AuditStore } from "../domain/audit.ts";
import { actorsOfId, auditBounds } from "./audit-rows.ts";

type Kept = { readonly id: number; readonly entry: AuditEntry };

/** The audit log of the in-memory model. */
export function createMemoryAudit({
  read,
  write,
  nameOf,
}: {
  readonly read: <T>(answer: () => T) => T;
  readonly write: <T>(run: () => T) => Promise<T>;
  /** What an actor is called now. */
  readonly nameOf: (workspaceId: number, actor: AuditEntry["actor"]) => string | null;
}): { readonly audit: AuditStore; readonly record: (entry: AuditEntry) => void } {
  let events: readonly Kept[] = [];
  let lastId = 0;
  const record = (entry: AuditEntry) => {
    events = [...events, { entry, id: (lastId += 1) }];
  };

  return {
    record,
    audit: {
      record: (entry) => write(() => record(entry)),
      page: (workspaceId, filter, after, limit) =>
        read(() => {
          const { kinds, actorId } = filter;
          const { fromMs, place } = auditBounds(filter, after);
          return of(workspaceId)
            .filter(({ entry: { kind } }) => kinds === null || kinds.includes(kind))
            .filter(({ entry: { actor } }) => actorId === null || actorsOfId(actorId).includes(auditActorText(actor)))
            .filter(({ id, entry: { atMs } }) => atMs >= fromMs && (atMs - place[0] || id - place[1]) < 0)
            .toReversed()
            .slice(0, limit)
            .map(eventOf);
        }),
      prune: (workspaceId, beforeMs, limit) =>
        write(() => {
          const old = of(workspaceId)
            .filter(({ entry }) => entry.atMs < beforeMs)
            .slice(0, limit);
          events = events.filter((event) => !old.includes(event));
          return old.length;
        }),
    },
  };

  /** Oldest first. */
  function of(workspaceId: number): readonly Kept[] {
    return events
      .filter(({ entry }) => entry.workspaceId === workspaceId)
      .toSorted((a, b) => a.entry.atMs - b.entry.atMs || a.id - b.id);
  }

  function eventOf({ id, entry }: Kept): AuditEvent {
    const { kind, atMs, actor, target = null, details = {}, workspaceId } = entry;
    return { id, kind, atMs, actor, actorName: nameOf(workspaceId, actor), target, details };
  }
}
