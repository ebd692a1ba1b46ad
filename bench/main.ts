import { join } from "node:path";
import { parseArgs } from "node:util";
import { full, quick } from "./effort.ts";
import { installPeers } from "./install.ts";
import { startLoad } from "./load/load.ts";
import { startPostgres } from "./machine/postgres.ts";
import { factsOf } from "./report/facts.ts";
import { writeResults } from "./report/markdown.ts";
import { terminalText } from "./report/terminal.ts";
import { runWorkload, type WorkloadRun } from "./run.ts";
import { allTargets } from "./targets/all.ts";
import { workloads } from "./workloads/all.ts";

const help = `Measures Ringback beside what else one could serve its API with, and beside what the machine can do.

  npm run bench                            everything; takes hours; writes docs/performance.md
  npm run bench -- --quick                 everything, small and short; minutes; writes nothing
  npm run bench -- --only W1,W3            some workloads: ${workloads.map(({ id }) => id).join(", ")}
  npm run bench -- --targets ringback,mercurius
                                           some targets: ringback, mercurius, apollo, yoga, nest, postgraphile
                                           (limits are always measured)
  npm run bench -- --rounds 3              another number of rounds
  npm run bench -- --sizes 10000,10000000  other sizes for G
  npm run bench -- --write FILE            write the results into the marked place of a page
`;

const docs = join(import.meta.dirname, "../docs/performance.md");
const progress = (text: string) => process.stderr.write(`${text}\n`);

const { values: options } = parseArgs({
  options: {
    help: { type: "boolean", short: "h", default: false },
    quick: { type: "boolean", default: false },
    only: { type: "string" },
    targets: { type: "string" },
    rounds: { type: "string" },
    sizes: { type: "string" },
    write: { type: "string" },
  },
});

// Whoever interrupts a run still gets its servers stopped and its copies removed: both hang on "exit".
process.once("SIGINT", () => process.exit(130));
process.once("SIGTERM", () => process.exit(143));

if (options.help) process.stdout.write(help);
else await bench();

async function bench(): Promise<void> {
  const chosen = workloads.filter(({ id }) => named(options.only, id));
  if (chosen.length === 0) throw new Error(`--only names none of ${workloads.map(({ id }) => id).join(", ")}`);
  const base = options.quick ? quick : full;
  const effort = {
    ...base,
    rounds: options.rounds === undefined ? base.rounds : Number(options.rounds),
    sizes: options.sizes === undefined ? base.sizes : options.sizes.split(",").map(Number),
  };
  installPeers(progress);
  const postgres = named(options.targets, "postgraphile") ? await startPostgres() : null;
  if (postgres === null) progress("PostGraphile is left out: no PostgreSQL was found or asked for");
  const targets = allTargets(postgres, (name) => named(options.targets, name));
  const load = startLoad();
  const runs: WorkloadRun[] = [];
  try {
    for (const workload of chosen) {
      const run = await runWorkload(workload, targets, { load, effort }, progress);
      runs.push(run);
      process.stdout.write(terminalText(run));
    }
  } finally {
    load.stop();
    await postgres?.stop();
  }
  const isComplete = !options.quick && options.only === undefined && options.targets === undefined;
  const file = options.write ?? (isComplete ? docs : null);
  if (file !== null) writeResults(file, runs, factsOf(effort, postgres?.version ?? null));
}

function named(list: string | undefined, name: string): boolean {
  return list === undefined || list.split(",").includes(name);
}
