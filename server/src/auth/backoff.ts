import { createLruMap } from "../domain/lru-map.ts";
import type { Clock } from "../domain/ports.ts";
import type { Tally } from "../domain/tallies.ts";

/** Failures in a row per key, and how long the next attempt has to wait for them. */
export type Backoff = {
  /** 0 when an attempt may begin now, else how many milliseconds it has to wait. Counts nothing. */
  wait(key: string): number;
  /** An attempt begins; one of the other three ends it. */
  begin(key: string): void;
  failed(key: string): void;
  /** Forgets the failures. */
  succeeded(key: string): void;
  /** It ended without a verdict. */
  abandoned(key: string): void;
  /** Takes over how often the key has failed on all nodes, of a tally whose end moves and lies `forgetMs` ahead; null for never. */
  hear(key: string, tally: Tally | null): void;
};

type Counter = { failures: number; running: number; failedAtMs: number };

/**
 * @param settings.freeMax so many attempts may fail in a row without a wait; from then on the key waits `delayMs(failures)`.
 *   A key that has failed before gets no more attempts at once than are still free.
 * @param settings.forgetMs failures are forgotten when none followed for so long.
 */
export function createBackoff(settings: {
  readonly clock: Clock;
  readonly freeMax: number;
  readonly delayMs: (failures: number) => number;
  readonly forgetMs: number;
  readonly keysMax: number;
}): Backoff {
  const { clock, freeMax, delayMs, forgetMs, keysMax } = settings;
  const counters = createLruMap<string, Counter>(keysMax);

  return {
    wait(key) {
      const counter = current(key);
      if (counter === undefined || counter.failures === 0) return 0;
      const { failures, running } = counter;
      if (failures + running < freeMax) return 0;
      if (running > 0) return delayMs(Math.max(failures, freeMax));
      return Math.max(0, counter.failedAtMs + delayMs(failures) - clock.now());
    },
    begin(key) {
      const counter = current(key);
      if (counter === undefined) counters.set(key, { failures: 0, running: 1, failedAtMs: clock.now() });
      else counter.running += 1;
    },
    failed(key) {
      const counter = end(key) ?? { failures: 0, running: 0, failedAtMs: 0 };
      counter.failures += 1;
      counter.failedAtMs = clock.now();
      counters.set(key, counter);
    },
    succeeded(key) {
      const counter = end(key);
      if (counter !== undefined && counter.running > 0) counter.failures = 0;
      else counters.delete(key);
    },
    abandoned(key) {
      const counter = end(key);
      if (counter?.failures === 0 && counter.running === 0) counters.delete(key);
    },
    hear(key, tally) {
      const running = current(key)?.running ?? 0;
      if (tally !== null) {
        counters.set(key, { failures: tally.count, running, failedAtMs: tally.endsAtMs - forgetMs });
      } else if (running > 0) counters.set(key, { failures: 0, running, failedAtMs: clock.now() });
      else counters.delete(key);
    },
  };

  function end(key: string): Counter | undefined {
    const counter = current(key);
    if (counter !== undefined) counter.running = Math.max(0, counter.running - 1);
    return counter;
  }

  function current(key: string): Counter | undefined {
    const counter = counters.get(key);
    if (counter === undefined) return undefined;
    const ageMs = clock.now() - counter.failedAtMs;
    // A negative age means that the clock was set back: the wait starts over rather than lasting until then.
    if (ageMs < 0) counter.failedAtMs = clock.now();
    if (ageMs < forgetMs) return counter;
    counters.delete(key);
    return undefined;
  }
}
