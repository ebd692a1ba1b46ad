import { rawHttp } from "../targets/limits.ts";
import { pageBody } from "./bodies.ts";
import { ofLimit, timesTheBest } from "./goals.ts";
import { httpMetrics, httpNumbers, httpRun, perSecond } from "./http-run.ts";
import { allOf } from "./subjects.ts";
import { shapes } from "./shapes.ts";
import type { Workload } from "./workload.ts";

export const firstPage: Workload = {
  id: "W1",
  title: "paginatedCalls(limit: 10), hot",
  metrics: httpMetrics,
  subjects: (targets, { calls }) => allOf(targets, calls, [rawHttp((count) => pageBody(count, 0, 10))]),
  async measure(running, { target }, bench) {
    if (target === null) return {};
    const closed = { connections: bench.effort.connections, shapes: [shapes.firstPage(target.dialect)] };
    return httpNumbers(await httpRun(running, bench, { closed }));
  },
  goals: [timesTheBest(perSecond, 7), ofLimit(perSecond, "raw-http", 0.65)],
};
