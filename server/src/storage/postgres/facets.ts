import type { Statements } from "./connection.ts";
import { seek } from "./feed.ts";
import type { Facet, Sql } from "./filter-sql.ts";
import { bucketOf, finestSpan, spans, totalSpan } from "../spans.ts";

/** What calls are grouped by where they are counted: a column, or nothing. */
export type FacetColumn = "direction" | "call_type" | "via" | "is_archived" | "return_state" | "''";

/** Where a page begins: so many calls after the first one before a time. */
export type FeedStart = { readonly beforeMs: number; readonly skip: number };

/** More combinations of values than these are not worth merging. */
const cellsMax = 256;

/** The calls from one time on and before another, by the values of a column: from kept counts, and at most the calls of two hours. */
export async function countFacet(
  statements: Statements,
  workspaceId: number,
  facet: Facet,
  fromMs: number,
  beforeMs: number,
  column: FacetColumn = "''",
): Promise<Map<string, number>> {
  const parts = [...newerThan(fromMs, 1), ...newerThan(beforeMs, -1)].map((part): Sql => {
    const { text, values } = facet;
    return part.span === null
      ? {
          text: `SELECT ${column} AS key, ${part.sign} * count(*) AS count FROM calls
            WHERE workspace_id = ? AND created_at_ms >= ? AND created_at_ms < ? AND ${text} GROUP BY 1`,
          values: [workspaceId, part.from, part.to, ...values],
        }
      : {
          text: `SELECT ${column} AS key, ${part.sign} * sum(count) AS count FROM ${tableOf(facet, column)}
            WHERE workspace_id = ? AND span = ${part.span} AND bucket >= ? AND bucket < ? AND ${text} GROUP BY 1`,
          values: [workspaceId, part.from, part.to, ...values],
        };
  });
  const counts = new Map<string, number>();
  if (parts.length === 0) return counts;
  const rows = await statements.made<Keyed>({
    text: `SELECT key::text AS key, sum(count)::bigint AS count FROM
      (${parts.map(({ text }) => text).join(" UNION ALL ")}) AS parts GROUP BY 1`,
    values: parts.flatMap(({ values }) => values),
  });
  for (const { key, count } of rows) if (count !== 0) counts.set(key, count);
  return counts;
}

/** The start of the page at `offset` of the calls before a time; there must be more of them than `offset`. */
export async function seekFacet(
  statements: Statements,
  workspaceId: number,
  facet: Facet,
  offset: number,
  beforeMs: number,
): Promise<FeedStart> {
  const newer = await countFacet(statements, workspaceId, facet, beforeMs, Number.MAX_SAFE_INTEGER);
  const countsOf = (
    span: number,
    condition: string,
  ) => `SELECT bucket, sum(count)::bigint AS count FROM ${tableOf(facet, "''")}
    WHERE workspace_id = ? AND span = ${span} AND ${condition} AND ${facet.text} GROUP BY bucket`;
  const ofEach = [workspaceId, ...facet.values];
  const [place] = await statements.made<{ beforeMs: number; skip: number }>({
    text: `WITH ${seek("?", countsOf)} SELECT before_ms AS "beforeMs", skip FROM place`,
    values: [offset + sumOf(newer), ...spans.slice(1).flatMap(() => ofEach)],
  });
  return place ?? { beforeMs: Number.MIN_SAFE_INTEGER, skip: 0 };
}

/** Calls by hour (or day, or whatever the span is), the newest first, between two bounds that lie on such hours; at most `limit`. */
export function bucketsOfFacet(
  statements: Statements,
  workspaceId: number,
  facet: Facet,
  span: (typeof spans)[number],
  fromMs: number,
  beforeMs: number,
  limit: number,
): Promise<readonly { readonly bucket: number; readonly count: number }[]> {
  return statements.made({
    text: `SELECT bucket, sum(count)::bigint AS count FROM ${tableOf(facet, "''")}
      WHERE workspace_id = ? AND span = ${span.span} AND bucket BETWEEN ? AND ? AND ${facet.text}
      GROUP BY bucket ORDER BY bucket DESC LIMIT ?`,
    values: [workspaceId, Math.ceil(fromMs / span.ms), Math.ceil(beforeMs / span.ms) - 1, ...facet.values, limit],
  });
}

/**
 * The combinations of values that calls of the facet have, as a table `cell` with the columns: each is a range of an index in
 * which calls stand in the order of the feed, and together they hold exactly the calls of the facet. Null when there are too many, or
 * no index has them.
 */
export async function cellsOf(
  statements: Statements,
  workspaceId: number,
  facet: Facet,
): Promise<{ readonly table: Sql; readonly columns: readonly string[] } | null> {
  // The indices of all calls do not tell those that wait from the others.
  if (facet.waiting === "asked") return null;
  const columns = [
    ...(facet.asksForLine ? ["via"] : []),
    ...(facet.waiting === "only" ? [] : ["direction"]),
    "call_type",
    "is_archived",
  ];
  const table = {
    text: `(SELECT DISTINCT ${columns.join(", ")} FROM rollups
      WHERE workspace_id = ? AND span = ${totalSpan} AND bucket = 0 AND ${facet.text} LIMIT ${cellsMax + 1}) AS cell`,
    values: [workspaceId, ...facet.values],
  };
  if (!facet.asksForLine) return { table, columns };
  const [row] = await statements.made<{ count: number }>({
    ...table,
    text: `SELECT count(*) AS count FROM ${table.text}`,
  });
  return (row?.count ?? 0) > cellsMax ? null : { table, columns };
}

/** The hours whose counts are kept. */
export const keptHourMs = finestSpan.ms;

export function sumOf(counts: ReadonlyMap<unknown, number>): number {
  let sum = 0;
  for (const count of counts.values()) sum += count;
  return sum;
}

/** Buckets of a span, from one on and below another; or, without a span, the times of calls. */
type Part = { readonly span: number | null; readonly from: number; readonly to: number; readonly sign: 1 | -1 };

/** What sums up to the calls made at a time or later: whole buckets coarse to fine, then the rest of its hour one by one. */
function newerThan(fromMs: number, sign: 1 | -1): readonly Part[] {
  if (fromMs === Number.MAX_SAFE_INTEGER) return [];
  if (fromMs === Number.MIN_SAFE_INTEGER) return [{ span: totalSpan, from: 0, to: 1, sign }];
  const parts: Part[] = [];
  let endMs = Number.MAX_SAFE_INTEGER;
  for (const { span, ms } of spans.slice(1)) {
    const bucket = bucketOf(fromMs - 1, ms);
    parts.push({ span, from: bucket + 1, to: Math.ceil(endMs / ms), sign });
    endMs = (bucket + 1) * ms;
  }
  if (fromMs !== endMs) parts.push({ span: null, from: fromMs, to: endMs, sign });
  return parts.filter(({ from, to }) => from < to);
}

/** Where nothing but time is asked for, the counts of the feed are far fewer. */
function tableOf({ isEmpty }: Facet, column: FacetColumn): "feed_counts" | "rollups" {
  return isEmpty && column === "''" ? "feed_counts" : "rollups";
}

type Keyed = { readonly key: string; readonly count: number };
