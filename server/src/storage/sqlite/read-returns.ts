import type { CallFilter } from "../../domain/filter.ts";
import { medianOf, type ReturnFigures } from "../../domain/returns.ts";
import { planOf } from "./filter-sql.ts";
import type { createFilteredReader } from "./read-filtered.ts";

/**
 * Answers `CallStore.returns`: the counts from the kept ones where those can tell, else by looking at calls up to the bound. The
 * median is that of the newest calls that were missed, up to a bound as well.
 */
export function createReturnReader(filtered: ReturnType<typeof createFilteredReader>) {
  return (workspaceId: number, filter: CallFilter | null): ReturnFigures => {
    const { counts, isExact, scanned } = countsByState(workspaceId, filter);
    const times = filtered.newest(
      workspaceId,
      { kind: "and", of: [...(filter === null ? [] : [filter]), ...missed] },
      "returned_at_ms - created_at_ms",
    );
    const [unreturned, returned] = [counts.get("1") ?? 0, counts.get("2") ?? 0];
    return {
      missed: unreturned + returned,
      unreturned,
      returned,
      medianAfterMs: medianOf(times.values),
      isExact: isExact && times.isExact,
      scanned: scanned + times.values.length,
    };
  };

  /** By `return_state`, as text. */
  function countsByState(workspaceId: number, filter: CallFilter | null) {
    const plan = planOf(filter);
    if (plan.facet === null) {
      const { counts, ...rest } = filtered.group(workspaceId, plan, "return_state");
      return { counts: new Map([...counts].map(([state, count]) => [String(state), count])), ...rest };
    }
    const beforeMs = Math.max(plan.fromMs, plan.beforeMs);
    const counts = filtered.facets.count(workspaceId, plan.facet, plan.fromMs, beforeMs, "return_state");
    return { counts, isExact: true, scanned: 0 };
  }
}

/** The calls that may have a return. */
const missed: readonly CallFilter[] = [
  { kind: "direction", in: ["inbound"] },
  { kind: "type", in: ["missed", "voicemail"] },
];
