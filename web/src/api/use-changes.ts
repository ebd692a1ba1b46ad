import { useEffect, useRef } from "react";
import { live } from "./live.ts";

/** Runs after live changes: soon after the first, then once in `againMs` at most, for it may cost the server something. */
export function useChanges(run: () => void, { againMs, isOn = true }: { againMs: number; isOn?: boolean }): void {
  const newest = useRef({ run, againMs });
  useEffect(() => {
    newest.current = { run, againMs };
  });
  useEffect(() => {
    if (!isOn) return;
    let timer: ReturnType<typeof setTimeout> | null = null;
    let lastAt = -Infinity;
    const ask = () => {
      timer = null;
      lastAt = performance.now();
      newest.current.run();
    };
    const later = () => {
      timer ??= setTimeout(ask, Math.max(100, lastAt + newest.current.againMs - performance.now()));
    };
    const stops = [live.onChange(later), live.onGap(later)];
    return () => {
      if (timer !== null) clearTimeout(timer);
      for (const stop of stops) stop();
    };
  }, [isOn]);
}
