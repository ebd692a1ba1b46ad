import type { Note } from "../../domain/call.ts";
import { noteList, noteOf, type NoteRow } from "./call-rows.ts";
import type { Statements } from "./connection.ts";

/**
 * The notes of a call right after a revision, newest first, as a list of `NoteRow`: the present ones and their kept versions.
 * The arguments are expressions of SQL.
 */
export function notesAt(workspaceId: string, callId: string, revision: string): string {
  const columns = "id, content, revision, author_id, author_name, created_at_ms, edited_at_ms";
  return `(SELECT json_agg(${noteList("n")} ORDER BY n.id DESC) FROM (
    SELECT ${columns} FROM notes WHERE workspace_id = ${workspaceId} AND call_id = ${callId} AND revision <= ${revision}
    UNION ALL SELECT ${columns} FROM note_versions WHERE workspace_id = ${workspaceId} AND call_id = ${callId}
      AND revision <= ${revision} AND until_revision > ${revision}) n)`;
}

const at = `SELECT ${notesAt("$1", "$2", "$3")} AS notes`;

export async function readNotesAt(
  statements: Statements,
  workspaceId: number,
  callId: number,
  revision: number,
): Promise<readonly Note[]> {
  const row = await statements.get<{ notes: readonly NoteRow[] | null }>(at, workspaceId, callId, revision);
  return (row?.notes ?? []).map((note) => noteOf(note));
}
