/** How much of everything a run takes. */
export type Effort = {
  /** Each target has its turn in each; medians are over rounds. */
  readonly rounds: number;
  readonly warmMs: number;
  /** The same where calls are picked at random over the whole file: until most that is asked was asked before. */
  readonly warmAllMs: number;
  readonly runMs: number;
  readonly connections: number;
  readonly calls: number;
  readonly subscribers: number;
  /** Documents that the subscribers of W6b take turns over. */
  readonly documents: number;
  /** Single changes sent to all subscribers, and bursts of {@link burst}. */
  readonly singles: number;
  readonly bursts: number;
  readonly burst: number;
  /** W3b: writes a second beside the reads. */
  readonly writesPerSecond: number;
  /** W4: reads a second beside the writes. */
  readonly readsPerSecond: number;
  readonly mixedMs: number;
  readonly mixedCalls: number;
  readonly sizes: readonly number[];
};

/** What the numbers in docs/performance.md come from. */
export const full: Effort = {
  rounds: 5,
  warmMs: 3_000,
  warmAllMs: 10_000,
  runMs: 3_000,
  connections: 48,
  calls: 100_000,
  subscribers: 5_000,
  documents: 50,
  singles: 15,
  bursts: 3,
  burst: 10,
  writesPerSecond: 200,
  readsPerSecond: 100,
  mixedMs: 20 * 60_000,
  mixedCalls: 1_000_000,
  sizes: [10_000, 100_000, 1_000_000],
};

/** Some minutes: the same workloads, small and short. Shows an order of magnitude and that everything works. */
export const quick: Effort = {
  rounds: 2,
  warmMs: 600,
  warmAllMs: 1_200,
  runMs: 800,
  connections: 48,
  calls: 10_000,
  subscribers: 400,
  documents: 20,
  singles: 6,
  bursts: 1,
  burst: 10,
  writesPerSecond: 200,
  readsPerSecond: 100,
  mixedMs: 10_000,
  mixedCalls: 10_000,
  sizes: [1_000, 10_000],
};
