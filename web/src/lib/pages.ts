import { createStore } from "./store.ts";

/** How many calls a page has for who chose nothing. */
export const usualPageSize = 50;

/** How many calls a page has for this person. */
export const pageSize = createStore(usualPageSize);

/** The page that a URL names, from 1; the first for whatever is no number of a page. */
export function pageOf(text: string | undefined): number {
  const page = Number(text);
  return Number.isSafeInteger(page) && page > 0 ? page : 1;
}

/** How many pages a list has; one at least. */
export function pageCountOf(totalCount: number, size: number): number {
  return Math.max(1, Math.ceil(totalCount / size));
}

/** Which calls of the list a page has, counted from 1; null where it has none. */
export function spanOf(page: number, size: number, totalCount: number): { first: number; last: number } | null {
  const first = (page - 1) * size + 1;
  return first > totalCount ? null : { first, last: Math.min(page * size, totalCount) };
}

/** The page that has the call before which so many stand. */
export function pageWith(newerCount: number, size: number): number {
  return Math.floor(newerCount / size) + 1;
}
