import type { Call } from "../domain/call.ts";
import { medianOf, returnedBy, type ReturnFigures, type ReturnState, settles, wantsReturn } from "../domain/returns.ts";

/** What {@link Call.returned} means, by a look at all calls: the earliest later call of the same number that settles it. */
export function returnedAmong(calls: readonly Call[], call: Call, keyOf: (call: Call) => string | null): ReturnState {
  if (!wantsReturn(call)) return null;
  const key = keyOf(call);
  const [next] = calls
    .filter((one) => one.id !== call.id && settles(one) && keyOf(one) === key && compare(one, call) > 0)
    .toSorted(compare);
  return next === undefined ? "waiting" : { by: returnedBy(next.direction), callId: next.id, atMs: next.createdAtMs };
}

export function figuresOf(calls: readonly Call[]): ReturnFigures {
  const missed = calls.filter(({ returned }) => returned !== null);
  const times = missed.flatMap(({ returned, createdAtMs }) =>
    returned === null || returned === "waiting" ? [] : returned.atMs - createdAtMs,
  );
  return {
    missed: missed.length,
    unreturned: missed.length - times.length,
    returned: times.length,
    medianAfterMs: medianOf(times),
    isExact: true,
    scanned: 0,
  };
}

function compare(a: Call, b: Call): number {
  return a.createdAtMs - b.createdAtMs || a.id - b.id;
}
