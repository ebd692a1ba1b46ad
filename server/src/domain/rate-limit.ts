import { createLruMap } from "./lru-map.ts";
import type { Clock } from "./ports.ts";

/** Counts what each key does within a window that opens with its first use. Memory is bounded by `keysMax`. */
export type RateLimit = {
  /** 0 when the key may go on now, else how many milliseconds it has to wait. Counts nothing. */
  wait(key: string): number;
  /** Counts one use. */
  count(key: string): void;
};

export function createRateLimit(settings: {
  readonly clock: Clock;
  readonly countMax: number;
  readonly windowMs: number;
  readonly keysMax: number;
}): RateLimit {
  const { clock, countMax, windowMs, keysMax } = settings;
  const windows = createLruMap<string, { readonly startedAtMs: number; count: number }>(keysMax);

  return {
    wait(key) {
      const window = open(key);
      return window === undefined || window.count < countMax ? 0 : window.startedAtMs + windowMs - clock.now();
    },
    count(key) {
      const window = open(key);
      if (window === undefined) windows.set(key, { startedAtMs: clock.now(), count: 1 });
      else window.count += 1;
    },
  };

  function open(key: string) {
    const window = windows.get(key);
    const ageMs = window === undefined ? 0 : clock.now() - window.startedAtMs;
    // A negative age means that the clock was set back: nobody should wait for a time that is far ahead.
    return ageMs >= 0 && ageMs < windowMs ? window : undefined;
  }
}
