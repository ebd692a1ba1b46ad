import { spans } from "../spans.ts";

/**
 * The common table expressions that find the place at `offset` of a feed by the counts that the write path keeps, so that no
 * offset walks over the calls before it: whole buckets are skipped, coarse to fine, and what is left to skip lies within one
 * hour. The last one, `place`, has `before_ms` and `skip`; it is empty when the feed is not that long.
 * @param offset an expression of SQL
 * @param countsOf a table expression with `bucket` and `count` of each bucket of a span, where a condition on `bucket` holds
 */
export function seek(offset: string, countsOf: (span: number, condition: string) => string): string {
  const steps = spans.slice(1).map(({ span, ms }, at) => {
    const coarser = spans[at];
    const within =
      coarser === undefined || !Number.isFinite(coarser.ms)
        ? { from: `(SELECT ${offset}::bigint AS skip) AS outside`, condition: "true" }
        : {
            from: `step${coarser.span} AS outside`,
            condition: `bucket >= outside.bucket * ${coarser.ms / ms} AND bucket < (outside.bucket + 1) * ${coarser.ms / ms}`,
          };
    // Counts summed from the newest bucket on: the first sum above what is to be skipped is the bucket's that has the place.
    return `step${span} AS (SELECT found.bucket, outside.skip - found.newer AS skip FROM ${within.from}, LATERAL
      (SELECT bucket, upto, upto - count AS newer FROM
        (SELECT bucket, count, (sum(count) OVER (ORDER BY bucket DESC))::bigint AS upto
          FROM (${countsOf(span, within.condition)}) AS counts) AS summed
        WHERE upto > outside.skip ORDER BY bucket DESC LIMIT 1) AS found)`;
  });
  const finest = spans[spans.length - 1] ?? { span: 0, ms: 0 };
  return `${steps.join(",\n")},
    place AS (SELECT (bucket + 1) * ${finest.ms} AS before_ms, skip FROM step${finest.span})`;
}
