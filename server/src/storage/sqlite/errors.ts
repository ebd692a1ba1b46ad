import { DomainError, type ErrorCode } from "../../domain/errors.ts";
import { movedMessage } from "../copy/mark.ts";

/**
 * What an error of SQLite means for the product; anything else is returned as it is (a bug). Follows the primary result codes
 * of https://sqlite.org/rescode.html.
 */
export function translate(error: unknown): unknown {
  const primary = primaryCode(error);
  // SQLITE_CONSTRAINT_TRIGGER: the only triggers that refuse are those of a moved database.
  if (resultCode(error) === 1_811) return new DomainError("UNAVAILABLE", movedMessage, { cause: error });
  const meaning = primary === null ? undefined : meanings[primary];
  return meaning === undefined ? error : new DomainError(meaning.code, meaning.message, { cause: error });
}

/**
 * Whether the connection must not be written through again: after a failed write or fsync nobody knows what the disk holds,
 * and a second fsync may succeed without the first one's pages.
 */
export function endsWriting(error: unknown): boolean {
  const primary = primaryCode(error);
  return primary === ioError || primary === corrupt || primary === notDatabase;
}

/** Whether SQLite gave up for want of space. */
export function isFull(error: unknown): boolean {
  return primaryCode(error) === full;
}

/** Whether the insert met a row of the same key (SQLITE_CONSTRAINT_PRIMARYKEY, _UNIQUE). */
export function isTaken(error: unknown): boolean {
  const code = resultCode(error);
  return code === 1_555 || code === 2_067;
}

const [busy, locked, noMemory, readOnly, ioError, corrupt, full, cannotOpen, notDatabase] = [
  5, 6, 7, 8, 10, 11, 13, 14, 26,
];

const damaged = "The database file is damaged: restore a backup, or move the file away to start anew.";

const meanings: Readonly<Record<number, { readonly code: ErrorCode; readonly message: string }>> = {
  [busy]: { code: "UNAVAILABLE", message: "Another process is writing to the database; try again." },
  [locked]: { code: "UNAVAILABLE", message: "The database is locked; try again." },
  [noMemory]: { code: "UNAVAILABLE", message: "There is not enough memory for the database; try again." },
  [readOnly]: { code: "STORAGE_READ_ONLY", message: "The database file or its folder cannot be written." },
  [ioError]: {
    code: "UNAVAILABLE",
    message: "The disk reported an error: writes are refused until the server has been restarted.",
  },
  [corrupt]: { code: "STORAGE_CORRUPT", message: damaged },
  [full]: { code: "STORAGE_FULL", message: "The disk is full: nothing can be written until there is space." },
  [cannotOpen]: {
    code: "STORAGE_READ_ONLY",
    message: "The database file cannot be opened: does its folder exist, and may this user write to it?",
  },
  [notDatabase]: { code: "STORAGE_CORRUPT", message: damaged },
};

function primaryCode(error: unknown): number | null {
  const code = resultCode(error);
  return code === null ? null : code & 0xff;
}

function resultCode(error: unknown): number | null {
  const code = error instanceof Error && "errcode" in error ? error.errcode : null;
  return typeof code === "number" ? code : null;
}
