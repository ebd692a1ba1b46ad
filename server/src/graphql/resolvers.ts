import type { GraphQLResolveInfo } from "graphql";
import type { Budget } from "../domain/budgets.ts";
import type { CountBy } from "../domain/call-counts.ts";
import { type ChangeKind as DomainChangeKind, formatCursor } from "../domain/change.ts";
import { changePageMax } from "../domain/change-page.ts";
import { callCursor, type CallOrder as DomainCallOrder } from "../domain/connection.ts";
import { unauthenticated } from "../domain/errors.ts";
import { pageLimitMax } from "../domain/page.ts";
import type { Principal } from "../domain/workspace.ts";
import { limits } from "./limits.ts";
import type { ResolverContext, Warning } from "./resolver-context.ts";
import type { CallCountBy, CallOrder, ChangeKind, Resolvers } from "./schema.gen.ts";

/** The kinds of changes as clients name them. */
export const changeKinds = {
  "call.logged": "CALL_LOGGED",
  "call.updated": "CALL_UPDATED",
  "call.archived": "CALL_ARCHIVED",
  "call.unarchived": "CALL_UNARCHIVED",
  "note.added": "NOTE_ADDED",
} as const satisfies Record<DomainChangeKind, ChangeKind>;

const callOrders = {
  CREATED_AT_DESC: "newest-first",
  CREATED_AT_ASC: "oldest-first",
} as const satisfies Record<CallOrder, DomainCallOrder>;

const countBys = {
  TYPE: "type",
  DIRECTION: "direction",
  LINE: "line",
  ARCHIVED: "archived",
  HOUR: "hour",
  WEEKDAY: "weekday",
  DAY: "day",
} as const satisfies Record<CallCountBy, CountBy>;

/**
 * The bridge between the published schema and the domain: names and spellings only, no rules. Fields that are not listed
 * are properties of the same name; the roots of subscriptions come as the root value.
 */
export const resolvers = {
  Query: {
    async paginatedCalls(_root, { offset, limit, filter }, context, info) {
      const { page, window } = await context.inbox.page(signedIn(context), offset, limit, filter);
      if (window.isCapped) {
        const message = `limit was cut to ${pageLimitMax}, the most that one page holds.`;
        context.warn({ code: "LIMIT_CAPPED", message, path: [responseKey(info)] });
      }
      if (page.isBounded === true) context.warn(scanBounded(info));
      const isLast = page.isBounded !== true && window.offset + page.calls.length >= page.totalCount;
      return { nodes: page.calls, totalCount: page.totalCount, hasNextPage: !isLast };
    },
    async calls(_root, { filter, orderBy, ...window }, context, info) {
      const principal = signedIn(context);
      const page = await context.inbox.connection(principal, window, filter, callOrders[orderBy]);
      if (page.isBounded) context.warn(scanBounded(info));
      return { page, nodes: page.calls, count: () => context.inbox.count(principal, filter) };
    },
    callCounts: (_root, { filter, by, timeZone }, context) =>
      context.inbox.counts(signedIn(context), filter, countBys[by], timeZone),
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
  },
  Call: {
    id: (call) => String(call.id),
    duration: (call) => call.durationMs,
    is_archived: (call) => call.isArchived,
    call_type: (call) => call.callType,
    created_at: (call) => isoTime(call.createdAtMs),
  },
  CallConnection: {
    edges: ({ nodes }) => nodes,
    pageInfo: ({ page }) => page,
    async totalCount({ count }, _args, context, info) {
      const counted = await count();
      if (!counted.isExact) context.warn(scanBounded(info));
      return counted.count;
    },
  },
  CallEdge: {
    cursor: (call) => callCursor(call),
    node: (call) => call,
  },
  CallCounts: {
    exact: (counts) => counts.isExact,
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

/** Too many calls would have had to be looked at: what was found is right, but there may be more. */
function scanBounded(info: GraphQLResolveInfo): Warning {
  const message =
    "So many calls would have to be looked at for this filter that the look was ended: there may be more.";
  return { code: "SCAN_BOUNDED", message, path: pathOf(info.path) };
}

function pathOf(path: GraphQLResolveInfo["path"] | undefined): readonly unknown[] {
  return path === undefined ? [] : [...pathOf(path.prev), path.key];
}

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
