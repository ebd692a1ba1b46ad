import { createStore } from "../lib/store.ts";
import type { About } from "./bulk.ts";

/** What is asked about calls right now: which tag, or who. `tags` are those that they have, as far as they are fetched. */
export type Asking =
  | { readonly what: "tag"; readonly about: About; readonly tags: readonly string[] }
  | { readonly what: "assignee"; readonly about: About };

export const asking = createStore<Asking | null>(null);

/** Asks for a tag to put on calls, or to take off. */
export function askTag(about: About, tags: readonly string[]): void {
  if (isAny(about)) asking.set({ what: "tag", about, tags });
}

/** Asks who is to take care of calls. */
export function askAssignee(about: About): void {
  if (isAny(about)) asking.set({ what: "assignee", about });
}

function isAny(about: About): boolean {
  return "matching" in about || about.length > 0;
}
