import { backoffMs } from "../lib/backoff.ts";
import { createStore, type Store } from "../lib/store.ts";
import { client } from "./client.ts";
import { gatheredIn } from "./gathered.ts";
import { type ActorKind, type CallRowFragment, type ChangeKind, LiveChangesDocument } from "./live.gen.ts";
import { logEnd } from "./log-end.ts";
import { outbox } from "./outbox.ts";
import { session } from "./session.ts";

/** What the page knows about being up to date, as the shell says it. */
export type Connection =
  | { readonly status: "connecting" }
  | { readonly status: "live" }
  /** Back, and so many of the changes that were missed have come. */
  | { readonly status: "catching-up"; readonly count: number }
  | { readonly status: "reconnecting"; readonly retryAtMs: number }
  | { readonly status: "offline" };

/** `forgotten`: the server keeps these changes no longer. `kept`: what was shown so far is what an earlier page kept. */
export type GapReason = "forgotten" | "kept";

export type LiveChange = {
  readonly kind: ChangeKind;
  readonly at: string;
  readonly revision: number;
  readonly actor: { readonly kind: ActorKind; readonly id: string | null; readonly name: string | null };
  readonly call: CallRowFragment;
};

/** What is left to hear after the connection was lost: `seen` has what came since, up to where the log ended when it was back. */
type CatchingUp = { readonly seen: Set<string>; count: number; end: string | null };

/** A page that was asleep for so long takes its connection for lost: what it did not hear, it did not notice either. */
const asleepMsMax = 90_000;
/** Timers of a page that nobody looks at run once a minute; that is no sleep. */
const wakeCheckMs = 15_000;

const connection: Store<Connection> = createStore<Connection>({ status: "connecting" });
const listeners = new Set<(change: LiveChange) => void>();
const gapListeners = new Set<(reason: GapReason) => void>();
let cursor: string | null = null;
let hasBegun = false;
let attempt = 0;
let stop: (() => void) | null = null;
let timer: ReturnType<typeof setTimeout> | null = null;
let catchingUp: CatchingUp | null = null;
let lastAwakeMs = 0;

/**
 * Everything that happens in the workspace, followed from the first page that was fetched until the page is closed. Each change
 * goes through the cache first, so whoever draws calls need not listen; who keeps a list listens for what comes and goes.
 */
export const live = {
  connection: connection as Pick<Store<Connection>, "get" | "follow">,

  /**
   * Starts to follow, once. @param after the cursor that was read before, or with, the first list; without it from now on, which
   * is right where nothing was fetched yet. Who began so and has heard nothing since goes on from `after` when that is told.
   */
  begin(after: string | null = null): void {
    if (hasBegun) {
      if (cursor !== null || after === null) return;
      cursor = after;
      if (timer === null) afresh();
      return;
    }
    hasBegun = true;
    cursor = after;
    window.addEventListener("online", retryNow);
    window.addEventListener("offline", onOffline);
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "visible" && timer !== null) retryNow();
    });
    // What was done got through: so may the connection, which need not wait as long as the attempts before would have it.
    outbox.onAnswered(() => {
      if (timer === null) return;
      attempt = 1;
      retryNow();
    });
    watchSleep();
    run();
  },

  /** Called with each change, in order, after the cache has it. */
  onChange(listener: (change: LiveChange) => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },

  /** Called when changes were missed that cannot be had any more: fetch again what you show. */
  onGap(listener: (reason: GapReason) => void): () => void {
    gapListeners.add(listener);
    return () => gapListeners.delete(listener);
  },

  retryNow,

  /** Says so where the page knows of it in another way. */
  tellGap(reason: GapReason): void {
    for (const listener of gapListeners) listener(reason);
  },
};

function run(): void {
  timer = null;
  if (!navigator.onLine) {
    connection.set({ status: "offline" });
    return;
  }
  catchingUp = cursor !== null && attempt > 0 ? { seen: new Set([cursor]), count: 0, end: null } : null;
  let isFirst = true;
  const subscription = client
    .subscription(LiveChangesDocument, { after: cursor })
    .subscribe(({ error, extensions, hasNext }) => {
      for (const item of gatheredIn(extensions)) {
        onItem(item, isFirst);
        isFirst = false;
      }
      const isGap = error?.graphQLErrors.some(({ extensions }) => extensions["code"] === "RESUME_GAP") ?? false;
      if (isGap) {
        cursor = null;
        live.tellGap("forgotten");
      }
      if (error !== undefined || !hasNext) again(isGap ? 0 : undefined);
    });
  stop = () => subscription.unsubscribe();
}

/** @param isFirst whether it is the first on this connection. */
function onItem(
  item: { readonly __typename: string; readonly cursor: string } & Partial<LiveChange>,
  isFirst: boolean,
): void {
  cursor = item.cursor;
  attempt = 0;
  if (isFirst) outbox.retryNow();
  const { kind, call, at, revision, actor } = item;
  if (catchingUp === null) {
    if (connection.get().status !== "live") connection.set({ status: "live" });
  } else {
    catchingUp.seen.add(item.cursor);
    if (kind !== undefined) catchingUp.count += 1;
    if (isFirst) void findEnd(catchingUp);
    sayCatchingUp(catchingUp);
  }
  if (kind === undefined || call === undefined || at === undefined || revision === undefined || actor === undefined)
    return;
  for (const listener of listeners) listener({ kind, at, call, revision, actor });
}

async function findEnd(of: CatchingUp): Promise<void> {
  const end = await logEnd();
  if (catchingUp !== of) return;
  // Not to be had: then what came is all that is known of.
  of.end = end ?? cursor;
  sayCatchingUp(of);
}

function sayCatchingUp(of: CatchingUp): void {
  if (of.end === null || !of.seen.has(of.end)) {
    connection.set({ status: "catching-up", count: of.count });
    return;
  }
  catchingUp = null;
  connection.set({ status: "live" });
}

/** A page that slept has its timers late. Its connection may be long gone without a word, so it takes another. */
function watchSleep(): void {
  lastAwakeMs = Date.now();
  setInterval(() => {
    const sleptMs = Date.now() - lastAwakeMs;
    lastAwakeMs = Date.now();
    if (sleptMs > asleepMsMax && connection.get().status === "live") afresh();
  }, wakeCheckMs);
  document.addEventListener("resume", () => {
    if (connection.get().status === "live") afresh();
  });
}

/** Another connection at once, from where this one came to. */
function afresh(): void {
  attempt = Math.max(attempt, 1);
  stop?.();
  run();
}

function again(waitMs = backoffMs(attempt, Math.random())): void {
  if (timer !== null) return;
  // What is left of the subscription must not hold the place of the next one with the same variables.
  queueMicrotask(() => stop?.());
  // Where the log ends may be told after this: it is asked for anew on the next connection.
  catchingUp = null;
  attempt += 1;
  if (session.state.get().status === "signed-out") return;
  connection.set(navigator.onLine ? { status: "reconnecting", retryAtMs: Date.now() + waitMs } : { status: "offline" });
  timer = setTimeout(run, waitMs);
}

function retryNow(): void {
  if (timer !== null) clearTimeout(timer);
  else if (connection.get().status !== "offline") return;
  timer = null;
  afresh();
}

function onOffline(): void {
  catchingUp = null;
  connection.set({ status: "offline" });
}
