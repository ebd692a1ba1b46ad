import { dirname } from "node:path";
import { type Compared, type CopyReport, loadCopying, type Place } from "../../database.ts";
import { DomainError } from "../../domain/errors.ts";
import { placeText, readPlace } from "../copy-place.ts";
import { createCopyProgress } from "../copy-progress.ts";
import { lockDataFolder } from "../data-lock.ts";
import type { AddCommand } from "../program.ts";
import { listenForStop, signalStatus } from "../stop-signal.ts";
import { countText, plural, tableText } from "../text.ts";

type Flags = {
  readonly from: string;
  readonly to?: string;
  readonly compare?: boolean;
  readonly reopen?: boolean;
};

export const addCopy: AddCommand = (program, done) => {
  const command = program
    .command("copy")
    .summary("Move everything from SQLite to PostgreSQL, or back, while the server runs.")
    .description(
      "Copies the whole database to another place while it is served, compares both row by row, brings over what was written meanwhile and then, while writes wait for a moment, the rest. From then on the old database refuses writes and says where it went, a server on it ends by itself, and the new one goes on as the same history: sessions, keys and cursors stay good. Nothing is altered in the old one until then. Ended at any point, it can be run again.",
    )
    .requiredOption("--from <place>", "The database that is: a data folder, a SQLite file, or postgres://...")
    .option("--to <place>", "Where it goes: an empty PostgreSQL database, or a data folder without a database.")
    .option("--compare", "Copy nothing; compare the two, row by row.")
    .option("--reopen", "Take a move back: the old database is served again, and clients fetch anew.")
    .action(async (flags: Flags) => done(await run(flags)));
  command.addHelpText(
    "after",
    `
An address with a password is better kept out of the list of processes: both may also come from the
environment, --from '$NAME' and --to '$NAME' with single quotes.

Examples:
  ringback copy --from data --to postgres://ringback@db/ringback
  ringback copy --from data --to '$RINGBACK_DATABASE'
  ringback copy --from '$RINGBACK_DATABASE' --to data-of-before`,
  );
};

async function run({ from, to, compare, reopen }: Flags): Promise<number> {
  const source = readPlace(fromEnvironment(from), "existing");
  const copying = await loadCopying();
  if (reopen === true) {
    await copying.reopen(source);
    process.stdout.write(`${placeText(source)} can be served again.\n`);
    return 0;
  }
  if (to === undefined) throw new DomainError("BAD_CONFIGURATION", "Say where to by --to.");
  const stop = listenForStop();
  const progress = createCopyProgress();
  const options = {
    progress,
    isStopped: () => stop.received() !== null,
    now: Date.now,
    numberKeys: copying.numberKeys,
  };
  try {
    if (compare === true) {
      const tables = await copying.compare(source, readPlace(fromEnvironment(to), "existing"), options);
      progress.clear();
      process.stdout.write(`${comparedText(tables)}The two are the same.\n`);
      return 0;
    }
    const target = readPlace(fromEnvironment(to), "folder");
    const startedAtMs = Date.now();
    const report = await locked(target, () => copying.move(source, target, options));
    progress.clear();
    process.stdout.write(reportText(report, source, target, Date.now() - startedAtMs));
    return 0;
  } catch (error) {
    progress.clear();
    const signal = stop.received();
    if (signal === null) throw error;
    process.stderr.write("Stopped: nothing was altered. It can be run again.\n");
    return signalStatus(signal);
  } finally {
    stop.release();
  }
}

/** Nobody serves the folder while it is filled. */
async function locked<T>(target: Place, work: () => Promise<T>): Promise<T> {
  if (target.kind === "postgres") return work();
  const lock = lockDataFolder(dirname(target.file));
  try {
    return await work();
  } finally {
    lock.release();
  }
}

/** `$NAME` stands for a variable of the environment. */
function fromEnvironment(text: string): string {
  const [, name] = /^\$(\w+)$/.exec(text) ?? [];
  if (name === undefined) return text;
  const value = process.env[name] ?? "";
  if (value === "") throw new DomainError("BAD_CONFIGURATION", `The environment has no ${name}.`);
  return value;
}

function reportText({ compared, pauseMs, caughtUp }: CopyReport, from: Place, to: Place, tookMs: number): string {
  const where =
    to.kind === "postgres"
      ? "Set RINGBACK_DATABASE to its address and keep the data folder, for its keys."
      : keysText(to);
  const done =
    compared.length === 0
      ? `${placeText(from)} had been copied before; the end of it was left to do, and is done.\n`
      : `${comparedText(compared)}All of it is the same on both sides; ${plural(caughtUp, "row")} written meanwhile came after.
Writes waited for ${Math.ceil(pauseMs)} ms, all in all it took ${(tookMs / 1_000).toFixed(1)} s.
`;
  return `${done}Now serve ${placeText(to)}. ${where}\n`;
}

function keysText(to: Place): string {
  return to.kind === "sqlite"
    ? `Its data folder needs the keys.json of before, or everybody has to sign in again.`
    : "";
}

function comparedText(compared: readonly Compared[]): string {
  return tableText(
    ["TABLE", "ROWS", "CHECKSUM"],
    compared.map(({ table, rows, checksum }) => [table, countText(rows).padStart(12), checksum]),
  );
}
