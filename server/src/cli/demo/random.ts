/** Chance that can be repeated: the same seed gives the same numbers on every machine. Not for secrets. */
export type Random = {
  /** From 0 inclusive to 1 exclusive. */
  next(): number;
  /** A whole number from `least` to `most`, both possible. */
  whole(least: number, most: number): number;
  chance(probability: number): boolean;
  pick<T>(items: readonly T[]): T;
  /** A place in `weights`, each as likely as its share of the sum. */
  weighted(weights: readonly number[]): number;
  /** Normally distributed, mean 0 and deviation 1 (Box and Muller). */
  normal(): number;
};

/** A generator of the xorshift family (Marsaglia 2003, 32 bits, shifts 13, 17, 5). */
export function createRandom(seed: number): Random {
  // Zero is the one state that xorshift never leaves; the multiplication spreads small seeds over all bits.
  let state = Math.imul(seed ^ 0x5bd1e995, 0x9e3779b1) >>> 0 || 1;

  function next(): number {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  }

  const random: Random = {
    next,
    whole: (least, most) => least + Math.floor(next() * (most - least + 1)),
    chance: (probability) => next() < probability,
    pick: (items) => items[Math.floor(next() * items.length)] as (typeof items)[number],
    weighted(weights) {
      let rest = next() * weights.reduce((sum, weight) => sum + weight, 0);
      const place = weights.findIndex((weight) => (rest -= weight) < 0);
      return place === -1 ? weights.length - 1 : place;
    },
    normal: () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
  };
  for (let round = 0; round < 8; round += 1) next();
  return random;
}
