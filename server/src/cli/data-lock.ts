import { closeSync, openSync, readSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { DomainError } from "../domain/errors.ts";
import { makeDataFolder } from "./data-folder.ts";

/**
 * Makes the data folder where there is none and takes it for serving: one process at a time. The lock is the operating
 * system's (an exclusive lock of SQLite on `serve.lock`), so it ends with the process however that ends, and no file that
 * a killed process left behind can keep the next one out.
 *
 * @throws DomainError STORAGE_LOCKED when another process holds it, STORAGE_READ_ONLY, STORAGE_FULL.
 */
export function lockDataFolder(folder: string): { release(): void } {
  makeDataFolder(folder);
  const file = join(folder, "serve.lock");
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(file);
    // In this mode SQLite keeps the lock after the commit, until the connection is closed. The process id is for the
    // sentence that others are shown: the header of the file can be read in spite of the lock.
    database.exec(`PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; PRAGMA user_version = ${process.pid}; COMMIT`);
    const held = database;
    return { release: () => held.close() };
  } catch (error) {
    database?.close();
    throw lockFailure(error, folder, file);
  }
}

function lockFailure(error: unknown, folder: string, file: string): unknown {
  const result = error instanceof Error && "errcode" in error ? Number(error.errcode) & 0xff : 0;
  switch (result) {
    case sqlite.busy:
      return new DomainError(
        "STORAGE_LOCKED",
        `Another Ringback serves the data folder ${folder} already${holder(file)}. Stop it first, or choose another folder with --data.`,
        { cause: error },
      );
    case sqlite.full:
      return new DomainError("STORAGE_FULL", `The disk is full: nothing can be written to ${folder}.`, {
        cause: error,
      });
    case sqlite.permission:
    case sqlite.readOnly:
    case sqlite.ioError:
    case sqlite.cannotOpen:
      return new DomainError(
        "STORAGE_READ_ONLY",
        `The data folder ${folder} cannot be written. Give this user the right to write there, or choose another with --data.`,
        { cause: error },
      );
    case sqlite.notADatabase:
    case sqlite.corrupt:
      return new DomainError("STORAGE_CORRUPT", `${file} is not what it should be. Remove it and try again.`, {
        cause: error,
      });
    default:
      return error;
  }
}

/** Primary result codes of SQLite (sqlite.org/rescode.html). */
const sqlite = {
  permission: 3,
  busy: 5,
  readOnly: 8,
  ioError: 10,
  corrupt: 11,
  full: 13,
  cannotOpen: 14,
  notADatabase: 26,
} as const;

/** The process that wrote the lock, from SQLite's header: `user_version`, big-endian at offset 60. */
function holder(file: string): string {
  const header = Buffer.alloc(64);
  try {
    const descriptor = openSync(file, "r");
    try {
      readSync(descriptor, header, 0, 64, 0);
    } finally {
      closeSync(descriptor);
    }
  } catch {
    return ""; // The sentence does without: it is no reason to fail in another way.
  }
  const processId = header.readUInt32BE(60);
  return processId === 0 ? "" : ` (process ${processId})`;
}
