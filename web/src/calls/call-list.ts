import { pipe, subscribe } from "wonka";
import { type CallPage, callPage, pageSize } from "../api/call-pages.ts";
import type { CallRowFragment } from "../api/calls.gen.ts";
import { live } from "../api/live.ts";
import { logEnd } from "../api/log-end.ts";
import type { RequestFailure } from "../api/post.ts";
import type { Target } from "./bulk.ts";
import { targetOf } from "./call-actions.ts";
import { createStore, type Store } from "../lib/store.ts";
import { type CallQuery, matches } from "../lib/call-query.ts";
import type { ViewName } from "../lib/views.ts";

/** Pages that are fetched in a row when few of their calls belong in the view. */
const pagesAtOnceMax = 10;
/** Calls that a view asks for at a time, as far as there are any. */
const callsWanted = 60;

/** What a list is of. */
export type ListKey = { readonly view: ViewName; readonly query: CallQuery; readonly me: string };

export type CallList = {
  /** What can be drawn: calls newest first, each once. */
  readonly calls: readonly CallRowFragment[];
  readonly status: "loading" | "ready" | "failed";
  readonly failure: RequestFailure | null;
  /** Older calls may be there. */
  readonly hasMore: boolean;
  /** Calls that came in since and belong here, not yet among `calls`. */
  readonly arrivedCount: number;
};

/** All calls of the workspace as far as they were fetched. Every view is a part of them. */
type Pool = {
  readonly pages: (readonly CallRowFragment[] | undefined)[];
  readonly arrived: Map<string, CallRowFragment>;
  hasMore: boolean;
  failure: RequestFailure | null;
  stops: (() => void)[];
};

const empty = (): Pool => ({ pages: [], arrived: new Map(), hasMore: true, failure: null, stops: [] });

let pool = empty();
let loading: Promise<void> | null = null;
const changed = createStore(0);
const seenIds = createStore<ReadonlySet<string>>(new Set());
let isFollowing = false;

/** The list of a view, from what is fetched so far. Cheap to make again whenever `callsChanged` tells. */
export function listOf({ view, query, me }: ListKey): CallList {
  const calls: CallRowFragment[] = [];
  const ids = new Set<string>();
  let arrivedCount = 0;
  const take = (call: CallRowFragment) => {
    if (ids.has(call.id)) return;
    ids.add(call.id);
    if (matches(view, query, call, me)) calls.push(call);
  };
  for (const call of pool.arrived.values()) {
    if (seenIds.get().has(call.id)) take(call);
    else if (matches(view, query, call, me)) arrivedCount += 1;
  }
  for (const page of pool.pages) for (const call of page ?? []) take(call);
  if (pool.arrived.size > 0) calls.sort(newestFirst);
  const isFirst = pool.pages.length === 0 || (calls.length === 0 && pool.hasMore);
  const status = pool.failure !== null && calls.length === 0 ? "failed" : isFirst ? "loading" : "ready";
  return { calls, status, failure: pool.failure, hasMore: pool.hasMore, arrivedCount };
}

/** Goes up whenever a list may have become another. */
export const callsChanged: Pick<Store<number>, "get" | "follow"> = changed;

/** Puts what came in among the calls. */
export function showArrived(): void {
  seenIds.set(new Set(pool.arrived.keys()));
  touch();
}

/** Fetches more until the view has as many further calls as a screen or two show. */
export function loadMore(key: ListKey): Promise<void> {
  loading ??= fetchFor(key).finally(() => (loading = null));
  return loading;
}

/** Everything that a list has, to its end. */
export async function allTargets(key: ListKey): Promise<readonly Target[]> {
  while (pool.hasMore && pool.failure === null) await loadMore(key);
  return listOf(key).calls.map(targetOf);
}

/** Forgets what was fetched and fetches it anew. */
export async function reload(key: ListKey): Promise<void> {
  for (const stop of pool.stops) stop();
  pool = empty();
  seenIds.set(new Set());
  touch();
  await loadMore(key);
}

async function fetchFor(key: ListKey): Promise<void> {
  pool.failure = null;
  if (!isFollowing) await follow(key);
  const of = pool;
  const wanted = listOf(key).calls.length + callsWanted;
  for (let pages = 0; pages < pagesAtOnceMax && of.hasMore && listOf(key).calls.length < wanted; pages += 1) {
    await fetchPage(of);
    if (of.failure !== null || of !== pool) return;
  }
}

async function follow(key: ListKey): Promise<void> {
  isFollowing = true;
  live.begin(await logEnd());
  live.onChange(({ kind, call }) => {
    // What is on a page is followed by the page, through the cache.
    if (kind === "CALL_LOGGED" || pool.arrived.has(call.id)) {
      pool.arrived.set(call.id, call);
      touch();
    }
  });
  live.onGap(() => void reload(key));
}

function fetchPage(of: Pool): Promise<void> {
  const index = of.pages.length;
  return new Promise((resolve) => {
    const onPage = (page: CallPage) => {
      if (page.failure === null) {
        // New calls move the pages: what is on two of them is shown once.
        of.pages[index] = page.calls;
        if (index === of.pages.length - 1) of.hasMore = page.hasNextPage;
      } else of.failure = page.failure;
      touch();
      resolve();
    };
    const following = pipe(callPage(index * pageSize + of.arrived.size), subscribe(onPage));
    of.stops.push(() => following.unsubscribe());
  });
}

function touch(): void {
  changed.set(changed.get() + 1);
}

function newestFirst(a: CallRowFragment, b: CallRowFragment): number {
  if (a.created_at !== b.created_at) return a.created_at < b.created_at ? 1 : -1;
  return Number(b.id) - Number(a.id);
}
