import { cpus } from "node:os";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { openSubscribers, type Subscribers } from "../load/subscribers.ts";
import { followDocument, startInstallation, type Used } from "./installation.ts";
import type { UnitCosts } from "./unit-costs.ts";

// Measures what one of each costs in processor time, memory, log and wire, and writes it to unit-costs.json: two nodes on
// one PostgreSQL with NATS between them, the first one asked, the second one listened to. Processor time hardly depends on what else
// the machine does; rates and latencies would.
//   node bench/capacity/measure.ts

const workspaces = 200;
const writes = 3_000;
const atOnce = 16;
const idleMs = 15_000;
const fewSockets = 1;
const manySockets = 10;

const installation = await startInstallation({ nodes: 2, workspaces });
const opened: Subscribers[] = [];
try {
  await repeated(workspaces, (workspace) => installation.call(0, workspace));
  await repeated(1_000, (at) => installation.note(0, at % workspaces)); // compiled and warm

  const calls = await costOf(() => repeated(writes, (at) => installation.call(0, at % workspaces)));
  const notes = await costOf(() => repeated(writes, (at) => installation.note(0, at % workspaces)));
  const pages = await costOf(
    () => repeated(workspaces, (workspace) => installation.page(0, workspace)),
    () => repeated(workspaces, (workspace) => installation.note(0, workspace)),
    writes / workspaces,
  );

  // Who listens is on the second node, and nothing is asked of it.
  const alone = await installation.used();
  const firstOpened = await costOf(() => listen(fewSockets));
  await pause(2_000);
  const quiet = await costOf(() => pause(idleMs));
  const one = await costOf(() =>
    heard(
      repeated(writes, (at) => installation.call(0, at % workspaces)),
      writes * fewSockets,
    ),
  );
  const before = await installation.used();
  const moreOpened = await costOf(() => listen(manySockets - fewSockets));
  await pause(2_000);
  const full = await installation.used();
  const few = await costOf(() =>
    heard(
      repeated(writes, (at) => installation.call(0, at % workspaces)),
      writes * manySockets,
    ),
  );

  const us = (seconds: number | undefined, count: number) => round(((seconds ?? Number.NaN) * 1e6) / count);
  const perChange = { one: us(one.nodes[1], writes), few: us(few.nodes[1], writes) };
  const deliveryUs = (perChange.few - perChange.one) / (manySockets - fewSockets);
  const received = opened.map((subscribers) => subscribers.received());
  const sum = (value: (one: { readonly deliveries: number; readonly bytes: number }) => number) =>
    received.reduce((all, each) => all + value(each), 0);
  const costs: UnitCosts = {
    measured: {
      on: new Date().toISOString().slice(0, 10),
      machine: `${cpus().length} cores, ${cpus()[0]?.model ?? "?"}, shared with other work`,
      versions: installation.versions,
    },
    node: {
      callUs: us(calls.nodes[0], writes),
      noteUs: us(notes.nodes[0], writes),
      pageUs: us(pages.nodes[0], writes),
      followUs: round(perChange.one - fewSockets * deliveryUs),
      deliveryUs: round(deliveryUs),
      connectUs: us(moreOpened.nodes[1], workspaces * (manySockets - fewSockets)),
      lookUs: us(quiet.nodes[1], workspaces * (quiet.ms / 1_000)),
      bytesPerSocket: Math.round(
        ((full.nodes[1]?.rssBytes ?? 0) - (before.nodes[1]?.rssBytes ?? 0)) / (workspaces * (manySockets - fewSockets)),
      ),
      bytesAtRest: alone.nodes[1]?.rssBytes ?? Number.NaN,
    },
    database: {
      callUs: us(calls.database, writes),
      noteUs: us(notes.database, writes),
      pageUs: us(pages.database, writes),
      followUs: round(us(one.database, writes) - us(calls.database, writes)),
      connectUs: us(firstOpened.database, workspaces * fewSockets),
      lookUs: us(quiet.database, workspaces * (quiet.ms / 1_000)),
      walBytesPerCall: Math.round(calls.walBytes / writes),
      walBytesPerNote: Math.round(notes.walBytes / writes),
    },
    frameBytes: Math.round(sum(({ bytes }) => bytes) / sum(({ deliveries }) => deliveries)),
  };
  const text = `${JSON.stringify(costs, null, 2)}\n`;
  writeFileSync(join(import.meta.dirname, "unit-costs.json"), text);
  process.stdout.write(text);
} finally {
  for (const subscribers of opened) subscribers.close();
  await installation.stop();
}

type Cost = {
  readonly ms: number;
  readonly nodes: readonly number[];
  readonly database: number;
  readonly walBytes: number;
};

/** What a piece of work used, by node, `times` over, each time after what is not counted. */
async function costOf(work: () => Promise<unknown>, prepare = async () => {}, times = 1): Promise<Cost> {
  const all = { ms: 0, nodes: [0, 0], database: 0, walBytes: 0 };
  for (let time = 0; time < times; time++) {
    await prepare();
    const before: Used = await installation.used();
    await work();
    const after: Used = await installation.used();
    all.ms += after.atMs - before.atMs;
    all.nodes = all.nodes.map(
      (sum, at) => sum + (after.nodes[at]?.cpuSeconds ?? 0) - (before.nodes[at]?.cpuSeconds ?? 0),
    );
    all.database += after.databaseCpuSeconds - before.databaseCpuSeconds;
    all.walBytes += after.walBytes - before.walBytes;
  }
  return all;
}

/** Does it so many times, a few at once. */
async function repeated(times: number, work: (at: number) => Promise<void>): Promise<void> {
  let next = 0;
  const worker = async () => {
    while (next < times) await work(next++);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}

/** So many further sockets for each workspace, on the second node. */
async function listen(perWorkspace: number): Promise<void> {
  const options = { subprotocol: "graphql-transport-ws", documents: [followDocument], tokens: installation.keys };
  const url = installation.nodes[1]?.socketUrl ?? "";
  opened.push(await openSubscribers({ ...options, url, count: perWorkspace * workspaces }));
}

/** The work, and until all that it brings has come. */
async function heard(work: Promise<unknown>, deliveries: number): Promise<void> {
  const count = () => opened.reduce((sum, subscribers) => sum + subscribers.received().deliveries, 0);
  const wanted = count() + deliveries;
  await work;
  for (const deadline = performance.now() + 60_000; count() < wanted; await pause(10)) {
    if (performance.now() > deadline) throw new Error(`${wanted - count()} deliveries did not come`);
  }
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
