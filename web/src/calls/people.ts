import { useMemo, useState } from "react";
import { type RequestPolicy, useQuery } from "urql";
import { ColleaguesDocument } from "../api/inbox.gen.ts";
import { session } from "../api/session.ts";
import { useStore } from "../ui/use-store.ts";

/** Somebody who can take care of a call. */
export type Person = { readonly id: string; readonly username: string };

/** Who is signed in. */
export function useMe(): Person | null {
  const state = useStore(session.state);
  return "user" in state ? state.user : null;
}

/** Who works here alters seldom: calls that are opened one after the other ask once. */
const askAgainMs = 60_000;
let askedAtMs = Number.NEGATIVE_INFINITY;

/** Whom a call can be given to: who is signed in first, where that is somebody who can be given calls. */
export function usePeople(): readonly Person[] {
  const me = useMe();
  const [requestPolicy] = useState(policy);
  const [{ data }] = useQuery({ query: ColleaguesDocument, requestPolicy });
  return useMemo(() => {
    const all = data?.colleagues ?? (me === null ? [] : [me]);
    return [...all.filter(({ id }) => id === me?.id), ...all.filter(({ id }) => id !== me?.id)];
  }, [data, me]);
}

function policy(): RequestPolicy {
  const nowMs = performance.now();
  if (nowMs - askedAtMs < askAgainMs) return "cache-first";
  askedAtMs = nowMs;
  return "cache-and-network";
}
