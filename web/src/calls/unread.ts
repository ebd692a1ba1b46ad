import { useEffect, useSyncExternalStore } from "react";
import { client } from "../api/client.ts";
import { failureFrom } from "../api/failure.ts";
import { followWhileLive } from "../api/follow.ts";
import { live } from "../api/live.ts";
import {
  ReadMatchingDocument,
  SetCallsUnreadDocument,
  UnreadAmongDocument,
  UnreadChangedDocument,
} from "../api/unread.gen.ts";
import type { ServerFilter } from "../lib/call-query.ts";
import { createStore, type Store } from "../lib/store.ts";
import { type Known, learned, markedText, mayAlterUnread } from "../lib/unread.ts";
import { announce } from "../ui/announce.tsx";
import { showToast } from "../ui/toasts.tsx";

/** What is asked for together: rows that are drawn in one go. */
const gatherMs = 40;
/** Most calls of one request. */
const atOnce = 1_000;

const known = createStore<Known>(new Map());
const altered = createStore(0);
/** Goes up whenever other calls may have become unread for the person, or been read, also where they are not drawn. */
export const unreadAltered: Pick<Store<number>, "get" | "follow"> = altered;

/** Calls that are drawn, with how often. */
const shown = new Map<string, number>();
const toAsk = new Set<string>();
/** Of these, what a change was about: the open call is read again then. */
const heard = new Set<string>();
let timer: ReturnType<typeof setTimeout> | null = null;
let isAsking = false;
/** Goes up whenever something is marked here: what was asked for before may be answered as it was before. */
let marks = 0;
/** The call that is open, which is read whatever comes in about it while it can be seen. */
let openId: string | null = null;

/** Keeps what is shown of unread calls true: after changes, after gaps, and when the person reads in another tab. Once, by the shell. */
export function useUnreadOfAll(): void {
  useEffect(() => {
    const askAll = () => {
      alter();
      ask([...shown.keys()]);
    };
    const stops = [
      live.onChange(({ kind, call }) => {
        const isGone = kind === "CALL_DELETED";
        if (isGone || mayAlterUnread(kind)) alter();
        if (isGone || !mayAlterUnread(kind)) return;
        if (!shown.has(call.id) && call.id !== openId) return;
        heard.add(call.id);
        ask([call.id]);
      }),
      live.onGap(askAll),
      followWhileLive(UnreadChangedDocument, ({ unreadChanged: ids }) => {
        if (ids === null) askAll();
        else {
          alter();
          ask(ids.filter((id) => shown.has(id) || id === openId));
        }
      }),
    ];
    return () => {
      for (const stop of stops) stop();
      known.set(new Map());
    };
  }, []);
}

/** Whether one of the calls is unread, as far as that is known yet. @param ids of the calls that a row stands for, joined by spaces */
export function useUnread(ids: string): boolean {
  useEffect(() => {
    const calls = ids.split(" ");
    for (const id of calls) shown.set(id, (shown.get(id) ?? 0) + 1);
    ask(calls.filter((id) => !known.get().has(id)));
    return () => {
      for (const id of calls) {
        const count = (shown.get(id) ?? 1) - 1;
        if (count > 0) shown.set(id, count);
        else shown.delete(id);
      }
    };
  }, [ids]);
  return useSyncExternalStore(follow, () => ids.split(" ").some((id) => known.get().get(id) === true));
}

function follow(onChange: () => void): () => void {
  return known.follow(onChange);
}

/** Opening a call reads it, and so does seeing what comes in while it is open. */
export function useReading(callId: string): void {
  useEffect(() => {
    openId = callId;
    void read(callId);
    return () => {
      openId = null;
    };
  }, [callId]);
}

/** Reads the calls where one of them is unread, else makes them unread. */
export async function toggleUnread(ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  const missing = ids.filter((id) => !known.get().has(id));
  for (let at = 0; at < missing.length; at += atOnce) await look(missing.slice(at, at + atOnce));
  const isUnread = !ids.some((id) => known.get().get(id) === true);
  let changedCount = 0;
  for (let at = 0; at < ids.length; at += atOnce) {
    const changed = await mark(ids.slice(at, at + atOnce), isUnread);
    if (changed === null) return;
    changedCount += changed;
  }
  if (changedCount > 0) announce(markedText(changedCount, isUnread));
  else if (isUnread) showToast({ text: "Archived calls are unread for nobody: restore it first." });
}

/** Reads all calls that a filter lets through. */
export async function readMatching(filter: ServerFilter): Promise<void> {
  let changedCount = 0;
  for (;;) {
    const { data, error } = await client.mutation(ReadMatchingDocument, { filter }).toPromise();
    if (data === undefined || error !== undefined) {
      showToast({ text: `The calls could not be marked read: ${failureFrom(error).message}`, isProblem: true });
      break;
    }
    changedCount += data.setCallsUnread.changedCount;
    if (!data.setCallsUnread.hasMore) {
      showToast({ text: changedCount === 0 ? "Nothing is unread here" : markedText(changedCount, false) });
      break;
    }
  }
  alter();
  ask([...shown.keys()]);
}

async function read(callId: string): Promise<void> {
  if (!known.get().has(callId)) await look([callId]);
  if (known.get().get(callId) === true && openId === callId) await mark([callId], false);
}

/** At once to see; back as it was, and said so, when the server refuses. How many altered, or null. */
async function mark(ids: readonly string[], isUnread: boolean): Promise<number | null> {
  marks += 1;
  known.set(learned(known.get(), ids, isUnread ? ids : []));
  const { data, error } = await client.mutation(SetCallsUnreadDocument, { ids, unread: isUnread }).toPromise();
  if (data !== undefined && error === undefined) {
    alter();
    // Archived calls were left alone.
    if (isUnread && data.setCallsUnread.changedCount < ids.length) ask(ids);
    return data.setCallsUnread.changedCount;
  }
  ask(ids);
  showToast({
    text: `It could not be marked ${isUnread ? "unread" : "read"}: ${failureFrom(error).message}`,
    isProblem: true,
  });
  return null;
}

function alter(): void {
  altered.set(altered.get() + 1);
}

function ask(ids: readonly string[]): void {
  for (const id of ids) toAsk.add(id);
  if (toAsk.size > 0 && !isAsking) timer ??= setTimeout(() => void askNow(), gatherMs);
}

/** One question at a time: the same one again while it is under way would be given its answer, which may be older. */

async function askNow(): Promise<void> {
  timer = null;
  const ids = [...toAsk].slice(0, atOnce);
  for (const id of ids) toAsk.delete(id);
  const isNews = ids.filter((id) => heard.delete(id));
  isAsking = true;
  await look(ids);
  isAsking = false;
  ask([]);
  if (openId !== null && isNews.includes(openId) && document.visibilityState === "visible") await read(openId);
}

/** Where the server is not to be reached, what is known stays. */
async function look(ids: readonly string[]): Promise<void> {
  const asked = marks;
  const { data } = await client.query(UnreadAmongDocument, { ids }, { requestPolicy: "network-only" }).toPromise();
  if (asked !== marks) ask(ids);
  else if (data !== undefined) known.set(learned(known.get(), ids, data.unreadCalls));
}
