import type { HttpJob, HttpReport } from "../load/job.ts";
import { type Cost, costOf, isDisturbed, waitForQuiet } from "../machine/quiet.ts";
import type { Running } from "../targets/target.ts";
import type { Bench, Metric, Numbers } from "./workload.ts";

export const perSecond: Metric = { key: "perSecond", title: "requests/s", better: "more", digits: 0 };
export const p50: Metric = { key: "p50Ms", title: "p50 ms", better: "less", digits: 2 };
export const p99: Metric = { key: "p99Ms", title: "p99 ms", better: "less", digits: 1 };
export const cpu: Metric = { key: "cpuUs", title: "CPU µs/request", better: "less", digits: 0 };
export const memory: Metric = { key: "memoryMb", title: "memory MB", better: "less", digits: 0 };
/** How busy the load was: near 1 the server may have been faster than it could be asked. */
export const loadBusy: Metric = { key: "loadBusy", title: "load busy", better: "less", digits: 2 };

/** The part of the server's core that other programs of the machine took: above some hundredths, mistrust the row. */
export const others: Metric = { key: "others", title: "others on its core", better: "less", digits: 2 };

export const httpMetrics = [perSecond, p50, p99, cpu, memory, loadBusy, others];

const triesMax = 3;
let seed = 0;

/**
 * Warms up, waits for quiet and measures; again when others disturbed it, three times at most.
 * @throws Error when an answer was not good: a rate of failures is no rate.
 */
export async function httpRun(
  running: Running,
  { load, effort }: Bench,
  job: Pick<HttpJob, "closed" | "paced">,
  warmMs = effort.warmMs,
): Promise<{ readonly report: HttpReport; readonly cost: Cost }> {
  const [token = ""] = await running.tokens(1);
  const run = async (runMs: number) => {
    seed += 1_000_003;
    const report = await load.http({ url: running.url, token, runMs, seed, ...job });
    const failures = report.closed.failures + (report.paced?.failures ?? 0);
    if (failures > 0 || report.closed.answers === 0) {
      throw new Error(`${failures} of ${report.closed.answers} answers were failures`);
    }
    return report;
  };
  await run(warmMs);
  for (let attempt = 1; ; attempt++) {
    await waitForQuiet();
    const { result: report, cost } = await costOf(running.pids, async () => run(effort.runMs));
    if (attempt === triesMax || !isDisturbed(cost)) return { report, cost };
  }
}

/** The usual metrics of a run. */
export function httpNumbers({ report, cost }: { readonly report: HttpReport; readonly cost: Cost }): Numbers {
  const answers = report.closed.answers + (report.paced?.answers ?? 0);
  return {
    perSecond: report.closed.perSecond,
    p50Ms: report.closed.p50Ms,
    p99Ms: report.closed.p99Ms,
    ...(cost.cpuSeconds === null ? {} : { cpuUs: (cost.cpuSeconds * 1e6) / answers }),
    ...(cost.rssBytes === null ? {} : { memoryMb: cost.rssBytes / 2 ** 20 }),
    loadBusy: report.loadBusy,
    ...(cost.foreignShare === null ? {} : { others: cost.foreignShare }),
  };
}
