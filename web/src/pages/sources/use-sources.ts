import { useCallback, useEffect } from "react";
import { useQuery } from "urql";
import { failureFrom } from "../../api/failure.ts";
import { live } from "../../api/live.ts";
import type { RequestFailure } from "../../api/post.ts";
import { SourcesDocument, type SourcePartsFragment } from "../../api/sources.gen.ts";

/** How often they are fetched again while somebody looks: what is refused makes no change that could be followed. */
const refreshMs = 20_000;
/** Many calls at once are one reason to fetch. */
const gatherMs = 1_000;

export type Sources = {
  /** Null until they are there. */
  readonly sources: readonly SourcePartsFragment[] | null;
  readonly failure: RequestFailure | null;
  readonly refresh: () => void;
};

/** The phone systems of the workspace, kept up to date while they are shown. */
export function useSources(): Sources {
  const [{ data, error }, fetchAgain] = useQuery({ query: SourcesDocument, requestPolicy: "cache-and-network" });
  const refresh = useCallback(() => fetchAgain({ requestPolicy: "network-only" }), [fetchAgain]);
  useRefreshing(refresh);
  return {
    sources: data?.sources ?? null,
    failure: data === undefined && error !== undefined ? failureFrom(error) : null,
    refresh,
  };
}

/**
 * Calls `refresh` now and then while the page is looked at, and soon after something happened in the workspace.
 * @param refresh one function for good, as `useCallback` makes it
 */
export function useRefreshing(refresh: () => void): void {
  useEffect(() => {
    let gathering: ReturnType<typeof setTimeout> | null = null;
    const soon = () => {
      gathering ??= setTimeout(() => {
        gathering = null;
        refresh();
      }, gatherMs);
    };
    const now = () => {
      if (document.visibilityState === "visible") refresh();
    };
    const stop = live.onChange(soon);
    const timer = setInterval(now, refreshMs);
    document.addEventListener("visibilitychange", now);
    return () => {
      stop();
      clearInterval(timer);
      if (gathering !== null) clearTimeout(gathering);
      document.removeEventListener("visibilitychange", now);
    };
  }, [refresh]);
}
