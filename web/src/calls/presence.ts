import { useEffect, useSyncExternalStore } from "react";
import { client } from "../api/client.ts";
import { followWhileLive } from "../api/follow.ts";
import { live } from "../api/live.ts";
import { AtCallDocument, WhoIsWhereDocument } from "../api/presence.gen.ts";
import { session } from "../api/session.ts";
import { type AtCall, byCall } from "../lib/presence.ts";
import { randomKey } from "../lib/random-key.ts";
import { createStore } from "../lib/store.ts";
import { afterPaint } from "../ui/use-after-paint.ts";

/** The server forgets who has not said it again for 45 s. */
const againMs = 20_000;

const people = createStore<ReadonlyMap<string, readonly AtCall[]>>(new Map());
const nobody: readonly AtCall[] = [];
const tab = randomKey();
let stopSaying = (): void => undefined;
/** Where this tab is; others are told after the next paint. */
let here: { readonly callId: string; readonly isWriting: boolean } | null = null;

/** Follows who is at which call. Once, by the shell. */
export function usePresenceOfAll(): void {
  useEffect(() => {
    const stop = followWhileLive(WhoIsWhereDocument, ({ presence }) => {
      const state = session.state.get();
      people.set(byCall(presence, "user" in state ? state.user.id : null, people.get()));
    });
    // What was heard before the connection was lost is not known to hold.
    const unfollow = live.connection.follow(() => {
      const { status } = live.connection.get();
      if (status === "reconnecting" || status === "offline") people.set(new Map());
    });
    return () => {
      stop();
      unfollow();
    };
  }, []);
}

/** The colleagues who are at a call now. */
export function usePresence(callId: string): readonly AtCall[] {
  return useSyncExternalStore(follow, () => people.get().get(callId) ?? nobody);
}

function follow(onChange: () => void): () => void {
  return people.follow(onChange);
}

/** Tells colleagues that this tab is at a call, as long as it is and somebody can see it. */
export function useBeingAt(callId: string): void {
  useEffect(() => {
    const say = () => tell(document.visibilityState === "visible" ? { callId, isWriting: false } : null);
    const again = () => {
      if (here !== null && document.visibilityState === "visible") send();
    };
    say();
    const timer = setInterval(again, againMs);
    const unfollow = live.connection.follow(() => {
      if (live.connection.get().status === "live") again();
    });
    // A page that goes away is not painted any more.
    const leave = () => tell(null, sendNow);
    document.addEventListener("visibilitychange", say);
    window.addEventListener("pagehide", leave);
    return () => {
      clearInterval(timer);
      unfollow();
      document.removeEventListener("visibilitychange", say);
      window.removeEventListener("pagehide", leave);
      tell(null);
    };
  }, [callId]);
}

/** Tells whether a note is being written at the call that is open. */
export function tellWriting(isWriting: boolean): void {
  if (here !== null && here.isWriting !== isWriting) tell({ ...here, isWriting });
}

/** By default whoever opens a call sees it first. */
function tell(next: typeof here, when: (send: () => void) => () => void = afterPaint): void {
  if (next?.callId === here?.callId && next?.isWriting === here?.isWriting) return;
  here = next;
  stopSaying();
  stopSaying = when(send);
}

function sendNow(send: () => void): () => void {
  send();
  return () => undefined;
}

/** Without a look at the answer: what did not get through is said again soon, and forgotten when it does not hold. */
function send(): void {
  const variables = { tab, id: here?.callId ?? null, isWriting: here?.isWriting ?? false };
  // Also while the page goes away.
  void client.mutation(AtCallDocument, variables, { fetchOptions: { keepalive: true } }).toPromise();
}
