import type { Days } from "./insights.ts";
import { addDays, startOfHour, weekdayOf } from "./zoned-days.ts";

/** Spans of time that one filter may join, with some conditions left for the rest. */
export const weeksMax = 42;

/**
 * An hour of a day of the week, as the spans of time that it takes within some days: one a week, none where the clocks skip it.
 * Joined by `or` they are the filter of a field of the heat map. At most `weeksMax`, the newest.
 */
export function spansOfHour(
  { from, to }: Days,
  { weekday, hour }: { readonly weekday: number; readonly hour: number },
  timeZone: string,
): readonly { readonly from: string; readonly before: string }[] {
  const spans: { from: string; before: string }[] = [];
  const first = addDays(from, (weekday - weekdayOf(from) + 7) % 7);
  for (let day = first; day <= to; day = addDays(day, 7)) {
    const start = startOfHour(timeZone, day, hour).toISOString();
    const end = startOfHour(timeZone, day, hour + 1).toISOString();
    if (start < end) spans.push({ from: start, before: end });
  }
  return spans.slice(-weeksMax);
}
