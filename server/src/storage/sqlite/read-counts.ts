import { type CountQuestion, type GroupedCounts, isByTime, tellGroups, timeGroups } from "../../domain/call-counts.ts";
import { type FacetColumn, keptHourMs } from "./facets.ts";
import { type Facet, type Plan, planOf } from "./filter-sql.ts";
import type { createFilteredReader } from "./read-filtered.ts";
import { assigneeOfCall, bucketsMax, columns, dividedHoursMax, quarterMs, quarterOfCall } from "../count-terms.ts";
import { finestSpan, spans } from "../spans.ts";
import type { Statements } from "./statements.ts";

/** Answers `CallStore.counts`: from the kept counts where they can tell, else by looking at calls up to the bound. */
export function createCountReader(prepare: Statements, filtered: ReturnType<typeof createFilteredReader>) {
  return (workspaceId: number, { filter, by, timeZone }: CountQuestion): GroupedCounts => {
    const plan = planOf(filter);
    if (isByTime(by)) {
      const groupAt = timeGroups(by, timeZone);
      if (plan.facet !== null) {
        const isByDay = timeZone === "UTC" && by !== "hour" && by !== "weekday-hour";
        return tellByTime(workspaceId, plan, plan.facet, isByDay ? spans[3] : finestSpan, groupAt, by);
      }
      return tellScanned(workspaceId, plan, quarterOfCall, (quarter) => groupAt(Number(quarter) * quarterMs), by);
    }
    const isYesOrNo = by === "archived" || by === "unreturned";
    const keyOf = (value: string | number) => (isYesOrNo ? String(Number(value) === 1) : value);
    if (by === "assignee") return tellScanned(workspaceId, plan, assigneeOfCall, keyOf, by);
    const column: FacetColumn = columns[by];
    if (plan.facet === null) return tellScanned(workspaceId, plan, column, keyOf, by);
    const beforeMs = Math.max(plan.fromMs, plan.beforeMs);
    const counts = filtered.facets.count(workspaceId, plan.facet, plan.fromMs, beforeMs, column);
    const groups = new Map<string | number, number>();
    for (const [value, count] of counts) add(groups, keyOf(value), count);
    return tellGroups(by, groups, { isExact: true, scanned: 0 });
  };

  function tellScanned(
    workspaceId: number,
    plan: Plan,
    expression: string,
    keyOf: (value: string | number) => string | number,
    by: CountQuestion["by"],
  ): GroupedCounts {
    const { counts, isExact, scanned } = filtered.group(workspaceId, plan, expression);
    const groups = new Map<string | number, number>();
    for (const [value, count] of counts) add(groups, keyOf(value), count);
    return tellGroups(by, groups, { isExact, scanned });
  }

  /** Whole hours by their counts; the hours at the ends of the time asked for, and those that the clocks divide, call by call. */
  function tellByTime(
    workspaceId: number,
    { fromMs, beforeMs }: Plan,
    facet: Facet,
    span: (typeof spans)[number],
    groupAt: (atMs: number) => number,
    by: CountQuestion["by"],
  ): GroupedCounts {
    const groups = new Map<string | number, number>();
    let scanned = 0;
    let divided = 0;
    if (fromMs >= beforeMs) return tellGroups(by, groups, { isExact: true, scanned });
    const max = facet.isEmpty ? bucketsMax.feed : bucketsMax.facet;
    const [firstMs, lastMs] = [Math.ceil(fromMs / span.ms) * span.ms, Math.floor(beforeMs / span.ms) * span.ms];
    if (firstMs > lastMs) {
      scan(fromMs, beforeMs);
      return tellGroups(by, groups, { isExact: true, scanned });
    }
    if (beforeMs !== Number.MAX_SAFE_INTEGER) scan(lastMs, beforeMs);
    if (fromMs !== Number.MIN_SAFE_INTEGER) scan(fromMs, firstMs);
    const buckets = filtered.facets.buckets(workspaceId, facet, span, firstMs, lastMs, max + 1);
    for (const { bucket, count } of buckets.slice(0, max)) {
      const startMs = bucket * span.ms;
      const group = groupAt(startMs);
      if (span.ms !== keptHourMs || isWhole(startMs, group)) add(groups, group, count);
      else if (++divided <= dividedHoursMax) scan(startMs, startMs + span.ms);
    }
    return tellGroups(by, groups, { isExact: buckets.length <= max && divided <= dividedHoursMax, scanned });

    function isWhole(startMs: number, group: number): boolean {
      return [1, 2, 3].every((quarter) => groupAt(startMs + quarter * quarterMs) === group);
    }

    function scan(startMs: number, endMs: number): void {
      const rows = prepare(`SELECT ${quarterOfCall} AS quarter, sum(${facet.text}) AS passed, count(*) AS count
        FROM calls INDEXED BY calls_feed
        WHERE workspace_id = ? AND created_at_ms >= ? AND created_at_ms < ? GROUP BY 1`).all(
        ...facet.values,
        workspaceId,
        startMs,
        endMs,
      ) as { quarter: number; passed: number; count: number }[];
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
