import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { backup as copyDatabase, DatabaseSync } from "node:sqlite";
import { DomainError } from "../../domain/errors.ts";
import { openForReading } from "./connection.ts";
import { newEpoch } from "../epoch.ts";

/** Called now and then with how much of the copy is done. */
export type BackupProgress = (done: { readonly pages: number; readonly pagesTotal: number }) => void;

/** Pages copied between two reports of progress. */
const pagesPerStep = 2_000;

/** Copies a database that is in use; see `SqliteStorage.backup`. */
export async function backup(file: string, target: string, progress?: BackupProgress): Promise<void> {
  if (existsSync(target)) throw new DomainError("CONFLICT", `There is a file ${target} already.`);
  const partial = `${target}.${randomBytes(4).toString("hex")}.partial`;
  try {
    await copy(file, partial, progress);
    startAnotherHistory(partial);
    await rename(partial, target);
    await syncFolder(dirname(target));
  } finally {
    for (const rest of ["", "-journal", "-wal", "-shm"]) await rm(`${partial}${rest}`, { force: true });
  }
}

async function copy(file: string, partial: string, progress: BackupProgress | undefined): Promise<void> {
  const db = openForReading(file);
  try {
    // Holds one snapshot: without it each commit of another connection starts the copy over.
    db.exec("BEGIN; SELECT count(*) FROM workspaces");
    await copyDatabase(db, partial, {
      rate: pagesPerStep,
      progress: ({ totalPages, remainingPages }) =>
        progress?.({ pages: totalPages - remainingPages, pagesTotal: totalPages }),
    });
  } finally {
    db.close();
  }
}

function startAnotherHistory(partial: string): void {
  const db = new DatabaseSync(partial);
  try {
    // One self-contained file, durable before it gets its name.
    db.exec("PRAGMA journal_mode = DELETE; PRAGMA synchronous = FULL; BEGIN IMMEDIATE");
    const workspaces = db.prepare("SELECT id FROM workspaces").all() as { id: number }[];
    const setEpoch = db.prepare("UPDATE workspaces SET epoch = ? WHERE id = ?");
    for (const { id } of workspaces) setEpoch.run(newEpoch(), id);
    db.exec("COMMIT");
  } finally {
    db.close();
  }
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
