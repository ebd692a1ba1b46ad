import type { Fold } from "./folding.ts";

const longDay = new Intl.DateTimeFormat(undefined, { weekday: "long", day: "numeric", month: "long" });
const longDayWithYear = new Intl.DateTimeFormat(undefined, {
  weekday: "long",
  day: "numeric",
  month: "long",
  year: "numeric",
});

/** The day of an instant where the person is, as `2026-11-22`: equal for equal days, and in order as text. */
export function dayOf(instant: string | number | Date): string {
  const date = new Date(instant);
  const two = (part: number) => String(part).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** What a day is called: Today, Yesterday, or weekday and date, with the year where it is another one. */
export function dayLabel(day: string, now: Date): string {
  if (day === dayOf(now)) return "Today";
  const yesterday = new Date(now.getFullYear(), now.getMonth(), now.getDate() - 1);
  if (day === dayOf(yesterday)) return "Yesterday";
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  const noon = new Date(year, month - 1, date, 12);
  return (year === now.getFullYear() ? longDay : longDayWithYear).format(noon);
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
