import { useEffect, useMemo, useRef } from "react";
import { useQuery } from "urql";
import { CallDetailsDocument, type CallDetailsQuery, CallHistoryDocument, TeamDocument } from "../../api/panel.gen.ts";
import type { CallRowFragment } from "../../api/calls.gen.ts";
import { usePeople } from "../people.ts";
import { useRefetch } from "./use-refetch.ts";

export type Details = NonNullable<CallDetailsQuery["call"]>;
export type Leg = Details["legs"][number];
export type NumberText = CallRowFragment["fromNumber"];

/** How the call went by its sources, whose number it is and how numbers read; null until that is known. */
export function useDetails(id: string, revision: number) {
  const variables = useMemo(() => ({ id: Number(id) }), [id]);
  const [{ data, error, fetching }, fetchAgain] = useQuery({
    query: CallDetailsDocument,
    variables,
    requestPolicy: "cache-and-network",
  });
  const again = () => fetchAgain({ requestPolicy: "network-only" });
  useRefetch(error !== undefined, again);
  useOnChange(revision, again);
  return { details: data?.call ?? null, hasFailed: error !== undefined && !fetching, again };
}

/** What happened to the call, newest first, as it is after each change. */
export function useHistory(id: string, revision: number, first: number) {
  const variables = useMemo(() => ({ id: Number(id), first }), [id, first]);
  const [{ data, error, fetching }, fetchAgain] = useQuery({
    query: CallHistoryDocument,
    variables,
    requestPolicy: "cache-and-network",
  });
  const again = () => fetchAgain({ requestPolicy: "network-only" });
  useRefetch(error !== undefined, again);
  useOnChange(revision, again);
  return { history: data?.call?.history ?? null, hasFailed: error !== undefined && !fetching, again };
}

/** Who is signed in, and to whom calls can be given. */
export function useTeam() {
  const [{ data }] = useQuery({ query: TeamDocument });
  return { me: data?.me ?? null, people: usePeople() };
}

/** Runs when the revision becomes another, not at first. */
function useOnChange(revision: number, run: () => void): void {
  const seen = useRef(revision);
  useEffect(() => {
    if (seen.current === revision) return;
    seen.current = revision;
    run();
    // oxlint-disable-next-line react/exhaustive-deps -- the newest, and for the revision alone
  }, [revision]);
}
