import type { Call } from "./call.ts";
import type { Altered, Change } from "./change.ts";
import { type CallFilter, matches } from "./filter.ts";
import type { OtherEnd } from "./other-end.ts";
import type { CallReturn } from "./returns.ts";

/**
 * Whether a change concerns the calls that a filter lets through: those that it lets in, alters, or takes out, so that whoever
 * keeps such a list learns of each call that leaves it. What a source tells anew of a call always does: the log does not keep
 * what the source had told before.
 * @param other who is at the other end of the call, as in {@link matches}. A contact that is renamed alters no call: nothing tells of the calls that
 *   a filter lets in or out by that but the contacts' own revision. A deletion always does: nobody knows any more what the call was.
 */
export function concerns(filter: CallFilter, { kind, call, altered }: Change, other: OtherEnd): boolean {
  if (kind === "call.updated" || kind === "call.deleted" || matches(filter, call, other)) return true;
  // A return that is taken back was one before; one that comes may have been another before, which filters cannot tell.
  if (kind === "call.returned") return matches(filter, { ...call, returned: "waiting" }, other);
  if (kind === "call.unreturned") return matches(filter, { ...call, returned: someReturn }, other);
  return altered !== null && matches(filter, callBefore(call, altered), other);
}

const someReturn: CallReturn = { by: "called-back", callId: 0, atMs: 0 };

/** The call without what the change did to it, as far as filters look. */
function callBefore(call: Call, altered: Altered): Call {
  switch (altered.part) {
    case "archived":
      return { ...call, isArchived: !call.isArchived };
    case "assignee":
      return { ...call, assignee: altered.before };
    case "tag": {
      const { tag } = altered;
      const { tags } = call;
      return { ...call, tags: tags.includes(tag) ? tags.filter((one) => one !== tag) : [...tags, tag] };
    }
    case "note": {
      const others = call.notes.filter(({ id }) => id !== altered.noteId);
      return { ...call, notes: altered.before === null ? others : [altered.before, ...others] };
    }
  }
}
