import type { TypedDocumentNode } from "@urql/core";
import { type CallRowFragment, OneCallDocument } from "../api/calls.gen.ts";
import { client } from "../api/client.ts";
import { failureFrom } from "../api/failure.ts";
import {
  AssignOneCallDocument,
  DeleteNoteDocument,
  EditNoteDocument,
  SetOneArchivedDocument,
  TagCallDocument,
  UndoCallChangeDocument,
  UntagCallDocument,
} from "../api/panel.gen.ts";
import type { RequestFailure } from "../api/post.ts";
import { showToast } from "../ui/toasts.tsx";

type Done = { readonly call: CallRowFragment } | { readonly failure: RequestFailure };
type Answer = Readonly<Record<string, unknown>>;

/** How an edit of a note went. `changed`: a colleague gave it another text meanwhile, and nothing was written. */
export type NoteEdit = "saved" | { readonly changed: string | null } | { readonly failure: RequestFailure };

/**
 * Gives a note another text, unless somebody else did so since `before` was read. Other changes of the call do not matter.
 */
export async function editNote(
  { id: callId, revision }: Pick<CallRowFragment, "id" | "revision">,
  note: { readonly id: string; readonly before: string; readonly content: string },
): Promise<NoteEdit> {
  const { id, before, content } = note;
  const done = await run(EditNoteDocument, { id, content, ifRevision: revision });
  if ("call" in done) return "saved";
  if (done.failure.code !== "CONFLICT") return done;
  const now = await callNow(callId);
  if ("failure" in now) return now;
  const text = now.call.notes.find((one) => one.id === id)?.content ?? null;
  return text === before ? editNote(now.call, note) : { changed: text };
}

/** Takes a note away, at once to see, with Undo. */
export async function deleteNote(id: string): Promise<void> {
  await withUndo("Deleted the note", "The note could not be deleted", () => run(DeleteNoteDocument, { id }));
}

/** Puts a tag on the call, at once to see, with Undo. */
export async function addTag(id: string, tag: string): Promise<void> {
  await withUndo(`Added the tag ${tag}`, "The tag could not be added", () => run(TagCallDocument, { id, tag }));
}

/** Takes a tag off the call, at once to see, with Undo. */
export async function removeTag(id: string, tag: string): Promise<void> {
  await withUndo(`Removed the tag ${tag}`, "The tag could not be removed", () => run(UntagCallDocument, { id, tag }));
}

/** Gives the call to somebody, or to nobody, with Undo. */
export async function assign(
  id: string,
  person: { readonly id: string; readonly username: string } | null,
): Promise<void> {
  await withUndo(
    person === null ? "The call is nobody's now" : `Assigned to ${person.username}`,
    "The call could not be assigned",
    () => run(AssignOneCallDocument, { id, userId: person?.id ?? null }),
  );
}

/**
 * Archives the call or restores it, from how it is shown, with Undo. @param onConflict called instead of anything else when a
 * colleague was faster with the very same
 */
export async function setArchived(call: CallRowFragment, onConflict: () => void): Promise<void> {
  const verb = call.is_archived ? "Restored" : "Archived";
  await withUndo(
    `${verb} the call`,
    `The call could not be ${verb.toLowerCase()}`,
    () => archive(call, call.revision),
    onConflict,
  );
}

async function archive(call: CallRowFragment, ifRevision: number): Promise<Done> {
  const done = await run(SetOneArchivedDocument, { id: call.id, ifRevision });
  if (!("failure" in done) || done.failure.code !== "CONFLICT") return done;
  const now = await callNow(call.id);
  if ("failure" in now) return now;
  // Something else of the call was changed: that does not stand in the way.
  return now.call.is_archived === call.is_archived ? archive(now.call, now.call.revision) : done;
}

/** Takes one change back. Why not, when that cannot be done. */
export async function undoChange(revision: number): Promise<RequestFailure | null> {
  const done = await run(UndoCallChangeDocument, { revision });
  return "failure" in done ? done.failure : null;
}

async function withUndo(
  text: string,
  problem: string,
  act: () => Promise<Done>,
  onConflict?: () => void,
): Promise<void> {
  const done = act();
  const dismiss = showToast({
    text,
    action: {
      label: "Undo",
      // What is not there yet cannot be undone: after it then, in order.
      run: () => void done.then((was) => ("call" in was ? takeBack(was.call.revision) : undefined)),
    },
  });
  const was = await done;
  if (!("failure" in was)) return;
  dismiss();
  if (was.failure.code === "CONFLICT" && onConflict !== undefined) {
    onConflict();
    return;
  }
  showToast({
    text: `${problem}: ${was.failure.message}`,
    isProblem: true,
    action: { label: "Retry", run: () => void withUndo(text, problem, act, onConflict) },
  });
}

async function takeBack(revision: number): Promise<void> {
  const failure = await undoChange(revision);
  if (failure === null) return;
  showToast({
    text: `It could not be undone: ${failure.message}`,
    isProblem: true,
    action: { label: "Retry", run: () => void takeBack(revision) },
  });
}

async function run<Variables extends object>(
  document: TypedDocumentNode<Answer, Variables>,
  variables: Variables,
): Promise<Done> {
  const { data, error } = await client.mutation<Answer, object>(document, variables).toPromise();
  const call = Object.values(data ?? {}).find((value) => typeof value === "object") as CallRowFragment | undefined;
  return error === undefined && call !== undefined ? { call } : { failure: failureFrom(error) };
}

async function callNow(id: string): Promise<Done> {
  const { data, error } = await client
    .query(OneCallDocument, { id: Number(id) }, { requestPolicy: "network-only" })
    .toPromise();
  return data?.call === null || data?.call === undefined ? { failure: failureFrom(error) } : { call: data.call };
}
