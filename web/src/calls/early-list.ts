import { session } from "../api/session.ts";
import { queryFromText } from "../lib/call-query.ts";
import { isViewName } from "../lib/views.ts";
import { loadMore } from "./call-list.ts";

/**
 * Fetches the list that the address names, while what draws it is still on its way. Once, when the session has started. Not where
 * the address names days: whose they are is not known before the person's choices are.
 */
export function fetchEarly({ pathname, search }: Location): void {
  const [, view = ""] = pathname.split("/");
  const state = session.state.get();
  const query = queryFromText(search);
  const hasDays = query.from !== undefined || query.to !== undefined || query.hour !== undefined;
  if (state.status !== "signed-in" || hasDays) return;
  if (view === "") void loadMore({ view: "inbox", query, me: state.user.id });
  else if (isViewName(view)) void loadMore({ view, query, me: state.user.id });
}
