import type { Call } from "../domain/call.ts";
import { type Change, deletedCall } from "../domain/change.ts";
import { isTooOld, type RetentionStore } from "../domain/retention.ts";
import type { CallFacts, Verdict } from "../domain/source.ts";
import type { Writing } from "../domain/storage.ts";
import { barredVerdict, deletedReason, tooOldReason } from "./answers.ts";
import type { MemoryDelivery, MemoryGroup } from "./memory-desk.ts";

type Author = Pick<Writing, "workspaceId" | "actor" | "atMs">;

/** What the model's deletions are made of. */
export type MemoryRetentionPieces = {
  readonly write: <T>(run: () => T) => Promise<T>;
  readonly shelf: (workspaceId: number) => { revision: number; calls: Call[]; changes: Omit<Change, "actorName">[] };
  readonly keyOf: (workspaceId: number, call: Call) => string | null;
  readonly keptDays: (workspaceId: number) => number | null;
  readonly deliveries: Map<string, MemoryDelivery>;
  /** By workspace, source and group key, as JSON. */
  readonly groups: Map<string, MemoryGroup>;
  /** A call is gone: nobody has it to read, and no answer that is kept holds it. */
  readonly gone: (workspaceId: number, callId: number) => void;
};

/** Deleting, in the in-memory model. */
export function createMemoryRetention(pieces: MemoryRetentionPieces) {
  const { write, shelf, keyOf, deliveries, groups } = pieces;
  /** By the names of groups, when their calls were deleted. */
  const deleted = new Map<string, number>();

  return {
    retention: {
      deleteOld: (author, beforeMs, limit) =>
        write(() => deleteOldest(author, limit, ({ createdAtMs }) => createdAtMs < beforeMs)),
      deleteOfNumber: (author, keys, limit) =>
        write(() => deleteOldest(author, limit, (call) => keys.includes(keyOf(author.workspaceId, call) ?? ""))),
      pruneDeliveries: (workspaceId, beforeMs, limit) =>
        write(() => {
          const own = [...deliveries].filter(([, each]) => each.workspaceId === workspaceId);
          const read = new Set(own.flatMap(([, { callId, raw }]) => (raw === null ? [] : [callId])));
          const some = own
            .filter(([, each]) => each.receivedAtMs < beforeMs && (each.callId === null || !read.has(each.callId)))
            .toSorted(([, a], [, b]) => a.receivedAtMs - b.receivedAtMs || a.id - b.id)
            .slice(0, limit);
          for (const [key] of some) deliveries.delete(key);
          for (const [name, atMs] of deleted) {
            if ((JSON.parse(name) as [number])[0] === workspaceId && atMs < beforeMs) deleted.delete(name);
          }
          return some.length;
        }),
    } satisfies RetentionStore,

    /** The verdict on a delivery of a group that has no call and must not get one; null where it may. */
    barred: (workspaceId: number, groupId: string, facts: CallFacts, atMs: number): Verdict | null => {
      if (isTooOld(facts, pieces.keptDays(workspaceId), atMs)) return barredVerdict(tooOldReason);
      return deleted.has(groupId) ? barredVerdict(deletedReason) : null;
    },
  };

  function deleteOldest(author: Author, limit: number, isMeant: (call: Call) => boolean): number {
    const { calls } = shelf(author.workspaceId);
    const oldest = calls.filter(isMeant).toSorted((a, b) => a.createdAtMs - b.createdAtMs || a.id - b.id);
    for (const { id } of oldest.slice(0, limit)) deleteCall(author, id);
    return Math.min(oldest.length, limit);
  }

  function deleteCall({ workspaceId, actor, atMs }: Author, callId: number): void {
    const target = shelf(workspaceId);
    target.calls = target.calls.filter(({ id }) => id !== callId);
    const kind = "call.deleted";
    const what = { workspaceId, kind, actor, altered: null, undoes: null } as const;
    target.changes = target.changes.map((one) => {
      if (one.call.id !== callId) return one;
      return { ...what, revision: one.revision, atMs: one.atMs, call: deletedCall(callId, one.revision) };
    });
    target.revision += 1;
    const { revision } = target;
    target.changes.push({ ...what, revision, atMs, call: deletedCall(callId, revision) });
    for (const [name, group] of groups) {
      const [ofWorkspace, sourceId, groupKey] = JSON.parse(name) as [number, string, string];
      if (ofWorkspace !== workspaceId || group.callId !== callId) continue;
      groups.delete(name);
      deleted.set(name, atMs);
      for (const [key, each] of deliveries) {
        const isOfGroup = each.workspaceId === workspaceId && each.sourceId === sourceId && each.groupKey === groupKey;
        if (isOfGroup && each.verdict === "conflicting") deliveries.delete(key);
      }
    }
    for (const [key, each] of deliveries) {
      if (each.workspaceId === workspaceId && each.callId === callId) deliveries.delete(key);
    }
    pieces.gone(workspaceId, callId);
  }
}
