import { useEffect, useMemo } from "react";
import { useQuery } from "urql";
import { CallTotalDocument } from "../api/list.gen.ts";
import { useStore } from "../ui/use-store.ts";
import { type CallList, callsChanged, filterOfList, type ListKey, listOf, loadMore } from "./call-list.ts";

/** The list of a view and query; its first calls are fetched when there are none yet, unless nobody asks for it. */
export function useCalls(key: ListKey, isAsked = true): CallList {
  const turn = useStore(callsChanged);
  // oxlint-disable-next-line react/exhaustive-deps -- the turn says that the list is another one
  const list = useMemo(() => listOf(key), [key, turn]);
  const isShort =
    isAsked && list.calls.length < 30 && list.hasMore && list.failure === null && list.status === "loading";
  useEffect(() => {
    if (isShort) void loadMore(key);
  }, [key, isShort, list.pageCount]);
  return list;
}

/** How many calls a list has in all; null while that is not known, or not asked for. */
export function useTotal(key: ListKey, isAsked: boolean): number | null {
  const variables = useMemo(() => ({ filter: filterOfList(key) }), [key]);
  const pause = !isAsked;
  const [{ data }] = useQuery({ query: CallTotalDocument, variables, pause, requestPolicy: "cache-and-network" });
  return pause ? null : (data?.calls.totalCount ?? null);
}
