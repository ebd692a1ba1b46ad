import type { GraphQLResolveInfo } from "graphql";
import type { Budget } from "../domain/budgets.ts";
import { formatCursor } from "../domain/change.ts";
import { changePageMax } from "../domain/change-page.ts";
import { callCursor, type CallOrder as DomainCallOrder } from "../domain/connection.ts";
import { unauthenticated } from "../domain/errors.ts";
import type { ActivityPage } from "../domain/inbox-edits.ts";
import { pageLimitMax } from "../domain/page.ts";
import { changeKinds } from "./change-kinds.ts";
import { auditQueries, auditTypes } from "./audit-resolvers.ts";
import { peopleMutations, peopleQueries, peopleTypes } from "./people-resolvers.ts";
import { isoTime } from "./iso-time.ts";
import { callNames, contactMutations, contactQueries, contactTypes } from "./contact-resolvers.ts";
import { countQueries, countTypes } from "./count-resolvers.ts";
import { limits } from "./limits.ts";
import { type ChangeEvent, signedIn, type Warning } from "./resolver-context.ts";
import type { ActorKind, Resolvers, CallOrder } from "./schema.gen.ts";
import { termsOf } from "./terms.ts";
import { callReturn, returnQueries } from "./return-resolvers.ts";
import { presenceMutations, presenceQueries, presenceTypes } from "./presence-resolvers.ts";
import { retentionMutations } from "./retention-resolvers.ts";
import { sourceCall, sourceMutations, sourceQueries, sourceTypes } from "./source-resolvers.ts";
import { callUnread, unreadMutations, unreadQueries } from "./unread-resolvers.ts";
import { manyMutations, manyTypes } from "./many-resolvers.ts";
import { viewMutations, viewQueries, viewTypes } from "./view-resolvers.ts";
import { webhookMutations, webhookQueries, webhookTypes } from "./webhook-resolvers.ts";

const actorKinds = { user: "USER", key: "KEY", source: "SOURCE", system: "SYSTEM" } as const satisfies Record<
  string,
  ActorKind
>;
const callOrders = {
  CREATED_AT_DESC: "newest-first",
  CREATED_AT_ASC: "oldest-first",
} as const satisfies Record<CallOrder, DomainCallOrder>;

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
    ...countQueries,
    call: (_root, { id }, context) => context.inbox.call(signedIn(context), id),
    ...peopleQueries,
    ...presenceQueries,
    ...sourceQueries,
    ...auditQueries,
    ...viewQueries,
    async changes(_root, { after, first, filter }, context, info) {
      const { changes, cursor, hasMore, isCapped } = await context.inbox.changes(
        signedIn(context),
        after,
        first,
        filter,
      );
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
    cursor: async (_root, _args, context) =>
      formatCursor(await (context.logEnd ?? context.inbox.cursor(signedIn(context)))),
    limits: (_root, _args, { budget }) => ({ ...limits, pageLimit: pageLimitMax, rate: rateOf(budget) }),
    activity: async (_root, { first, after }, context) =>
      pageOfChanges(await context.inbox.history(signedIn(context), null, first, after)),
    ...contactQueries,
    ...returnQueries,
    ...unreadQueries,
    ...webhookQueries,
  },
  Mutation: {
    login: (_root, { input }, { sessions, origin }) =>
      sessions.signIn({ username: input.username, password: input.password }, origin),
    refreshTokenV2: (_root, _args, { sessions, bearer }) => sessions.refresh(given(bearer)),
    async refreshToken(_root, _args, { sessions, bearer }) {
      const { accessToken, user } = await sessions.refreshAccess(given(bearer));
      return { access_token: accessToken, user };
    },
    archiveCall: (_root, { id, ...given }, context, info) =>
      context.inbox.toggleArchived(signedIn(context), id, termsOf(context, info, given)),
    addNote: (_root, { input: { activityId, content }, ...given }, context, info) =>
      context.inbox.addNote(signedIn(context), activityId, content, termsOf(context, info, given)),
    ...manyMutations,
    editNote: (_root, { id, content, ...given }, context, info) =>
      context.inbox.editNote(signedIn(context), id, content, termsOf(context, info, given)),
    deleteNote: (_root, { id, ...given }, context, info) =>
      context.inbox.deleteNote(signedIn(context), id, termsOf(context, info, given)),
    addTag: (_root, { id, tag, ...given }, context, info) =>
      context.inbox.setTag(signedIn(context), id, tag, true, termsOf(context, info, given)),
    removeTag: (_root, { id, tag, ...given }, context, info) =>
      context.inbox.setTag(signedIn(context), id, tag, false, termsOf(context, info, given)),
    assignCall: (_root, { id, userId, ...given }, context, info) =>
      context.inbox.assign(signedIn(context), id, userId, termsOf(context, info, given)),
    undoChange: (_root, { revision, ...given }, context, info) =>
      context.inbox.undo(signedIn(context), revision, termsOf(context, info, given)),
    async logout(_root, _args, context) {
      await context.sessions.signOut(signedIn(context));
      return true;
    },
    async logoutAll(_root, _args, context) {
      await context.sessions.signOutEverywhere(signedIn(context));
      return true;
    },
    ...peopleMutations,
    ...presenceMutations,
    ...sourceMutations,
    ...viewMutations,
    ...contactMutations,
    ...unreadMutations,
    ...webhookMutations,
    ...retentionMutations,
  },
  ...contactTypes,
  Call: {
    id: (call) => String(call.id),
    duration: (call) => call.durationMs,
    is_archived: (call) => call.isArchived,
    call_type: (call) => call.callType,
    created_at: (call) => isoTime(call.createdAtMs),
    history: async (call, { first, after }, context) =>
      pageOfChanges(await context.inbox.history(signedIn(context), call.id, first, after)),
    ...sourceCall,
    ...callNames,
    ...callReturn,
    ...callUnread,
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
  ...countTypes,
  Note: {
    id: (note) => String(note.id),
    createdAt: (note) => isoTime(note.createdAtMs),
    editedAt: (note) => (note.editedAtMs === null ? null : isoTime(note.editedAtMs)),
  },
  ...manyTypes,
  ...peopleTypes,
  ...presenceTypes,
  ...sourceTypes,
  ...auditTypes,
  ...viewTypes,
  ...webhookTypes,
  AuthResponseType: {
    access_token: (signedInNow) => signedInNow.accessToken,
    refresh_token: (signedInNow) => signedInNow.refreshToken,
  },
  Change: {
    kind: ({ change }) => changeKinds[change.kind],
    at: ({ change }) => isoTime(change.atMs),
    call: ({ change }) => change.call,
    revision: ({ change }) => change.revision,
    actor: ({ change: { actor, actorName } }) => ({
      kind: actorKinds[actor.kind],
      id: actor.kind === "system" ? null : actor.id,
      name: actorName,
    }),
    note({ change: { altered, call } }) {
      return altered?.part === "note" ? (call.notes.find(({ id }) => id === altered.noteId) ?? null) : null;
    },
    noteBefore: ({ change: { altered } }) => (altered?.part === "note" ? altered.before : null),
    tag: ({ change: { altered } }) => (altered?.part === "tag" ? altered.tag : null),
    assigneeBefore: ({ change: { altered } }) => (altered?.part === "assignee" ? altered.before : null),
    undoes: ({ change }) => change.undoes,
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

function given(bearer: string | null): string {
  if (bearer === null) throw unauthenticated();
  return bearer;
}

function responseKey(info: GraphQLResolveInfo): string {
  return String(info.path.key);
}

function pageOfChanges({ changes, epoch, hasNextPage }: ActivityPage) {
  const nodes = changes.map((change): ChangeEvent => ({
    change,
    cursor: formatCursor({ epoch, revision: change.revision }),
  }));
  return { nodes, hasNextPage, endCursor: nodes.at(-1)?.cursor ?? null };
}
