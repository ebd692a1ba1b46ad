import type { ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { type DomainError, errorTable } from "../domain/errors.ts";
import { entryOf } from "../graphql/refusal.ts";
import { STATUS_CODES } from "../node-http.ts";

/** Headers of every answer, beside those that say what is in it. */
export const standingHeaders = {
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cross-origin-opener-policy": "same-origin",
  "x-frame-options": "DENY",
} as const;

/** A refused request as JSON: `errors` with message, code and request id, as GraphQL answers have them, on every path. */
export function errorBody(error: DomainError, requestId: string): string {
  return JSON.stringify({ errors: [entryOf(error, requestId)] });
}

/** Seconds for the header `Retry-After`: whole, from 1. */
export function retryAfterSeconds(ms: number): string {
  return String(Math.max(1, Math.ceil(ms / 1_000)));
}

/** Answers with an error, under its status of the table. */
export function replyWithError(
  response: ServerResponse,
  error: DomainError,
  requestId: string,
  { headers = {} }: { readonly headers?: object } = {},
): void {
  const body = errorBody(error, requestId);
  response.writeHead(errorTable[error.code].http, {
    ...standingHeaders,
    "content-type": "application/json; charset=utf-8",
    "content-length": Buffer.byteLength(body),
    "cache-control": "no-store",
    "x-request-id": requestId,
    ...(error.retryAfterMs === undefined ? {} : { "retry-after": retryAfterSeconds(error.retryAfterMs) }),
    ...headers,
  });
  response.end(body);
}

/**
 * Ends a connection whose request was not read to its end, so that the client still gets the answer: what it goes on
 * sending is thrown away for a moment, for a reset would take the answer along.
 */
export function endUnread(response: ServerResponse, socket: Socket): void {
  response.once("finish", () => {
    socket.end();
    socket.resume();
    setTimeout(() => socket.destroy(), 500).unref();
  });
}

/** A whole answer for a connection on which no request could be read. */
export function rawErrorReply(error: DomainError, requestId: string): string {
  const status = errorTable[error.code].http;
  const { retryAfterMs } = error;
  const body = errorBody(error, requestId);
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ""}`,
    ...(retryAfterMs === undefined ? [] : [`retry-after: ${retryAfterSeconds(retryAfterMs)}`]),
    "content-type: application/json; charset=utf-8",
    `content-length: ${Buffer.byteLength(body)}`,
    `x-request-id: ${requestId}`,
    "connection: close",
  ];
  return `${head.join("\r\n")}\r\n\r\n${body}`;
}
