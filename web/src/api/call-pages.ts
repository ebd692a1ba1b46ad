import type { OperationResult } from "@urql/core";
import { filter, map, pipe, type Source } from "wonka";
import type { CallRowFragment } from "./calls.gen.ts";
import { client } from "./client.ts";
import { failureFrom } from "./failure.ts";
import { answerTo } from "./kept.ts";
import type { KeptAnswer } from "./kept-store.ts";
import {
  CallInListDocument,
  type CallFilter,
  CallListDocument,
  type CallListQuery,
  type CallListQueryVariables,
  FirstCallsDocument,
  type FirstCallsQuery,
} from "./list.gen.ts";
import type { RequestFailure } from "./post.ts";

/** Enough to fill a high screen: what is written into the cache before the first paint. */
const firstPageSize = 60;
const pageSize = 100;
/** What one answer may have when everything is fetched. */
const bulkSize = 200;

export type CallPage =
  | { readonly failure: RequestFailure }
  | {
      readonly failure: null;
      readonly calls: readonly CallRowFragment[];
      readonly hasNextPage: boolean;
      readonly endCursor: string | null;
    };

/**
 * A page of a list, newest first: first as the server has it now, then again whenever the cache has something newer of one of
 * its calls. Follow it as long as the page is shown.
 */
export function callPage(of: CallFilter, after: string | null): Source<CallPage> {
  return pipe(
    client.query(CallListDocument, { first: pageSize, after, filter: of }, { requestPolicy: "network-only" }),
    filter(({ data, error }) => data !== undefined || error !== undefined),
    map(({ data, error }) =>
      data === undefined && error !== undefined ? { failure: failureFrom(error) } : pageOf(data),
    ),
  );
}

/** Fetches a page again for whoever follows it. */
export async function fetchPageAgain(of: CallFilter, after: string | null): Promise<void> {
  await client
    .query(CallListDocument, { first: pageSize, after, filter: of }, { requestPolicy: "network-only" })
    .toPromise();
}

/** The first page of a list, with the end of the change log as it was before the page was read. */
export function firstPage(of: CallFilter): Source<CallPage & { readonly logEnd: string | null }> {
  return pipe(
    client.query(FirstCallsDocument, { first: firstPageSize, filter: of }, { requestPolicy: "network-only" }),
    filter(({ data, error }) => data !== undefined || error !== undefined),
    map(({ data, error }) =>
      data === undefined && error !== undefined
        ? { failure: failureFrom(error), logEnd: null }
        : { ...pageOf(data), logEnd: data?.cursor ?? null },
    ),
  );
}

/** What a list shows, to be kept as the answer to its first page. @param hasMore whether the list goes on after them */
export function asKeptPage(of: CallFilter, calls: readonly CallRowFragment[], hasMore: boolean): KeptAnswer | null {
  return answerTo(
    FirstCallsDocument,
    { first: firstPageSize, filter: of },
    {
      __typename: "Query",
      cursor: null,
      calls: {
        __typename: "CallConnection",
        nodes: calls,
        pageInfo: { __typename: "PageInfo", hasNextPage: hasMore, endCursor: null },
      },
    },
  );
}

/** A call as the cache has it, again whenever it changes. */
export function oneCall(id: string): Source<CallRowFragment | null> {
  return pipe(
    client.query(CallInListDocument, { id: Number(id) }),
    map(({ data }) => data?.call ?? null),
  );
}

/** Every call that a filter lets through. @throws RequestFailure */
export async function allCalls(of: CallFilter): Promise<readonly CallRowFragment[]> {
  const calls: CallRowFragment[] = [];
  for (let after: string | null = null; ;) {
    const variables: CallListQueryVariables = { first: bulkSize, after, filter: of };
    const { data, error }: OperationResult<CallListQuery> = await client
      .query(CallListDocument, variables, { requestPolicy: "network-only" })
      .toPromise();
    if (error !== undefined) throw failureFrom(error);
    calls.push(...(data?.calls.nodes ?? []));
    after = data?.calls.pageInfo.endCursor ?? null;
    if (data?.calls.pageInfo.hasNextPage !== true || after === null) return calls;
  }
}

function pageOf(data: Pick<CallListQuery | FirstCallsQuery, "calls"> | undefined): CallPage {
  const { nodes = [], pageInfo } = data?.calls ?? {};
  return {
    failure: null,
    calls: nodes,
    hasNextPage: pageInfo?.hasNextPage ?? false,
    endCursor: pageInfo?.endCursor ?? null,
  };
}
