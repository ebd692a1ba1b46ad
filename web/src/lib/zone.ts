import { createStoredOption } from "./stored.ts";

/** The time zone that instants are shown in; null for that of the device. As it was in this browser until the server tells it. */
export const zone = createStoredOption("ringback-zone", isZone);

/** A format of dates in {@link zone}, whatever that is when something is formatted. */
export function inZone(options: Intl.DateTimeFormatOptions, locale?: string): { format(date: Date): string } {
  let made: { readonly zone: string | null; readonly format: Intl.DateTimeFormat } | null = null;
  return {
    format(date) {
      const now = zone.get();
      if (made === null || made.zone !== now) {
        const format = new Intl.DateTimeFormat(locale, { ...options, ...(now !== null && { timeZone: now }) });
        made = { zone: now, format };
      }
      return made.format.format(date);
    },
  };
}

/** The time zone that days and hours are reckoned in now. */
export function zoneNow(): string {
  return zone.get() ?? deviceZone();
}

/** The time zone of this device. */
export function deviceZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}

function isZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}

/** All time zones that this browser knows, UTC among them. */
export function timeZones(): readonly string[] {
  return [...new Set(["UTC", ...Intl.supportedValuesOf("timeZone")])].toSorted();
}

/**
 * The zone that somebody sees times in: their own choice, else the workspace's, else that of the device (null). A workspace that has
 * chosen nothing says UTC.
 */
export function zoneFor(own: string | null, workspace: string): string | null {
  return own ?? (workspace === "UTC" ? null : workspace);
}
