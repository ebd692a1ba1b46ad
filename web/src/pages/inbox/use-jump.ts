import { useEffect, useRef } from "react";
import { client } from "../../api/client.ts";
import { failureFrom } from "../../api/failure.ts";
import { CallTotalDocument } from "../../api/list.gen.ts";
import { NextNewerCallDocument } from "../../api/pages.gen.ts";
import type { ListKey } from "../../calls/call-list.ts";
import { after, filterOf } from "../../lib/call-query.ts";
import { dayLabel, dayOf } from "../../lib/days.ts";
import { pageSize, pageWith } from "../../lib/pages.ts";
import { announce } from "../../ui/announce.tsx";
import { showToast } from "../../ui/toasts.tsx";

type Place = { readonly at?: string; readonly page?: string };

/** The ways to a day of the list. The first call of it has the focus then. */
export function useJump({
  key,
  isPaged,
  place,
  isReady,
  goTo,
}: {
  readonly key: ListKey;
  readonly isPaged: boolean;
  /** Where in the list one is, and whether its calls are there. */
  readonly place: { readonly [part in keyof Place]: string | undefined };
  readonly isReady: boolean;
  readonly goTo: (place: Place) => void;
}) {
  const filter = filterOf(key.view, key.query, key.me);
  const wanted = useRef<Place | null>(null);
  useEffect(() => {
    const to = wanted.current;
    if (!isReady || to === null || to.at !== place.at || to.page !== place.page) return;
    wanted.current = null;
    requestAnimationFrame(() => document.querySelector<HTMLElement>("[data-call][tabindex='0']")?.focus());
  });

  const go = (to: Place, day: string | null) => {
    wanted.current = to;
    goTo(to);
    announce(day === null ? "The newest calls" : `Calls from ${dayLabel(day, new Date())} back`);
  };
  const jumpTo = async (day: string) => {
    if (!isPaged) return go({ at: day }, day);
    const variables = { filter: after(filter, day) };
    const { data, error } = await client
      .query(CallTotalDocument, variables, { requestPolicy: "network-only" })
      .toPromise();
    if (data === undefined) return sayWhy(error, () => void jumpTo(day));
    go({ page: String(pageWith(data.calls.totalCount, pageSize.get())) }, day);
  };
  /** To the day that has the next newer call. */
  const onNewerDay = async () => {
    if (key.at === undefined) return;
    const { data, error } = await client
      .query(NextNewerCallDocument, { filter: after(filter, key.at) }, { requestPolicy: "network-only" })
      .toPromise();
    if (data === undefined) return sayWhy(error, () => void onNewerDay());
    const [next] = data.calls.nodes;
    if (next === undefined) go({}, null);
    else go({ at: dayOf(next.created_at) }, dayOf(next.created_at));
  };
  return {
    jumpTo: (day: string) => void jumpTo(day),
    onNewerDay: () => void onNewerDay(),
    onNewest: () => go({}, null),
  };
}

function sayWhy(error: Parameters<typeof failureFrom>[0] | undefined, retry: () => void): void {
  showToast({
    text: `The day could not be found: ${failureFrom(error).message}`,
    isProblem: true,
    action: { label: "Retry", run: retry },
  });
}
