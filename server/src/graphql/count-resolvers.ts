import type { CountBy, GroupedCounts } from "../domain/call-counts.ts";
import { namesOf } from "./contact-resolvers.ts";
import { signedIn } from "./resolver-context.ts";
import type { CallCountBy, QueryResolvers, Resolvers } from "./schema.gen.ts";

/** Counts of calls, with what they were counted by. */
export type CountedCalls = GroupedCounts & { readonly by: CountBy };

/** One group of them. */
export type CountedGroup = GroupedCounts["groups"][number] & { readonly by: CountBy };

const countBys = {
  TYPE: "type",
  DIRECTION: "direction",
  LINE: "line",
  ARCHIVED: "archived",
  ASSIGNEE: "assignee",
  UNRETURNED: "unreturned",
  HOUR: "hour",
  WEEKDAY: "weekday",
  WEEKDAY_HOUR: "weekday-hour",
  DAY: "day",
} as const satisfies Record<CallCountBy, CountBy>;

export const countQueries = {
  async callCounts(_root, { filter, by: named, timeZone }, context) {
    const by = countBys[named];
    return { ...(await context.inbox.counts(signedIn(context), filter, by, timeZone)), by };
  },
} as const satisfies QueryResolvers;

export const countTypes = {
  CallCounts: {
    exact: (counts) => counts.isExact,
    groups: ({ groups, by }) => groups.map((group) => ({ ...group, by })),
  },
  CallCountGroup: {
    number: ({ key, by }, _args, context) => (by === "line" ? namesOf(context).line(key) : null),
  },
} as const satisfies Resolvers;
