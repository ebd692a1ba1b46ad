import { randomBytes } from "node:crypto";
import { DomainError } from "../../domain/errors.ts";
import { type Compared, compareAll, compareSome } from "./compare.ts";
import { movedText } from "./mark.ts";
import type { Altered, CopyReader, CopySource, CopyTarget } from "./ports.ts";
import { differencesOf, type Key, keyReader, type Row } from "./shape.ts";

/** What a copy is at, for whoever watches it. */
export type CopyProgress = {
  /** @param done rows of `total`, which grows while others write. */
  rows(what: "Copy" | "Compare", done: number, total: number): void;
  /** A step of which nobody knows how long it takes. */
  step(what: string): void;
};

export type CopyReport = {
  /** All tables as they were found to be the same on both sides, while the source was in use; empty where only the end was left to do. */
  readonly compared: readonly Compared[];
  /** For how long nothing could be written, in milliseconds: from asking for the lock on the source until the target may be served. */
  readonly pauseMs: number;
  /** Rows that were written during the copy and brought over after it. */
  readonly caughtUp: number;
};

export type CopyOptions = {
  readonly progress: CopyProgress;
  /** Asked between steps; true ends the copy and removes what it made. */
  readonly isStopped: () => boolean;
  readonly now: () => number;
};

const rowsPerStep = 5_000;
/** A round of catching up that is faster than this leaves so little that the rest fits into a short pause. */
const shortRoundMs = 250;
const roundsMax = 200;

/**
 * Moves a database while it is in use: everything is copied and compared, what is written meanwhile is brought over in rounds, and at
 * the end writers wait for the last one. Then the source is marked as moved and refuses writes, and the target is the same history:
 * its cursors, sessions and keys go on to work. Ended at any point, the source is as it was, or the move is complete but for the mark on
 * the target, which the same copy then takes away.
 *
 * @throws DomainError CONFLICT (there is a finished database, the sides differ, another copy runs), BAD_CONFIGURATION (the source was moved
 *   elsewhere), STORAGE_CORRUPT (the source is not sound), OVERLOADED (written faster than copied), UNAVAILABLE (stopped), and
 *   as the databases fail.
 */
export async function moveDatabase(source: CopySource, target: CopyTarget, options: CopyOptions): Promise<CopyReport> {
  if (await finishedNow(source, target)) return { compared: [], pauseMs: 0, caughtUp: 0 };
  const id = randomBytes(8).toString("hex");
  await target.begin({ id, state: "filling", place: source.place, atMs: options.now() });
  let isSwitching = false;
  try {
    await source.watch(id);
    return await copyAndSwitch(id, source, target, options, () => (isSwitching = true));
  } catch (error) {
    // What cannot be removed now is removed by the next copy; the first failure is the one to tell.
    await source.unwatch().catch(() => undefined);
    // Once the source may have been left, the target is the one that is needed.
    if (!isSwitching) await target.abandon().catch(() => undefined);
    throw error;
  }
}

/** Copies one state of a database into another one, as a history of its own; nothing of the source is altered or waits. */
export async function duplicateDatabase(
  source: CopySource,
  target: CopyTarget,
  options: CopyOptions,
): Promise<readonly Compared[]> {
  await target.begin({
    id: randomBytes(8).toString("hex"),
    state: "filling",
    place: source.place,
    atMs: options.now(),
  });
  try {
    const compared = await source.standstill(async (reader) => {
      await copyAll(source, target, reader, options);
      options.progress.step("indices");
      await target.settle();
      return compareAll(source.tables, reader, target.reader, telling("Compare", await total(source, reader), options));
    });
    await target.startAnotherHistory();
    await target.replace(new Map(), new Map(), true);
    await target.finish();
    return compared;
  } catch (error) {
    await target.abandon().catch(() => undefined);
    throw error;
  }
}

/** Whether all that was left to do of a copy that was ended was its end, which is done now. @throws DomainError BAD_CONFIGURATION */
async function finishedNow(source: CopySource, target: CopyTarget): Promise<boolean> {
  const moved = await source.mark();
  if (moved?.state !== "moved") return false;
  const made = await target.mark();
  if (made?.state !== "ready" || made.id !== moved.id) throw new DomainError("BAD_CONFIGURATION", movedText(moved));
  await target.finish();
  return true;
}

async function copyAndSwitch(
  id: string,
  source: CopySource,
  target: CopyTarget,
  options: CopyOptions,
  switching: () => void,
): Promise<CopyReport> {
  const { progress, now } = options;
  let caughtUp = 0;
  await source.standstill((reader) => copyAll(source, target, reader, options));
  progress.step("indices");
  await target.settle();
  await catchUp();
  const compared = await source.standstill(async (reader, altered) => {
    await bringOver(reader, altered);
    return compareAll(source.tables, reader, target.reader, telling("Compare", await total(source, reader), options));
  });
  progress.step("check");
  const { problems } = await target.check();
  if (problems.length > 0) throw new DomainError("STORAGE_CORRUPT", `It is not sound: ${problems.join(" ")}`);
  await catchUp();
  progress.step("switch");
  switching();
  const pausedAtMs = performance.now();
  await source.switchOver({ id, state: "moved", place: target.place, atMs: now() }, (reader, altered) =>
    bringOver(reader, altered, true),
  );
  await target.finish();
  return { compared, pauseMs: performance.now() - pausedAtMs, caughtUp };

  /** Rounds, until one was short. */
  async function catchUp(): Promise<void> {
    for (let round = 1; round <= roundsMax; round += 1) {
      refuseStopped(options);
      const startedAtMs = performance.now();
      const rows = await source.standstill((reader, altered) => bringOver(reader, altered));
      progress.step(`round ${round}: ${rows} rows`);
      if (performance.now() - startedAtMs < shortRoundMs) return;
    }
    throw new DomainError("OVERLOADED", "More is written than can be copied: try at a quieter time.");
  }

  /** Makes the rows of these keys on the target what they are on the source, and looks whether they are. */
  async function bringOver(reader: CopyReader, altered: Altered, isLast = false): Promise<number> {
    const rows = new Map<string, readonly Row[]>();
    let keysTotal = 0;
    for (const table of source.tables) {
      const keys = altered.get(table.name) ?? [];
      keysTotal += keys.length;
      if (keys.length > 0) rows.set(table.name, await reader.some(table, keys));
    }
    await target.replace(altered, rows, isLast);
    for (const table of source.tables) {
      const keys = altered.get(table.name) ?? [];
      if (keys.length > 0) await compareSome(table, keys, reader, target.reader);
    }
    caughtUp += keysTotal;
    return keysTotal;
  }
}

async function copyAll(
  source: CopySource,
  target: CopyTarget,
  reader: CopyReader,
  options: CopyOptions,
): Promise<void> {
  const differences = differencesOf(source.tables, target.tables);
  // A bug: a table that was made for one database alone.
  if (differences.length > 0) throw new Error(differences.join(" "));
  const tell = telling("Copy", await total(source, reader), options);
  for (const table of source.tables) {
    const keyOf = keyReader(table);
    let last: Key | null = null;
    for (;;) {
      const rows: readonly Row[] = await reader.after(table, last, rowsPerStep);
      if (rows.length > 0) await target.add(table, rows);
      tell(rows.length);
      // SQLite answers at once: timers and signals get their turn.
      await new Promise((resolve) => setImmediate(resolve));
      const end = rows.at(-1);
      if (end === undefined || rows.length < rowsPerStep) break;
      last = keyOf(end);
    }
  }
}

async function total({ tables }: CopySource, reader: CopyReader): Promise<number> {
  let sum = 0;
  for (const table of tables) sum += await reader.count(table);
  return sum;
}

/** Sums up rows for the progress. @throws DomainError UNAVAILABLE from what it returns, once the copy is to stop. */
function telling(what: "Copy" | "Compare", totalRows: number, options: CopyOptions): (rows: number) => void {
  let done = 0;
  return (rows) => {
    refuseStopped(options);
    done += rows;
    options.progress.rows(what, done, totalRows);
  };
}

function refuseStopped({ isStopped }: CopyOptions): void {
  if (isStopped()) throw new DomainError("UNAVAILABLE", "The copy was stopped; nothing of it is left.");
}
