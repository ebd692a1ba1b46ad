import type { DatabaseSync } from "node:sqlite";
import { spans, totalSpan } from "./spans.ts";

/** Where a page begins: skip `skip` calls among those made before `beforeMs`. */
export type FeedStart = { readonly beforeMs: number; readonly skip: number };

/**
 * Finds places in the feed by the counts that the write path keeps, so that no offset walks over the calls before it. All
 * methods belong inside one read transaction with the page they serve.
 */
export function createFeed(db: DatabaseSync) {
  const total = db.prepare(`SELECT count FROM feed_counts WHERE workspace_id = ? AND span = ${totalSpan}`);
  // A walk of the primary key, newest bucket first; the caller stops it as soon as the offset is reached.
  const buckets = db.prepare(`SELECT bucket, count FROM feed_counts
    WHERE workspace_id = ? AND span = ? AND bucket BETWEEN ? AND ? ORDER BY bucket DESC`);

  return {
    /** How many calls the workspace has: one row. */
    count(workspaceId: number): number {
      return (total.get(workspaceId) as { count: number } | undefined)?.count ?? 0;
    },

    /**
     * The start of the page at `offset`, which must be less than the count. Whole buckets are skipped, coarse to fine, so what
     * is left to skip lies within one hour.
     */
    seek(workspaceId: number, offset: number): FeedStart {
      if (offset === 0) return { beforeMs: Number.MAX_SAFE_INTEGER, skip: 0 };
      let skip = offset;
      let fromMs = Number.MIN_SAFE_INTEGER;
      let beforeMs = Number.MAX_SAFE_INTEGER;
      for (const { span, ms } of spans.slice(1)) {
        const [oldest, newest] = [Math.floor(fromMs / ms), Math.ceil(beforeMs / ms) - 1];
        for (const row of buckets.iterate(workspaceId, span, oldest, newest)) {
          const { bucket, count } = row as { bucket: number; count: number };
          if (skip < count) {
            [fromMs, beforeMs] = [bucket * ms, (bucket + 1) * ms];
            break;
          }
          skip -= count;
        }
      }
      return { beforeMs, skip };
    },
  };
}
