import { useMemo } from "react";
import { useQuery } from "urql";
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

/** Whom a call can be given to: who is signed in first, where that is somebody who can be given calls. */
export function usePeople(): readonly Person[] {
  const me = useMe();
  const [{ data }] = useQuery({ query: ColleaguesDocument, requestPolicy: "cache-and-network" });
  return useMemo(() => {
    const all = data?.colleagues ?? (me === null ? [] : [me]);
    return [...all.filter(({ id }) => id === me?.id), ...all.filter(({ id }) => id !== me?.id)];
  }, [data, me]);
}
