import type { Days } from "../../lib/insights.ts";

const zone = { timeZone: "UTC" } as const;
const long = new Intl.DateTimeFormat(undefined, { ...zone, weekday: "long", day: "numeric", month: "long" });
const short = new Intl.DateTimeFormat(undefined, { ...zone, day: "numeric", month: "short" });
const full = new Intl.DateTimeFormat(undefined, { ...zone, day: "numeric", month: "short", year: "numeric" });
const weekday = new Intl.DateTimeFormat(undefined, { ...zone, weekday: "long" });
const shortWeekday = new Intl.DateTimeFormat(undefined, { ...zone, weekday: "short" });

/** `Monday 2 November`, or `2 – 8 Nov` for several days. */
export function nameOfDays({ from, to }: Days): string {
  return from === to ? long.format(noon(from)) : short.formatRange(noon(from), noon(to));
}

/** `2 – 29 Nov 2026`. */
export function nameOfRange({ from, to }: Days): string {
  return full.formatRange(noon(from), noon(to));
}

/** `2 Nov`. */
export function shortDay(day: string): string {
  return day === "" ? "" : short.format(noon(day));
}

/** `Monday` for 1, to `Sunday` for 7. */
export function nameOfWeekday(number: number): string {
  return weekday.format(aDay(number));
}

/** `Mon`. */
export function shortWeekdayName(number: number): string {
  return shortWeekday.format(aDay(number));
}

/** `09:00–10:00`. */
export function nameOfHour(hour: number): string {
  const two = (part: number) => String(part).padStart(2, "0");
  return `${two(hour)}:00–${two((hour + 1) % 24)}:00`;
}

function noon(day: string): Date {
  return new Date(`${day}T12:00:00Z`);
}

/** The 1st of January 2024 was a Monday. */
function aDay(number: number): Date {
  return new Date(Date.UTC(2024, 0, number, 12));
}
