import { client } from "../api/client.ts";
import { prime } from "../api/kept.ts";
import type { KeptOwner } from "../api/kept-store.ts";
import { session } from "../api/session.ts";
import { queryFromText } from "../lib/call-query.ts";
import { isViewName } from "../lib/views.ts";
import { loadMore } from "./call-list.ts";
import { paging } from "./paging.ts";

/**
 * Fetches the list that the address names, while what draws it is still on its way. Once, when the session has started. Not where
 * the address names days: whose they are is not known before the person's choices are; nor for a page, which is
 * fetched by its size.
 */
export function fetchEarly({ pathname, search }: Location): void {
  const [, view = ""] = pathname.split("/");
  const state = session.state.get();
  const query = queryFromText(search);
  const place = new URLSearchParams(search);
  const isPaged = place.has("page") || paging.get() === "pages";
  const hasDays = place.has("at") || query.from !== undefined || query.to !== undefined || query.hour !== undefined;
  if (!("user" in state) || hasDays || isPaged) return;
  if (view === "") void loadMore({ view: "inbox", query, me: state.user.id });
  else if (isViewName(view)) void loadMore({ view, query, me: state.user.id });
}

/** Puts what an earlier page kept of somebody where lists find it. */
export function readKept(owner: KeptOwner): Promise<void> {
  return prime(client, owner);
}
