import type { Shape } from "../load/job.ts";
import type { Dialect } from "../targets/dialect.ts";

/** The requests that the workloads are made of, in a target's own words. */
export const shapes = {
  firstPage: ({ page }: Dialect): Shape => ({ query: page, variables: { offset: 0, limit: 10 } }),

  /** Pages of 25 at offsets below `below`, none twice before all were asked. */
  anyPage: ({ page }: Dialect, below: number): Shape => ({
    query: page,
    variables: { offset: { spread: below, plus: 0 }, limit: 25 },
  }),

  count: ({ count }: Dialect): Shape => ({ query: count, variables: {} }),

  anyCall: ({ call }: Dialect, calls: number): Shape => ({
    query: call,
    variables: { id: { spread: calls, plus: 1 } },
  }),

  noteAnyCall: ({ note, idsAreText }: Dialect, calls: number): Shape => ({
    query: note,
    variables: { id: { spread: calls, plus: 1, text: idsAreText }, content: { unique: "A note of the bench" } },
  }),

  archiveAnyCall: ({ archive, idsAreText }: Dialect, calls: number): Shape => ({
    query: archive,
    variables: { id: { spread: calls, plus: 1, text: idsAreText } },
  }),
};
