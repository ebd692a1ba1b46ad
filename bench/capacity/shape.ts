/** An installation on paper: who is there, what they do, and what serves them. */
export type Shape = {
  readonly title: string;
  readonly workspaces: number;
  /** Calls a day of all workspaces together. */
  readonly callsPerDay: number;
  /** Changes that each call brings, itself counted: archiving, notes. Those beside the call come within the hour. */
  readonly changesPerCall: number;
  /** Sockets that follow a workspace at the busiest hour; each is placed on a node of its own by chance. */
  readonly listenersPerWorkspace: number;
  /** First pages and single calls that each listener reads an hour. */
  readonly readsPerListenerHour: number;
  readonly nodes: number;
  /** Which of the day's 24 hours has which share of its calls; they sum up to 1. */
  readonly dailyProfile: readonly number[];
  /**
   * How unequal workspaces are: the one of rank r (from 1) has a share of the calls in proportion to r^-skew. 0 for equal ones.
   */
  readonly skew: number;
};

/** Nine to five with a lunch in one time zone: the busiest hour has an eighth of the day. */
export const officeDay: readonly number[] = [
  0.001, 0.001, 0.001, 0.001, 0.001, 0.004, 0.011, 0.03, 0.085, 0.12, 0.125, 0.115, 0.075, 0.09, 0.115, 0.105, 0.07,
  0.03, 0.01, 0.005, 0.002, 0.001, 0.001, 0.001,
];

/** The share of the busiest hour. */
export function busiestShare(profile: readonly number[]): number {
  return Math.max(...profile);
}

/** Changes a second of all workspaces in the busiest hour, on average. */
export function changesPerSecond({ callsPerDay, changesPerCall, dailyProfile }: Shape): number {
  return (callsPerDay * changesPerCall * busiestShare(dailyProfile)) / 3_600;
}
