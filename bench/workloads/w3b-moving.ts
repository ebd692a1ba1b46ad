import { timesTheBest } from "./goals.ts";
import { httpMetrics, httpNumbers, httpRun, perSecond } from "./http-run.ts";
import { shapes } from "./shapes.ts";
import { allOf } from "./subjects.ts";
import type { Metric, Workload } from "./workload.ts";

const writesPerSecond: Metric = { key: "writesPerSecond", title: "writes/s", better: "more", digits: 0 };

/** Shows what caches are worth where they are made and dropped all the time. */
export const moving: Workload = {
  id: "W3b",
  title: "W1 and W3 in turn while 200 writes a second (open loop) move the revision",
  metrics: [...httpMetrics, writesPerSecond],
  subjects: (targets, { calls }) => allOf(targets, calls),
  async measure(running, { target, calls }, bench) {
    if (target === null) return {};
    const { dialect } = target;
    const run = await httpRun(running, bench, {
      closed: {
        connections: bench.effort.connections,
        shapes: [shapes.firstPage(dialect), shapes.anyCall(dialect, calls)],
      },
      paced: {
        perSecond: bench.effort.writesPerSecond,
        shapes: [shapes.noteAnyCall(dialect, calls), shapes.archiveAnyCall(dialect, calls)],
      },
    });
    return { ...httpNumbers(run), writesPerSecond: run.report.paced?.perSecond ?? Number.NaN };
  },
  goals: [timesTheBest(perSecond, 2.5)],
};
