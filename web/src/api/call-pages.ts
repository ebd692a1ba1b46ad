import { filter, map, pipe, type Source } from "wonka";
import { type CallPageQuery, CallPageDocument, type CallRowFragment } from "./calls.gen.ts";
import { client } from "./client.ts";
import { failureFrom } from "./failure.ts";
import type { RequestFailure } from "./post.ts";

/** Enough to fill a wide screen twice. */
export const pageSize = 100;

export type CallPage =
  | { readonly failure: RequestFailure }
  | { readonly failure: null; readonly calls: readonly CallRowFragment[]; readonly hasNextPage: boolean };

/**
 * A page of the workspace's calls, newest first: first as the server has it now, then again whenever the cache has something
 * newer of one of its calls. Follow it as long as the page is shown.
 */
export function callPage(offset: number): Source<CallPage> {
  return pipe(
    client.query(CallPageDocument, { offset, limit: pageSize }, { requestPolicy: "network-only" }),
    filter(({ data, error }) => data !== undefined || error !== undefined),
    map(({ data, error }) =>
      data === undefined && error !== undefined ? { failure: failureFrom(error) } : pageOf(data),
    ),
  );
}

function pageOf(data: CallPageQuery | undefined): CallPage {
  const { nodes, hasNextPage = false } = data?.paginatedCalls ?? {};
  return { failure: null, calls: nodes ?? [], hasNextPage };
}
