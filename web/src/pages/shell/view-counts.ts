import { useEffect, useRef } from "react";
import { useQuery } from "urql";
import { live } from "../../api/live.ts";
import { ViewCountsDocument } from "../../api/list.gen.ts";
import type { ViewName } from "../../lib/views.ts";

/** Counts are asked for again after a change, once in so long at most. */
const againMs = 2_000;

type Groups = readonly { readonly key: string; readonly count: number }[];

/** How many calls stand in each view, for those where that is known. */
export function useViewCounts(): { readonly [view in ViewName]?: number } {
  const [{ data }, fetchAgain] = useQuery({ query: ViewCountsDocument, requestPolicy: "cache-and-network" });
  const again = useRef(fetchAgain);
  useEffect(() => {
    again.current = fetchAgain;
  });
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | null = null;
    let lastAt = -Infinity;
    const ask = () => {
      timer = null;
      lastAt = performance.now();
      again.current({ requestPolicy: "network-only" });
    };
    const later = () => {
      timer ??= setTimeout(ask, Math.max(100, lastAt + againMs - performance.now()));
    };
    const stops = [live.onChange(later), live.onGap(later)];
    return () => {
      if (timer !== null) clearTimeout(timer);
      for (const stop of stops) stop();
    };
  }, []);
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
