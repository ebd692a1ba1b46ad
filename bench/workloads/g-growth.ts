import { flat } from "./goals.ts";
import { httpRun } from "./http-run.ts";
import { shapes } from "./shapes.ts";
import { type Metric, subjectOf, type Workload } from "./workload.ts";

const firstPage: Metric = { key: "firstPage", title: "W1 requests/s", better: "more", digits: 0 };
const anyPage: Metric = { key: "anyPage", title: "W2 requests/s", better: "more", digits: 0 };
const anyCall: Metric = { key: "anyCall", title: "W3 requests/s", better: "more", digits: 0 };
const count: Metric = { key: "count", title: "counts/s", better: "more", digits: 0 };

/** Whether cost grows with the number of calls. Offsets go through the whole table at every size. */
export const growth: Workload = {
  id: "G",
  title: "W1, W2, W3 and counts as the table grows tenfold",
  metrics: [firstPage, anyPage, anyCall, count],
  subjects: ({ ringback }, { sizes }) =>
    ringback === null
      ? []
      : sizes.map((calls) => ({
          ...subjectOf(ringback, calls),
          name: `${ringback.name}-${calls}`,
          title: `${ringback.title}, ${calls.toLocaleString("en-US")} calls`,
        })),
  async measure(running, { target, calls }, bench) {
    if (target === null) return {};
    const { dialect } = target;
    const rate = async (shape: ReturnType<typeof shapes.count>) => {
      const closed = { connections: bench.effort.connections, shapes: [shape] };
      return (await httpRun(running, bench, { closed })).report.closed.perSecond;
    };
    return {
      firstPage: await rate(shapes.firstPage(dialect)),
      anyPage: await rate(shapes.anyPage(dialect, calls)),
      anyCall: await rate(shapes.anyCall(dialect, calls)),
      count: await rate(shapes.count(dialect)),
    };
  },
  goals: [flat(firstPage, 1.3), flat(anyPage, 1.3), flat(anyCall, 1.3), flat(count, 1.3)],
};
