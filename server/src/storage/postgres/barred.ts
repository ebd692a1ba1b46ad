import { isTooOld } from "../../domain/retention.ts";
import type { CallFacts, Verdict } from "../../domain/source.ts";
import { barredVerdict, deletedReason, tooOldReason } from "../answers.ts";
import { groupDigest } from "../group-digest.ts";
import { textList } from "./connection.ts";
import type { Tx } from "./group-commit.ts";

/**
 * The verdict on a delivery of a group that has no call, where it must not get one: its call was deleted, or would be at once. Null
 * where nothing speaks against it. See `domain/retention.ts`.
 */
export type Bar = (groupKey: string, facts: CallFacts, atMs: number) => Verdict | null;

/** What bars the groups of a batch, read in one go. */
export async function readBar(
  tx: Tx,
  { workspaceId, sourceId }: { readonly workspaceId: number; readonly sourceId: string },
  groupKeys: readonly string[],
): Promise<Bar> {
  const [settings, rows] = await Promise.all([
    tx.get<{ days: number | null }>(
      "SELECT calls_kept_days AS days FROM workspace_settings WHERE workspace_id = $1",
      workspaceId,
    ),
    tx.all<{ digest: string }>(
      `SELECT given.digest FROM unnest($3::text::text[]) AS given (digest) CROSS JOIN LATERAL
        (SELECT FROM deleted_groups
          WHERE workspace_id = $1 AND source_id = $2 AND group_digest = given.digest LIMIT 1) AS deleted`,
      workspaceId,
      sourceId,
      textList(groupKeys.map((key) => groupDigest(key))),
    ),
  ]);
  const deleted = new Set(rows.map(({ digest }) => digest));
  return (groupKey, facts, atMs) => {
    if (isTooOld(facts, settings?.days ?? null, atMs)) return barredVerdict(tooOldReason);
    return deleted.size > 0 && deleted.has(groupDigest(groupKey)) ? barredVerdict(deletedReason) : null;
  };
}
