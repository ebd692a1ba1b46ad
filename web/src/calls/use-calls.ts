import { useEffect, useMemo } from "react";
import { useStore } from "../ui/use-store.ts";
import { type CallList, callsChanged, type ListKey, listOf, loadMore } from "./call-list.ts";

/** The list of a view and query; its first calls are fetched when there are none yet. */
export function useCalls(key: ListKey): CallList {
  const turn = useStore(callsChanged);
  // oxlint-disable-next-line react/exhaustive-deps -- the turn says that the list is another one
  const list = useMemo(() => listOf(key), [key, turn]);
  const isShort = list.calls.length < 30 && list.hasMore && list.status !== "failed";
  useEffect(() => {
    if (isShort) void loadMore(key);
  }, [key, isShort, list.calls.length]);
  return list;
}
