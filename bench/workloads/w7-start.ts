import { usageOf } from "../machine/usage.ts";
import { timesTheBest } from "./goals.ts";
import { memory } from "./http-run.ts";
import { allOf } from "./subjects.ts";
import type { Metric, Workload } from "./workload.ts";

const startMs: Metric = { key: "startMs", title: "ms to the first answer", better: "less", digits: 0 };

export const start: Workload = {
  id: "W7",
  title: "cold start to the first answered page, and the memory after it",
  metrics: [startMs, memory],
  subjects: (targets, { calls }) => allOf(targets, calls),
  measure: async () => ({}),
  measureBeforeCheck: async (running) => ({
    startMs: running.startMs,
    memoryMb: (usageOf(running.pids)?.rssBytes ?? Number.NaN) / 2 ** 20,
  }),
  goals: [
    { ...timesTheBest(startMs, 1 / 0.7), must: "ms to the first answer: 0.7 of the best alternative" },
    timesTheBest(memory, 1),
  ],
};
