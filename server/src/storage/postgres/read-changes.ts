import type { Note, Person } from "../../domain/call.ts";
import {
  type Altered,
  type Change,
  type ChangeKind,
  type Cursor,
  kindsOfPart,
  parseActor,
} from "../../domain/change.ts";
import { resumeGap, workspaceNotFound } from "../answers.ts";
import { callOfSnapshot } from "../rows.ts";
import { noteList, noteOf, type NoteRow } from "./call-rows.ts";
import { list, type Statements } from "./connection.ts";
import { gathered } from "./gathered.ts";
import { notesAt } from "./note-history.ts";

/** A change with the notes of its call right after it and, of one that altered a note, what that was before. */
const wholeChange = `c.revision, c.kind, c.at_ms, c.actor, c.call_id, c.snapshot, c.subject, c.before, c.undoes,
  CASE WHEN c.actor LIKE 'user:%' THEN (SELECT u.username FROM users u WHERE u.id = substr(c.actor, 6))
    WHEN c.actor LIKE 'key:%' THEN (SELECT k.name FROM api_keys k
      WHERE k.workspace_id = c.workspace_id AND k.id = substr(c.actor, 5))
    WHEN c.actor LIKE 'source:%' THEN (SELECT s.name FROM sources s
      WHERE s.workspace_id = c.workspace_id AND s.id = substr(c.actor, 8)) END AS actor_name,
  ${notesAt("c.workspace_id", "c.call_id", "c.revision")} AS notes,
  CASE WHEN c.kind LIKE 'note.%' THEN (SELECT ${noteList("v")} FROM note_versions v WHERE v.workspace_id = c.workspace_id
    AND v.call_id = c.call_id AND v.id::text = c.subject AND v.until_revision = c.revision) END AS note_before`;

const one = `SELECT ${wholeChange} FROM changes c WHERE c.workspace_id = $1 AND c.revision = $2`;

const heads = "SELECT workspace_id, epoch, revision FROM workspaces WHERE workspace_id = ANY($1::text::bigint[])";

const after = rowsAfterText(wholeChange);

const changed = rowsAfterText("c.revision, c.call_id");

const latest = `SELECT ${wholeChange} FROM changes c
  WHERE c.workspace_id = $1 AND c.revision < $2 ORDER BY c.revision DESC LIMIT $3`;

const latestOfCall = `SELECT ${wholeChange} FROM changes c
  WHERE c.workspace_id = $1 AND c.call_id = $4 AND c.revision < $2 AND c.kind <> 'call.deleted' ORDER BY c.revision DESC LIMIT $3`;

/** The reading half of `ChangeLog`. Each answer is of one statement, and so of one snapshot; heads asked in one turn share theirs. */
export function createChangeReader(statements: Statements) {
  const headOf = gathered(async (workspaceIds) => {
    const rows = await statements.all<{ workspace_id: number; epoch: string; revision: number }>(
      heads,
      list(workspaceIds),
    );
    return new Map(rows.map(({ workspace_id: id, epoch, revision }) => [id, { epoch, revision }]));
  });

  return {
    head: async (workspaceId: number): Promise<Cursor> => {
      const head = await headOf(workspaceId);
      if (head === undefined) throw workspaceNotFound();
      return head;
    },

    after: async (workspaceId: number, revision: number, limit: number): Promise<readonly Change[]> =>
      (await rowsAfter<ChangeRow>(after, workspaceId, revision, limit)).map((row) => changeOf(workspaceId, row)),

    changedCalls: async (workspaceId: number, revision: number, limit: number): Promise<readonly number[]> =>
      (await rowsAfter<ChangeRow>(changed, workspaceId, revision, limit)).map(({ call_id: callId }) => callId),

    latest: async (
      workspaceId: number,
      { callId, before }: { readonly callId: number | null; readonly before: number | null },
      limit: number,
    ): Promise<readonly Change[]> => {
      const place = [workspaceId, before ?? Number.MAX_SAFE_INTEGER, limit] as const;
      const rows = await (callId === null
        ? statements.all<ChangeRow>(latest, ...place)
        : statements.all<ChangeRow>(latestOfCall, ...place, callId));
      return rows.map((row) => changeOf(workspaceId, row));
    },
  };

  /** @throws DomainError NOT_FOUND for the workspace, RESUME_GAP */
  async function rowsAfter<Row extends Pick<ChangeRow, "revision">>(
    statement: string,
    workspaceId: number,
    revision: number,
    limit: number,
  ): Promise<readonly Row[]> {
    const rows = await statements.all<Row & { head: number; oldest: number | null }>(
      statement,
      workspaceId,
      revision,
      limit,
    );
    const [first] = rows;
    if (first === undefined) throw workspaceNotFound();
    if (revision >= first.head) return [];
    if (revision + 1 < (first.oldest ?? first.head + 1)) throw resumeGap();
    // With a limit of 0 there is the workspace's row alone.
    return rows.filter((row) => row.revision !== null);
  }
}

/** One change by its revision. */
export async function readChange(
  statements: Statements,
  workspaceId: number,
  revision: number,
): Promise<Change | null> {
  const row = await statements.get<ChangeRow>(one, workspaceId, revision);
  return row === undefined ? null : changeOf(workspaceId, row);
}

function changeOf(workspaceId: number, row: ChangeRow): Change {
  const notes = (row.notes ?? []).map((note): Note => noteOf(note));
  return {
    workspaceId,
    revision: row.revision,
    kind: row.kind,
    atMs: row.at_ms,
    actor: parseActor(row.actor),
    actorName: row.actor_name,
    call: callOfSnapshot(row.call_id, row.snapshot, row.revision, notes),
    altered: alteredBy(row),
    undoes: row.undoes,
  };
}

function alteredBy({ kind, subject, before, note_before: noteBefore }: ChangeRow): Altered | null {
  if (isOf("archived", kind)) return { part: "archived" };
  if (isOf("assignee", kind)) return { part: "assignee", before: JSON.parse(before ?? "null") as Person | null };
  if (subject === null) return null;
  if (isOf("tag", kind)) return { part: "tag", tag: subject };
  return { part: "note", noteId: Number(subject), before: noteBefore === null ? null : noteOf(noteBefore) };
}

function isOf(part: Altered["part"], kind: ChangeKind): boolean {
  return (kindsOfPart[part] as readonly ChangeKind[]).includes(kind);
}

type ChangeRow = {
  readonly revision: number;
  readonly kind: ChangeKind;
  readonly at_ms: number;
  readonly actor: string;
  readonly actor_name: string | null;
  readonly call_id: number;
  readonly snapshot: string;
  readonly subject: string | null;
  readonly before: string | null;
  readonly undoes: number | null;
  readonly notes: readonly NoteRow[] | null;
  readonly note_before: NoteRow | null;
};

/** The changes of workspace $1 after revision $2, $3 at most, beside where its log begins and ends: one row at least. */
function rowsAfterText(columns: string): string {
  return `SELECT w.revision AS head,
    (SELECT min(o.revision) FROM changes o WHERE o.workspace_id = $1) AS oldest, found.*
  FROM workspaces w LEFT JOIN LATERAL (SELECT ${columns} FROM changes c
    WHERE c.workspace_id = $1 AND c.revision > $2 ORDER BY c.revision LIMIT $3) AS found ON true
  WHERE w.workspace_id = $1 ORDER BY found.revision`;
}
