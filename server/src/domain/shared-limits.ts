import type { Clock } from "./ports.ts";
import type { Addition, Tallies, Tally } from "./tallies.ts";

/** A limit that each node keeps in memory, and settles with the others now and then. */
export interface SharedLimit {
  /** Its tally's. */
  readonly key: string;
  /** What this node has counted since it settled last, which counts as told then; null for a limit that only wants to hear. */
  due(): Addition | null;
  /** What all nodes have come to, this one included; null where there is nothing. */
  heard(tally: Tally | null): void;
}

/** Settles a limit soon. Never throws, and nobody waits for it. */
export type Share = (limit: SharedLimit) => void;

/** What part of a limit a node may count before it tells the others: the most that each node gives beyond what there is. */
export const partUntold = 0.1;

/** Limits of one statement. */
const limitsAtOnceMax = 1_000;

/**
 * Settles limits over tallies: those that come while others are on their way go together with the next. A failure is
 * reported; what was to be told is then only counted here.
 */
export function createSharing({
  tallies,
  clock,
  report,
}: {
  readonly tallies: Tallies;
  readonly clock: Clock;
  readonly report: (error: unknown) => void;
}): Share {
  const waiting = new Map<string, SharedLimit>();
  let isSettling = false;
  return (limit) => {
    waiting.set(limit.key, limit);
    if (!isSettling) void settleAll();
  };

  async function settleAll(): Promise<void> {
    isSettling = true;
    // What is counted in the same turn goes along.
    await Promise.resolve();
    while (waiting.size > 0) {
      const limits = [...waiting.values().take(limitsAtOnceMax)];
      for (const { key } of limits) waiting.delete(key);
      // oxlint-disable-next-line no-await-in-loop -- one statement after the other, so that they gather
      await settle(limits).catch(report);
    }
    isSettling = false;
  }

  async function settle(limits: readonly SharedLimit[]): Promise<void> {
    const telling: [limit: SharedLimit, addition: Addition][] = [];
    const asking: SharedLimit[] = [];
    for (const limit of limits) {
      const addition = limit.due();
      if (addition === null) asking.push(limit);
      else telling.push([limit, addition]);
    }
    const atMs = clock.now();
    const [told, asked] = await Promise.all([
      tallies.add(
        telling.map(([, addition]) => addition),
        atMs,
      ),
      tallies.read(
        asking.map(({ key }) => key),
        atMs,
      ),
    ]);
    for (const [at, [limit]] of telling.entries()) limit.heard(told[at] ?? null);
    for (const [at, limit] of asking.entries()) limit.heard(asked[at] ?? null);
  }
}
