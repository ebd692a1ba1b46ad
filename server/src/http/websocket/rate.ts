/** A token bucket: `perSecond` in the long run, `burst` at once. Time is passed in, in milliseconds of any steady clock. */
export class Rate {
  readonly #perMs: number;
  readonly #burst: number;
  #left: number;
  #atMs: number;

  constructor(perSecond: number, burst: number, nowMs: number) {
    this.#perMs = perSecond / 1_000;
    this.#burst = burst;
    this.#left = burst;
    this.#atMs = nowMs;
  }

  /** Whether one more is within the rate; if so it is counted. */
  take(nowMs: number): boolean {
    this.#left = Math.min(this.#burst, this.#left + Math.max(0, nowMs - this.#atMs) * this.#perMs);
    this.#atMs = nowMs;
    if (this.#left < 1) return false;
    this.#left -= 1;
    return true;
  }
}

/** One {@link Rate} for each key, for the `keysMax` keys used last. */
export function createRates(perSecond: number, burst: number, keysMax: number) {
  const rates = new Map<string, Rate>();
  return {
    take(key: string, nowMs: number): boolean {
      const rate = rates.get(key) ?? new Rate(perSecond, burst, nowMs);
      rates.delete(key);
      rates.set(key, rate);
      if (rates.size > keysMax) {
        for (const oldest of rates.keys()) {
          rates.delete(oldest);
          break;
        }
      }
      return rate.take(nowMs);
    },
  };
}
