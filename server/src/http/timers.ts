/** What long connections measure time with, beside the wall clock. */
export type Timers = {
  /** Milliseconds of a steady clock. */
  now(): number;
  /** Runs something again and again, without keeping the process alive, until the returned function is called. */
  every(ms: number, run: () => void): () => void;
};

export const systemTimers: Timers = {
  now: () => performance.now(),
  every(ms, run) {
    const timer = setInterval(run, ms).unref();
    return () => clearInterval(timer);
  },
};
