import type { Call } from "./call.ts";
import type { Altered, Change } from "./change.ts";
import { type CallFilter, matches } from "./filter.ts";

/**
 * Whether a change concerns the calls that a filter lets through: those that it lets in, alters, or takes out, so that whoever
 * keeps such a list learns of each call that leaves it. What a source tells anew of a call always does: the log does not keep
 * what the source had told before.
 */
export function concerns(filter: CallFilter, { kind, call, altered }: Change): boolean {
  if (kind === "call.updated" || matches(filter, call)) return true;
  const before = altered === null ? null : callBefore(call, altered);
  return before !== null && matches(filter, before);
}

/** The call without what the change did to it, as far as filters look; null where they see no difference. */
function callBefore(call: Call, altered: Altered): Call | null {
  if (altered.part === "archived") return { ...call, isArchived: !call.isArchived };
  if (altered.part !== "note") return null;
  const { noteId, before } = altered;
  const others = call.notes.filter(({ id }) => id !== noteId);
  return { ...call, notes: before === null ? others : [before, ...others] };
}
