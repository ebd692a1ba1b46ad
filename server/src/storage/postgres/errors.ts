import postgres from "postgres";
import { DomainError, type ErrorCode } from "../../domain/errors.ts";
import { movedMessage } from "../copy/mark.ts";

/**
 * What an error of PostgreSQL, or of the way to it, means for the product; anything else is returned as it is (a bug). Follows
 * the SQLSTATEs of PostgreSQL's Appendix A and the codes of the client and of the sockets below it.
 */
export function translate(error: unknown): unknown {
  if (error instanceof DomainError) return error;
  const code = codeOf(error);
  if (code === null) return error;
  const meaning = meanings[code] ?? (isLost(error) ? away : undefined) ?? classes[code.slice(0, 2)];
  return meaning === undefined ? error : new DomainError(meaning.code, meaning.message, { cause: plain(error) });
}

/** Whether the connection, or the server behind it, is gone: what was not committed is not written. */
export function isLost(error: unknown): boolean {
  const code = codeOf(error);
  return code !== null && (lost.has(code) || code.startsWith("08"));
}

/** Whether the transaction met another one and can be done again from its beginning. */
export function isCollision(error: unknown): boolean {
  const code = codeOf(error);
  return code === "40001" || code === "40P01";
}

/** Whether the server has not given out this transaction's number, or forgot that it did: it wrote nothing of it down. */
export function isYetToCome(error: unknown): boolean {
  return codeOf(error) === "22023";
}

/** Whether the insert met a row of the same key. */
export function isTaken(error: unknown): boolean {
  return codeOf(error) === "23505";
}

/** Whether the statement failed only because one before it in the transaction had, which is the failure to tell. */
export function isAftermath(error: unknown): boolean {
  return codeOf(error) === "25P02";
}

/** Whether somebody else held for too long what the statement needs. */
export function isLockTimeout(error: unknown): boolean {
  return codeOf(error) === "55P03";
}

/** Whether the server gave up for want of space. */
export function isFull(error: unknown): boolean {
  return codeOf(error) === "53100";
}

/**
 * Whether one write of a group may have failed by itself: its statement was refused, and the others can go on. All else is the
 * state of the server or of the connection, and ends the group.
 */
export function isOfOneWrite(error: unknown): boolean {
  return error instanceof postgres.PostgresError ? /^2[23]/.test(error.code) : !isLost(error);
}

/** The connection went away after the commit had been sent, and the server could not be asked what became of it. */
export function outcomeUnknown(cause: unknown): DomainError {
  return new DomainError(
    "OUTCOME_UNKNOWN",
    "The database went away during the commit, so it is not known whether this was written: look, or ask again under the same idempotency key.",
    { cause: plain(cause) },
  );
}

type Meaning = { readonly code: ErrorCode; readonly message: string };

const away: Meaning = { code: "UNAVAILABLE", message: "The database does not answer; try again." };

const meanings: Readonly<Record<string, Meaning>> = {
  "53100": { code: "STORAGE_FULL", message: "The disk is full: nothing can be written until there is space." },
  "57014": { code: "UNAVAILABLE", message: "The database took too long over it; try again." },
  "55P03": { code: "UNAVAILABLE", message: "Another writer holds what this needs; try again." },
  "40001": { code: "UNAVAILABLE", message: "Other writers were in the way; try again." },
  "40P01": { code: "UNAVAILABLE", message: "Other writers were in the way; try again." },
  "25006": { code: "UNAVAILABLE", message: "The database takes no writes now; try again." },
  "58030": { code: "UNAVAILABLE", message: "The disk of the database reported an error; try again." },
  // Raised by the triggers of a moved database: see copy-watch.ts.
  RBM01: { code: "UNAVAILABLE", message: movedMessage },
  "3D000": { code: "BAD_CONFIGURATION", message: "The PostgreSQL server has no database of this name." },
  "42501": { code: "BAD_CONFIGURATION", message: "The user of the database may not do what the server needs." },
};

const classes: Readonly<Record<string, Meaning>> = {
  "28": { code: "BAD_CONFIGURATION", message: "The PostgreSQL server refuses the name and password of the address." },
  "53": { code: "UNAVAILABLE", message: "The database has no room for more work now; try again." },
  "57": away,
  XX: { code: "STORAGE_CORRUPT", message: "The database reports damage: look at its log, restore a backup." },
};

/** Connections that ended or never came about. */
const lost: ReadonlySet<string> = new Set([
  "57P01",
  "57P02",
  "57P03",
  "57P05",
  "25P03",
  // No transaction where there was one, or none that may write: the connection was made anew in between, or leads to a standby.
  "25P01",
  "25006",
  "CONNECTION_CLOSED",
  "CONNECTION_SILENT",
  "CONNECTION_ENDED",
  "CONNECTION_DESTROYED",
  "CONNECT_TIMEOUT",
  "ECONNREFUSED",
  "ECONNRESET",
  "EPIPE",
  "ETIMEDOUT",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENOTFOUND",
  "EAI_AGAIN",
]);

function codeOf(error: unknown): string | null {
  const code = error instanceof Error && "code" in error ? error.code : null;
  return typeof code === "string" ? code : null;
}

/** The error without what it may carry of the statement's values, which are nobody's business in a log. */
function plain(error: unknown): Error {
  const code = codeOf(error);
  return new Error(
    error instanceof Error && !(error instanceof postgres.PostgresError) ? error.message : `SQLSTATE ${code}`,
  );
}
