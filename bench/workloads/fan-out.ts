import { costOf, waitForQuiet } from "../machine/quiet.ts";
import { usageOf } from "../machine/usage.ts";
import { median, quantile } from "../report/statistics.ts";
import type { Running } from "../targets/target.ts";
import { others } from "./http-run.ts";
import type { Bench, Metric, Numbers, Subject } from "./workload.ts";

export const lastMs: Metric = { key: "lastMs", title: "p50 ms to the last", better: "less", digits: 1 };
export const lastP95: Metric = { key: "lastP95Ms", title: "p95 ms to the last", better: "less", digits: 1 };
export const answeredMs: Metric = { key: "answeredMs", title: "p50 ms to the answer", better: "less", digits: 1 };
export const deliveries: Metric = { key: "deliveries", title: "deliveries/s in a burst", better: "more", digits: 0 };
export const kbPerIdle: Metric = { key: "kbPerIdle", title: "kB per idle subscriber", better: "less", digits: 1 };
const cpuPerDelivery: Metric = { key: "cpuUs", title: "CPU µs/delivery", better: "less", digits: 1 };
const loadBusy: Metric = { key: "loadBusy", title: "load busy in a burst", better: "less", digits: 2 };

export const fanOutMetrics = [lastMs, lastP95, answeredMs, deliveries, cpuPerDelivery, kbPerIdle, loadBusy, others];

const warmVolleys = 2;

/** Subscribes them all, then sends single changes and bursts and waits for the last delivery of each. */
export async function measureFanOut(
  running: Running,
  subject: Subject,
  { load, effort }: Bench,
  documents: readonly string[],
): Promise<Numbers> {
  const { target, subprotocol = "graphql-transport-ws" } = subject;
  if (target === null) return {};
  const count = effort.subscribers;
  const tokens = await running.tokens(count);
  const [token = ""] = tokens;
  const before = usageOf(running.pids);
  await load.openSubscribers({ url: running.socketUrl, subprotocol, tokens, documents, count });
  const after = usageOf(running.pids);

  // Each change is to a call of its own, so that no delivery grows with the notes of those before.
  let call = 0;
  const fire = async (changes: number) => {
    const callIds = Array.from({ length: changes }, () => String((call++ % subject.calls) + 1));
    return load.fire({ url: running.url, token, note: target.dialect.note, callIds });
  };
  for (let volley = 0; volley < warmVolleys; volley++) await fire(1);
  await waitForQuiet();
  const { result: singles, cost } = await costOf(running.pids, async () => {
    const reports = [];
    for (let single = 0; single < effort.singles; single++) reports.push(await fire(1));
    return reports;
  });
  const bursts = [];
  for (let burst = 0; burst < effort.bursts; burst++) bursts.push(await fire(effort.burst));
  await load.closeSubscribers();
  const cpuSeconds = cost.cpuSeconds ?? Number.NaN;
  return {
    lastMs: median(singles.map((report) => report.lastMs)),
    lastP95Ms: quantile(
      singles.map((report) => report.lastMs),
      0.95,
    ),
    answeredMs: median(singles.flatMap((report) => report.answeredMs)),
    deliveries: median(bursts.map((report) => report.deliveries / (report.lastMs / 1_000))),
    cpuUs: (cpuSeconds * 1e6) / (count * effort.singles),
    kbPerIdle: before === null || after === null ? Number.NaN : (after.rssBytes - before.rssBytes) / 1_024 / count,
    loadBusy: median(bursts.map((report) => report.loadBusy)),
    ...(cost.foreignShare === null ? {} : { others: cost.foreignShare }),
  };
}
