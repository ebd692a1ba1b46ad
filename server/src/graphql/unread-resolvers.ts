import { readerOf } from "../domain/unread.ts";
import { type ResolverContext, signedIn } from "./resolver-context.ts";
import type { CallResolvers, MutationResolvers, QueryResolvers } from "./schema.gen.ts";
import { onceKey } from "./terms.ts";

export const unreadQueries = {
  unreadCalls: (_root, { ids }, context) => context.unread.among(signedIn(context), ids),
} as const satisfies QueryResolvers;

export const unreadMutations = {
  async setCallsUnread(_root, { ids, filter, unread }, context, info) {
    const outcome = await context.unread.set(signedIn(context), { ids, filter }, unread, onceKey(context, info));
    return { ...outcome, ids: outcome.callIds.map(String) };
  },
} as const satisfies MutationResolvers;

/** Of a call, for the person who asks: the calls of one answer are looked up together. */
export const callUnread = {
  unread: (call, _args, context) => readerOf(signedIn(context)) !== null && lookupOf(context)(call.id),
} as const satisfies CallResolvers;

const lookups = new WeakMap<ResolverContext, (callId: number) => Promise<boolean>>();

function lookupOf(context: ResolverContext): (callId: number) => Promise<boolean> {
  const known = lookups.get(context) ?? context.unread.of(signedIn(context));
  lookups.set(context, known);
  return known;
}
