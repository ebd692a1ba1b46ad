import type { GivenOutcome } from "../domain/inbox-many.ts";
import { signedIn } from "./resolver-context.ts";
import type { CallOutcome, MutationResolvers, Resolvers } from "./schema.gen.ts";
import { termsOf } from "./terms.ts";

const outcomes = {
  changed: "CHANGED",
  unchanged: "UNCHANGED",
  "not-found": "NOT_FOUND",
  conflict: "CONFLICT",
  "too-many-tags": "TOO_MANY_TAGS",
} as const satisfies Record<GivenOutcome["outcome"], CallOutcome>;

/** What is done to many calls at once. */
export const manyMutations = {
  setCallsArchived: (_root, { archived, ifRevision, ...which }, context, info) =>
    context.inbox.setMany(
      signedIn(context),
      which,
      { part: "archived", is: archived },
      termsOf(context, info, { ifRevision }),
    ),
  setCallsTag: (_root, { tag, present, ifRevision, ...which }, context, info) =>
    context.inbox.setMany(
      signedIn(context),
      which,
      { part: "tag", tag, is: present },
      termsOf(context, info, { ifRevision }),
    ),
  setCallsAssignee: (_root, { userId, ifRevision, ...which }, context, info) =>
    context.inbox.setMany(
      signedIn(context),
      which,
      { part: "assignee", userId: userId ?? null },
      termsOf(context, info, { ifRevision }),
    ),
  undoChanges: (_root, { revisions }, context, info) =>
    context.inbox.undoMany(signedIn(context), revisions, termsOf(context, info)),
} as const satisfies MutationResolvers;

export const manyTypes = {
  CallResult: { outcome: (result) => outcomes[result.outcome] },
  UndoResult: { outcome: (result) => outcomes[result.outcome] },
} as const satisfies Resolvers;
