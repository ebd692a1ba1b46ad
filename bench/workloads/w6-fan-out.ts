import { liveDocument } from "../targets/dialect.ts";
import { rawWs } from "../targets/limits.ts";
import { answeredMs, deliveries, fanOutMetrics, kbPerIdle, lastMs, measureFanOut } from "./fan-out.ts";
import { ofLimit, ownShare, timesTheBest } from "./goals.ts";
import { allOf } from "./subjects.ts";
import type { Subject, Targets, Workload } from "./workload.ts";

export const fanOut: Workload = {
  id: "W6",
  title: "one change to every subscriber, singly and in bursts of ten",
  metrics: fanOutMetrics,
  subjects: (targets, { calls }) => [...live(targets, calls), ...legacy(targets, calls)],
  measure: async (running, subject, bench) => measureFanOut(running, subject, bench, [liveDocument]),
  goals: [
    timesTheBest(lastMs, 2.5),
    timesTheBest(deliveries, 4),
    ofLimit(lastMs, "raw-ws", 1.15),
    ownShare(answeredMs, lastMs, 0.25, "the mutation is answered before the fan-out: in a quarter of its time"),
    ofLimit(kbPerIdle, "raw-ws", 1.5),
  ],
};

function live(targets: Targets, calls: number): Subject[] {
  return allOf(targets, calls, [rawWs]).filter(({ target }) => target !== null && target.subprotocols.length > 0);
}

/** The older protocol, where a target serves it: the same change to clients that nobody has rewritten. */
function legacy({ ringback }: Targets, calls: number): Subject[] {
  if (ringback === null) return [];
  const { name, title, kind } = ringback;
  return [
    {
      name: `${name}-legacy`,
      title: `${title}, legacy protocol`,
      kind,
      calls,
      target: ringback,
      subprotocol: "graphql-ws",
    },
  ];
}
