import { useEffect, useMemo } from "react";
import type { ViewName } from "../lib/views.ts";
import { useStore } from "../ui/use-store.ts";
import { type CallList, callsChanged, listOf, loadMore } from "./call-list.ts";

/** The list of a view; its first calls are fetched when there are none yet. */
export function useCalls(view: ViewName): CallList {
  const turn = useStore(callsChanged);
  // oxlint-disable-next-line react/exhaustive-deps -- the turn says that the list is another one
  const list = useMemo(() => listOf(view), [view, turn]);
  const isShort = list.calls.length < 30 && list.hasMore && list.status !== "failed";
  useEffect(() => {
    if (isShort) void loadMore(view);
  }, [view, isShort, list.calls.length]);
  return list;
}
