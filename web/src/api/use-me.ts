import { useQuery } from "urql";
import { failureFrom } from "./failure.ts";
import type { RequestFailure } from "./post.ts";
import { MeDocument, type PersonPartsFragment } from "./settings.gen.ts";

/** Who is signed in, with the role; null until it is known. */
export function useMe(): {
  readonly me: PersonPartsFragment | null;
  readonly failure: RequestFailure | null;
  readonly retry: () => void;
} {
  const [{ data, error }, fetchAgain] = useQuery({ query: MeDocument });
  return {
    me: data?.me ?? null,
    failure: data === undefined && error !== undefined ? failureFrom(error) : null,
    retry: () => fetchAgain({ requestPolicy: "network-only" }),
  };
}
