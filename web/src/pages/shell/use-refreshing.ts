import { useEffect } from "react";
import { live } from "../../api/live.ts";

/** How often something is fetched again unless said otherwise: what makes no change cannot be followed. */
const usualMs = 20_000;
/** Many calls at once are one reason to fetch. */
const gatherMs = 1_000;

/**
 * Calls `refresh` now and then while the page is looked at, and soon after something happened in the workspace.
 * @param refresh one function for good, as `useCallback` makes it
 */
export function useRefreshing(refresh: () => void, againMs = usualMs): void {
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
    const timer = setInterval(now, againMs);
    document.addEventListener("visibilitychange", now);
    return () => {
      stop();
      clearInterval(timer);
      if (gathering !== null) clearTimeout(gathering);
      document.removeEventListener("visibilitychange", now);
    };
  }, [refresh, againMs]);
}
