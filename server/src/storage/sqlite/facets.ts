import type { FeedStart } from "./feed.ts";
import type { Facet, Sql } from "./filter-sql.ts";
import { bucketOf, finestSpan, spans, totalSpan } from "../spans.ts";
import type { Statements } from "./statements.ts";

/** What calls are grouped by where they are counted: a column, or nothing. */
export type FacetColumn = "direction" | "call_type" | "via" | "is_archived" | "return_state" | "''";

/** A range of an index in which calls stand in the order of the feed: the start of the key, as a condition. */
export type Range = Sql & { readonly index: string };

/** More ranges than these are not worth merging. */
const rangesMax = 256;

/**
 * Counts and places under a filter on the dimensions of the kept counts, without walking over calls: what is read are counts, a
 * few for each span of time, and at most the calls of one hour.
 */
export function createFacets(prepare: Statements) {
  return {
    /** Calls from one time on and before another, by the values of a column. */
    count(
      workspaceId: number,
      facet: Facet,
      fromMs: number,
      beforeMs: number,
      column: FacetColumn = "''",
    ): Map<string, number> {
      const counts = newerThan(workspaceId, facet, fromMs, column);
      if (beforeMs !== Number.MAX_SAFE_INTEGER) {
        for (const [key, count] of newerThan(workspaceId, facet, beforeMs, column)) add(counts, key, -count);
      }
      return counts;
    },

    /** The start of the page at `offset` of the calls before a time; there must be more of them than `offset`. */
    seek(workspaceId: number, facet: Facet, offset: number, beforeMs: number): FeedStart {
      let skip = offset + sumOf(newerThan(workspaceId, facet, beforeMs, "''"));
      let [oldest, newest] = [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER];
      let hourEndMs = Number.MAX_SAFE_INTEGER;
      for (const { span, ms } of spans.slice(1)) {
        if (hourEndMs !== Number.MAX_SAFE_INTEGER) {
          [oldest, newest] = [Math.floor(oldest / ms), Math.ceil(hourEndMs / ms) - 1];
        }
        const rows = prepare(`SELECT bucket, sum(count) AS count FROM ${tableOf(facet, "''")}
          WHERE workspace_id = ? AND span = ? AND bucket BETWEEN ? AND ? AND ${facet.text}
          GROUP BY bucket ORDER BY bucket DESC`).iterate(workspaceId, span, oldest, newest, ...facet.values);
        for (const row of rows) {
          const { bucket, count } = row as { bucket: number; count: number };
          if (skip < count) {
            [oldest, hourEndMs] = [bucket * ms, (bucket + 1) * ms];
            break;
          }
          skip -= count;
        }
      }
      return { beforeMs: hourEndMs, skip };
    },

    /**
     * Calls by hour (or day, or whatever the span is), the newest first, between two bounds that lie on such hours; at most `limit`.
     */
    buckets(
      workspaceId: number,
      facet: Facet,
      span: (typeof spans)[number],
      fromMs: number,
      beforeMs: number,
      limit: number,
    ): readonly { readonly bucket: number; readonly count: number }[] {
      const table = tableOf(facet, "''");
      // Of the feed each has one row already. As two texts: to hand over rows costs three times as much as to count them.
      const [count, grouped] = table === "feed_counts" ? ["count", ""] : ["sum(count)", "GROUP BY bucket"];
      const row = prepare(`SELECT json_group_array(bucket) AS buckets, json_group_array(count) AS counts
        FROM (SELECT bucket, ${count} AS count FROM ${table}
          WHERE workspace_id = ? AND span = ? AND bucket BETWEEN ? AND ? AND ${facet.text}
          ${grouped} ORDER BY bucket DESC LIMIT ?)`).get(
        workspaceId,
        span.span,
        Math.ceil(fromMs / span.ms),
        Math.ceil(beforeMs / span.ms) - 1,
        ...facet.values,
        limit,
      ) as { buckets: string; counts: string };
      const counts = JSON.parse(row.counts) as readonly number[];
      return (JSON.parse(row.buckets) as readonly number[])
        .map((bucket, at) => ({ bucket, count: counts[at] ?? 0 }))
        .toSorted((a, b) => b.bucket - a.bucket);
    },

    /**
     * The index ranges that together hold exactly the calls of the facet: one for each combination of values that there is. Null
     * when there are too many, or no index has them.
     */
    ranges(workspaceId: number, facet: Facet): readonly Range[] | null {
      if (facet.isEmpty) return [{ index: "calls_feed", text: "1", values: [] }];
      // The indices of all calls do not tell those that wait from the others.
      if (facet.waiting === "asked") return null;
      const isOfWaiting = facet.waiting === "only";
      const columns = [
        ...(facet.asksForLine ? ["via"] : []),
        ...(isOfWaiting ? [] : ["direction"]),
        "call_type",
        "is_archived",
      ];
      const rows = prepare(`SELECT DISTINCT ${columns.join(", ")} FROM rollups
        WHERE workspace_id = ? AND span = ${totalSpan} AND bucket = 0 AND ${facet.text} LIMIT ?`).all(
        workspaceId,
        ...facet.values,
        rangesMax + 1,
      ) as Record<string, string | number>[];
      if (rows.length > rangesMax) return null;
      const index = `calls${isOfWaiting ? "_waiting" : ""}_by_${facet.asksForLine ? "line" : "kind"}`;
      const text = [...(isOfWaiting ? ["returned_by = 0"] : []), ...columns.map((column) => `${column} = ?`)].join(
        " AND ",
      );
      return rows.map((row) => ({ index, text, values: columns.map((column) => row[column] ?? "") }));
    },
  };

  /** The calls made at a time or later: whole buckets coarse to fine, then the rest of its hour one by one. */
  function newerThan(workspaceId: number, facet: Facet, fromMs: number, column: FacetColumn): Map<string, number> {
    const table = tableOf(facet, column);
    const sums = (span: number, above: number, upTo: number) =>
      prepare(`SELECT ${column} AS key, sum(count) AS count FROM ${table}
        WHERE workspace_id = ? AND span = ? AND bucket > ? AND bucket <= ? AND ${facet.text} GROUP BY 1`).all(
        workspaceId,
        span,
        above,
        upTo,
        ...facet.values,
      ) as Keyed[];
    const counts = new Map<string, number>();
    if (fromMs === Number.MAX_SAFE_INTEGER) return counts;
    if (fromMs === Number.MIN_SAFE_INTEGER) {
      for (const { key, count } of sums(totalSpan, -1, 0)) add(counts, String(key), count);
      return counts;
    }
    let endMs = Number.MAX_SAFE_INTEGER;
    for (const { span, ms } of spans.slice(1)) {
      const bucket = bucketOf(fromMs - 1, ms);
      for (const { key, count } of sums(span, bucket, Math.ceil(endMs / ms) - 1)) add(counts, String(key), count);
      endMs = (bucket + 1) * ms;
    }
    if (fromMs === endMs) return counts;
    const hour = prepare(`SELECT ${column} AS key, count(*) AS count FROM calls INDEXED BY calls_feed
      WHERE workspace_id = ? AND created_at_ms >= ? AND created_at_ms < ? AND ${facet.text} GROUP BY 1`);
    for (const row of hour.iterate(workspaceId, fromMs, endMs, ...facet.values)) {
      const { key, count } = row as Keyed;
      add(counts, String(key), count);
    }
    return counts;
  }
}

export type Facets = ReturnType<typeof createFacets>;

type Keyed = { readonly key: string | number; readonly count: number };

/** The hours whose counts are kept. */
export const keptHourMs = finestSpan.ms;

export function sumOf(counts: ReadonlyMap<unknown, number>): number {
  let sum = 0;
  for (const count of counts.values()) sum += count;
  return sum;
}

/** Where nothing but time is asked for, the counts of the feed are far fewer. */
function tableOf({ isEmpty }: Facet, column: FacetColumn): "feed_counts" | "rollups" {
  return isEmpty && column === "''" ? "feed_counts" : "rollups";
}

function add(counts: Map<string, number>, key: string, count: number): void {
  counts.set(key, (counts.get(key) ?? 0) + count);
}
