import { type Example, example } from "./example.ts";

/** Tabs for filtered lists and counts. */
export const listExamples: readonly Example[] = [
  example(
    `# Filters, and pages by cursor: hand endCursor back as after.
query Calls($filter: CallFilter, $after: String) {
  calls(first: 20, after: $after, filter: $filter) {
    nodes {
      id
      direction
      from
      to
      via
      duration
      is_archived
      call_type
      created_at
    }
    pageInfo {
      hasNextPage
      endCursor
    }
    totalCount
  }
}
`,
    { filter: { type: ["missed"], archived: false } },
  ),
  example(
    `query CallCounts($filter: CallFilter, $by: CallCountBy!) {
  callCounts(filter: $filter, by: $by, timeZone: "Europe/Berlin") {
    groups {
      key
      count
    }
  }
}
`,
    { by: "HOUR" },
  ),
  example(
    `# How many calls were missed, how many of them returned, and how soon.
query CallReturns($filter: CallFilter) {
  callReturns(filter: $filter) {
    missed
    unreturned
    returned
    medianAfter
  }
}
`,
    { filter: { created: { from: "2024-02-26" } } },
  ),
];
