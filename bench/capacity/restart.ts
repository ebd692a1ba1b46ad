import { randomFor } from "../data/calls.ts";

/** A rolling restart on paper: one node after the other closes its sockets, and its clients come back to the others. */
export type Restart = {
  readonly nodes: number;
  readonly sockets: number;
  /** Over how many milliseconds a node spreads the closing of its sockets. */
  readonly closingMs: number;
  /** A client waits so long, at least and at most, before it comes back: anything between by chance. */
  readonly backMs: readonly [from: number, to: number];
  /** From the closing of one node's last socket until the next node begins, in milliseconds. */
  readonly pauseMs: number;
  /** What a socket costs the node that it comes to, from its upgrade to its subscription, in microseconds of one core. */
  readonly connectUs: number;
  /** The share of the core that is left for sockets which come back, from above 0 to 1. */
  readonly coreShare: number;
};

export type Restarted = {
  /** Sockets that came to one node within one second, at most. */
  readonly arrivalsPerSecondMax: number;
  /** How long a socket waits for the node's core beyond its own cost, in milliseconds: the longest. */
  readonly waitMsMax: number;
  /** From the start of the first node's closing until the last socket is back, in milliseconds. */
  readonly totalMs: number;
  /** Sockets of each node afterwards: the one that was restarted last has had nobody come since. */
  readonly socketsAfter: readonly number[];
};

/** Plays the restart: the same seed is the same run. Sockets are spread evenly before it; a balancer sends each to any other node. */
export function simulateRestart(restart: Restart, seed: number): Restarted {
  const { nodes, sockets, closingMs, backMs, pauseMs, connectUs, coreShare } = restart;
  const random = randomFor(seed);
  const on = Array.from({ length: nodes }, (_, node) => Math.floor((sockets + node) / nodes));
  const freeAtMs = on.map(() => 0);
  const serviceMs = connectUs / 1_000 / coreShare;
  const arrivals = new Map<string, number>();
  let [startMs, waitMsMax, totalMs] = [0, 0, 0];
  for (let node = 0; node < nodes; node++) {
    const leaving = on[node] ?? 0;
    on[node] = 0;
    const back = Array.from({ length: leaving }, (_, at) => {
      const closedAtMs = startMs + (closingMs * (at + 1)) / leaving;
      return closedAtMs + backMs[0] + random() * (backMs[1] - backMs[0]);
    });
    for (const atMs of back.toSorted((a, b) => a - b)) {
      const other = nodes === 1 ? node : (node + 1 + Math.floor(random() * (nodes - 1))) % nodes;
      on[other] = (on[other] ?? 0) + 1;
      const key = `${other} ${Math.floor(atMs / 1_000)}`;
      arrivals.set(key, (arrivals.get(key) ?? 0) + 1);
      const beginsAtMs = Math.max(atMs, freeAtMs[other] ?? 0);
      waitMsMax = Math.max(waitMsMax, beginsAtMs - atMs);
      freeAtMs[other] = beginsAtMs + serviceMs;
      totalMs = Math.max(totalMs, beginsAtMs + serviceMs);
    }
    startMs += closingMs + pauseMs;
  }
  return {
    arrivalsPerSecondMax: Math.max(0, ...arrivals.values()),
    waitMsMax,
    totalMs,
    socketsAfter: on,
  };
}
