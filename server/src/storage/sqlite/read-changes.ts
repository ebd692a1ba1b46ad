import type { DatabaseSync } from "node:sqlite";
import type { Person } from "../../domain/call.ts";
import {
  type Altered,
  type Change,
  type ChangeKind,
  type Cursor,
  kindsOfPart,
  parseActor,
} from "../../domain/change.ts";
import { resumeGap, workspaceNotFound } from "../answers.ts";
import { type CommitMark, openCommitMark } from "./commit-mark.ts";
import { createNoteHistory } from "./note-rows.ts";
import { callOfSnapshot } from "../rows.ts";
import type { Snapshot } from "./snapshot.ts";

/** The columns of a change; the name of its actor is the present one. */
const changeColumns = `revision, kind, at_ms, actor, call_id, snapshot, previous, subject, before, undoes,
  CASE WHEN actor LIKE 'user:%' THEN (SELECT username FROM users WHERE users.id = substr(actor, 6))
    WHEN actor LIKE 'key:%' THEN (SELECT name FROM api_keys
      WHERE api_keys.workspace_id = changes.workspace_id AND api_keys.id = substr(actor, 5))
    WHEN actor LIKE 'source:%' THEN (SELECT name FROM sources
      WHERE sources.workspace_id = changes.workspace_id AND sources.id = substr(actor, 8)) END AS actor_name`;

/** The reading half of `ChangeLog`: synchronous, each answer of one snapshot. */
export function createChangeReader(db: DatabaseSync, snapshot: Snapshot, file: string) {
  const cursor = db.prepare("SELECT epoch, revision FROM workspaces WHERE id = ?");
  cursor.setReturnArrays(true);
  const oldest = db.prepare("SELECT min(revision) AS revision FROM changes WHERE workspace_id = ?");
  const changes = db.prepare(`SELECT ${changeColumns} FROM changes
    WHERE workspace_id = ? AND revision > ? ORDER BY revision LIMIT ?`);
  const changed = db.prepare(
    "SELECT revision, call_id FROM changes WHERE workspace_id = ? AND revision > ? ORDER BY revision LIMIT ?",
  );
  changed.setReturnArrays(true);
  const latest = db.prepare(`SELECT ${changeColumns} FROM changes
    WHERE workspace_id = ? AND revision < ? ORDER BY revision DESC LIMIT ?`);
  const one = db.prepare(`SELECT ${changeColumns} FROM changes WHERE workspace_id = ? AND revision = ?`);
  const lastOfCall = db.prepare(`SELECT max(revision, (SELECT coalesce(max(revision), 0) FROM notes
    WHERE workspace_id = ?1 AND call_id = ?2)) AS revision FROM calls WHERE workspace_id = ?1 AND id = ?2`);
  const changeOf = createChangeMaker(db);
  const heads = new Map<number, Cursor>();
  let mark: CommitMark | null | undefined;

  return {
    head: headUnlessSame,

    after: (workspaceId: number, revision: number, limit: number): readonly Change[] =>
      snapshot(() => {
        const end = head(workspaceId).revision;
        if (revision >= end) return [];
        const kept = oldest.get(workspaceId) as { revision: number | null };
        if (revision + 1 < (kept.revision ?? end + 1)) throw resumeGap();
        return changes.all(workspaceId, revision, limit).map((row) => changeOf(workspaceId, row as ChangeRow));
      }),

    /** Followed by whatever keeps texts of calls, at each read after a write: nothing of the calls themselves is read. */
    changedCalls: (workspaceId: number, revision: number, limit: number): readonly number[] =>
      snapshot(() => {
        const rows = changed.all(workspaceId, revision, limit) as unknown as readonly (readonly [number, number])[];
        const first = rows[0]?.[0] ?? (limit > 0 ? head(workspaceId).revision + 1 : revision + 1);
        if (first > revision + 1) throw resumeGap();
        return rows.map(([, callId]) => callId);
      }),

    latest: (
      workspaceId: number,
      { callId, before }: { readonly callId: number | null; readonly before: number | null },
      limit: number,
    ): readonly Change[] =>
      snapshot(() => {
        const end = before ?? Number.MAX_SAFE_INTEGER;
        const rows =
          callId === null
            ? (latest.all(workspaceId, end, limit) as ChangeRow[])
            : latestOfCall(workspaceId, callId, end, limit);
        return rows.map((row) => changeOf(workspaceId, row));
      }),
  };

  /** From change to change of the call, backwards: from `end` where that is one of its changes, else from its last. */
  function latestOfCall(workspaceId: number, callId: number, end: number, limit: number): readonly ChangeRow[] {
    const from = at(workspaceId, end);
    let revision =
      from?.call_id === callId
        ? from.previous
        : ((lastOfCall.get(workspaceId, callId) as { revision: number } | undefined)?.revision ?? null);
    const rows: ChangeRow[] = [];
    while (revision !== null && rows.length < limit) {
      const row = at(workspaceId, revision);
      if (row === undefined) break; // The log has forgotten it and all before it.
      if (row.kind === "call.deleted") break; // Nothing is told of a call that was deleted.
      if (row.revision < end) rows.push(row);
      revision = row.previous;
    }
    return rows;
  }

  function at(workspaceId: number, revision: number): ChangeRow | undefined {
    return one.get(workspaceId, revision) as ChangeRow | undefined;
  }

  /** Asked before every answer that may be sent again, so it has to be cheap. */
  function headUnlessSame(workspaceId: number): Cursor {
    if (mark?.isSame() !== true) heads.clear();
    const known = heads.get(workspaceId);
    if (known !== undefined) return known;
    const found = head(workspaceId);
    // The file is there once something was read.
    if (mark === undefined) mark = openCommitMark(file);
    else if (mark !== null) heads.set(workspaceId, found);
    return found;
  }

  /** One statement is its own snapshot, or it belongs to that of the caller. */
  function head(workspaceId: number): Cursor {
    const row = cursor.get(workspaceId) as unknown as readonly [string, number] | undefined;
    if (row === undefined) throw workspaceNotFound();
    return { epoch: row[0], revision: row[1] };
  }
}

/** One change by its revision, within the transaction of the caller. */
export function createChangeFinder(db: DatabaseSync): (workspaceId: number, revision: number) => Change | null {
  const one = db.prepare(`SELECT ${changeColumns} FROM changes WHERE workspace_id = ? AND revision = ?`);
  const changeOf = createChangeMaker(db);
  return (workspaceId, revision) => {
    const row = one.get(workspaceId, revision) as ChangeRow | undefined;
    return row === undefined ? null : changeOf(workspaceId, row);
  };
}

function createChangeMaker(db: DatabaseSync): (workspaceId: number, row: ChangeRow) => Change {
  const notes = createNoteHistory(db);
  return (workspaceId, row) => ({
    workspaceId,
    revision: row.revision,
    kind: row.kind,
    atMs: row.at_ms,
    actor: parseActor(row.actor),
    actorName: row.actor_name,
    call: callOfSnapshot(row.call_id, row.snapshot, row.revision, notes.at(workspaceId, row.call_id, row.revision)),
    altered: alteredBy(workspaceId, row),
    undoes: row.undoes,
  });

  function alteredBy(
    workspaceId: number,
    { kind, subject, before, call_id: callId, revision }: ChangeRow,
  ): Altered | null {
    if (isOf("archived", kind)) return { part: "archived" };
    if (isOf("assignee", kind)) return { part: "assignee", before: JSON.parse(before ?? "null") as Person | null };
    if (subject === null) return null;
    if (isOf("tag", kind)) return { part: "tag", tag: subject };
    const noteId = Number(subject);
    return { part: "note", noteId, before: notes.before(workspaceId, callId, noteId, revision) };
  }
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
  /** The change before of the same call; null when there is none. */
  readonly previous: number | null;
  readonly subject: string | null;
  readonly before: string | null;
  readonly undoes: number | null;
};
