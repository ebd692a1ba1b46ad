import { isoTime } from "./iso-time.ts";
import { signedIn } from "./resolver-context.ts";
import type { Resolvers } from "./schema.gen.ts";

/** Who is at which call. */
export const presenceQueries = {
  presence: (_root, _args, context) => context.presence.presence(signedIn(context)),
} as const satisfies Resolvers["Query"];

export const presenceMutations = {
  atCall: (_root, { tab, id, isWriting }, context) =>
    context.presence.atCall(signedIn(context), tab, id ?? null, isWriting ?? false),
} as const satisfies Resolvers["Mutation"];

export const presenceTypes = {
  Presence: {
    callId: ({ callId }) => String(callId),
    since: ({ sinceMs }) => isoTime(sinceMs),
  },
} as const satisfies Resolvers;
