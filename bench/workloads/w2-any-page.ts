import { rawHttp } from "../targets/limits.ts";
import { pageBody } from "./bodies.ts";
import { timesTheBest } from "./goals.ts";
import { httpMetrics, httpNumbers, httpRun, perSecond } from "./http-run.ts";
import { shapes } from "./shapes.ts";
import { allOf, isLateJoin } from "./subjects.ts";
import { type Subject, subjectOf, type Workload } from "./workload.ts";

const offsetsMax = 100_000;
const asDocumented = {
  called: "alternative as its documents write it",
  is: (subject: Subject) => subject.kind === "alternative" && !isLateJoin(subject),
};
const withLateJoin = { called: "alternative with a late join", is: isLateJoin };

export const anyPage: Workload = {
  id: "W2",
  title: "paginatedCalls(limit: 25) at random offsets to 100,000, each page different",
  metrics: httpMetrics,
  subjects: (targets, { calls }) => [
    ...allOf(targets, calls),
    ...targets.lateJoins.map((target) => subjectOf(target, calls)),
    subjectOf(
      rawHttp((count) => pageBody(count, Math.floor(count / 2), 25)),
      calls,
    ),
  ],
  async measure(running, { target, calls }, bench) {
    if (target === null) return {};
    const below = Math.min(calls, offsetsMax);
    const closed = { connections: bench.effort.connections, shapes: [shapes.anyPage(target.dialect, below)] };
    return httpNumbers(await httpRun(running, bench, { closed }, bench.effort.warmAllMs));
  },
  goals: [timesTheBest(perSecond, 10, asDocumented), timesTheBest(perSecond, 6, withLateJoin)],
};
