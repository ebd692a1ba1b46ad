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

/** A line of the list: a heading for a day, or a call. */
export type ListItem<Call> =
  | { readonly kind: "day"; readonly day: string; readonly count: number; readonly missedCount: number }
  | { readonly kind: "call"; readonly call: Call };

/** Calls in their order, with a heading before the first of each day. */
export function withDayHeadings<Call extends { readonly created_at: string; readonly call_type: string }>(
  calls: readonly Call[],
): readonly ListItem<Call>[] {
  const items: ListItem<Call>[] = [];
  const headings: { kind: "day"; day: string; count: number; missedCount: number }[] = [];
  for (const call of calls) {
    const day = dayOf(call.created_at);
    let heading = headings.at(-1);
    if (heading?.day !== day) {
      heading = { kind: "day", day, count: 0, missedCount: 0 };
      headings.push(heading);
      items.push(heading);
    }
    heading.count += 1;
    if (call.call_type === "missed") heading.missedCount += 1;
    items.push({ kind: "call", call });
  }
  return items;
}
