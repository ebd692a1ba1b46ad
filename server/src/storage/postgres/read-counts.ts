import { type CountQuestion, type GroupedCounts, isByTime, tellGroups, timeGroups } from "../../domain/call-counts.ts";
import { assigneeOfCall, bucketsMax, columns, dividedHoursMax, quarterMs, quarterOfCall } from "../count-terms.ts";
import { finestSpan, spans } from "../spans.ts";
import type { Statements } from "./connection.ts";
import { bucketsOfFacet, countFacet, type FacetColumn, keptHourMs } from "./facets.ts";
import { type Facet, type Plan, planOf } from "./filter-sql.ts";
import { createFilteredReader, type ScanBounds } from "./read-filtered.ts";

/**
 * Answers `CallStore.counts`: from the kept counts where they can tell, else by looking at calls up to the bound. To be used within
 * one snapshot.
 */
export async function readCounts(
  statements: Statements,
  workspaceId: number,
  { filter, by, timeZone }: CountQuestion,
  bounds: ScanBounds,
): Promise<GroupedCounts> {
  const plan = planOf(workspaceId, filter);
  if (isByTime(by)) {
    const groupAt = timeGroups(by, timeZone);
    if (plan.facet !== null) {
      const isByDay = timeZone === "UTC" && by !== "hour" && by !== "weekday-hour";
      return tellByTime(plan, plan.facet, isByDay ? spans[3] : finestSpan, groupAt);
    }
    return tellScanned(quarterOfCall, (quarter) => groupAt(Number(quarter) * quarterMs));
  }
  const isYesOrNo = by === "archived" || by === "unreturned";
  const keyOf = (value: string | number) => (isYesOrNo ? String(Number(value) === 1) : value);
  if (by === "assignee") return tellScanned(assigneeOfCall, keyOf);
  const column: FacetColumn = columns[by];
  if (plan.facet === null) return tellScanned(column, keyOf);
  const beforeMs = Math.max(plan.fromMs, plan.beforeMs);
  const counts = await countFacet(statements, workspaceId, plan.facet, plan.fromMs, beforeMs, column);
  const groups = new Map<string | number, number>();
  for (const [value, count] of counts) add(groups, keyOf(value), count);
  return tellGroups(by, groups, { isExact: true, scanned: 0 });

  async function tellScanned(
    expression: string,
    keyOf: (value: string | number) => string | number,
  ): Promise<GroupedCounts> {
    const { counts, isExact, scanned } = await createFilteredReader(statements, workspaceId, bounds).group(
      plan,
      expression,
    );
    const groups = new Map<string | number, number>();
    for (const [value, count] of counts) add(groups, keyOf(value), count);
    return tellGroups(by, groups, { isExact, scanned });
  }

  /** Whole hours by their counts; the hours at the ends of the time asked for, and those that the clocks divide, call by call. */
  async function tellByTime(
    { fromMs, beforeMs }: Plan,
    facet: Facet,
    span: (typeof spans)[number],
    groupAt: (atMs: number) => number,
  ): Promise<GroupedCounts> {
    const groups = new Map<string | number, number>();
    let scanned = 0;
    if (fromMs >= beforeMs) return tellGroups(by, groups, { isExact: true, scanned });
    const max = facet.isEmpty ? bucketsMax.feed : bucketsMax.facet;
    const [firstMs, lastMs] = [Math.ceil(fromMs / span.ms) * span.ms, Math.floor(beforeMs / span.ms) * span.ms];
    if (firstMs > lastMs) {
      await scan(fromMs, beforeMs);
      return tellGroups(by, groups, { isExact: true, scanned });
    }
    if (beforeMs !== Number.MAX_SAFE_INTEGER) await scan(lastMs, beforeMs);
    if (fromMs !== Number.MIN_SAFE_INTEGER) await scan(fromMs, firstMs);
    const buckets = await bucketsOfFacet(statements, workspaceId, facet, span, firstMs, lastMs, max + 1);
    const divided: number[] = [];
    for (const { bucket, count } of buckets.slice(0, max)) {
      const startMs = bucket * span.ms;
      const group = groupAt(startMs);
      if (span.ms !== keptHourMs || isWhole(startMs, group)) add(groups, group, count);
      else divided.push(startMs);
    }
    // oxlint-disable-next-line no-await-in-loop -- one connection
    for (const startMs of divided.slice(0, dividedHoursMax)) await scan(startMs, startMs + span.ms);
    const isExact = buckets.length <= max && divided.length <= dividedHoursMax;
    return tellGroups(by, groups, { isExact, scanned });

    function isWhole(startMs: number, group: number): boolean {
      return [1, 2, 3].every((quarter) => groupAt(startMs + quarter * quarterMs) === group);
    }

    async function scan(startMs: number, endMs: number): Promise<void> {
      if (startMs >= endMs) return;
      const rows = await statements.made<{ quarter: number; passed: number; count: number }>({
        text: `SELECT ${quarterOfCall} AS quarter, count(*) FILTER (WHERE ${facet.text}) AS passed, count(*) AS count
          FROM calls WHERE workspace_id = ? AND created_at_ms >= ? AND created_at_ms < ? GROUP BY 1`,
        values: [...facet.values, workspaceId, startMs, endMs],
      });
      for (const { quarter, passed, count } of rows) {
        add(groups, groupAt(quarter * quarterMs), passed);
        scanned += count;
      }
    }
  }
}

function add(groups: Map<string | number, number>, key: string | number, count: number): void {
  groups.set(key, (groups.get(key) ?? 0) + count);
}
