import { useEffect, useMemo } from "react";
import { client } from "../../api/client.ts";
import { failureFrom } from "../../api/failure.ts";
import { UnreadCountDocument } from "../../api/unread.gen.ts";
import { unreadAltered } from "../../calls/unread.ts";
import { filterOf } from "../../lib/call-query.ts";
import { retryMs } from "../../lib/retry.ts";
import { createStore } from "../../lib/store.ts";
import { useStore } from "../../ui/use-store.ts";
import { type Count, countOf } from "./own-counts.ts";

/** What happens close together is counted once. */
const gatherMs = 200;
/** Counted again once in so long at most. */
const againMs = 2_000;

const count = createStore<Count | null>(null);

/** Keeps the count of the person's unread calls true. Once, by the shell. */
export function useCountingUnread(me: string): void {
  const filter = useMemo(() => filterOf("unread", {}, me), [me]);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | null = null;
    let askedAt = -Infinity;
    let isAsking = false;
    /** Something happened while an answer was under way, which may be older. */
    let isOwed = false;
    let isOver = false;
    const ask = async () => {
      timer = null;
      askedAt = performance.now();
      isAsking = true;
      isOwed = false;
      const policy = { requestPolicy: "network-only" } as const;
      const { data, error } = await client.query(UnreadCountDocument, { filter }, policy).toPromise();
      isAsking = false;
      if (isOver) return;
      // Where the server is not to be reached, what is known stays.
      if (data !== undefined) count.set(countOf(data.callCounts));
      if (isOwed) return later();
      const retryInMs = error === undefined ? null : retryMs(failureFrom(error), Math.random());
      if (retryInMs !== null) timer = setTimeout(() => void ask(), retryInMs);
    };
    const later = () => {
      if (isAsking) isOwed = true;
      else timer ??= setTimeout(() => void ask(), Math.max(gatherMs, askedAt + againMs - performance.now()));
    };
    void ask();
    const stop = unreadAltered.follow(later);
    return () => {
      isOver = true;
      stop();
      if (timer !== null) clearTimeout(timer);
      count.set(null);
    };
  }, [filter]);
}

/** How many calls are unread for the person; null where that is not known. */
export function useUnreadCount(): Count | null {
  return useStore(count);
}
