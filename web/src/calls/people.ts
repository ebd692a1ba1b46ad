import { useQuery } from "urql";
import { PeopleDocument } from "../api/inbox.gen.ts";
import { session } from "../api/session.ts";
import { useStore } from "../ui/use-store.ts";

/** Somebody who can take care of a call. */
export type Person = { readonly id: string; readonly username: string };

/** Who is signed in. */
export function useMe(): Person | null {
  const state = useStore(session.state);
  return "user" in state ? state.user : null;
}

/** Whom a call can be given to: who is signed in first; the others as far as one may see them. */
export function usePeople(): readonly Person[] {
  const me = useMe();
  const [{ data }] = useQuery({ query: PeopleDocument });
  const others = (data?.users ?? []).filter(({ id, isDisabled }) => !isDisabled && id !== me?.id);
  return me === null ? others : [me, ...others];
}
