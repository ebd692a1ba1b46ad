import { useMemo } from "react";
import { useQuery } from "urql";
import { ViewCountsDocument } from "../../api/list.gen.ts";
import { failureFrom } from "../../api/failure.ts";
import { useChanges } from "../../api/use-changes.ts";
import type { ViewName } from "../../lib/views.ts";
import { useRetry } from "../../ui/use-retry.ts";

/** Counts are asked for again after a change, once in so long at most. */
const againMs = 2_000;

type Groups = readonly { readonly key: string; readonly count: number }[];

/** How many calls stand in each view, for those where that is known. */
export function useViewCounts(): { readonly [view in ViewName]?: number } {
  const [{ data, error }, fetchAgain] = useQuery({ query: ViewCountsDocument, requestPolicy: "cache-and-network" });
  const again = () => fetchAgain({ requestPolicy: "network-only" });
  useChanges(again, { againMs });
  const failure = useMemo(() => (error === undefined ? null : failureFrom(error)), [error]);
  useRetry(failure, again);
  if (data === undefined) return {};
  const { open, all } = data;
  const archived = countIn(all.groups, "true");
  const inbox = countIn(all.groups, "false");
  return {
    inbox,
    missed: countIn(open.groups, "missed"),
    voicemail: countIn(open.groups, "voicemail"),
    archived,
    all: archived + inbox,
  };
}

function countIn(groups: Groups, key: string): number {
  return groups.find((group) => group.key === key)?.count ?? 0;
}
