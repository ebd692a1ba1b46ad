import type { ViewName } from "../../lib/views.ts";

/** How many calls stand in each view, for those where that is known. */
export function useViewCounts(): { readonly [view in ViewName]?: number } {
  return {};
}
