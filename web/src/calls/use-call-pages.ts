import { useEffect, useMemo, useRef } from "react";
import { useQuery } from "urql";
import type { CallRowFragment } from "../api/calls.gen.ts";
import { onNamesChanged } from "../api/contact-names.ts";
import { failureFrom } from "../api/failure.ts";
import { live } from "../api/live.ts";
import { logEnd } from "../api/log-end.ts";
import { CallsOnPageDocument } from "../api/pages.gen.ts";
import type { RequestFailure } from "../api/post.ts";
import { useChanges } from "../api/use-changes.ts";
import { filterOf, stillMatches } from "../lib/call-query.ts";
import type { ListKey } from "./call-list.ts";

/** A page is asked for again after a change, once in so long at most. */
const againMs = 2_000;

export type CallPageState = {
  readonly calls: readonly CallRowFragment[];
  readonly status: "loading" | "ready" | "failed";
  readonly failure: RequestFailure | null;
  /** How many calls the list has in all; null until it is known. */
  readonly totalCount: number | null;
  readonly reload: () => void;
};

/** One page of a list by its number, from 1. It is fetched again when something changes, for each call may be on another page then. */
export function useCallPages(
  { view, query, me }: ListKey,
  page: number,
  size: number,
  isAsked: boolean,
): CallPageState {
  const variables = useMemo(
    () => ({ offset: (page - 1) * size, limit: size, filter: filterOf(view, query, me) }),
    [view, query, me, page, size],
  );
  const [{ data, error }, fetchAgain] = useQuery({
    query: CallsOnPageDocument,
    variables,
    pause: !isAsked,
    requestPolicy: "cache-and-network",
  });
  const reload = () => fetchAgain({ requestPolicy: "network-only" });
  useChanges(reload, { againMs, isOn: isAsked });
  const newest = useRef(reload);
  useEffect(() => {
    newest.current = reload;
  });
  useEffect(() => (isAsked ? onNamesChanged(() => newest.current()) : undefined), [isAsked]);
  useEffect(() => {
    if (isAsked) void logEnd().then((end) => live.begin(end));
  }, [isAsked]);
  const calls = useMemo(
    () => (data?.paginatedCalls.nodes ?? []).filter((call) => stillMatches(view, query, call, me)),
    [data, view, query, me],
  );
  const failure = error === undefined ? null : failureFrom(error);
  return {
    calls,
    status: data !== undefined ? "ready" : failure === null ? "loading" : "failed",
    failure,
    totalCount: data?.paginatedCalls.totalCount ?? null,
    reload,
  };
}
