import { createLruMap } from "./lru-map.ts";
import type { Clock } from "./ports.ts";
import { partUntold, type Share, type SharedLimit } from "./shared-limits.ts";
import type { Tally } from "./tallies.ts";

/** Counts what each key does within a window that opens with its first use. Memory is bounded by `keysMax`. */
export type RateLimit = {
  /** 0 when the key may go on now, else how many milliseconds it has to wait. Counts nothing. */
  wait(key: string): number;
  /** Counts one use. */
  count(key: string): void;
  /** Takes over what all nodes have counted, of a tally whose end stays and which has what was counted here. */
  hear(key: string, tally: Tally): void;
};

type Window = {
  readonly startedAtMs: number;
  count: number;
  /** Of these, how many the other nodes have not been told of. */
  untold: number;
};

/** @param settings.shared settles with other nodes, under keys that begin with the name. */
export function createRateLimit(settings: {
  readonly clock: Clock;
  readonly countMax: number;
  readonly windowMs: number;
  readonly keysMax: number;
  readonly shared?: { readonly name: string; readonly share: Share } | undefined;
}): RateLimit {
  const { clock, countMax, windowMs, keysMax, shared } = settings;
  const windows = createLruMap<string, Window>(keysMax);
  const untoldMax = Math.max(1, countMax * partUntold);

  return {
    wait(key) {
      const window = open(key);
      return window === undefined || window.count < countMax ? 0 : window.startedAtMs + windowMs - clock.now();
    },
    count(key) {
      const window = open(key) ?? { startedAtMs: clock.now(), count: 0, untold: 0 };
      window.count += 1;
      if (window.count === 1) windows.set(key, window);
      if (shared === undefined) return;
      window.untold += 1;
      if (window.count === 1 || window.untold >= untoldMax) shared.share(limitOf(key, shared.name));
    },
    hear,
  };

  function hear(key: string, { count, endsAtMs }: Tally): void {
    const untold = open(key)?.untold ?? 0;
    // Another node's clock may be ahead of this one's.
    const startedAtMs = Math.min(endsAtMs - windowMs, clock.now());
    windows.set(key, { startedAtMs, count: count + untold, untold });
  }

  function limitOf(key: string, name: string): SharedLimit {
    const sharedKey = `${name} ${key}`;
    return {
      key: sharedKey,
      due() {
        const window = open(key);
        const count = window?.untold ?? 0;
        if (window === undefined || count === 0) return null;
        window.untold = 0;
        return { key: sharedKey, count, end: "stays", lastsMs: windowMs, mostMs: windowMs };
      },
      heard(tally) {
        if (tally !== null) hear(key, tally);
      },
    };
  }

  function open(key: string): Window | undefined {
    const window = windows.get(key);
    const ageMs = window === undefined ? 0 : clock.now() - window.startedAtMs;
    // A negative age means that the clock was set back: nobody should wait for a time that is far ahead.
    return ageMs >= 0 && ageMs < windowMs ? window : undefined;
  }
}
