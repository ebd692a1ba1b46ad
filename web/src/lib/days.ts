import type { Fold } from "./folding.ts";
import { inZone } from "./zone.ts";
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

/** The day of an instant where the person is, as `2026-11-22`: equal for equal days, and in order as text. */
export function dayOf(instant: string | number | Date): string {
  return day.format(new Date(instant));
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
  | ({ readonly kind: "call" } & Fold<Call>);

/** Calls in their order, with a heading before the first of each day. */
export function withDayHeadings<
  Call extends { readonly id: string; readonly created_at: string; readonly call_type: string },
>(folds: readonly Fold<Call>[]): readonly ListItem<Call>[] {
  const items: ListItem<Call>[] = [];
  const headings: { kind: "day"; day: string; missedCount: number; ids: string[] }[] = [];
  for (const fold of folds) {
    const day = dayOf(fold.call.created_at);
    let heading = headings.at(-1);
    if (heading?.day !== day) {
      heading = { kind: "day", day, missedCount: 0, ids: [] };
      headings.push(heading);
      items.push(heading);
    }
    for (const { id, call_type: type } of [fold.call, ...fold.repeats]) {
      heading.ids.push(id);
      if (type === "missed") heading.missedCount += 1;
    }
    items.push({ kind: "call", ...fold });
  }
  return items;
}
