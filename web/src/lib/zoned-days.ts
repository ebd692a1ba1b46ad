const formats = new Map<string, Intl.DateTimeFormat>();

/** The date that clocks of a time zone show at an instant: `2026-11-22`. */
export function dayIn(timeZone: string, instant: Date): string {
  return new Date(clockMs(timeZone, instant.getTime())).toISOString().slice(0, 10);
}

/** The hour that clocks of a time zone show at an instant: 0 to 23. */
export function hourIn(timeZone: string, instant: Date): number {
  return new Date(clockMs(timeZone, instant.getTime())).getUTCHours();
}

/** The first instant of a day in a time zone. Where clocks skip midnight, that is the instant they skip to. */
export function startOfDay(timeZone: string, day: string): Date {
  return startOfHour(timeZone, day, 0);
}

/** The first instant of an hour of a day: the first of two where clocks go back, the one they skip to where they go forward. */
export function startOfHour(timeZone: string, day: string, hour: number): Date {
  const wanted = Date.parse(`${day}T00:00:00Z`) + hour * hourMs;
  // Offsets before and after a change of the clocks; the right one gives back the time that was asked for.
  const offsets = [-dayMs, 0, dayMs].map((aside) => clockMs(timeZone, wanted + aside) - (wanted + aside));
  const candidates = [...new Set(offsets)].map((offset) => wanted - offset).toSorted((a, b) => a - b);
  const start = candidates.find((at) => clockMs(timeZone, at) === wanted);
  return new Date(start ?? Math.max(...candidates));
}

/** So many days later, or earlier. */
export function addDays(day: string, count: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + count * dayMs).toISOString().slice(0, 10);
}

/** How many days lie between two days: 1 from one to the next. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / dayMs);
}

/** The day of the week: 1 (Monday) to 7 (Sunday). */
export function weekdayOf(day: string): number {
  return new Date(`${day}T00:00:00Z`).getUTCDay() || 7;
}

/** Whether it is a day of the calendar, as `2026-11-22`. */
export function isDay(text: string | undefined): text is string {
  if (text === undefined || !/^\d{4}-\d\d-\d\d$/.test(text)) return false;
  const at = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
}

const hourMs = 60 * 60 * 1_000;
const dayMs = 24 * hourMs;

/** What clocks of a time zone show at an instant, as if it were UTC. */
function clockMs(timeZone: string, atMs: number): number {
  const parts = new Map(
    formatOf(timeZone)
      .formatToParts(atMs)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const part = (name: Intl.DateTimeFormatPartTypes) => parts.get(name) ?? 0;
  return Date.UTC(part("year"), part("month") - 1, part("day"), part("hour"), part("minute"), part("second"));
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known !== undefined) return known;
  const numeric = "numeric";
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone,
    hourCycle: "h23",
    year: numeric,
    month: numeric,
    day: numeric,
    hour: numeric,
    minute: numeric,
    second: numeric,
  });
  formats.set(timeZone, format);
  return format;
}
