import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { removeFolder } from "../support/guardian.ts";
import { startServeProcess } from "../support/serve-process.ts";
import { startTestServer } from "../support/server.ts";
import { startBalancer } from "./balancer.ts";
import { people } from "./office.ts";

/** Calls to work on. */
const callsCount = 50;

/** How long a node that was told to stop still takes requests, in milliseconds: several looks of the balancer. */
const drainMs = 2_000;

/** Whether the long form was asked for. */
export const isFull = process.env["RINGBACK_CLUSTER_FULL"] === "1";

/** The most that a request may take, in milliseconds: twice what is promised in the short form, which runs beside other tests. */
export const hangMsMax = isFull ? 5_000 : 10_000;

/** Two nodes of one database, with people and calls, behind a balancer. */
export async function startCluster({ database, doorbell }: { readonly database: string; readonly doorbell: string }) {
  const data = await mkdtemp(join(tmpdir(), "ringback-cluster-"));
  const first = await startTestServer({ data, database });
  for (const name of people) await first.signIn(name);
  await first.addCalls(callsCount);
  await first.close();
  const settings = {
    RINGBACK_DATABASE: database,
    RINGBACK_DOORBELL: doorbell,
    RINGBACK_DRAIN_MS: String(drainMs),
    RINGBACK_DATABASE_CONNECTIONS: "4",
  };
  const nodes = await Promise.all([1, 2].map(() => startServeProcess(data, settings)));
  const balancer = await startBalancer(nodes.map(({ url }) => url));
  return {
    url: balancer.url,
    nodes,
    balancer,
    async stop() {
      await balancer.close();
      await Promise.all(nodes.map((node) => node.stop()));
      removeFolder(data);
    },
  };
}

export type Cluster = Awaited<ReturnType<typeof startCluster>>;

/** Durations in milliseconds, for people. */
export function told(durations: readonly number[]): string {
  const sorted = durations.toSorted((a, b) => a - b).map((ms) => Math.round(ms));
  return `median ${sorted[Math.floor(sorted.length / 2)]} ms, longest ${sorted.at(-1)} ms`;
}
