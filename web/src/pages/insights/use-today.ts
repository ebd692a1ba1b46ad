import { useSyncExternalStore } from "react";
import { dayIn } from "../../lib/zoned-days.ts";

/** The day that it is now in a time zone; goes on at midnight. */
export function useToday(timeZone: string): string {
  return useSyncExternalStore(followMinutes, () => dayIn(timeZone, new Date()));
}

function followMinutes(onMinute: () => void): () => void {
  const timer = setInterval(onMinute, 60_000);
  return () => clearInterval(timer);
}
