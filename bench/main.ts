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

const targetNames = new Set(["ringback", "mercurius", "apollo", "yoga", "nest", "postgraphile"]);
const options = readOptions();

// Whoever interrupts a run still gets its servers stopped and its copies removed: both hang on "exit".
process.once("SIGINT", () => process.exit(130));
process.once("SIGTERM", () => process.exit(143));

if (options.help) process.stdout.write(help);
else await bench();

/** The options of the command line; a mistake ends the program with a sentence. */
function readOptions() {
  try {
    const { values } = parseArgs({
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
    const workloadIds = new Set(workloads.map(({ id }) => id));
    return {
      ...values,
      only: listOf("--only", values.only, (name) => workloadIds.has(name)),
      targets: listOf("--targets", values.targets, (name) => targetNames.has(name)),
      rounds: listOf("--rounds", values.rounds, isCount)?.map(Number)[0],
      sizes: listOf("--sizes", values.sizes, isCount)?.map(Number),
    };
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n\n${help}`);
    process.exit(64);
  }
}

function listOf(flag: string, text: string | undefined, isKnown: (item: string) => boolean): string[] | undefined {
  const items = text?.split(",");
  const wrong = items?.find((item) => !isKnown(item));
  if (wrong !== undefined) throw new Error(`${flag} does not take "${wrong}".`);
  return items;
}

function isCount(text: string): boolean {
  return /^[1-9]\d{0,8}$/.test(text);
}

async function bench(): Promise<void> {
  const chosen = workloads.filter(({ id }) => isChosen(options.only, id));
  const base = options.quick ? quick : full;
  const effort = {
    ...base,
    rounds: options.rounds ?? base.rounds,
    sizes: options.sizes ?? base.sizes,
  };
  installPeers(progress);
  const postgres = isChosen(options.targets, "postgraphile") ? await startPostgres() : null;
  if (postgres === null) progress("PostGraphile is left out: no PostgreSQL was found or asked for");
  const targets = allTargets(postgres, (name) => isChosen(options.targets, name));
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

function isChosen(list: readonly string[] | undefined, name: string): boolean {
  return list === undefined || list.includes(name);
}
