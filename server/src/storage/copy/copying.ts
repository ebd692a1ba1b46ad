import { type Compared, compareAll } from "./compare.ts";
import { type CopyOptions, type CopyReport, duplicateDatabase, moveDatabase } from "./copy.ts";
import { openSource, openTarget, type Place } from "./places.ts";

/** {@link moveDatabase} between two places. */
export async function move(from: Place, to: Place, options: CopyOptions): Promise<CopyReport> {
  const source = await openSource(from);
  try {
    const target = await openTarget(to, options.now());
    try {
      return await moveDatabase(source, target, options);
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
}

/** {@link duplicateDatabase} between two places. */
export async function duplicate(from: Place, to: Place, options: CopyOptions): Promise<readonly Compared[]> {
  const source = await openSource(from);
  try {
    const target = await openTarget(to, options.now());
    try {
      return await duplicateDatabase(source, target, options);
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
}

/** Compares two databases row by row, each in one state of its own. @throws DomainError CONFLICT naming the first row that differs. */
export async function compare(one: Place, other: Place, { progress }: CopyOptions): Promise<readonly Compared[]> {
  const [left, right] = await Promise.all([openSource(one), openSource(other)]);
  try {
    return await left.standstill((ones) =>
      right.standstill(async (others) => {
        let total = 0;
        for (const table of left.tables) total += await ones.count(table);
        let done = 0;
        return compareAll(left.tables, ones, others, (rows) => progress.rows("Compare", (done += rows), total));
      }),
    );
  } finally {
    await Promise.all([left.close(), right.close()]);
  }
}

/** Takes a move back: see `CopySource.reopen`. */
export async function reopen(place: Place): Promise<void> {
  const source = await openSource(place);
  try {
    await source.reopen();
  } finally {
    await source.close();
  }
}

/**
 * Restores a backup as another history: clients that saw what came after it fetch anew. On SQLite what stood in its place is kept under
 * the name that is answered; on PostgreSQL the database must be empty.
 */
export async function restore(file: string, to: Place, options: CopyOptions): Promise<string | null> {
  if (to.kind === "sqlite") return (await import("../sqlite/restore.ts")).restoreFile(file, to.file, options.now());
  await duplicate({ kind: "sqlite", file }, to, options);
  return null;
}

/** Gives the history of a database another name that was restored by other means, before it is served. */
export async function renameHistory(place: Place): Promise<void> {
  if (place.kind === "sqlite") (await import("../sqlite/restore.ts")).renameHistory(place.file);
  else await (await import("../postgres/restore.ts")).renameHistory(place.url);
}
