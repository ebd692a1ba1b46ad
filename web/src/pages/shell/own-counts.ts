import { useEffect, useMemo } from "react";
import { useQuery } from "urql";
import { OwnCountsDocument, type OwnCountsQuery } from "../../api/list.gen.ts";
import { failureFrom } from "../../api/failure.ts";
import { useChanges } from "../../api/use-changes.ts";
import { filterOf } from "../../lib/call-query.ts";
import { formatCount } from "../../lib/format.ts";
import { createStore } from "../../lib/store.ts";
import { createStoredText } from "../../lib/stored.ts";
import type { ViewName } from "../../lib/views.ts";
import { setTitleCount } from "../../ui/title.ts";
import { useRetry } from "../../ui/use-retry.ts";
import { useStore } from "../../ui/use-store.ts";

/** These look at calls one by one, where the other counts are kept ready: asked for again once in so long at most. */
const againMs = 10_000;

/** How many calls there are, or at least so many. */
export type Count = { readonly count: number; readonly isExact: boolean };
export type OwnCounts = { readonly [view in ViewName]?: Count };

const counts = createStore<OwnCounts>({});

/** Whether the tab shows how many missed calls nobody has handled; this browser remembers. */
export const titleCount = createStoredText("ringback-title-count", "on");

/** Counts what stands in the views that nobody keeps a count of; and tells the tab how many missed calls are unhandled. Once, by the shell. */
export function useCounting(me: string): void {
  const variables = useMemo(
    () => ({
      mine: filterOf("mine", {}, me),
      unassigned: filterOf("unassigned", {}, me),
      callback: filterOf("callback", {}, me),
      missed: filterOf("missed", { direction: "inbound" }, me),
    }),
    [me],
  );
  const [{ data, error }, fetchAgain] = useQuery({
    query: OwnCountsDocument,
    variables,
    requestPolicy: "cache-and-network",
  });
  const again = () => fetchAgain({ requestPolicy: "network-only" });
  useChanges(again, { againMs });
  const failure = useMemo(() => (error === undefined ? null : failureFrom(error)), [error]);
  useRetry(failure, again);
  const isShown = useStore(titleCount) === "on";
  const missedCount = data === undefined ? 0 : countOf(data.missed).count;
  useEffect(() => setTitleCount(isShown ? missedCount : 0), [isShown, missedCount]);
  useEffect(() => {
    if (data === undefined) return;
    counts.set({
      mine: countOf(data.mine),
      unassigned: countOf(data.unassigned),
      callback: countOf(data.callback),
    });
  }, [data]);
}

/** The counts as they are now; without a view where that is not known. */
export function useOwnCounts(): OwnCounts {
  return useStore(counts);
}

/** All that was counted. */
export function countOf({ groups, exact }: OwnCountsQuery["mine"]): Count {
  return { count: groups.reduce((sum, { count }) => sum + count, 0), isExact: exact };
}

/** `1,204`, or `1,204+` where there may be more. */
export function countText({ count, isExact }: Count): string {
  return isExact ? formatCount(count) : `${formatCount(count)}+`;
}
