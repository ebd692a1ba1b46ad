import type { DatabaseSync } from "node:sqlite";
import { isTooOld } from "../../domain/retention.ts";
import type { CallFacts, Verdict } from "../../domain/source.ts";
import { barredVerdict, deletedReason, tooOldReason } from "../answers.ts";
import { groupDigest } from "../group-digest.ts";

/**
 * The verdict on a delivery of a group that has no call, where it must not get one: its call was deleted, or would be at once. Null
 * where nothing speaks against it. See `domain/retention.ts`.
 */
export function createBar(db: DatabaseSync) {
  const days = db.prepare("SELECT calls_kept_days FROM workspace_settings WHERE workspace_id = ?");
  const deleted = db.prepare(`SELECT 1 FROM deleted_groups
    WHERE workspace_id = ? AND source_id = ? AND group_digest = ?`);
  return (
    { workspaceId, sourceId }: { readonly workspaceId: number; readonly sourceId: string },
    groupKey: string,
    facts: CallFacts,
    atMs: number,
  ): Verdict | null => {
    const row = days.get(workspaceId) as { calls_kept_days: number | null } | undefined;
    if (isTooOld(facts, row?.calls_kept_days ?? null, atMs)) return barredVerdict(tooOldReason);
    if (deleted.get(workspaceId, sourceId, groupDigest(groupKey)) !== undefined) return barredVerdict(deletedReason);
    return null;
  };
}
