import { useEffect, useRef } from "react";
import { type Retriable, retryMs } from "../lib/retry.ts";

/** Asks again by itself after each failure that passes. @param failure the last one, another object each time; null without one */
export function useRetry(failure: Retriable | null, run: () => void): void {
  const newest = useRef(run);
  useEffect(() => {
    newest.current = run;
  });
  useEffect(() => {
    const waitMs = failure === null ? null : retryMs(failure, Math.random());
    if (waitMs === null) return;
    const timer = setTimeout(() => newest.current(), waitMs);
    return () => clearTimeout(timer);
  }, [failure]);
}
