import { useMemo } from "react";
import { useQuery } from "urql";
import { LinesDocument } from "../api/list.gen.ts";
import { lineName } from "../lib/phone.ts";

export type Lines = {
  /** The lines that calls have used, the busiest first; one without a name is calls without a line. Empty until they are there. */
  readonly lines: readonly string[];
  /** How a line is shown, also one that no call has used. */
  readonly nameOf: (line: string) => string;
};

/** The lines of the workspace, as the list of calls writes them. */
export function useLines(): Lines {
  const [{ data }] = useQuery({ query: LinesDocument });
  const groups = data?.callCounts.groups;
  return useMemo(() => {
    const readings = new Map(groups?.map(({ key, number }) => [key, number]));
    return { lines: [...readings.keys()], nameOf: (line) => lineName(line, readings.get(line)) };
  }, [groups]);
}
