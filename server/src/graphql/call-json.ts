import type { Call } from "../domain/call.ts";
import { isoTime } from "./iso-time.ts";
import { returnJson } from "./return-resolvers.ts";

/** A call as plain data in the spelling of the API, for places that no selection reaches: `extensions.call` of an error. */
export function callJson(call: Call): Readonly<Record<string, unknown>> {
  const { direction, from, to, via, tags, assignee, revision, returned } = call;
  return {
    id: String(call.id),
    direction,
    from,
    to,
    duration: call.durationMs,
    is_archived: call.isArchived,
    call_type: call.callType,
    via,
    created_at: isoTime(call.createdAtMs),
    notes: call.notes.map(({ id, content, author, createdAtMs, editedAtMs }) => ({
      id: String(id),
      content,
      author,
      createdAt: isoTime(createdAtMs),
      editedAt: editedAtMs === null ? null : isoTime(editedAtMs),
    })),
    revision,
    tags,
    assignee,
    unreturned: returned === "waiting",
    return: returnJson(call),
  };
}
