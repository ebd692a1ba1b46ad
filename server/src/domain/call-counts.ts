import type { Call } from "./call.ts";
import type { CallFilter } from "./filter.ts";
import { localClock } from "./local-time.ts";

/** What calls can be counted by. */
export type CountBy =
  | "type"
  | "direction"
  | "line"
  | "archived"
  | "assignee"
  | "unreturned"
  | "hour"
  | "weekday"
  | "weekday-hour"
  | "day";

/** Those whose groups are spans of time. */
export type CountByTime = "hour" | "weekday" | "weekday-hour" | "day";

export type CallCount = {
  readonly count: number;
  /** False when the look at the calls was ended at its bound: there are at least `count`. */
  readonly isExact: boolean;
  /** How many calls were looked at one by one; 0 when kept counts have answered alone. */
  readonly scanned: number;
};

/**
 * Calls by group, none empty. The key is the value itself (`true` and `false` for archived and unreturned, a user's id or nothing for the assignee), the hour of the day `0` to `23`, the
 * day of the week `1` (Monday) to `7`, both as `1-09`, or the date `2024-02-29`, these by the clocks of a time zone. Times and dates come
 * in their order, all else with the largest group first. At most 1,000: the largest lines, the newest days.
 */
export type GroupedCounts = Omit<CallCount, "count"> & {
  readonly groups: readonly { readonly key: string; readonly count: number }[];
};

export const groupsMax = 1_000;

/** A question for {@link GroupedCounts}. */
export type CountQuestion = {
  readonly filter: CallFilter | null;
  readonly by: CountBy;
  /** A name of the IANA time zone database. */
  readonly timeZone: string;
};

/** Whether the groups are spans of time, whose keys are numbers until they are told. */
export function isByTime(by: CountBy): by is CountByTime {
  return by === "hour" || by === "weekday" || by === "weekday-hour" || by === "day";
}

const quarterMs = 15 * 60 * 1_000;
const hourMs = 4 * quarterMs;
const dayMs = 24 * hourMs;

/** The number of the group that a quarter of an hour lies in: no clock in use today is set finer. */
export function timeGroups(by: CountByTime, timeZone: string): (atMs: number) => number {
  const clock = localClock(timeZone);
  return (atMs) => {
    const local = clock(Math.floor(atMs / quarterMs) * quarterMs);
    const day = Math.floor(local / dayMs);
    if (by === "day") return day;
    const hour = Math.floor((local - day * dayMs) / hourMs);
    if (by === "hour") return hour;
    const weekday = ((((day + 3) % 7) + 7) % 7) + 1; // 1970-01-01 was a Thursday
    return by === "weekday" ? weekday : weekday * 24 + hour;
  };
}

/** The group that a call is counted in, as text or number. */
export function groupOf({ by, timeZone }: Pick<CountQuestion, "by" | "timeZone">, call: Call): string | number {
  if (isByTime(by)) return timeGroups(by, timeZone)(call.createdAtMs);
  if (by === "type") return call.callType;
  if (by === "archived") return String(call.isArchived);
  if (by === "assignee") return call.assignee?.id ?? "";
  if (by === "unreturned") return String(call.returned === "waiting");
  return by === "line" ? call.via : call.direction;
}

/** Brings counted groups into their order and form. */
export function tellGroups(
  by: CountBy,
  counts: ReadonlyMap<string | number, number>,
  { isExact, scanned }: Omit<CallCount, "count">,
): GroupedCounts {
  const present = [...counts].filter(([, count]) => count !== 0);
  const sorted = isByTime(by)
    ? present.toSorted(([a], [b]) => Number(a) - Number(b)).slice(-groupsMax)
    : present.toSorted(([a, one], [b, other]) => other - one || (String(a) < String(b) ? -1 : 1)).slice(0, groupsMax);
  const groups = sorted.map(([key, count]) => ({ key: keyOf(by, key), count }));
  return { groups, isExact: isExact && groups.length === present.length, scanned };
}

function keyOf(by: CountBy, key: string | number): string {
  if (by === "day") return dateOf(Number(key));
  if (by !== "weekday-hour") return String(key);
  const slot = Number(key);
  return `${Math.floor(slot / 24)}-${String(slot % 24).padStart(2, "0")}`;
}

function dateOf(day: number): string {
  return new Date(day * dayMs).toISOString().replace(/T.*/, "");
}
