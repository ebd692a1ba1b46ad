import type { Call } from "./call.ts";
import type { CallFilter } from "./filter.ts";
import type { Awaitable, CallStore } from "./storage.ts";

/**
 * Who is at the other end of a call, as far as filters ask: the caller of an inbound call, the called of an outbound one. It is no part
 * of the call and follows from contacts as they are now.
 */
export type OtherEnd = {
  /** Whom the call shows; null where nobody is known by this number. */
  readonly contact: { readonly name: string; readonly company: string | null } | null;
};

/** What is given where a filter asks for nobody. */
export const nobody: OtherEnd = { contact: null };

/** Whether the filter cannot be told from the call alone. */
export function asksForOtherEnd(filter: CallFilter): boolean {
  if (filter.kind === "and" || filter.kind === "or") return filter.of.some((part) => asksForOtherEnd(part));
  return filter.kind === "not" ? asksForOtherEnd(filter.of) : filter.kind === "text";
}

/** The other ends of some calls by their ids, for a filter: asked for where it needs them, and at once wherever the database answers so. */
export function otherEndsFor(
  filter: CallFilter | null,
  storage: Pick<CallStore, "otherEnds">,
  workspaceId: number,
  calls: readonly Call[],
): Awaitable<ReadonlyMap<number, OtherEnd>> {
  if (filter === null || calls.length === 0 || !asksForOtherEnd(filter)) return new Map();
  return storage.otherEnds(workspaceId, [...new Set(calls.map(({ id }) => id))]);
}
