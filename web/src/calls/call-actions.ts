import { AddNoteDocument, ArchiveCallDocument, type CallRowFragment } from "../api/calls.gen.ts";
import { client } from "../api/client.ts";
import { failureFrom } from "../api/failure.ts";
import type { RequestFailure } from "../api/post.ts";
import { formatNumber } from "../lib/format.ts";
import { showToast } from "../ui/toasts.tsx";

/** The other side of a call: who called us, or whom we called. */
export function otherSide({ direction, from, to }: Pick<CallRowFragment, "direction" | "from" | "to">): string {
  return direction === "outbound" ? to : from;
}

/** Archives the call, or restores it: at once to see, with Undo; back as it was, and said so, when the server refuses. */
export async function toggleArchived(call: CallRowFragment): Promise<void> {
  const verb = call.is_archived ? "Restored" : "Archived";
  const name = formatNumber(otherSide(call));
  const undo = () => void toggle(call, () => undo());
  const dismiss = showToast({ text: `${verb} the call with ${name}`, action: { label: "Undo", run: undo } });
  const failure = await send(call.id);
  if (failure === null) return;
  dismiss();
  sayFailure(`The call with ${name} could not be ${verb.toLowerCase()}`, failure, () => void toggleArchived(call));
}

async function toggle({ id }: CallRowFragment, again: () => void): Promise<void> {
  const failure = await send(id);
  if (failure !== null) sayFailure("It could not be undone", failure, again);
}

async function send(id: string): Promise<RequestFailure | null> {
  const { error } = await client.mutation(ArchiveCallDocument, { id }).toPromise();
  return error === undefined ? null : failureFrom(error);
}

/** Adds a note, at once to see. Why not, when the server refuses; the note is gone again then. */
export async function addNote(callId: string, content: string): Promise<RequestFailure | null> {
  const { error } = await client.mutation(AddNoteDocument, { input: { activityId: callId, content } }).toPromise();
  return error === undefined ? null : failureFrom(error);
}

function sayFailure(text: string, { message }: RequestFailure, retry: () => void): void {
  showToast({ text: `${text}: ${message}`, isProblem: true, action: { label: "Retry", run: retry } });
}
