import { createStore } from "../lib/store.ts";
import type { Target } from "./bulk.ts";

/** What is asked about calls right now: which tag, or who. `tags` are those that they have. */
export type Asking =
  | { readonly what: "tag"; readonly targets: readonly Target[]; readonly tags: readonly string[] }
  | { readonly what: "assignee"; readonly targets: readonly Target[] };

export const asking = createStore<Asking | null>(null);

/** Asks for a tag to put on calls, or to take off. */
export function askTag(targets: readonly Target[], tags: readonly string[]): void {
  if (targets.length > 0) asking.set({ what: "tag", targets, tags });
}

/** Asks who is to take care of calls. */
export function askAssignee(targets: readonly Target[]): void {
  if (targets.length > 0) asking.set({ what: "assignee", targets });
}
