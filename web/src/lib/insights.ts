import type { InsightsSearch } from "./insights-search.ts";
import { weeksMax } from "./week-hours.ts";
import { addDays, daysBetween, isDay, weekdayOf } from "./zoned-days.ts";

/** Days from the first to the last, both included. */
export type Days = { readonly from: string; readonly to: string };

/** How many calls there are, and how many of them were missed. */
export type Tally = { readonly count: number; readonly missed: number };

/** A group of counted calls, as the server tells it. */
export type Group = { readonly key: string; readonly count: number };

/** The spans of days that are chosen by one word of the URL; the first is the one without a word. */
export const ranges = {
  "28d": { label: "Last 28 days", days: 28 },
  "7d": { label: "Last 7 days", days: 7 },
  "90d": { label: "Last 90 days", days: 90 },
  "280d": { label: "Last 40 weeks", days: 280 },
} as const;

export type RangeName = keyof typeof ranges | "custom";

/** No more days are counted at once, so that each field of the heat map can be told as the spans of time it takes. */
export const daysMax = 7 * weeksMax;

/** Which days the URL asks for, and by what name. Dates that are none, or out of order, are as if they were not there. */
export function daysOf({ range, from, to }: InsightsSearch, today: string): Days & { readonly name: RangeName } {
  if (isDay(from) && isDay(to) && from <= to) {
    return { name: "custom", from, to: daysBetween(from, to) < daysMax ? to : addDays(from, daysMax - 1) };
  }
  const name = range !== undefined && Object.hasOwn(ranges, range) ? (range as keyof typeof ranges) : "28d";
  return { name, from: addDays(today, 1 - ranges[name].days), to: today };
}

/** As many days right before. */
export function daysBefore({ from, to }: Days): Days {
  const count = daysBetween(from, to) + 1;
  return { from: addDays(from, -count), to: addDays(from, -1) };
}

/** As many days right after; null when they have not begun. */
export function daysAfter({ from, to }: Days, today: string): Days | null {
  const start = addDays(to, 1);
  return start > today ? null : { from: start, to: addDays(to, daysBetween(from, to) + 1) };
}

/** A mark of the chart over time. */
export type Period = Days & Tally;

/** More marks than these become weeks. */
const dailyMax = 92;

/** One mark for each day, those without calls as well; for each week (from Monday) when there would be too many. */
export function periodsOf(days: Days, all: readonly Group[], missed: readonly Group[]): readonly Period[] {
  const [allByDay, missedByDay] = [byKey(all), byKey(missed)];
  const isWeekly = daysBetween(days.from, days.to) >= dailyMax;
  const periods: Period[] = [];
  for (let day = days.from; day <= days.to; day = addDays(day, 1)) {
    const tally = { count: allByDay.get(day) ?? 0, missed: missedByDay.get(day) ?? 0 };
    const last = periods.at(-1);
    if (isWeekly && last !== undefined && weekdayOf(day) !== 1) {
      periods[periods.length - 1] = { from: last.from, to: day, ...sum(last, tally) };
    } else periods.push({ from: day, to: day, ...tally });
  }
  return periods;
}

/** An hour of a day of the week. */
export type Slot = { readonly weekday: number; readonly hour: number } & Tally;

/** Hours that are shown even when nobody calls in them. */
const officeHours = { first: 8, last: 17 };

/** Days of the week from Monday, each with the same hours: those of an office, and all others up to where somebody called. */
export function slotsOf(all: readonly Group[], missed: readonly Group[]): readonly (readonly Slot[])[] {
  const [allBySlot, missedBySlot] = [byKey(all), byKey(missed)];
  const hours = all.map(({ key }) => Number(key.slice(2)));
  const first = Math.min(officeHours.first, ...hours);
  const last = Math.max(officeHours.last, ...hours);
  return Array.from({ length: 7 }, (_, at) =>
    Array.from({ length: last - first + 1 }, (_hour, index) => {
      const [weekday, hour] = [at + 1, first + index];
      const key = slotKey(weekday, hour);
      return { weekday, hour, count: allBySlot.get(key) ?? 0, missed: missedBySlot.get(key) ?? 0 };
    }),
  );
}

/** `1-09`: Monday from nine to ten, as the server names it. */
function slotKey(weekday: number, hour: number): string {
  return `${weekday}-${String(hour).padStart(2, "0")}`;
}

/** A line of ours with its calls; or whoever else calls belong to, by its key. */
export type LineTally = { readonly line: string } & Tally;

/** Lines in the server's order, the largest first. */
export function linesOf(all: readonly Group[], missed: readonly Group[]): readonly LineTally[] {
  const missedByLine = byKey(missed);
  return all.map(({ key, count }) => ({ line: key, count, missed: missedByLine.get(key) ?? 0 }));
}

/** The mark with the largest value; null when all are 0. The first of several. */
export function largest<T>(marks: readonly T[], valueOf: (mark: T) => number): T | null {
  const top = marks.reduce<T | null>((best, one) => (best === null || valueOf(one) > valueOf(best) ? one : best), null);
  return top === null || valueOf(top) === 0 ? null : top;
}

/** A whole number a little above the largest value, that halves and quarters well; at least 4. */
export function axisMax(value: number): number {
  if (value <= 4) return 4;
  const step = 10 ** Math.floor(Math.log10(value));
  return (
    [1, 1.2, 1.6, 2, 2.4, 3.2, 4, 6, 8, 10].map((by) => Math.ceil((by * step) / 4) * 4).find((top) => top >= value) ??
    value
  );
}

/** How strong a mark is: 0 for nothing, then 1 to 4 by quarters of the largest. */
export function strengthOf(value: number, top: number): 0 | 1 | 2 | 3 | 4 {
  if (value === 0 || top === 0) return 0;
  return Math.min(4, Math.ceil((4 * value) / top)) as 1 | 2 | 3 | 4;
}

/** How much of the whole: `12 %`, with a digit more below ten; null of nothing. */
export function shareOf(part: number, whole: number): string | null {
  if (whole === 0) return null;
  const share = part / whole;
  return (share > 0 && share < 0.1 ? finePercent : percent).format(share);
}

const percent = new Intl.NumberFormat(undefined, { style: "percent", maximumFractionDigits: 0 });
const finePercent = new Intl.NumberFormat(undefined, { style: "percent", maximumFractionDigits: 1 });

/** What became of a count since the days before: `12% more`, `as many`; null when there were none then. */
export function changeSince(now: number, before: number): string | null {
  if (before === 0) return null;
  if (now === before) return "as many";
  return `${percent.format(Math.abs(now - before) / before)} ${now > before ? "more" : "fewer"}`;
}

/** Whether all of some answers of the server are whole. */
export function countIsExact(answers: readonly (string | { readonly exact: boolean })[]): boolean {
  return answers.every((answer) => typeof answer === "string" || answer.exact);
}

/** The calls of a group. */
export function countIn(groups: readonly Group[], key: string): number {
  return groups.find((group) => group.key === key)?.count ?? 0;
}

/** The calls of all groups. */
export function countAll(groups: readonly Group[]): number {
  return groups.reduce((total, { count }) => total + count, 0);
}

function sum(a: Tally, b: Tally): Tally {
  return { count: a.count + b.count, missed: a.missed + b.missed };
}

function byKey(groups: readonly Group[]): ReadonlyMap<string, number> {
  return new Map(groups.map(({ key, count }) => [key, count]));
}
