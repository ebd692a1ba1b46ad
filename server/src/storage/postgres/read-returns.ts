import type { CallFilter } from "../../domain/filter.ts";
import { medianOf, type ReturnFigures } from "../../domain/returns.ts";
import type { Statements } from "./connection.ts";
import { countFacet } from "./facets.ts";
import { planOf } from "./filter-sql.ts";
import { createFilteredReader, type ScanBounds } from "./read-filtered.ts";

/**
 * Answers `CallStore.returns`: the counts from the kept ones where those can tell, else by looking at calls up to the bound. The
 * median is that of the newest calls that were missed, up to a bound as well. To be used within one snapshot.
 */
export async function readReturns(
  statements: Statements,
  workspaceId: number,
  filter: CallFilter | null,
  bounds: ScanBounds,
): Promise<ReturnFigures> {
  const filtered = createFilteredReader(statements, workspaceId, bounds);
  const { counts, isExact, scanned } = await countsByState();
  const asked: CallFilter = { kind: "and", of: [...(filter === null ? [] : [filter]), ...missed] };
  const times = await filtered.newest(asked, "returned_at_ms - created_at_ms");
  const [unreturned, returned] = [counts.get("1") ?? 0, counts.get("2") ?? 0];
  return {
    missed: unreturned + returned,
    unreturned,
    returned,
    medianAfterMs: medianOf(times.values),
    isExact: isExact && times.isExact,
    scanned: scanned + times.values.length,
  };

  /** By `return_state`, as text. */
  async function countsByState() {
    const plan = planOf(workspaceId, filter);
    if (plan.facet === null) {
      const { counts, ...rest } = await filtered.group(plan, "return_state");
      return { counts: new Map([...counts].map(([state, count]) => [String(state), count])), ...rest };
    }
    const beforeMs = Math.max(plan.fromMs, plan.beforeMs);
    const counts = await countFacet(statements, workspaceId, plan.facet, plan.fromMs, beforeMs, "return_state");
    return { counts, isExact: true, scanned: 0 };
  }
}

/** The calls that may have a return. */
const missed: readonly CallFilter[] = [
  { kind: "direction", in: ["inbound"] },
  { kind: "type", in: ["missed", "voicemail"] },
];
