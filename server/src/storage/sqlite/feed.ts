import type { DatabaseSync } from "node:sqlite";
import { spans, totalSpan } from "../spans.ts";

/** Where a page begins: skip `skip` calls among those made before `beforeMs`. */
export type FeedStart = { readonly beforeMs: number; readonly skip: number };

/**
 * Finds places in the feed by the counts that the write path keeps, so that no offset walks over the calls before it. All
 * methods belong inside one read transaction with the page they serve.
 */
export function createFeed(db: DatabaseSync) {
  const total = db.prepare(`SELECT count FROM feed_counts WHERE workspace_id = ? AND span = ${totalSpan}`);
  // A walk of the primary key, newest bucket first.
  const buckets = db.prepare(`SELECT bucket, count FROM feed_counts
    WHERE workspace_id = ? AND span = ? AND bucket BETWEEN ? AND ? ORDER BY bucket DESC`);

  buckets.setReturnArrays(true);
  const kept = new Map<number, Counts>();

  return {
    /** How many calls the workspace has: one row. */
    count(workspaceId: number): number {
      return (total.get(workspaceId) as { count: number } | undefined)?.count ?? 0;
    },

    /**
     * The start of the page at `offset`, which must be less than the count. Whole buckets are skipped, coarse to fine, so what
     * is left to skip lies within one hour. @param revision the workspace's, in the same transaction.
     */
    seek(workspaceId: number, offset: number, revision: number): FeedStart {
      if (offset === 0) return { beforeMs: Number.MAX_SAFE_INTEGER, skip: 0 };
      let skip = offset;
      let fromMs = Number.MIN_SAFE_INTEGER;
      let beforeMs = Number.MAX_SAFE_INTEGER;
      for (const { span, ms } of spans.slice(1)) {
        const [oldest, newest] = [Math.floor(fromMs / ms), Math.ceil(beforeMs / ms) - 1];
        for (const [bucket, count] of countsWithin(workspaceId, revision, span, oldest, newest)) {
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

  function countsWithin(
    workspaceId: number,
    revision: number,
    span: number,
    oldest: number,
    newest: number,
  ): readonly BucketCount[] {
    let counts = kept.get(workspaceId);
    if (counts?.revision !== revision || counts.lists.size >= listsMax) {
      counts = { revision, lists: new Map() };
      kept.set(workspaceId, counts);
    }
    const key = `${span} ${oldest}`;
    let list = counts.lists.get(key);
    if (list === undefined) {
      list = buckets.all(workspaceId, span, oldest, newest) as unknown as readonly BucketCount[];
      counts.lists.set(key, list);
    }
    return list;
  }
}

type BucketCount = readonly [bucket: number, count: number];

/**
 * The buckets inside a coarser one, by span and first bucket, kept until the workspace's revision moves: counts move with it
 * alone. Without them finding the place was half of a deep page (W2).
 */
type Counts = { readonly revision: number; readonly lists: Map<string, readonly BucketCount[]> };

/** Lists of at most 32 buckets each; those of eleven years of days. */
const listsMax = 4_096;
