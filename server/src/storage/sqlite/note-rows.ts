import type { DatabaseSync } from "node:sqlite";
import type { Call, Note, Person } from "../../domain/call.ts";
import { bareCall, type CallRow } from "../rows.ts";

/** The columns of a note, of `notes` and `note_versions` alike. */
export const noteColumns = "id, content, revision, author_id, author_name, created_at_ms, edited_at_ms";

export type NoteRow = {
  readonly id: number;
  readonly content: string;
  /** The one that gave the note its text. */
  readonly revision: number;
  readonly author_id: string | null;
  readonly author_name: string | null;
  readonly created_at_ms: number;
  readonly edited_at_ms: number | null;
};

/** A call with its present notes, newest first. Its last change is the one that its row or one of its notes names. */
export function callOfRows(row: CallRow, noteRows: readonly NoteRow[]): Call {
  const bare = bareCall(row);
  let { revision } = bare;
  for (const note of noteRows) if (note.revision > revision) ({ revision } = note);
  return { ...bare, revision, notes: notesOf(noteRows) };
}

/** @param before the note in front of it, if any: notes of one author share its object, also on their way between threads. */
function noteOf(row: NoteRow, before?: Note): Note {
  return {
    id: row.id,
    content: row.content,
    author: authorOf(row, before?.author ?? null),
    createdAtMs: row.created_at_ms,
    editedAtMs: row.edited_at_ms,
  };
}

function notesOf(rows: readonly NoteRow[]): readonly Note[] {
  const notes: Note[] = [];
  for (const row of rows) notes.push(noteOf(row, notes.at(-1)));
  return notes;
}

function authorOf({ author_id: id, author_name: username }: NoteRow, known: Person | null): Person | null {
  if (id === null || username === null) return null;
  return known !== null && known.id === id && known.username === username ? known : { id, username };
}

/** Reads notes as they were: the present ones and their kept versions. */
export function createNoteHistory(db: DatabaseSync) {
  const present = db.prepare(`SELECT ${noteColumns} FROM notes
    WHERE workspace_id = ? AND call_id = ? AND revision <= ? ORDER BY id DESC`);
  // Mostly none: one look at the primary key.
  const past = db.prepare(`SELECT ${noteColumns} FROM note_versions
    WHERE workspace_id = ?1 AND call_id = ?2 AND revision <= ?3 AND until_revision > ?3`);
  const ended = db.prepare(`SELECT ${noteColumns} FROM note_versions
    WHERE workspace_id = ? AND call_id = ? AND id = ? AND until_revision = ?`);
  return {
    /** The notes of a call right after a revision, newest first. */
    at(workspaceId: number, callId: number, revision: number): readonly Note[] {
      const rows = present.all(workspaceId, callId, revision) as NoteRow[];
      const others = past.all(workspaceId, callId, revision) as NoteRow[];
      return notesOf(others.length === 0 ? rows : [...rows, ...others].toSorted((a, b) => b.id - a.id));
    },

    /** A note as it was until the change of this revision; null when that change made it. */
    before(workspaceId: number, callId: number, noteId: number, revision: number): Note | null {
      const row = ended.get(workspaceId, callId, noteId, revision) as NoteRow | undefined;
      return row === undefined ? null : noteOf(row);
    },
  };
}
