import { countOf } from "./format.ts";

/** How long ago it was, in words: `just now`, `4 minutes ago`, `3 days ago`. What lies ahead of a clock counts as now. */
export function ago(instant: string, nowMs: number): string {
  const seconds = Math.floor((nowMs - Date.parse(instant)) / 1_000);
  if (seconds < 60) return "just now";
  return `${spanOf(seconds, Math.floor)} ago`;
}

/** How long it is until then, at most: `in 4 minutes`, `in 30 days`; `over` when it has passed. */
export function until(instant: string, nowMs: number): string {
  const seconds = Math.floor((Date.parse(instant) - nowMs) / 1_000);
  if (seconds <= 0) return "over";
  return seconds < 60 ? "in a moment" : `in ${spanOf(seconds, Math.ceil)}`;
}

function spanOf(seconds: number, whole: (units: number) => number): string {
  if (seconds < 3_600) return countOf(whole(seconds / 60), "minute");
  if (seconds < 86_400) return countOf(whole(seconds / 3_600), "hour");
  return countOf(whole(seconds / 86_400), "day");
}
