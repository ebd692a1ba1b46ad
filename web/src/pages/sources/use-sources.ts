import { useCallback } from "react";
import { useQuery } from "urql";
import { failureFrom } from "../../api/failure.ts";
import type { RequestFailure } from "../../api/post.ts";
import { SourcesDocument, type SourcePartsFragment } from "../../api/sources.gen.ts";
import { useRefreshing } from "../shell/use-refreshing.ts";

export type Sources = {
  /** Null until they are there. */
  readonly sources: readonly SourcePartsFragment[] | null;
  readonly failure: RequestFailure | null;
  readonly refresh: () => void;
};

/** The phone systems of the workspace, kept up to date while they are shown. */
export function useSources(): Sources {
  const [{ data, error }, fetchAgain] = useQuery({ query: SourcesDocument, requestPolicy: "cache-and-network" });
  const refresh = useCallback(() => fetchAgain({ requestPolicy: "network-only" }), [fetchAgain]);
  useRefreshing(refresh);
  return {
    sources: data?.sources ?? null,
    failure: data === undefined && error !== undefined ? failureFrom(error) : null,
    refresh,
  };
}
