import type { GraphQLResolveInfo } from "graphql";
import type { Budget } from "../domain/budgets.ts";
import { type ChangeKind as DomainChangeKind, formatCursor } from "../domain/change.ts";
import { changePageMax } from "../domain/change-page.ts";
import { unauthenticated } from "../domain/errors.ts";
import { pageLimitMax } from "../domain/page.ts";
import type { Principal } from "../domain/workspace.ts";
import { callNames, contactMutations, contactQueries, contactTypes } from "./contact-resolvers.ts";
import { limits } from "./limits.ts";
import type { ResolverContext } from "./resolver-context.ts";
import type { ChangeKind, Resolvers } from "./schema.gen.ts";

/** The kinds of changes as clients name them. */
export const changeKinds = {
  "call.logged": "CALL_LOGGED",
  "call.updated": "CALL_UPDATED",
  "call.archived": "CALL_ARCHIVED",
  "call.unarchived": "CALL_UNARCHIVED",
  "note.added": "NOTE_ADDED",
} as const satisfies Record<DomainChangeKind, ChangeKind>;

/**
 * The bridge between the published schema and the domain: names and spellings only, no rules. Fields that are not listed
 * are properties of the same name; the roots of subscriptions come as the root value.
 */
export const resolvers = {
  Query: {
    async paginatedCalls(_root, { offset, limit }, context, info) {
      const { page, window } = await context.inbox.page(signedIn(context), offset, limit);
      if (window.isCapped) {
        const message = `limit was cut to ${pageLimitMax}, the most that one page holds.`;
        context.warn({ code: "LIMIT_CAPPED", message, path: [responseKey(info)] });
      }
      const isLast = window.offset + page.calls.length >= page.totalCount;
      return { nodes: page.calls, totalCount: page.totalCount, hasNextPage: !isLast };
    },
    call: (_root, { id }, context) => context.inbox.call(signedIn(context), id),
    async changes(_root, { after, first }, context, info) {
      const { changes, cursor, hasMore, isCapped } = await context.inbox.changes(signedIn(context), after, first);
      if (isCapped) {
        const message = `first was cut to ${changePageMax}, the most that one page holds.`;
        context.warn({ code: "LIMIT_CAPPED", message, path: [responseKey(info)] });
      }
      const { epoch } = cursor;
      return {
        changes: changes.map((change) => ({ change, cursor: formatCursor({ epoch, revision: change.revision }) })),
        cursor: formatCursor(cursor),
        hasMore,
      };
    },
    cursor: async (_root, _args, context) => formatCursor(await context.inbox.cursor(signedIn(context))),
    me(_root, _args, context) {
      const { userId, username } = signedIn(context);
      return { id: userId, username };
    },
    limits: (_root, _args, { budget }) => ({ ...limits, pageLimit: pageLimitMax, rate: rateOf(budget) }),
    ...contactQueries,
  },
  Mutation: {
    login: (_root, { input }, { sessions, origin }) =>
      sessions.signIn({ username: input.username, password: input.password }, origin),
    refreshTokenV2: (_root, _args, { sessions, bearer }) => sessions.refresh(given(bearer)),
    async refreshToken(_root, _args, { sessions, bearer }) {
      const { accessToken, user } = await sessions.refreshAccess(given(bearer));
      return { access_token: accessToken, user };
    },
    archiveCall: (_root, { id }, context, info) =>
      context.inbox.toggleArchived(signedIn(context), id, context.idempotency(responseKey(info))),
    addNote: (_root, { input: { activityId, content } }, context, info) =>
      context.inbox.addNote(signedIn(context), activityId, content, context.idempotency(responseKey(info))),
    async logout(_root, _args, context) {
      await context.sessions.signOut(signedIn(context));
      return true;
    },
    async logoutAll(_root, _args, context) {
      await context.sessions.signOutEverywhere(signedIn(context));
      return true;
    },
    ...contactMutations,
  },
  ...contactTypes,
  Call: {
    id: (call) => String(call.id),
    duration: (call) => call.durationMs,
    is_archived: (call) => call.isArchived,
    call_type: (call) => call.callType,
    created_at: (call) => isoTime(call.createdAtMs),
    ...callNames,
  },
  Note: {
    id: (note) => String(note.id),
  },
  AuthResponseType: {
    access_token: (signedInNow) => signedInNow.accessToken,
    refresh_token: (signedInNow) => signedInNow.refreshToken,
  },
  Change: {
    kind: ({ change }) => changeKinds[change.kind],
    at: ({ change }) => isoTime(change.atMs),
    call: ({ change }) => change.call,
  },
} as const satisfies Resolvers;

function rateOf(budget: Budget | null) {
  if (budget === null) return null;
  const { quota, windowMs } = budget.policy;
  return {
    quota,
    windowSeconds: windowMs / 1_000,
    remaining: budget.left,
    fullInMs: Math.ceil(budget.fullInMs),
  };
}

function signedIn({ principal }: ResolverContext): Principal {
  if (principal === null) throw unauthenticated();
  return principal;
}

function given(bearer: string | null): string {
  if (bearer === null) throw unauthenticated();
  return bearer;
}

function responseKey(info: GraphQLResolveInfo): string {
  return String(info.path.key);
}

function isoTime(ms: number): string {
  return new Date(ms).toISOString();
}
