import { DomainError } from "./errors.ts";

/** More nodes than this are never returned by one page; the answer says so and `hasNextPage` stays true. */
export const pageLimitMax = 1_000;
export const pageLimitDefault = 10;

export type PageWindow = {
  readonly offset: number;
  readonly limit: number;
  /** True when the caller asked for more than {@link pageLimitMax}. */
  readonly isCapped: boolean;
};

/**
 * The window that `offset` and `limit` of `paginatedCalls` ask for. Both are whole numbers from 0 below 2^53 (−0 is 0);
 * null and undefined mean the defaults 0 and 10. A larger limit than 1,000 is cut to it.
 * @throws DomainError BAD_USER_INPUT naming the argument.
 */
export function readPageWindow(offset: number | null | undefined, limit: number | null | undefined): PageWindow {
  const from = wholeNumber("offset", offset ?? 0);
  const count = wholeNumber("limit", limit ?? pageLimitDefault);
  return { offset: from, limit: Math.min(count, pageLimitMax), isCapped: count > pageLimitMax };
}

function wholeNumber(field: string, value: number): number {
  if (!Number.isSafeInteger(value) || value < 0) {
    throw new DomainError("BAD_USER_INPUT", `${field} must be a whole number from 0 to 9007199254740991.`, { field });
  }
  return value + 0; // −0 becomes 0
}
