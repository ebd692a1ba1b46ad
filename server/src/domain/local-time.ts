import { createLruMap } from "./lru-map.ts";

const dayMs = 24 * 60 * 60 * 1_000;
const quarterMs = 15 * 60 * 1_000;

/** Asking the platform for an offset takes microseconds, and charts ask for each day of years, and each quarter where clocks change. */
const zones = createLruMap<string, Zone>(20);
const offsetsKept = 20_000;

type Zone = { readonly format: Intl.DateTimeFormat; readonly offsets: Map<number, number> };

/**
 * What the clocks of a time zone show at an instant, as if it were UTC, in milliseconds. Instants within one quarter of an hour
 * have the same offset here, and no clock is changed twice within one day of UTC.
 */
export function localClock(timeZone: string): (atMs: number) => number {
  if (timeZone === "UTC") return (atMs) => atMs;
  const zone = zoneOf(timeZone);
  // Instants are asked for in order, so the day that was asked for last is asked for again: two look-ups less for each.
  let day = Number.NaN;
  let dayOffset: number | null = null;
  return (atMs) => {
    const asked = Math.floor(atMs / dayMs);
    if (asked !== day) {
      day = asked;
      const offset = offsetAt(zone, day * dayMs);
      dayOffset = offset === offsetAt(zone, (day + 1) * dayMs) ? offset : null;
    }
    return atMs + (dayOffset ?? offsetAt(zone, Math.floor(atMs / quarterMs) * quarterMs));
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

function offsetAt(zone: Zone, atMs: number): number {
  const known = zone.offsets.get(atMs);
  if (known !== undefined) return known;
  if (zone.offsets.size >= offsetsKept) zone.offsets.clear();
  const offset = askedOffset(zone, atMs);
  zone.offsets.set(atMs, offset);
  return offset;
}

/** From the zone's name as the platform writes it: `GMT`, `GMT+05:45`, and with seconds for times before standard time. */
function askedOffset({ format }: Zone, atMs: number): number {
  const text = format.formatToParts(atMs).find(({ type }) => type === "timeZoneName")?.value ?? "";
  const [, sign, hours = "0", minutes = "0", seconds = "0"] = /([+\u2212-])(\d+):(\d+)(?::(\d+))?$/.exec(text) ?? [];
  const offset = ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1_000;
  return sign === "+" || offset === 0 ? offset : -offset;
}
