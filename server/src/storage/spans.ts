const dayMs = 24 * 60 * 60 * 1_000;

/**
 * The spans of time that calls are counted by, coarse to fine: everything, 1,024 days, 32 days, a day, an hour. Buckets have a
 * fixed size and start at the epoch, UTC, so that each lies within one bucket of the span before it, whatever the calendar does.
 */
export const spans = [
  { span: 0, ms: Number.POSITIVE_INFINITY },
  { span: 1, ms: 1_024 * dayMs },
  { span: 2, ms: 32 * dayMs },
  { span: 3, ms: dayMs },
  { span: 4, ms: dayMs / 24 },
] as const;

export const finestSpan = spans[4];

export const totalSpan = spans[0].span;

/** The number of the bucket that a time lies in; negative before 1970. */
export function bucketOf(atMs: number, spanMs: number): number {
  return spanMs === Number.POSITIVE_INFINITY ? 0 : Math.floor(atMs / spanMs);
}
