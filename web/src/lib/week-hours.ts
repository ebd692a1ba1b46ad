import type { Days } from "./insights.ts";
import { zoneNow } from "./zone.ts";
import { addDays, dayIn, hourIn, isDay, startOfHour, weekdayOf } from "./zoned-days.ts";

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

/** An hour of the week as the URL writes it: `1-09` is Monday from 9 to 10. Null for what is none. */
export function slotOf(text: string | undefined): { readonly weekday: number; readonly hour: number } | null {
  const [, weekday, hour] = /^([1-7])-([01]\d|2[0-3])$/.exec(text ?? "") ?? [];
  return weekday === undefined ? null : { weekday: Number(weekday), hour: Number(hour) };
}

/** What the server is asked for an hour of the week; of the newest weeks where the days are not said. */
export function hourFilter({
  hour,
  from,
  to,
}: {
  readonly hour?: string;
  readonly from?: string;
  readonly to?: string;
}): {
  readonly or?: readonly { readonly created: { readonly from: string; readonly before: string } }[];
} {
  const slot = slotOf(hour);
  if (slot === null) return {};
  const timeZone = zoneNow();
  const last = isDay(to) ? to : dayIn(timeZone, new Date());
  const first = isDay(from) ? from : addDays(last, 1 - 7 * weeksMax);
  const spans = spansOfHour({ from: first, to: last }, slot, timeZone);
  // No such hour in these days: a span without an instant, for an empty list is refused.
  const none = { from: `${last}T00:00:00Z`, before: `${last}T00:00:00Z` };
  return { or: (spans.length === 0 ? [none] : spans).map((created) => ({ created })) };
}

/** Whether an instant lies in an hour of the week where the person is; all do where none is asked for. */
export function isInHour(hour: string | undefined, instant: string): boolean {
  const slot = slotOf(hour);
  if (slot === null) return true;
  const [timeZone, date] = [zoneNow(), new Date(instant)];
  return hourIn(timeZone, date) === slot.hour && weekdayOf(dayIn(timeZone, date)) === slot.weekday;
}
