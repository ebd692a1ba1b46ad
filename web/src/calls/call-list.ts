import { pipe, subscribe } from "wonka";
import {
  allCalls,
  asKeptPage,
  type CallPage,
  callPage,
  fetchPageAgain,
  firstPage,
  oneCall,
} from "../api/call-pages.ts";
import type { CallRowFragment } from "../api/calls.gen.ts";
import { onNamesChanged } from "../api/contact-names.ts";
import type { KeptAnswer } from "../api/kept-store.ts";
import { live, type LiveChange } from "../api/live.ts";
import type { RequestFailure } from "../api/post.ts";
import {
  type CallQuery,
  endOf,
  filterOf,
  matches,
  queryText,
  type ServerFilter,
  stillMatches,
  upTo,
} from "../lib/call-query.ts";
import { createStore, type Store } from "../lib/store.ts";
import { mayAlterUnread } from "../lib/unread.ts";
import type { ViewName } from "../lib/views.ts";
import { zoneNow } from "../lib/zone.ts";
import type { Target } from "./bulk.ts";
import { targetOf } from "./call-actions.ts";

/** Pages that are fetched in a row when few of their calls belong in the list. */
const pagesAtOnceMax = 10;
/** Calls that a list asks for at a time, as far as there are any. */
const callsWanted = 60;
/**
 * Pages without a call that are fetched by themselves in a row: the server ends a page early where it has looked at many. One that had
 * calls when it came does not count, for somebody may archive them faster than they are fetched.
 */
const emptyPagesMax = 10;
/** Lists that are kept up to date, so that going back to one is at once. */
const listsMax = 6;

/** What a list is of. `me` is the id of who looks. With `at` it begins with that day, as `2026-11-22`, and goes back from there. */
export type ListKey = {
  readonly view: ViewName;
  readonly query: CallQuery;
  readonly me: string;
  readonly at?: string | undefined;
};

export type CallList = {
  /** What can be drawn: calls newest first, each once. */
  readonly calls: readonly CallRowFragment[];
  readonly status: "loading" | "ready" | "failed";
  readonly failure: RequestFailure | null;
  /** Older calls may be there. */
  readonly hasMore: boolean;
  /** Calls are on their way. */
  readonly isLoading: boolean;
  readonly pageCount: number;
  /** Calls that came in since and belong here, not yet among `calls`. */
  readonly arrivedCount: number;
};

type Held = {
  readonly name: string;
  readonly key: ListKey;
  readonly pages: (readonly CallRowFragment[])[];
  /** Where each page begins. */
  readonly begins: (string | null)[];
  /** Where the next page begins. */
  after: string | null;
  hasMore: boolean;
  /** How many of the last pages came without a call. */
  emptyPages: number;
  failure: RequestFailure | null;
  loading: Promise<void> | null;
  /** What came after the pages were fetched. */
  readonly arrived: Map<string, { call: CallRowFragment; isShown: boolean }>;
  readonly stops: (() => void)[];
};

/** By their names, the one that was asked for last at the end. */
const lists = new Map<string, Held>();
const changed = createStore(0);
let isFollowing = false;
let isTouched = false;

/** The list, from what is fetched so far. Cheap to make again whenever `callsChanged` tells. */
export function listOf(key: ListKey): CallList {
  const held = lists.get(nameOf(key));
  if (held === undefined)
    return {
      calls: [],
      status: "loading",
      failure: null,
      hasMore: true,
      isLoading: false,
      pageCount: 0,
      arrivedCount: 0,
    };
  const { view, query, me } = key;
  const calls: CallRowFragment[] = [];
  const ids = new Set<string>();
  let arrivedCount = 0;
  for (const { call, isShown } of held.arrived.values()) {
    if (!matches(view, query, call, me)) continue;
    if (!isShown) arrivedCount += 1;
    else {
      ids.add(call.id);
      calls.push(call);
    }
  }
  for (const page of held.pages) {
    for (const call of page) {
      if (ids.has(call.id) || !stillMatches(view, query, call, me)) continue;
      ids.add(call.id);
      calls.push(call);
    }
  }
  if (held.arrived.size > 0) calls.sort(newestFirst);
  const pageCount = held.pages.length;
  const isFirst = calls.length === 0 && held.hasMore && (held.emptyPages < emptyPagesMax || held.failure !== null);
  const status = isFirst ? (held.failure === null ? "loading" : "failed") : "ready";
  const { failure, hasMore } = held;
  return { calls, status, failure, hasMore, isLoading: held.loading !== null, pageCount, arrivedCount };
}

/** Goes up whenever a list may have become another. */
export const callsChanged: Pick<Store<number>, "get" | "follow"> = changed;

/** Puts what came in among the calls. */
export function showArrived(key: ListKey): void {
  for (const one of lists.get(nameOf(key))?.arrived.values() ?? []) one.isShown = true;
  touch();
}

/** Fetches more until the list has as many further calls as a screen or two show. */
export function loadMore(key: ListKey): Promise<void> {
  const held = hold(key);
  if (held.loading !== null) return held.loading;
  const loading = fetchMore(held).finally(() => {
    held.loading = null;
    touch();
  });
  held.loading = loading;
  touch();
  return loading;
}

/** Forgets what was fetched and fetches it anew. */
export async function reload(key: ListKey): Promise<void> {
  for (const held of lists.values()) drop(held);
  touch();
  await loadMore(key);
}

/** Everything that a list has, to its end. */
export async function allTargets(key: ListKey): Promise<readonly Target[]> {
  const { view, query, me } = key;
  const calls = await allCalls(filterOfList(key));
  return calls.filter((call) => stillMatches(view, query, call, me)).map(targetOf);
}

/** The lists that are here, as they are shown: what was looked at last first, so many calls in all at most. */
export function listsToKeep(callsMax: number): readonly KeptAnswer[] {
  let left = callsMax;
  const kept: KeptAnswer[] = [];
  for (const { key, pages } of [...lists.values()].toReversed()) {
    if (pages.length === 0) continue;
    const { calls, hasMore } = listOf(key);
    const shown = calls.slice(0, left);
    left -= shown.length;
    const answer = asKeptPage(filterOfList(key), shown, hasMore || shown.length < calls.length);
    if (answer !== null && (shown.length > 0 || calls.length === 0)) kept.push(answer);
  }
  return kept;
}

/** The days of a query are those of the zone. */
function nameOf({ view, query, me, at = "" }: ListKey): string {
  const hasDays = at !== "" || query.from !== undefined || query.to !== undefined || query.hour !== undefined;
  return `${me} ${hasDays ? zoneNow() : ""} ${view}?${queryText(query)} ${at}`;
}

/** What the server is asked for. */
export function filterOfList({ view, query, me, at }: ListKey): ServerFilter {
  return upTo(filterOf(view, query, me), at);
}

function hold(key: ListKey): Held {
  const name = nameOf(key);
  const held = lists.get(name) ?? {
    name,
    key,
    pages: [],
    begins: [],
    after: null,
    hasMore: true,
    emptyPages: 0,
    failure: null,
    loading: null,
    arrived: new Map(),
    stops: [],
  };
  lists.delete(name);
  lists.set(name, held);
  const [oldest] = lists.values();
  if (lists.size > listsMax && oldest !== undefined) drop(oldest);
  return held;
}

function drop(held: Held): void {
  for (const stop of held.stops) stop();
  lists.delete(held.name);
}

async function fetchMore(held: Held): Promise<void> {
  held.failure = null;
  follow();
  const wanted = listOf(held.key).calls.length + callsWanted;
  for (let pages = 0; pages < pagesAtOnceMax && held.hasMore; pages += 1) {
    await fetchPage(held);
    if (held.failure !== null || listOf(held.key).calls.length >= wanted) return;
  }
}

function follow(): void {
  if (isFollowing) return;
  isFollowing = true;
  live.onChange((change) => {
    for (const held of lists.values()) takeIn(held, change);
  });
  onNamesChanged(() => void refresh());
  live.onGap((reason) => {
    // The pages are asked for again where they are.
    if (reason === "kept") return;
    const shown = [...lists.values()].at(-1);
    if (shown !== undefined) void reload(shown.key);
  });
}

/** Fetches what is shown again, in its place: other lists are fetched when somebody goes to them. */
async function refresh(): Promise<void> {
  const shown = [...lists.values()].at(-1);
  for (const held of lists.values()) if (held !== shown) drop(held);
  if (shown === undefined) return;
  const of = filterOfList(shown.key);
  for (const begin of shown.begins) await fetchPageAgain(of, begin);
}

/** What is on a page is followed by the page, through the cache; so is what is taken in here. */
function takeIn(held: Held, { kind, call, actor }: LiveChange): void {
  if (kind === "CALL_DELETED") return takeOut(held, call.id);
  const { view, query, me, at } = held.key;
  const asksUnread = view === "unread" || query.unread === "yes";
  if (asksUnread && (!mayAlterUnread(kind) || actor.id === me)) return;
  if (held.arrived.has(call.id) || !matches(view, query, call, me)) return;
  const end = endOf(at);
  if (end !== null && call.created_at >= end) return;
  if (held.pages.some((page) => page.some(({ id }) => id === call.id)) || isToCome(held, call)) return;
  held.arrived.set(call.id, { call, isShown: kind !== "CALL_LOGGED" });
  touch();
  const following = pipe(
    oneCall(call.id),
    subscribe((now) => {
      const known = held.arrived.get(call.id);
      if (now === null || known === undefined || known.call === now) return;
      known.call = now;
      touch();
    }),
  );
  held.stops.push(() => following.unsubscribe());
}

/** At once: the pages that had it are fetched again meanwhile. */
function takeOut({ arrived, pages }: Held, id: string): void {
  let isGone = arrived.delete(id);
  for (const [index, page] of pages.entries()) {
    if (!page.some((call) => call.id === id)) continue;
    pages[index] = page.filter((call) => call.id !== id);
    isGone = true;
  }
  if (isGone) touch();
}

/** Older than what was fetched: it is on a page to come. While the first page is on its way, it may have been read before the change. */
function isToCome({ pages, hasMore }: Held, call: CallRowFragment): boolean {
  const last = pages.at(-1)?.at(-1);
  return hasMore && pages.length > 0 && (last === undefined || newestFirst(last, call) < 0);
}

function fetchPage(held: Held): Promise<void> {
  const index = held.pages.length;
  return new Promise((resolve) => {
    const onPage = (page: CallPage) => {
      if (page.failure === null) {
        held.failure = null;
        if (held.pages[index] === undefined) held.emptyPages = page.calls.length === 0 ? held.emptyPages + 1 : 0;
        held.pages[index] = page.calls;
        if (index === held.pages.length - 1) {
          held.hasMore = page.hasNextPage;
          held.after = page.endCursor;
          if (index === 0) forgetToCome(held);
        }
      } else {
        held.failure = page.failure;
        // Given up, or who tries again would hear of this failure first.
        queueMicrotask(() => following.unsubscribe());
      }
      if (index === 0) touchNow();
      else touch();
      resolve();
    };
    held.begins[index] = held.after;
    const filter = filterOfList(held.key);
    const following =
      index === 0
        ? pipe(
            firstPage(filter),
            subscribe((page) => {
              onPage(page);
              live.begin(page.logEnd);
            }),
          )
        : pipe(callPage(filter, held.after), subscribe(onPage));
    held.stops.push(() => following.unsubscribe());
  });
}

/** Of what came in while the first page was on its way. */
function forgetToCome(held: Held): void {
  for (const [id, { call }] of held.arrived) if (isToCome(held, call)) held.arrived.delete(id);
}

/** Lists are made anew once a frame at most: what is done to many calls comes back as a change for each. */
function touch(): void {
  if (isTouched) return;
  // No frames are drawn of a page that nobody sees.
  if (document.hidden) return touchNow();
  isTouched = true;
  requestAnimationFrame(touchNow);
}

/** For what somebody waits to see, which may as well be drawn before the frame. */
function touchNow(): void {
  isTouched = false;
  changed.set(changed.get() + 1);
}

function newestFirst(a: CallRowFragment, b: CallRowFragment): number {
  if (a.created_at !== b.created_at) return a.created_at < b.created_at ? 1 : -1;
  return Number(b.id) - Number(a.id);
}
