import { returnStateNumber } from "./return-rows.ts";
import type { BareCall } from "./rows.ts";
import { bucketOf, finestSpan as finest, spans } from "./spans.ts";

/** A call that counts once more, or once less. */
export type Counted = { readonly workspaceId: number; readonly call: BareCall; readonly sign: 1 | -1 };

/** What is counted apart: the workspace first. */
type Key = readonly [workspaceId: number, ...rest: (number | string)[]];

type Hours = Map<number, number>;

export function feedKeys({ workspaceId }: Counted): Key {
  return [workspaceId];
}

export function rollupKeys({ workspaceId, call }: Counted): Key {
  return [
    workspaceId,
    call.direction,
    call.callType,
    call.via,
    call.isArchived ? 1 : 0,
    returnStateNumber(call.returned),
  ];
}

/** What each hour gains or loses, so that a batch of a thousand calls writes each count once. */
export function byHour(
  counted: readonly Counted[],
  keysOf: (one: Counted) => Key,
): Iterable<{ readonly keys: Key; readonly hours: Hours }> {
  const groups = new Map<string, { readonly keys: Key; readonly hours: Hours }>();
  for (const one of counted) {
    const keys = keysOf(one);
    const name = keys.join("\u0000");
    const group = groups.get(name) ?? { keys, hours: new Map<number, number>() };
    groups.set(name, group);
    add(group.hours, bucketOf(one.call.createdAtMs, finest.ms), one.sign);
  }
  return groups.values();
}

/** Sums the hours up to days and so on, and tells each bucket that changes. */
export function eachBucket(hours: Hours, tell: (span: number, bucket: number, delta: number) => void): void {
  let finer = { ms: finest.ms, buckets: hours };
  for (const { span, ms } of spans.toReversed()) {
    const buckets: Hours = new Map();
    for (const [bucket, delta] of finer.buckets) add(buckets, bucketOf(bucket * finer.ms, ms), delta);
    for (const [bucket, delta] of buckets) if (delta !== 0) tell(span, bucket, delta);
    finer = { ms, buckets };
  }
}

function add(buckets: Hours, bucket: number, delta: number): void {
  buckets.set(bucket, (buckets.get(bucket) ?? 0) + delta);
}
