import type { Call } from "./call.ts";

/**
 * Every error code of the product with what each surface answers for it: HTTP status (REST routes, and GraphQL under
 * `application/graphql-response+json`), WebSocket close code where the error ends a socket, exit status of the command
 * line (sysexits.h), and the sentence that the documentation prints. Code decides on codes, never on messages.
 */
export const errorTable = {
  UNAUTHENTICATED: { http: 401, close: 4403, exit: 77, meaning: "Not signed in, or the token is not accepted here." },
  FORBIDDEN: { http: 403, close: 4403, exit: 77, meaning: "Signed in, but not allowed to do this." },
  NOT_FOUND: { http: 404, close: null, exit: 66, meaning: "There is nothing with this id in the workspace." },
  BAD_USER_INPUT: { http: 400, close: null, exit: 65, meaning: "A value is not acceptable; the message says which." },
  CONFLICT: { http: 409, close: null, exit: 65, meaning: "It exists already, or has changed since it was read." },
  BAD_REQUEST: { http: 400, close: 4400, exit: 65, meaning: "The request is not of the form its protocol asks for." },
  METHOD_NOT_ALLOWED: { http: 405, close: null, exit: 70, meaning: "This path takes other methods; see Allow." },
  NOT_ACCEPTABLE: { http: 406, close: null, exit: 70, meaning: "None of the media types in Accept can be served." },
  PAYLOAD_TOO_LARGE: { http: 413, close: 1009, exit: 65, meaning: "The body or message is larger than the limit." },
  REQUEST_TIMEOUT: {
    http: 408,
    close: null,
    exit: 75,
    meaning: "The request did not arrive whole in time; send it again.",
  },
  HEADERS_TOO_LARGE: { http: 431, close: null, exit: 65, meaning: "The headers are more or longer than the limit." },
  EXPECTATION_FAILED: { http: 417, close: null, exit: 70, meaning: "The one Expect that can be met is 100-continue." },
  UNSUPPORTED_MEDIA_TYPE: { http: 415, close: 1003, exit: 65, meaning: "The body must be JSON in UTF-8." },
  GRAPHQL_PARSE_FAILED: {
    http: 400,
    close: null,
    exit: 65,
    meaning: "The document is not GraphQL, or has too many tokens.",
  },
  GRAPHQL_VALIDATION_FAILED: { http: 400, close: null, exit: 65, meaning: "The document does not fit the schema." },
  OPERATION_RESOLUTION_FAILURE: {
    http: 400,
    close: null,
    exit: 65,
    meaning: "The document has no such operation, or several and none is named.",
  },
  PERSISTED_QUERY_NOT_SUPPORTED: {
    http: 400,
    close: null,
    exit: 65,
    meaning: "Send the document itself; hashes are not kept.",
  },
  QUERY_TOO_COMPLEX: {
    http: 400,
    close: null,
    exit: 65,
    meaning: "The document is deeper, wider or costlier than the limits allow.",
  },
  RATE_LIMITED: { http: 429, close: 1008, exit: 75, meaning: "Too many requests; retry after the stated time." },
  RESUME_GAP: {
    http: 410,
    close: null,
    exit: 75,
    meaning: "The changes after this cursor are no longer kept: fetch again, then follow from now.",
  },
  OVERLOADED: { http: 503, close: 1013, exit: 75, meaning: "Too busy to take this on; retry after the stated time." },
  OUTCOME_UNKNOWN: {
    http: 503,
    close: null,
    exit: 75,
    meaning: "The database went away during the commit: it may have been written or not.",
  },
  UNAVAILABLE: {
    http: 503,
    close: 1012,
    exit: 69,
    meaning: "Stopping or starting, or the database does not answer; retry.",
  },
  TIMEOUT: { http: 503, close: null, exit: 75, meaning: "It took longer than the limit and was given up." },
  STORAGE_FULL: {
    http: 503,
    close: null,
    exit: 74,
    meaning: "The disk is full: reads go on, writes are refused until there is space.",
  },
  STORAGE_LOCKED: { http: 503, close: null, exit: 75, meaning: "Another process holds the data folder." },
  STORAGE_READ_ONLY: { http: 503, close: null, exit: 73, meaning: "The data folder cannot be written." },
  STORAGE_CORRUPT: { http: 503, close: null, exit: 74, meaning: "The database file is damaged; restore a backup." },
  STORAGE_TOO_NEW: { http: 503, close: null, exit: 78, meaning: "The database was written by a newer version." },
  PORT_TAKEN: { http: 503, close: null, exit: 69, meaning: "Something else listens on the address already." },
  BAD_CONFIGURATION: {
    http: 503,
    close: null,
    exit: 78,
    meaning: "A setting is not acceptable; the message lists all.",
  },
  INTERNAL_SERVER_ERROR: {
    http: 500,
    close: 1011,
    exit: 70,
    meaning: "A fault of ours; the log has it under the request id.",
  },
} as const satisfies Record<string, ErrorRow>;

export type ErrorCode = keyof typeof errorTable;

type ErrorRow = {
  readonly http: number;
  readonly close: number | null;
  readonly exit: number;
  readonly meaning: string;
};

/**
 * An expected failure: `code` is stable, `message` is safe to show to anybody. Everything else that is thrown is a bug
 * and is answered as INTERNAL_SERVER_ERROR with the request id alone.
 */
export class DomainError extends Error {
  override readonly name = "DomainError";
  readonly code: ErrorCode;
  /** The argument or line at fault, as the caller spelled it. */
  readonly field: string | undefined;
  /** How long a retry should wait, in milliseconds. */
  readonly retryAfterMs: number | undefined;
  /** The call as it is now, where a write met another state than it was meant for. */
  readonly call: Call | undefined;

  constructor(
    code: ErrorCode,
    message: string,
    detail: {
      readonly field?: string;
      readonly retryAfterMs?: number;
      readonly call?: Call;
      readonly cause?: unknown;
    } = {},
  ) {
    super(message, detail.cause === undefined ? undefined : { cause: detail.cause });
    this.code = code;
    this.field = detail.field;
    this.retryAfterMs = detail.retryAfterMs;
    this.call = detail.call;
  }
}

/** The one answer to every failed authentication: clients compare the message with exactly this text. */
export function unauthenticated(cause?: unknown): DomainError {
  return new DomainError("UNAUTHENTICATED", "Unauthorized", { cause });
}

/** The documented answer of archiveCall and addNote for an unknown id. */
export function callNotFound(): DomainError {
  return new DomainError("NOT_FOUND", "The call does not exist!");
}

export function noteNotFound(): DomainError {
  return new DomainError("NOT_FOUND", "The note does not exist!");
}

/** The call was altered after the revision that a write was bound to. */
export function staleCall(call: Call): DomainError {
  return new DomainError("CONFLICT", "The call has changed since it was read.", { field: "ifRevision", call });
}

/** Undoing would take back more than the one change. */
export function alteredSince(call: Call): DomainError {
  return new DomainError("CONFLICT", "The same thing was altered again since: undo that first.", { call });
}
