/**
 * The wish to stop, from SIGTERM or SIGINT (Ctrl-C). The first is announced, and whoever asked for it finishes in its own
 * time; the second ends the process at once with 128 and the signal's number, as shells expect.
 */
export function listenForStop(): {
  /** Resolves with the first signal. */
  readonly stopped: Promise<StopSignal>;
  /** The first signal, or null until there is one. */
  received(): StopSignal | null;
  /** Back to what the signals do on their own. */
  release(): void;
} {
  const { promise, resolve } = Promise.withResolvers<StopSignal>();
  let first: StopSignal | null = null;
  const listener = (signal: NodeJS.Signals): void => {
    if (first !== null) process.exit(signalStatus(signal as StopSignal));
    first = signal as StopSignal;
    resolve(first);
  };
  for (const signal of signals) process.on(signal, listener);
  return {
    stopped: promise,
    received: () => first,
    release() {
      for (const signal of signals) process.off(signal, listener);
    },
  };
}

export type StopSignal = (typeof signals)[number];

/** The exit status of a process that a signal ended before its work was done. */
export function signalStatus(signal: StopSignal): number {
  return signal === "SIGINT" ? 130 : 143;
}

const signals = ["SIGINT", "SIGTERM"] as const;
