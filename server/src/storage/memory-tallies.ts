import { endAfter, type Tallies, type Tally } from "../domain/tallies.ts";

/** The model of the port {@link Tallies}: what nodes share that live in one process. */
export function createMemoryTallies(): Tallies {
  const tallies = new Map<string, Tally>();
  const running = (key: string, atMs: number) => {
    const tally = tallies.get(key);
    return tally !== undefined && tally.endsAtMs > atMs ? tally : null;
  };
  return {
    async add(additions, atMs) {
      return additions.map((addition) => {
        const before = running(addition.key, atMs) ?? { count: 0, endsAtMs: 0 };
        const tally = { count: before.count + addition.count, endsAtMs: endAfter(addition, before.endsAtMs, atMs) };
        tallies.set(addition.key, tally);
        return tally;
      });
    },
    read: async (keys, atMs) => keys.map((key) => running(key, atMs)),
    async clear(keys) {
      for (const key of keys) tallies.delete(key);
    },
    async prune(beforeMs) {
      const ended = [...tallies].filter(([, { endsAtMs }]) => endsAtMs < beforeMs);
      for (const [key] of ended) tallies.delete(key);
      return ended.length;
    },
  };
}
