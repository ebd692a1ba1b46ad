import { useCallback } from "react";
import type { CallRowFragment } from "../../api/calls.gen.ts";
import type { RequestFailure } from "../../api/post.ts";
import { type ListKey, loadMore, reload } from "../../calls/call-list.ts";
import { useCallPages } from "../../calls/use-call-pages.ts";
import { useCalls } from "../../calls/use-calls.ts";
import { pageSize } from "../../lib/pages.ts";
import { useStore } from "../../ui/use-store.ts";

/** What is shown of a list: all of it, on and on, or one page. */
export type ShownList = {
  readonly calls: readonly CallRowFragment[];
  readonly status: "loading" | "ready" | "failed";
  readonly failure: RequestFailure | null;
  readonly hasMore: boolean;
  readonly canFetch: boolean;
  readonly arrivedCount: number;
  readonly onMore: () => void;
  readonly onRetry: () => void;
  /** Which page it is; null where the list goes on and on. */
  readonly pages: { readonly page: number; readonly size: number; readonly totalCount: number | null } | null;
};

/** The list, or with `page` one page of it by its number. */
export function useList(key: ListKey, page: number | null): ShownList {
  const size = useStore(pageSize);
  const isPaged = page !== null;
  const whole = useCalls(key, !isPaged);
  const one = useCallPages(key, page ?? 1, size, isPaged);
  const onMore = useCallback(() => void loadMore(key), [key]);
  if (isPaged) {
    const { calls, status, failure, totalCount, reload: onRetry } = one;
    const pages = { page, size, totalCount };
    return {
      calls,
      status,
      failure,
      hasMore: false,
      canFetch: false,
      arrivedCount: 0,
      onMore: nothing,
      onRetry,
      pages,
    };
  }
  const { calls, status, failure, hasMore, isLoading, arrivedCount } = whole;
  const canFetch = hasMore && !isLoading && failure === null;
  const onRetry = status === "failed" ? () => void reload(key) : onMore;
  return { calls, status, failure, hasMore, canFetch, arrivedCount, onMore, onRetry, pages: null };
}

function nothing(): void {}
