import type { Call } from "../domain/call.ts";
import type { CallReturn } from "../domain/returns.ts";
import { isoTime } from "./iso-time.ts";
import { signedIn } from "./resolver-context.ts";
import type { CallResolvers, QueryResolvers, ReturnedBy } from "./schema.gen.ts";

const ways = { "called-back": "CALLED_BACK", "got-through": "GOT_THROUGH" } as const satisfies Record<
  CallReturn["by"],
  ReturnedBy
>;

export const returnQueries = {
  async callReturns(_root, { filter }, context) {
    const { medianAfterMs, isExact, ...counts } = await context.inbox.returns(signedIn(context), filter);
    return { ...counts, medianAfter: medianAfterMs, exact: isExact };
  },
} as const satisfies QueryResolvers;

/** Of a call; at hand, as subscriptions need it. */
export const callReturn = {
  unreturned: ({ returned }) => returned === "waiting",
  return: (call) => returnJson(call),
} as const satisfies CallResolvers;

/** How the call was returned, in the spelling of the API; null while it was not. */
export function returnJson({ returned, createdAtMs }: Pick<Call, "returned" | "createdAtMs">) {
  if (returned === null || returned === "waiting") return null;
  const { by, callId, atMs } = returned;
  return { by: ways[by], callId: String(callId), at: isoTime(atMs), after: atMs - createdAtMs };
}
