import { parseArgs } from "node:util";
import { databaseCpuUs, nodeCpuUs } from "./cost.ts";
import { simulateRestart } from "./restart.ts";
import { changesPerSecond, officeDay, type Shape } from "./shape.ts";
import { simulate } from "./simulate.ts";
import { readUnitCosts } from "./unit-costs.ts";

// Prints what an installation needs at its busiest hour, by the measured costs of one of each (unit-costs.json). Pure arithmetic: the
// same numbers on every machine.
//   node bench/capacity/main.ts [--seconds 60]

const { values: options } = parseArgs({ options: { seconds: { type: "string", default: "60" } } });
const seconds = Number(options.seconds);
const seed = 1;
const costs = readUnitCosts();

/** 14,000 teams, 1.3 million calls a day, each archived and noted; six people of a team look at once. */
const company: Shape = {
  title: "14,000 teams",
  workspaces: 14_000,
  callsPerDay: 1_300_000,
  changesPerCall: 3,
  listenersPerWorkspace: 6,
  readsPerListenerHour: 20,
  nodes: 4,
  dailyProfile: officeDay,
  skew: 0.5,
};

const shapes: readonly Shape[] = [2, 4, 8, 16].map((nodes) => ({ ...company, title: `${nodes} nodes`, nodes }));

tell(
  "at the busiest hour",
  shapes.map(({ title }) => title),
);
const runs = shapes.map((shape) => ({ shape, run: simulate(shape, { seconds, seed }) }));
row("changes a second, all", ({ shape }) => changesPerSecond(shape));
row("sockets, fullest node", ({ run }) => Math.max(...run.nodes.map(({ sockets }) => sockets)));
row("workspaces followed, a node", ({ run }) => mean(run.nodes.map(({ followed }) => followed)));
row("changes a second, a node", (each) => rate(each, ({ writes }) => writes));
row("bells sent a second, a node", (each) => rate(each, ({ rings }) => rings));
row("bells heard a second, a node", (each) => rate(each, ({ heard }) => heard));
row("log reads a second, a node", (each) => rate(each, ({ logReads }) => logReads));
row("frames a second, a node", (each) => rate(each, ({ deliveries }) => deliveries));
row("frames, busiest second", ({ run }) => Math.max(...run.nodes.map(({ deliveriesPeak }) => deliveriesPeak)));
row(
  "kB a second to sockets, a node",
  (each) => (rate(each, ({ deliveries }) => deliveries) * costs.frameBytes) / 1_000,
);
row("pages a second, a node", ({ shape }) => pagesPerSecond(shape) / shape.nodes);
row(
  "cores, a node",
  ({ shape, run }) => {
    const events = mean(run.nodes.map((node) => nodeCpuUs(node, seconds, costs))) / seconds / 1e6;
    return events + (pagesPerSecond(shape) / shape.nodes) * costs.node.pageUs * 1e-6;
  },
  2,
);
row(
  "GB of memory, fullest node",
  ({ run }) => {
    const sockets = Math.max(...run.nodes.map((node) => node.sockets));
    return (costs.node.bytesAtRest + sockets * costs.node.bytesPerSocket) / 1e9;
  },
  2,
);
row(
  "cores, PostgreSQL",
  ({ shape, run }) => {
    return (
      databaseCpuUs(run.nodes, seconds, costs) / seconds / 1e6 + pagesPerSecond(shape) * costs.database.pageUs * 1e-6
    );
  },
  2,
);
row(
  "MB of WAL a second",
  ({ run }) => {
    const sum = (value: (node: (typeof run.nodes)[number]) => number) =>
      run.nodes.reduce((all, node) => all + value(node), 0);
    const bytes =
      sum(({ calls }) => calls) * costs.database.walBytesPerCall +
      sum(({ writes, calls }) => writes - calls) * costs.database.walBytesPerNote;
    return bytes / seconds / 1e6;
  },
  2,
);

process.stdout.write("\n");
const restarts = shapes.map((shape) => ({
  title: shape.title,
  ...simulateRestart(
    {
      nodes: shape.nodes,
      sockets: shape.workspaces * shape.listenersPerWorkspace,
      closingMs: 5_000,
      backMs: [300, 3_000],
      pauseMs: 10_000,
      connectUs: costs.node.connectUs,
      coreShare: 0.5,
    },
    seed,
  ),
}));
tell(
  "a rolling restart",
  restarts.map(({ title }) => title),
);
tellNumbers(
  "sockets a second to one node",
  restarts.map((each) => each.arrivalsPerSecondMax),
);
tellNumbers(
  "longest wait for the core, ms",
  restarts.map((each) => each.waitMsMax),
);
tellNumbers(
  "all back after, s",
  restarts.map((each) => each.totalMs / 1_000),
);
tellNumbers(
  "sockets afterwards, fullest",
  restarts.map((each) => Math.max(...each.socketsAfter)),
);
tellNumbers(
  "sockets afterwards, emptiest",
  restarts.map((each) => Math.min(...each.socketsAfter)),
);

type Run = { readonly shape: Shape; readonly run: ReturnType<typeof simulate> };

function row(title: string, value: (run: Run) => number, digits = 0): void {
  tellNumbers(title, runs.map(value), digits);
}

/** A second, for one node on average. */
function rate({ run }: Run, value: (node: Run["run"]["nodes"][number]) => number): number {
  return mean(run.nodes.map(value)) / seconds;
}

function pagesPerSecond({ workspaces, listenersPerWorkspace, readsPerListenerHour }: Shape): number {
  return (workspaces * listenersPerWorkspace * readsPerListenerHour) / 3_600;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function tellNumbers(title: string, values: readonly number[], digits = 0): void {
  tell(
    title,
    values.map((value) => value.toLocaleString("en", { minimumFractionDigits: digits, maximumFractionDigits: digits })),
  );
}

function tell(title: string, cells: readonly string[]): void {
  process.stdout.write(`${title.padEnd(34)}${cells.map((cell) => cell.padStart(12)).join("")}\n`);
}
