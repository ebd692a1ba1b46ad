import type { DatabaseSync } from "node:sqlite";
import { deletedSnapshot } from "../rows.ts";

/**
 * Compares what people's edits keep beside the change log with the log, as far as it reaches: the revision, tags and assignee
 * of each call with those of its last change, the list of its changes, and the versions of its notes.
 */
export function checkEdits(db: DatabaseSync): readonly string[] {
  return comparisons.flatMap(([differing, says]) => {
    const { count } = db.prepare(`SELECT count(*) AS count FROM (${differing})`).get() as { count: number };
    return count === 0 ? [] : [`${says.slice(0, -1)}: ${count} rows.`];
  });
}

const lastChanges = `SELECT workspace_id, call_id, max(revision) AS revision, snapshot FROM changes
  GROUP BY workspace_id, call_id`;

/** What finds differing rows, and what is wrong with them. */
const comparisons: readonly (readonly [differing: string, says: string])[] = [
  [
    `SELECT 1 FROM (${lastChanges}) AS last JOIN calls c ON c.workspace_id = last.workspace_id AND c.id = last.call_id
      WHERE last.revision <> max(c.revision, (SELECT coalesce(max(n.revision), 0) FROM notes n
        WHERE n.workspace_id = c.workspace_id AND n.call_id = c.id))`,
    "Table calls: revisions are not those of the last change.",
  ],
  [
    `SELECT 1 FROM (${lastChanges}) AS last JOIN calls c ON c.workspace_id = last.workspace_id AND c.id = last.call_id
      WHERE c.is_archived IS NOT json_extract(last.snapshot, '$[6]')
        OR json(c.tags) IS NOT json(coalesce(json_extract(last.snapshot, '$[8]'), '[]'))
        OR c.assignee_id IS NOT json_extract(last.snapshot, '$[9].id')
        OR c.assignee_name IS NOT json_extract(last.snapshot, '$[9].username')
        OR (json_array_length(last.snapshot) > 10
          AND coalesce(json_extract(last.snapshot, '$[10][0]'), 0) IS NOT c.returned_by)`,
    "Table calls: archived, tags, assignee or return are not as the last change left them.",
  ],
  [
    `SELECT 1 FROM (SELECT previous, lag(revision) OVER (PARTITION BY workspace_id, call_id ORDER BY revision) AS told
      FROM changes) WHERE told IS NOT NULL AND previous IS NOT told`,
    "Table changes: the change before of the same call is not the one that is named.",
  ],
  [
    `SELECT 1 FROM changes c WHERE c.kind = 'call.deleted' AND (c.snapshot <> '${deletedSnapshot}' OR EXISTS
        (SELECT 1 FROM calls t WHERE t.workspace_id = c.workspace_id AND t.id = c.call_id))`,
    "Table changes: calls that were deleted are there, or told of.",
  ],
  [
    `SELECT 1 FROM changes c JOIN workspaces w ON w.id = c.workspace_id
      WHERE c.kind IN ('note.added', 'note.edited', 'note.restored') AND NOT EXISTS
        (SELECT 1 FROM notes n WHERE n.workspace_id = c.workspace_id AND n.call_id = c.call_id
          AND n.id = CAST(c.subject AS INTEGER) AND n.revision = c.revision)
      AND NOT EXISTS (SELECT 1 FROM note_versions v WHERE v.workspace_id = c.workspace_id AND v.call_id = c.call_id
          AND v.id = CAST(c.subject AS INTEGER) AND v.revision = c.revision)`,
    "Table changes: texts that notes were given are missing.",
  ],
  [
    `SELECT 1 FROM changes c WHERE c.kind IN ('note.edited', 'note.deleted') AND NOT EXISTS
        (SELECT 1 FROM note_versions v WHERE v.workspace_id = c.workspace_id AND v.call_id = c.call_id
          AND v.id = CAST(c.subject AS INTEGER) AND v.until_revision = c.revision)`,
    "Table changes: texts that notes had before are missing.",
  ],
  [
    `SELECT 1 FROM note_versions v WHERE v.revision >= v.until_revision
      OR v.until_revision > (SELECT w.revision FROM workspaces w WHERE w.id = v.workspace_id)
      OR EXISTS (SELECT 1 FROM note_versions o WHERE o.workspace_id = v.workspace_id AND o.call_id = v.call_id
        AND o.id = v.id AND o.revision > v.revision AND o.revision < v.until_revision)
      OR EXISTS (SELECT 1 FROM notes n WHERE n.workspace_id = v.workspace_id AND n.id = v.id
        AND n.revision < v.until_revision)`,
    "Table note_versions: texts of one note overlap.",
  ],
];
