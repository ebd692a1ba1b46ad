/**
 * What all nodes of one database count together, so that somebody who is spread over them gets no more than from one. Only
 * counters: they may be lost with the database's memory, and nothing is worked out from them that has to be right for ever.
 */
export interface Tallies {
  /**
   * Adds to each key and tells what the keys have come to, in the order given; no key twice in one call. A tally whose end
   * has passed starts anew. @throws DomainError UNAVAILABLE
   */
  add(additions: readonly Addition[], atMs: number): Promise<readonly Tally[]>;
  /** The tallies of these keys in the order given; null for those that are not there or have ended. @throws DomainError UNAVAILABLE */
  read(keys: readonly string[], atMs: number): Promise<readonly (Tally | null)[]>;
  /** @throws DomainError UNAVAILABLE */
  clear(keys: readonly string[]): Promise<void>;
  /** Forgets those that ended before; returns how many went. */
  prune(beforeMs: number): Promise<number>;
}

export type Tally = {
  /** The sum of what was added to it. */
  readonly count: number;
  /** When it is forgotten. */
  readonly endsAtMs: number;
};

/** More for a key. A key is always added to in one way. */
export type Addition = {
  readonly key: string;
  /** How much more. */
  readonly count: number;
  /**
   * What becomes of the tally's end. `stays`: it is `lastsMs` after the first addition; `moves`: it is `lastsMs` after this one;
   * `grows`: it is `lastsMs` later than it was, or than now where that is later.
   */
  readonly end: "stays" | "moves" | "grows";
  readonly lastsMs: number;
  /** The end is never further ahead than this, whatever is added: clocks that were set back keep nobody waiting. */
  readonly mostMs: number;
};

/** The end of a tally after an addition, as {@link Addition} has it. @param endsAtMs the end so far; of the past for a new one. */
export function endAfter({ end, lastsMs, mostMs }: Addition, endsAtMs: number, atMs: number): number {
  const isRunning = endsAtMs > atMs;
  const next = {
    stays: isRunning ? endsAtMs : atMs + lastsMs,
    moves: atMs + lastsMs,
    grows: (isRunning ? endsAtMs : atMs) + lastsMs,
  }[end];
  return Math.min(next, atMs + mostMs);
}
