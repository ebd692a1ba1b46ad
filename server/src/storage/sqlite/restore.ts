import { existsSync } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { DatabaseSync } from "node:sqlite";
import { DomainError } from "../../domain/errors.ts";
import { backup } from "./backup.ts";
import { openForReading, openForWriting } from "./connection.ts";
import { removeMark } from "./copy-mark.ts";
import { startAnotherHistory } from "./copy-source.ts";
import { translate } from "./errors.ts";
import { checkSchema } from "./migrate.ts";

/**
 * Puts a copy of a backup, of this version or an older one, in the place of the database `target`, as another history: cursors of before
 * lead nowhere. What stood there is kept under the name that is answered, null where nothing did. Nobody else may have `target` open. Until
 * the copy is whole and looked through nothing is moved; ended in between, one of the two names has the old database whole.
 * @throws DomainError NOT_FOUND, STORAGE_CORRUPT, STORAGE_TOO_NEW, STORAGE_FULL, STORAGE_READ_ONLY
 */
export async function restoreFile(file: string, target: string, nowMs: number): Promise<string | null> {
  const fresh = `${target}.restoring`;
  try {
    looksSound(file);
    await rm(fresh, { force: true });
    await backup(file, fresh);
    const db = new DatabaseSync(fresh);
    removeMark(db);
    db.close();
    const aside = await putAside(target, `${target}.${new Date(nowMs).toISOString().replaceAll(/[:.]/g, "-")}`);
    await rename(fresh, target);
    return aside;
  } catch (error) {
    throw translate(error);
  } finally {
    await rm(fresh, { force: true });
  }
}

/** Gives the history of a database another name that was restored by other means. Nobody else may have it open. */
export function renameHistory(file: string): void {
  try {
    looksSound(file);
    const db = openForWriting(file);
    try {
      startAnotherHistory(db);
    } finally {
      db.close();
    }
  } catch (error) {
    throw translate(error);
  }
}

/** @throws DomainError, and as SQLite says it. */
function looksSound(file: string): void {
  if (!existsSync(file)) throw new DomainError("NOT_FOUND", `There is no file ${file}.`);
  const db = openForReading(file);
  try {
    if (checkSchema(db) === 0) throw new DomainError("STORAGE_CORRUPT", `${file} is no database of Ringback.`);
    const [row] = db.prepare("PRAGMA quick_check(1)").all() as { quick_check: string }[];
    if (row?.quick_check !== "ok") {
      throw new DomainError("STORAGE_CORRUPT", `${file} is damaged: ${row?.quick_check ?? ""}`);
    }
  } finally {
    db.close();
  }
}

async function putAside(file: string, aside: string): Promise<string | null> {
  if (!existsSync(file)) return null;
  try {
    // Whoever opens it last folds its log into it; one that is too damaged for that is kept as it is.
    openForWriting(file).close();
  } catch {
    for (const rest of ["-wal", "-shm"])
      if (existsSync(`${file}${rest}`)) await rename(`${file}${rest}`, `${aside}${rest}`);
  }
  await rename(file, aside);
  for (const rest of ["-wal", "-shm"]) await rm(`${file}${rest}`, { force: true });
  return aside;
}
