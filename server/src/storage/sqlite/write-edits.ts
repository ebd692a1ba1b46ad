import type { DatabaseSync } from "node:sqlite";
import type { Call, CallOutcome, Note, Person } from "../../domain/call.ts";
import { type Altered, type Change, type ChangeKind, kindsOfPart, subjectOf } from "../../domain/change.ts";
import { alteredSince, noteNotFound } from "../../domain/errors.ts";
import { outcomeFor, type Wanted } from "../../domain/many-calls.ts";
import type { Writing } from "../../domain/storage.ts";
import { withoutTag, withTag } from "../../domain/tag.ts";
import { changeNotFound, notUndoable, outcomeOfUndo, userNotFound } from "../answers.ts";
import type { Ledger } from "./ledger.ts";
import { createChangeFinder } from "./read-changes.ts";
import type { About, CallWriter } from "./write-calls.ts";

/** What people do to notes, tags and assignees, and how it is taken back; within the transaction of the caller. */
export function createEditWriter(db: DatabaseSync, ledger: Ledger, calls: CallWriter) {
  const callOfNote = db.prepare("SELECT row, call_id, content FROM notes WHERE workspace_id = ? AND id = ?");
  // A note that is altered at a revision was what it is until then.
  const keepVersion = db.prepare(`INSERT INTO note_versions
      (workspace_id, call_id, id, revision, until_revision, content, author_id, author_name, created_at_ms, edited_at_ms)
    SELECT workspace_id, call_id, id, revision, ?3, content, author_id, author_name, created_at_ms, edited_at_ms
    FROM notes WHERE workspace_id = ?1 AND id = ?2`);
  const updateNote = db.prepare(`UPDATE notes SET content = ?, edited_at_ms = ?, revision = ?
    WHERE workspace_id = ? AND id = ?`);
  const removeNote = db.prepare("DELETE FROM notes WHERE workspace_id = ? AND id = ?");
  const insertNote = db.prepare(`INSERT INTO notes
    (workspace_id, id, call_id, content, revision, author_id, author_name, created_at_ms, edited_at_ms)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  const userToAssign = db.prepare(
    "SELECT id, username FROM users WHERE id = ? AND workspace_id = ? AND is_disabled = 0",
  );
  const changeRow = db.prepare("SELECT kind, subject, previous FROM changes WHERE workspace_id = ? AND revision = ?");
  const changeAt = createChangeFinder(db);

  return {
    editNote: (writing: Writing, noteId: number, content: string): Call =>
      calls.once(writing, () => {
        const { workspaceId } = writing;
        const note = knownNote(workspaceId, noteId);
        const call = calls.checkRevision(writing, calls.known(workspaceId, note.call_id));
        if (note.content === content) return call;
        return rewriteNote(writing, call, noteId, { content, editedAtMs: writing.atMs }, {});
      }),

    deleteNote: (writing: Writing, noteId: number): Call =>
      calls.once(writing, () => {
        const { call_id: callId } = knownNote(writing.workspaceId, noteId);
        return dropNote(writing, calls.checkRevision(writing, calls.known(writing.workspaceId, callId)), noteId, {});
      }),

    setTag: (writing: Writing, callId: number, tag: string, isTagged: boolean): Call =>
      calls.once(writing, () => {
        const call = calls.checkRevision(writing, calls.known(writing.workspaceId, callId));
        return tagCall(writing, call, tag, isTagged, {});
      }),

    assign: (writing: Writing, callId: number, userId: string | null): Call =>
      calls.once(writing, () => {
        const { workspaceId } = writing;
        const call = calls.checkRevision(writing, calls.known(workspaceId, callId));
        if (userId === (call.assignee?.id ?? null)) return call;
        return assignCall(writing, call, assignable(workspaceId, userId), {});
      }),

    setMany: (writing: Writing, callIds: readonly number[], wanted: Wanted): readonly CallOutcome[] =>
      calls.onceForMany(writing, () => {
        const set = setterOf(writing, wanted);
        return callIds.map((callId) => {
          const before = calls.find(writing.workspaceId, callId);
          const outcome = outcomeFor(before, wanted, writing);
          return { callId, outcome, call: before !== null && outcome === "changed" ? set(before) : before };
        });
      }),

    undo: (writing: Writing, revision: number): Call =>
      calls.once(writing, () => {
        const change = changeAt(writing.workspaceId, revision);
        if (change === null) throw changeNotFound();
        return undoChange(writing, change);
      }),

    undoMany: (writing: Writing, revisions: readonly number[]): readonly CallOutcome[] =>
      calls.onceForMany(writing, () =>
        revisions.map((revision) => {
          const { workspaceId } = writing;
          const change = changeAt(workspaceId, revision);
          if (change === null) return { callId: 0, outcome: "not-found", call: null };
          const callId = change.call.id;
          try {
            return { callId, outcome: "changed", call: undoChange(writing, change) };
          } catch (error) {
            return { callId, outcome: outcomeOfUndo(error), call: calls.find(workspaceId, callId) };
          }
        }),
      ),
  };

  /** @throws DomainError NOT_FOUND, CONFLICT, BAD_USER_INPUT: before anything is written */
  function undoChange(writing: Writing, change: Change): Call {
    const { altered, revision } = change;
    const { workspaceId } = writing;
    if (altered === null) throw notUndoable();
    const call = calls.checkRevision(writing, calls.known(workspaceId, change.call.id));
    if (isAlteredSince(workspaceId, call, revision, altered)) throw alteredSince(call);
    return takeBack(writing, call, change, altered);
  }

  /** What makes a call that is not so yet what is wanted. @throws DomainError NOT_FOUND for the user */
  function setterOf(writing: Writing, wanted: Wanted): (before: Call) => Call {
    switch (wanted.part) {
      case "archived":
        return (before) => calls.setArchivedOf(writing, before, wanted.is);
      case "tag":
        return (before) => tagCall(writing, before, wanted.tag, wanted.is, {});
      case "assignee": {
        const assignee = assignable(writing.workspaceId, wanted.userId);
        return (before) => assignCall(writing, before, assignee, {});
      }
    }
  }

  /** Who calls of the workspace may be given to; nobody for null. @throws DomainError NOT_FOUND */
  function assignable(workspaceId: number, userId: string | null): Person | null {
    if (userId === null) return null;
    const user = userToAssign.get(userId, workspaceId) as Person | undefined;
    if (user === undefined) throw userNotFound();
    return { id: user.id, username: user.username };
  }

  /** Whether the same part of the call was altered again: a walk over what happened to the call since. */
  function isAlteredSince(workspaceId: number, call: Call, since: number, altered: Altered): boolean {
    const kinds: readonly ChangeKind[] = kindsOfPart[altered.part];
    const subject = subjectOf(altered);
    let revision: number | null = call.revision;
    while (revision !== null && revision > since) {
      const row = changeRow.get(workspaceId, revision) as LaterChange | undefined;
      if (row === undefined) return false;
      if (kinds.includes(row.kind) && row.subject === subject) return true;
      revision = row.previous;
    }
    return false;
  }

  function takeBack(writing: Writing, call: Call, { kind, revision, call: then }: Change, altered: Altered): Call {
    const about = { undoes: revision };
    switch (altered.part) {
      case "archived":
        return calls.setArchivedOf(writing, call, !then.isArchived, about);
      case "assignee":
        return assignCall(writing, call, altered.before, about);
      case "tag":
        return tagCall(writing, call, altered.tag, kind === "tag.removed", about);
      case "note":
        if (altered.before === null) return dropNote(writing, call, altered.noteId, about);
        if (kind === "note.edited") return rewriteNote(writing, call, altered.noteId, altered.before, about);
        // A restoring has no note before it either, so this was a deletion.
        return restoreNote(writing, call, altered.before, about);
    }
  }

  function rewriteNote(
    writing: Writing,
    call: Call,
    noteId: number,
    { content, editedAtMs }: Pick<Note, "content" | "editedAtMs">,
    about: About,
  ): Call {
    const notes = call.notes.map((note) => (note.id === noteId ? { ...note, content, editedAtMs } : note));
    return changeNote(writing, "note.edited", { ...call, notes }, call, noteId, about, (revision) => {
      const kept = knownNote(writing.workspaceId, noteId);
      keepVersion.run(writing.workspaceId, noteId, revision);
      updateNote.run(content, editedAtMs, revision, writing.workspaceId, noteId);
      ledger.note(kept.row, kept.content, content);
    });
  }

  function dropNote(writing: Writing, call: Call, noteId: number, about: About): Call {
    const notes = call.notes.filter(({ id }) => id !== noteId);
    return changeNote(writing, "note.deleted", { ...call, notes }, call, noteId, about, (revision) => {
      const kept = knownNote(writing.workspaceId, noteId);
      keepVersion.run(writing.workspaceId, noteId, revision);
      removeNote.run(writing.workspaceId, noteId);
      ledger.note(kept.row, kept.content, null);
    });
  }

  function restoreNote(writing: Writing, call: Call, note: Note, about: About): Call {
    const notes = [...call.notes, note].toSorted((a, b) => b.id - a.id);
    return changeNote(writing, "note.restored", { ...call, notes }, call, note.id, about, (revision) => {
      const { id, content, author, createdAtMs, editedAtMs } = note;
      const by = [author?.id ?? null, author?.username ?? null] as const;
      const { workspaceId } = writing;
      const added = insertNote.run(workspaceId, id, call.id, content, revision, ...by, createdAtMs, editedAtMs);
      ledger.note(Number(added.lastInsertRowid), null, content);
    });
  }

  function changeNote(
    writing: Writing,
    kind: "note.edited" | "note.deleted" | "note.restored",
    altered: Call,
    before: Call,
    noteId: number,
    about: About,
    write: (revision: number) => void,
  ): Call {
    const call = calls.updateCall(writing, kind, before, altered, [], { ...about, subject: String(noteId) });
    write(call.revision);
    return call;
  }

  function tagCall(writing: Writing, call: Call, tag: string, isTagged: boolean, about: About): Call {
    const tags = isTagged ? withTag(call.tags, tag) : withoutTag(call.tags, tag);
    if (tags === call.tags) return call;
    const kind = isTagged ? "tag.added" : "tag.removed";
    return calls.updateCall(writing, kind, call, { ...call, tags }, [], { ...about, subject: tag });
  }

  function assignCall(writing: Writing, call: Call, assignee: Person | null, about: About): Call {
    const kind = assignee === null ? "call.unassigned" : "call.assigned";
    const before = JSON.stringify(call.assignee);
    return calls.updateCall(writing, kind, call, { ...call, assignee }, [], { ...about, before });
  }

  function knownNote(workspaceId: number, noteId: number): KnownNote {
    const note = callOfNote.get(workspaceId, noteId) as KnownNote | undefined;
    if (note === undefined) throw noteNotFound();
    return note;
  }
}

type LaterChange = { readonly kind: ChangeKind; readonly subject: string | null; readonly previous: number | null };

type KnownNote = { readonly row: number; readonly call_id: number; readonly content: string };
