import { setTimeout as pause } from "node:timers/promises";
import { parseArgs } from "node:util";
import { openSubscribers, type Subscribers } from "../load/subscribers.ts";
import { nodeCpuUs, databaseCpuUs } from "./cost.ts";
import { followDocument, startInstallation } from "./installation.ts";
import { officeDay, type Shape } from "./shape.ts";
import { draw, simulate } from "./simulate.ts";
import { readUnitCosts } from "./unit-costs.ts";

// Plays a small installation twice, with the same changes at the same times through the same nodes and the same listeners at them:
// on paper, and on two nodes with PostgreSQL and NATS on this machine. Prints both beside each other.
//   node bench/capacity/small-case.ts [--seconds 40]

const { values: options } = parseArgs({ options: { seconds: { type: "string", default: "40" } } });
const seconds = Number(options.seconds);
const seed = 11;

/** 25 changes a second: a fifth of what 14,000 teams make of 1.3 million calls a day. */
const shape: Shape = {
  title: "two nodes, 200 teams, 2,000 sockets",
  workspaces: 200,
  callsPerDay: 360_000,
  changesPerCall: 2,
  listenersPerWorkspace: 10,
  nodes: 2,
  readsPerListenerHour: 0,
  dailyProfile: officeDay,
  skew: 0.5,
};

const costs = readUnitCosts();
const paper = simulate(shape, { seconds, seed });
const installation = await startInstallation({ nodes: shape.nodes, workspaces: shape.workspaces });
const opened: Subscribers[][] = [];
try {
  const { places, occurrences } = draw(shape, { seconds, seed });
  // Each workspace has a call to work on, and what is compiled is warm.
  for (let workspace = 0; workspace < shape.workspaces; workspace++) await installation.call(workspace % 2, workspace);
  for (let workspace = 0; workspace < shape.workspaces; workspace++) await installation.note(workspace % 2, workspace);
  for (const [node, { socketUrl }] of installation.nodes.entries()) {
    const tokens = installation.keys.flatMap((key, workspace) =>
      [...places.of(workspace)].flatMap(([at, sockets]) =>
        at === node ? Array.from({ length: sockets }, () => key) : [],
      ),
    );
    const whole = { url: socketUrl, subprotocol: "graphql-transport-ws", documents: [followDocument] };
    opened.push([await openSubscribers({ ...whole, tokens, count: tokens.length })]);
  }
  await pause(3_000);
  const received = () => opened.map((ofNode) => ofNode[0]?.received() ?? { deliveries: 0, bytes: 0 });
  const [before, receivedBefore, startedAtMs] = [await installation.used(), received(), performance.now()];
  const running: Promise<void>[] = [];
  for (const { atMs, node, workspace, isCall } of occurrences) {
    const waitMs = startedAtMs + atMs - performance.now();
    if (waitMs > 1) await pause(waitMs);
    running.push(isCall ? installation.call(node, workspace) : installation.note(node, workspace));
  }
  await Promise.all(running);
  const wanted = paper.nodes.reduce((sum, { deliveries }) => sum + deliveries, 0);
  const come = () =>
    received().reduce((sum, { deliveries }, at) => sum + deliveries - (receivedBefore[at]?.deliveries ?? 0), 0);
  for (const deadline = performance.now() + 30_000; come() < wanted && performance.now() < deadline;) await pause(50);
  const [after, receivedAfter] = [await installation.used(), received()];
  const tookSeconds = (after.atMs - before.atMs) / 1_000;

  tell("", ["paper", "real", "real / paper"]);
  for (const [at, node] of paper.nodes.entries()) {
    const real = receivedAfter[at];
    const first = receivedBefore[at];
    compare(`node ${at + 1}: deliveries`, node.deliveries, (real?.deliveries ?? 0) - (first?.deliveries ?? 0));
    compare(
      `node ${at + 1}: kB of messages`,
      (node.deliveries * costs.frameBytes) / 1_000,
      ((real?.bytes ?? 0) - (first?.bytes ?? 0)) / 1_000,
    );
    const cpu = (after.nodes[at]?.cpuSeconds ?? 0) - (before.nodes[at]?.cpuSeconds ?? 0);
    compare(`node ${at + 1}: CPU ms`, nodeCpuUs(node, tookSeconds, costs) / 1_000, cpu * 1_000);
  }
  compare(
    "PostgreSQL: CPU ms",
    databaseCpuUs(paper.nodes, tookSeconds, costs) / 1_000,
    (after.databaseCpuSeconds - before.databaseCpuSeconds) * 1_000,
  );
  const calls = paper.nodes.reduce((sum, node) => sum + node.calls, 0);
  const notes = paper.nodes.reduce((sum, node) => sum + node.writes - node.calls, 0);
  const wal = calls * costs.database.walBytesPerCall + notes * costs.database.walBytesPerNote;
  compare("PostgreSQL: kB of WAL", wal / 1_000, (after.walBytes - before.walBytes) / 1_000);
  process.stdout.write(`${calls + notes} changes in ${tookSeconds.toFixed(1)} s\n`);
} finally {
  for (const subscribers of opened.flat()) subscribers.close();
  await installation.stop();
}

function compare(title: string, paper: number, real: number): void {
  tell(title, [paper.toFixed(0), real.toFixed(0), (real / paper).toFixed(2)]);
}

function tell(title: string, cells: readonly string[]): void {
  process.stdout.write(`${title.padEnd(28)}${cells.map((cell) => cell.padStart(14)).join("")}\n`);
}
