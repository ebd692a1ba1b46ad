import type { Call, FeedPosition } from "./call.ts";
import { DomainError } from "./errors.ts";
import { pageLimitDefault, pageLimitMax } from "./page.ts";

/** The order of a list of calls: newest first is that of the feed, oldest first the same backwards. */
export type CallOrder = "newest-first" | "oldest-first";

/** The arguments of a connection (Relay, GraphQL Cursor Connections Specification). */
export type ConnectionArguments = {
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
  readonly last?: number | null | undefined;
  readonly before?: string | null | undefined;
};

/** Which calls of the list are asked for: at most `limit` between two places, counted from its start or from its end. */
export type ConnectionWindow = {
  readonly limit: number;
  readonly fromEnd: boolean;
  readonly after: FeedPosition | null;
  readonly before: FeedPosition | null;
};

/** A page of a list of calls, in the list's order. */
export type CallConnectionPage = {
  readonly calls: readonly Call[];
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
  readonly startCursor: string | null;
  readonly endCursor: string | null;
  /** True when so many calls had to be looked at that the page was ended early; the cursor leads on from there. */
  readonly isBounded: boolean;
};

/**
 * Without `first` and `last` the first ten.
 * @throws DomainError BAD_USER_INPUT for both of them, for numbers that are not whole from 0 to 1,000, and for foreign cursors.
 */
export function readConnectionWindow({ first, after, last, before }: ConnectionArguments): ConnectionWindow {
  if (first != null && last != null) throw refusal("last", "first and last cannot be asked for at once.");
  const field = last == null ? "first" : "last";
  const limit = last ?? first ?? pageLimitDefault;
  if (!Number.isSafeInteger(limit) || limit < 0 || limit > pageLimitMax) {
    throw refusal(field, `${field} must be a whole number from 0 to ${pageLimitMax}.`);
  }
  return {
    limit,
    fromEnd: last != null,
    after: after == null ? null : readCallCursor("after", after),
    before: before == null ? null : readCallCursor("before", before),
  };
}

/** The place of a call in every list of calls; opaque to clients. */
export function callCursor({ createdAtMs, id }: FeedPosition): string {
  return btoa(`${createdAtMs}:${id}`).replaceAll("=", "");
}

/** The place that a client hands back. @throws DomainError BAD_USER_INPUT naming the argument */
export function readCallCursor(field: string, text: string): FeedPosition {
  const match = /^(0|-?[1-9]\d{0,15}):(0|[1-9]\d{0,15})$/.exec(decoded(text));
  const position = { createdAtMs: Number(match?.[1]), id: Number(match?.[2]) };
  if (!Number.isSafeInteger(position.createdAtMs) || !Number.isSafeInteger(position.id)) {
    throw refusal(field, `${field} is not a cursor of this list.`);
  }
  return position;
}

function decoded(text: string): string {
  return text.length <= 64 && /^[A-Za-z0-9+/]+$/.test(text) && text.length % 4 !== 1 ? atob(text) : "";
}

function refusal(field: string, message: string): DomainError {
  return new DomainError("BAD_USER_INPUT", message, { field });
}
