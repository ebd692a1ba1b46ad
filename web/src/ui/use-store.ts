import { useSyncExternalStore } from "react";
import type { Store } from "../lib/store.ts";

/** The store's value now; the component is drawn again when it changes. */
export function useStore<T>(store: Pick<Store<T>, "get" | "follow">): T {
  return useSyncExternalStore(store.follow, store.get);
}
