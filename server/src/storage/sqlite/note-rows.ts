import type { DatabaseSync } from "node:sqlite";
import type { Note } from "../../domain/call.ts";

/** The columns of a note, of `notes` and `note_versions` alike. */
export const noteColumns = `id, content, author_id,
  (SELECT username FROM users WHERE users.id = author_id) AS author_name, created_at_ms, edited_at_ms`;

export type NoteRow = {
  readonly id: number;
  readonly content: string;
  readonly author_id: string | null;
  readonly author_name: string | null;
  readonly created_at_ms: number;
  readonly edited_at_ms: number | null;
};

export function noteOf(row: NoteRow): Note {
  return {
    id: row.id,
    content: row.content,
    author:
      row.author_id === null || row.author_name === null ? null : { id: row.author_id, username: row.author_name },
    createdAtMs: row.created_at_ms,
    editedAtMs: row.edited_at_ms,
  };
}

/** Reads notes as they were: the present ones and their kept versions. */
export function createNoteHistory(db: DatabaseSync) {
  const at = db.prepare(`SELECT ${noteColumns} FROM notes
      WHERE workspace_id = ?1 AND call_id = ?2 AND revision <= ?3
    UNION ALL SELECT ${noteColumns} FROM note_versions
      WHERE workspace_id = ?1 AND call_id = ?2 AND revision <= ?3 AND until_revision > ?3
    ORDER BY id DESC`);
  const ended = db.prepare(`SELECT ${noteColumns} FROM note_versions
    WHERE workspace_id = ? AND call_id = ? AND id = ? AND until_revision = ?`);
  return {
    /** The notes of a call right after a revision, newest first. */
    at: (workspaceId: number, callId: number, revision: number): readonly Note[] =>
      (at.all(workspaceId, callId, revision) as NoteRow[]).map(noteOf),

    /** A note as it was until the change of this revision; null when that change made it. */
    before(workspaceId: number, callId: number, noteId: number, revision: number): Note | null {
      const row = ended.get(workspaceId, callId, noteId, revision) as NoteRow | undefined;
      return row === undefined ? null : noteOf(row);
    },
  };
}
