import { sqliteAlone } from "../targets/sqlite-alone.ts";
import { timesTheBest, under } from "./goals.ts";
import { httpMetrics, httpNumbers, httpRun, perSecond } from "./http-run.ts";
import { shapes } from "./shapes.ts";
import { allOf } from "./subjects.ts";
import type { Metric, Workload } from "./workload.ts";

const readP99: Metric = { key: "readP99Ms", title: "p99 ms of reads beside", better: "less", digits: 1 };
const loneP50: Metric = { key: "loneP50Ms", title: "p50 ms of a lone writer", better: "less", digits: 2 };

/** Every answer comes after a durable commit. */
export const writes: Workload = {
  id: "W4",
  title: "addNote and archiveCall in turn, durable, with 100 reads a second (open loop) beside",
  metrics: [...httpMetrics, readP99, loneP50],
  subjects: (targets, { calls }) => [
    ...allOf(targets, calls),
    ...[1, 8, 32].map((perCommit) => ({
      name: `sqlite-${perCommit}`,
      title: `SQLite alone, ${perCommit} a commit`,
      kind: "limit" as const,
      calls,
      target: null,
      alone: sqliteAlone(calls, perCommit),
    })),
  ],
  async measure(running, { target, calls }, bench) {
    if (target === null) return {};
    const { dialect } = target;
    const writing = [shapes.noteAnyCall(dialect, calls), shapes.archiveAnyCall(dialect, calls)];
    const lone = await httpRun(running, bench, { closed: { connections: 1, shapes: writing } });
    const many = await httpRun(running, bench, {
      closed: { connections: bench.effort.connections, shapes: writing },
      paced: { perSecond: bench.effort.readsPerSecond, shapes: [shapes.firstPage(dialect)] },
    });
    return {
      ...httpNumbers(many),
      readP99Ms: many.report.paced?.p99Ms ?? Number.NaN,
      loneP50Ms: lone.report.closed.p50Ms,
    };
  },
  goals: [timesTheBest(perSecond, 5), under(readP99, 10, "ms"), timesTheBest(loneP50, 1)],
};
