import type { CallRow, Store } from "./store.ts";

export type Page = { nodes: CallRow[]; totalCount: number; hasNextPage: boolean };

/** The page of `paginatedCalls`. */
export function readPage(store: Store, offset: number, limit: number): Page {
  const totalCount = store.count();
  return { nodes: store.page(offset, limit), totalCount, hasNextPage: offset + limit < totalCount };
}

/** The call, or the documented error. */
export function known(call: CallRow | null): CallRow {
  if (call === null) throw new Error("The call does not exist!");
  return call;
}
