import type { Call, Note } from "../../domain/call.ts";
import { bareCall, callColumns, type CallRow } from "../rows.ts";

/** A note as a list, so that its names are not repeated for each: made by {@link noteList}, with the revision of its text. */
export type NoteRow = readonly [
  id: number,
  content: string,
  revision: number,
  authorId: string | null,
  authorName: string | null,
  createdAtMs: number,
  editedAtMs: number | null,
];

/** One note of a table of notes as a {@link NoteRow}. */
export function noteList(table: string): string {
  const columns = ["id", "content", "revision", "author_id", "author_name", "created_at_ms", "edited_at_ms"];
  return `json_build_array(${columns.map((column) => `${table}.${column}`).join(", ")})`;
}

/** The columns of a call, from a table called `calls`, with its notes: one statement reads all of it, so it is of one snapshot. */
export const wholeCall = `${callColumns
  .split(",")
  .map((column) => `calls.${column.trim()}`)
  .join(", ")},
  (SELECT json_agg(${noteList("n")} ORDER BY n.id DESC) FROM notes n
    WHERE n.workspace_id = calls.workspace_id AND n.call_id = calls.id) AS notes`;

export type WholeCallRow = CallRow & { readonly notes: readonly NoteRow[] | null };

/** Its last change is the one that its row or one of its notes names. */
export function callOf({ notes, ...row }: WholeCallRow): Call {
  const bare = bareCall(row);
  if (notes === null) return { ...bare, notes: [] };
  const revision = notes.reduce((last, [, , revision]) => Math.max(last, revision), bare.revision);
  return { ...bare, revision, notes: notes.map((note) => noteOf(note)) };
}

export function noteOf([id, content, , authorId, authorName, createdAtMs, editedAtMs]: NoteRow): Note {
  const author = authorId === null || authorName === null ? null : { id: authorId, username: authorName };
  return { id, content, author, createdAtMs, editedAtMs };
}
