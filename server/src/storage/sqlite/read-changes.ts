import type { DatabaseSync } from "node:sqlite";
import type { Note } from "../../domain/call.ts";
import { type Change, type ChangeKind, type Cursor, parseActor } from "../../domain/change.ts";
import { resumeGap, workspaceNotFound } from "../answers.ts";
import { callOfSnapshot } from "./rows.ts";
import type { Snapshot } from "./snapshot.ts";

/** The reading half of `ChangeLog`: synchronous, each answer of one snapshot. */
export function createChangeReader(db: DatabaseSync, snapshot: Snapshot) {
  const cursor = db.prepare("SELECT epoch, revision FROM workspaces WHERE id = ?");
  cursor.setReturnArrays(true);
  const oldest = db.prepare("SELECT min(revision) AS revision FROM changes WHERE workspace_id = ?");
  const changes = db.prepare(`SELECT revision, kind, at_ms, actor, call_id, snapshot FROM changes
    WHERE workspace_id = ? AND revision > ? ORDER BY revision LIMIT ?`);
  const notes = db.prepare(`SELECT id, content FROM notes
    WHERE workspace_id = ? AND call_id = ? AND revision <= ? ORDER BY id DESC`);

  return {
    // One statement is its own snapshot. Asked before every answer that may be sent again, so it has to be cheap.
    head,

    after: (workspaceId: number, revision: number, limit: number): readonly Change[] =>
      snapshot(() => {
        const end = head(workspaceId).revision;
        if (revision >= end) return [];
        const kept = oldest.get(workspaceId) as { revision: number | null };
        if (revision + 1 < (kept.revision ?? end + 1)) throw resumeGap();
        return changes.all(workspaceId, revision, limit).map((row) => changeOf(workspaceId, row as ChangeRow));
      }),
  };

  function head(workspaceId: number): Cursor {
    const row = cursor.get(workspaceId) as unknown as readonly [string, number] | undefined;
    if (row === undefined) throw workspaceNotFound();
    return { epoch: row[0], revision: row[1] };
  }

  function changeOf(workspaceId: number, row: ChangeRow): Change {
    const noted = notes.all(workspaceId, row.call_id, row.revision) as Note[];
    return {
      workspaceId,
      revision: row.revision,
      kind: row.kind,
      atMs: row.at_ms,
      actor: parseActor(row.actor),
      call: callOfSnapshot(
        row.call_id,
        row.snapshot,
        noted.map(({ id, content }) => ({ id, content })),
      ),
    };
  }
}

type ChangeRow = {
  readonly revision: number;
  readonly kind: ChangeKind;
  readonly at_ms: number;
  readonly actor: string;
  readonly call_id: number;
  readonly snapshot: string;
};
