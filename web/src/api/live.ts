import { backoffMs } from "../lib/backoff.ts";
import { createStore, type Store } from "../lib/store.ts";
import { client } from "./client.ts";
import { type CallRowFragment, type ChangeKind, LiveChangesDocument } from "./live.gen.ts";
import { session } from "./session.ts";

/** What the page knows about being up to date, as the shell says it. */
export type Connection =
  | { readonly status: "connecting" }
  | { readonly status: "live" }
  | { readonly status: "catching-up" }
  | { readonly status: "reconnecting"; readonly retryAtMs: number }
  | { readonly status: "offline" };

export type LiveChange = { readonly kind: ChangeKind; readonly at: string; readonly call: CallRowFragment };

const connection: Store<Connection> = createStore<Connection>({ status: "connecting" });
const listeners = new Set<(change: LiveChange) => void>();
const gapListeners = new Set<() => void>();
let cursor: string | null = null;
let hasBegun = false;
let attempt = 0;
let stop: (() => void) | null = null;
let timer: ReturnType<typeof setTimeout> | null = null;

/**
 * Everything that happens in the workspace, followed from the first page that was fetched until the page is closed. Each change
 * goes through the cache first, so whoever draws calls need not listen; who keeps a list listens for what comes and goes.
 */
export const live = {
  connection: connection as Pick<Store<Connection>, "get" | "follow">,

  /**
   * Starts to follow, once. @param after the cursor that was read before, or with, the first list; without it from now on, which
   * is right where nothing was fetched yet.
   */
  begin(after: string | null = null): void {
    if (hasBegun) return;
    hasBegun = true;
    cursor = after;
    window.addEventListener("online", retryNow);
    window.addEventListener("offline", onOffline);
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "visible" && timer !== null) retryNow();
    });
    run();
  },

  /** Called with each change, in order, after the cache has it. */
  onChange(listener: (change: LiveChange) => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },

  /** Called when changes were missed that cannot be had any more: fetch again what you show. */
  onGap(listener: () => void): () => void {
    gapListeners.add(listener);
    return () => gapListeners.delete(listener);
  },

  retryNow,
};

function run(): void {
  timer = null;
  if (!navigator.onLine) {
    connection.set({ status: "offline" });
    return;
  }
  if (cursor !== null && attempt > 0) connection.set({ status: "catching-up" });
  const subscription = client
    .subscription(LiveChangesDocument, { after: cursor })
    .subscribe(({ data, error, hasNext }) => {
      if (data !== undefined) onItem(data.changeStream);
      const isGap = error?.graphQLErrors.some(({ extensions }) => extensions["code"] === "RESUME_GAP") ?? false;
      if (isGap) {
        cursor = null;
        for (const listener of gapListeners) listener();
      }
      if (error !== undefined || !hasNext) again(isGap ? 0 : undefined);
    });
  stop = () => subscription.unsubscribe();
}

function onItem(item: { readonly __typename: string; readonly cursor: string } & Partial<LiveChange>): void {
  cursor = item.cursor;
  attempt = 0;
  connection.set({ status: "live" });
  if (item.kind === undefined || item.call === undefined || item.at === undefined) return;
  for (const listener of listeners) listener({ kind: item.kind, at: item.at, call: item.call });
}

function again(waitMs = backoffMs(attempt, Math.random())): void {
  if (timer !== null) return;
  // What is left of the subscription must not hold the place of the next one with the same variables.
  queueMicrotask(() => stop?.());
  attempt += 1;
  if (session.state.get().status === "signed-out") return;
  connection.set(navigator.onLine ? { status: "reconnecting", retryAtMs: Date.now() + waitMs } : { status: "offline" });
  timer = setTimeout(run, waitMs);
}

function retryNow(): void {
  if (timer !== null) clearTimeout(timer);
  else if (connection.get().status !== "offline") return;
  timer = null;
  stop?.();
  run();
}

function onOffline(): void {
  connection.set({ status: "offline" });
}
