import { rawHttp } from "../targets/limits.ts";
import { callBody } from "./bodies.ts";
import { ofLimit, timesTheBest } from "./goals.ts";
import { httpMetrics, httpNumbers, httpRun, perSecond } from "./http-run.ts";
import { shapes } from "./shapes.ts";
import { allOf } from "./subjects.ts";
import type { Workload } from "./workload.ts";

export const anyCall: Workload = {
  id: "W3",
  title: "call(id), random",
  metrics: httpMetrics,
  subjects: (targets, { calls }) => allOf(targets, calls, [rawHttp(callBody)]),
  async measure(running, { target, calls }, bench) {
    if (target === null) return {};
    const closed = { connections: bench.effort.connections, shapes: [shapes.anyCall(target.dialect, calls)] };
    return httpNumbers(await httpRun(running, bench, { closed }, bench.effort.warmAllMs));
  },
  goals: [timesTheBest(perSecond, 3.2), ofLimit(perSecond, "raw-http", 0.6)],
};
