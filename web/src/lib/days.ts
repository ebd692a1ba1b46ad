import type { Fold } from "./folding.ts";
import { inZone, zone } from "./zone.ts";

const longDay = new Intl.DateTimeFormat(undefined, { weekday: "long", day: "numeric", month: "long", timeZone: "UTC" });
const longDayWithYear = new Intl.DateTimeFormat(undefined, {
  weekday: "long",
  day: "numeric",
  month: "long",
  year: "numeric",
  timeZone: "UTC",
});
const day = inZone({ year: "numeric", month: "2-digit", day: "2-digit" }, "sv");

/** Noon of a day by UTC, as the formats above tell it. */
function noonOf(day: string): Date {
  return new Date(`${day}T12:00:00.000Z`);
}

/** Days begin at a quarter of an hour in every zone, so that all of one is of the same day. */
const quarterMs = 15 * 60_000;
const quartersMax = 50_000;
/** Formatting costs thirty times as much as looking it up, and a list of ten thousand rows asks for each at each change. */
const dayOfQuarter = new Map<number, string>();
zone.follow(() => dayOfQuarter.clear());

/** The day of an instant where the person is, as `2026-11-22`: equal for equal days, and in order as text. */
export function dayOf(instant: string | number | Date): string {
  const date = new Date(instant);
  const quarter = Math.floor(date.getTime() / quarterMs);
  const known = dayOfQuarter.get(quarter);
  if (known !== undefined) return known;
  if (dayOfQuarter.size >= quartersMax) dayOfQuarter.clear();
  const text = day.format(date);
  dayOfQuarter.set(quarter, text);
  return text;
}

/** What a day is called: Today, Yesterday, or weekday and date, with the year where it is another one. */
export function dayLabel(day: string, now: Date): string {
  const today = dayOf(now);
  if (day === today) return "Today";
  if (noonOf(day).getTime() === noonOf(today).getTime() - 86_400_000) return "Yesterday";
  return (day.slice(0, 4) === today.slice(0, 4) ? longDay : longDayWithYear).format(noonOf(day));
}

/** A line of the list: a heading for a day, or a call with those that are folded into it. */
export type ListItem<Call> =
  | { readonly kind: "day"; readonly day: string; readonly missedCount: number; readonly ids: readonly string[] }
  | Fold<Call>;

type Heading = { readonly kind: "day"; readonly day: string; missedCount: number; readonly ids: string[] };

/** Calls in their order, with a heading before the first of each day. */
export function withDayHeadings<
  Call extends { readonly id: string; readonly created_at: string; readonly call_type: string },
>(folds: readonly Fold<Call>[]): readonly ListItem<Call>[] {
  const items: ListItem<Call>[] = [];
  let heading: Heading | undefined;
  for (const fold of folds) {
    const day = dayOf(fold.call.created_at);
    if (heading?.day !== day) {
      heading = { kind: "day", day, missedCount: 0, ids: [] };
      items.push(heading);
    }
    count(heading, fold.call);
    for (const call of fold.repeats) count(heading, call);
    items.push(fold);
  }
  return items;
}

function count(heading: Heading, { id, call_type: type }: { readonly id: string; readonly call_type: string }): void {
  heading.ids.push(id);
  if (type === "missed") heading.missedCount += 1;
}
