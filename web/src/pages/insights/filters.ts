import type { InsightsChartsQueryVariables, InsightsFiguresQueryVariables } from "../../api/insights.gen.ts";
import { type Days, daysBefore } from "../../lib/insights.ts";
import { addDays, startOfDay } from "../../lib/zoned-days.ts";

/** What is asked of the server for some days, of one line or all. */
export function filtersOf(
  days: Days,
  line: string | undefined,
  timeZone: string,
): InsightsFiguresQueryVariables & InsightsChartsQueryVariables {
  const created = ({ from, to }: Days) => ({
    from: startOfDay(timeZone, from).toISOString(),
    before: startOfDay(timeZone, addDays(to, 1)).toISOString(),
  });
  const missed = { type: ["missed" as const], direction: ["inbound" as const] };
  const allLines = { created: created(days) };
  const ofLine = line === undefined ? {} : { line: [line] };
  const all = { ...allLines, ...ofLine };
  const before = { created: created(daysBefore(days)), ...ofLine };
  return {
    all,
    missed: { ...all, ...missed },
    open: { ...all, ...missed, archived: false },
    before,
    allLines,
    missedOfAllLines: { ...allLines, ...missed },
    timeZone,
  };
}
