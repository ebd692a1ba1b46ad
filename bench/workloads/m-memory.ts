import { usageOf } from "../machine/usage.ts";
import { under } from "./goals.ts";
import { perSecond } from "./http-run.ts";
import { shapes } from "./shapes.ts";
import { type Metric, subjectOf, type Workload } from "./workload.ts";

const memoryMax: Metric = { key: "memoryMaxMb", title: "memory MB at most", better: "less", digits: 0 };
const memoryEnd: Metric = { key: "memoryEndMb", title: "memory MB at the end", better: "less", digits: 0 };

const sliceMs = 30_000;

/** Whether what is kept to answer fast has a bound. */
export const longMemory: Workload = {
  id: "M",
  title: "memory under mixed load: first page, deep pages, calls, notes, archives",
  metrics: [memoryMax, memoryEnd, perSecond],
  roundsMax: 1,
  subjects: ({ ringback }, { mixedCalls }) => (ringback === null ? [] : [subjectOf(ringback, mixedCalls)]),
  async measure(running, { target, calls }, { load, effort }) {
    if (target === null) return {};
    const { dialect } = target;
    const mix = [
      shapes.firstPage(dialect),
      shapes.anyPage(dialect, calls),
      shapes.anyCall(dialect, calls),
      shapes.anyCall(dialect, calls),
      shapes.noteAnyCall(dialect, calls),
      shapes.archiveAnyCall(dialect, calls),
    ];
    let memoryMaxMb = 0;
    let memoryEndMb = Number.NaN;
    let answers = 0;
    let seconds = 0;
    // In slices: memory is looked at after each, and tokens are renewed between them.
    for (let left = effort.mixedMs; left > 0; left -= sliceMs) {
      const [token = ""] = await running.tokens(1);
      const report = await load.http({
        url: running.url,
        token,
        runMs: Math.min(left, sliceMs),
        seed: answers,
        closed: { connections: effort.connections, shapes: mix },
      });
      if (report.closed.failures > 0) throw new Error(`${report.closed.failures} answers were failures`);
      answers += report.closed.answers;
      seconds += report.seconds;
      memoryEndMb = (usageOf(running.pids)?.rssBytes ?? Number.NaN) / 2 ** 20;
      memoryMaxMb = Math.max(memoryMaxMb, memoryEndMb);
    }
    return { memoryMaxMb, memoryEndMb, perSecond: answers / seconds };
  },
  goals: [under(memoryMax, 400, "MB")],
};
