import type { Call, Note, Person } from "../../domain/call.ts";
import { type Altered, type Change, kindsOfPart, subjectOf } from "../../domain/change.ts";
import { alteredSince, noteNotFound } from "../../domain/errors.ts";
import type { Writing } from "../../domain/storage.ts";
import { withoutTag, withTag } from "../../domain/tag.ts";
import { changeNotFound, notUndoable, userNotFound } from "../answers.ts";
import type { Tx } from "./group-commit.ts";
import { readChange } from "./read-changes.ts";
import { wordsJson, wordsOfJson } from "./search-rows.ts";
import { type About, archive, changeCall, checkRevision, knownCall } from "./write-calls.ts";
import { once } from "./write-once.ts";

/** What people do to notes, tags and assignees, and how it is taken back; within the transaction of the caller. */

export function editNote(tx: Tx, writing: Writing, noteId: number, content: string): Promise<Call> {
  return once(tx, writing, async () => {
    const note = await knownNote(tx, writing.workspaceId, noteId);
    const call = checkRevision(writing, await knownCall(tx, writing.workspaceId, note.call_id));
    if (note.content === content) return call;
    return rewriteNote(tx, writing, call, noteId, { content, editedAtMs: writing.atMs }, {});
  });
}

export function deleteNote(tx: Tx, writing: Writing, noteId: number): Promise<Call> {
  return once(tx, writing, async () => {
    const note = await knownNote(tx, writing.workspaceId, noteId);
    const call = checkRevision(writing, await knownCall(tx, writing.workspaceId, note.call_id));
    return dropNote(tx, writing, call, noteId, {});
  });
}

export function setTag(tx: Tx, writing: Writing, callId: number, tag: string, isTagged: boolean): Promise<Call> {
  return once(tx, writing, async () => {
    const call = checkRevision(writing, await knownCall(tx, writing.workspaceId, callId));
    return tagCall(tx, writing, call, tag, isTagged, {});
  });
}

export function assign(tx: Tx, writing: Writing, callId: number, userId: string | null): Promise<Call> {
  return once(tx, writing, async () => {
    const { workspaceId } = writing;
    const call = checkRevision(writing, await knownCall(tx, workspaceId, callId));
    if (userId === (call.assignee?.id ?? null)) return call;
    return assignCall(tx, writing, call, await assignable(tx, workspaceId, userId), {});
  });
}

/** Who calls of the workspace may be given to; nobody for null. @throws DomainError NOT_FOUND */
export async function assignable(tx: Tx, workspaceId: number, userId: string | null): Promise<Person | null> {
  if (userId === null) return null;
  const user = await tx.get<{ id: string; username: string }>(
    "SELECT id, username FROM users WHERE id = $1 AND workspace_id = $2 AND is_disabled = 0",
    userId,
    workspaceId,
  );
  if (user === undefined) throw userNotFound();
  return { id: user.id, username: user.username };
}

export function undo(tx: Tx, writing: Writing, revision: number): Promise<Call> {
  return once(tx, writing, async () => {
    const change = await readChange(tx, writing.workspaceId, revision);
    if (change === null) throw changeNotFound();
    return undoChange(tx, writing, change);
  });
}

/** Takes a change back; its call after it. @throws DomainError NOT_FOUND, CONFLICT, BAD_USER_INPUT: before anything is written */
export async function undoChange(tx: Tx, writing: Writing, change: Change): Promise<Call> {
  const { altered, revision } = change;
  const { workspaceId } = writing;
  if (altered === null) throw notUndoable();
  const call = checkRevision(writing, await knownCall(tx, workspaceId, change.call.id));
  if (await isAlteredSince(tx, workspaceId, call, revision, altered)) throw alteredSince(call);
  return takeBack(tx, writing, call, change, altered);
}

/** Whether the same part of the call was altered again: changes_of_call alone has what happened to the call since. */
async function isAlteredSince(
  tx: Tx,
  workspaceId: number,
  call: Call,
  since: number,
  altered: Altered,
): Promise<boolean> {
  const row = await tx.get(
    `SELECT revision FROM changes WHERE workspace_id = $1 AND call_id = $2 AND revision > $3
      AND kind = ANY($4::text::text[]) AND subject IS NOT DISTINCT FROM $5::text LIMIT 1`,
    workspaceId,
    call.id,
    since,
    `{${kindsOfPart[altered.part].join(",")}}`,
    subjectOf(altered),
  );
  return row !== undefined;
}

async function takeBack(
  tx: Tx,
  writing: Writing,
  call: Call,
  { kind, revision, call: then }: Change,
  altered: Altered,
): Promise<Call> {
  const about = { undoes: revision };
  switch (altered.part) {
    case "archived":
      return archive(tx, writing, call, !then.isArchived, about);
    case "assignee":
      return assignCall(tx, writing, call, altered.before, about);
    case "tag":
      return tagCall(tx, writing, call, altered.tag, kind === "tag.removed", about);
    case "note":
      if (altered.before === null) return dropNote(tx, writing, call, altered.noteId, about);
      if (kind === "note.edited") return rewriteNote(tx, writing, call, altered.noteId, altered.before, about);
      // A restoring has no note before it either, so this was a deletion.
      return restoreNote(tx, writing, call, altered.before, about);
  }
}

// A note that is altered at a revision was what it is until then.
const keepVersion = `INSERT INTO note_versions
    (workspace_id, call_id, id, revision, until_revision, content, author_id, author_name, created_at_ms, edited_at_ms)
  SELECT workspace_id, call_id, id, revision, $3::bigint, content, author_id, author_name, created_at_ms, edited_at_ms
  FROM notes WHERE workspace_id = $1 AND id = $2`;

async function rewriteNote(
  tx: Tx,
  writing: Writing,
  call: Call,
  noteId: number,
  { content, editedAtMs }: Pick<Note, "content" | "editedAtMs">,
  about: About,
): Promise<Call> {
  const notes = call.notes.map((note) => (note.id === noteId ? { ...note, content, editedAtMs } : note));
  const after = await changeNote(tx, writing, "note.edited", { ...call, notes }, call, noteId, about);
  await tx.run(keepVersion, writing.workspaceId, noteId, after.revision);
  await tx.run(
    `UPDATE notes SET content = $3, edited_at_ms = $4, revision = $5, words = ${wordsOfJson("$6")}
      WHERE workspace_id = $1 AND id = $2`,
    writing.workspaceId,
    noteId,
    content,
    editedAtMs,
    after.revision,
    wordsJson(writing.workspaceId, content),
  );
  return after;
}

async function dropNote(tx: Tx, writing: Writing, call: Call, noteId: number, about: About): Promise<Call> {
  const notes = call.notes.filter(({ id }) => id !== noteId);
  const after = await changeNote(tx, writing, "note.deleted", { ...call, notes }, call, noteId, about);
  await tx.run(keepVersion, writing.workspaceId, noteId, after.revision);
  await tx.run("DELETE FROM notes WHERE workspace_id = $1 AND id = $2", writing.workspaceId, noteId);
  return after;
}

async function restoreNote(tx: Tx, writing: Writing, call: Call, note: Note, about: About): Promise<Call> {
  const notes = [...call.notes, note].toSorted((a, b) => b.id - a.id);
  const after = await changeNote(tx, writing, "note.restored", { ...call, notes }, call, note.id, about);
  const { id, content, author, createdAtMs, editedAtMs } = note;
  await tx.run(
    `INSERT INTO notes
        (workspace_id, id, call_id, content, revision, author_id, author_name, created_at_ms, edited_at_ms, words)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, ${wordsOfJson("$10")})`,
    ...([writing.workspaceId, id, call.id, content, after.revision] as const),
    ...([author?.id ?? null, author?.username ?? null, createdAtMs, editedAtMs] as const),
    wordsJson(writing.workspaceId, content),
  );
  return after;
}

function changeNote(
  tx: Tx,
  writing: Writing,
  kind: "note.edited" | "note.deleted" | "note.restored",
  altered: Call,
  before: Call,
  noteId: number,
  about: About,
): Promise<Call> {
  return changeCall(tx, writing, kind, before, altered, [], { ...about, subject: String(noteId) });
}

export async function tagCall(
  tx: Tx,
  writing: Writing,
  call: Call,
  tag: string,
  isTagged: boolean,
  about: About,
): Promise<Call> {
  const tags = isTagged ? withTag(call.tags, tag) : withoutTag(call.tags, tag);
  if (tags === call.tags) return call;
  const kind = isTagged ? "tag.added" : "tag.removed";
  return changeCall(tx, writing, kind, call, { ...call, tags }, [], { ...about, subject: tag });
}

export function assignCall(tx: Tx, writing: Writing, call: Call, assignee: Person | null, about: About): Promise<Call> {
  const kind = assignee === null ? "call.unassigned" : "call.assigned";
  const before = JSON.stringify(call.assignee);
  return changeCall(tx, writing, kind, call, { ...call, assignee }, [], { ...about, before });
}

async function knownNote(tx: Tx, workspaceId: number, noteId: number): Promise<KnownNote> {
  const note = await tx.get<KnownNote>(
    "SELECT call_id, content FROM notes WHERE workspace_id = $1 AND id = $2",
    workspaceId,
    noteId,
  );
  if (note === undefined) throw noteNotFound();
  return note;
}

type KnownNote = { readonly call_id: number; readonly content: string };
