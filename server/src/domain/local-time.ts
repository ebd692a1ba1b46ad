import { createLruMap } from "./lru-map.ts";

const dayMs = 24 * 60 * 60 * 1_000;
const quarterMs = 15 * 60 * 1_000;

/** Asking the platform for an offset takes microseconds, and charts ask for each day of years. */
const zones = createLruMap<string, Zone>(20);
const daysKept = 10_000;

type Zone = { readonly format: Intl.DateTimeFormat; readonly offsets: Map<number, number> };

/**
 * What the clocks of a time zone show at an instant, as if it were UTC, in milliseconds. Instants within one quarter of an hour
 * have the same offset here, and no clock is changed twice within one day of UTC.
 */
export function localClock(timeZone: string): (atMs: number) => number {
  if (timeZone === "UTC") return (atMs) => atMs;
  const zone = zoneOf(timeZone);
  return (atMs) => {
    const day = Math.floor(atMs / dayMs);
    const offset = offsetAtDay(zone, day);
    if (offset === offsetAtDay(zone, day + 1)) return atMs + offset;
    return atMs + offsetAt(zone, Math.floor(atMs / quarterMs) * quarterMs);
  };
}

function zoneOf(timeZone: string): Zone {
  const known = zones.get(timeZone);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat("en-US", { timeZone, timeZoneName: "longOffset" });
  const zone = { format, offsets: new Map<number, number>() };
  zones.set(timeZone, zone);
  return zone;
}

function offsetAtDay(zone: Zone, day: number): number {
  const known = zone.offsets.get(day);
  if (known !== undefined) return known;
  if (zone.offsets.size >= daysKept) zone.offsets.clear();
  const offset = offsetAt(zone, day * dayMs);
  zone.offsets.set(day, offset);
  return offset;
}

/** From the zone's name as the platform writes it: `GMT`, `GMT+05:45`, and with seconds for times before standard time. */
function offsetAt({ format }: Zone, atMs: number): number {
  const text = format.formatToParts(atMs).find(({ type }) => type === "timeZoneName")?.value ?? "";
  const [, sign, hours = "0", minutes = "0", seconds = "0"] = /([+\u2212-])(\d+):(\d+)(?::(\d+))?$/.exec(text) ?? [];
  const offset = ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1_000;
  return sign === "+" || offset === 0 ? offset : -offset;
}
