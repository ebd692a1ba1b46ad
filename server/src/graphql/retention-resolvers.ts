import { signedIn } from "./resolver-context.ts";
import type { MutationResolvers } from "./schema.gen.ts";
import { onceKey } from "./terms.ts";

export const retentionMutations = {
  deleteCallsOfNumber: (_root, { number }, context, info) =>
    context.desk.retention.forgetNumber(signedIn(context), number, onceKey(context, info)),
} as const satisfies MutationResolvers;
