import type { DatabaseSync } from "node:sqlite";
import type { CheckReport } from "../../domain/storage.ts";
import { openForReading } from "./connection.ts";
import { spans } from "./spans.ts";

/** Compares everything derived with a full scan, on a connection of its own and in one snapshot; see `Storage.check`. */
export function check(file: string): CheckReport {
  const db = openForReading(file);
  try {
    db.exec("BEGIN");
    const problems = [
      ...integrity(db),
      ...(["feed_counts", "rollups"] as const).flatMap((table) => derived(db, table)),
    ];
    return { counts: counts(db), problems: [...problems, ...revisions(db), ...pointers(db)] };
  } finally {
    db.close();
  }
}

const counted = ["workspaces", "users", "sessions", "sources", "calls", "notes", "changes", "deliveries"] as const;

function counts(db: DatabaseSync): Record<string, number> {
  return Object.fromEntries(
    counted.map((table) => [table, (db.prepare(`SELECT count(*) AS count FROM ${table}`).get() as Count).count]),
  );
}

function integrity(db: DatabaseSync): readonly string[] {
  const lines = db.prepare("PRAGMA integrity_check").all() as { integrity_check: string }[];
  const orphans = db.prepare("PRAGMA foreign_key_check").all() as { table: string; rowid: number; parent: string }[];
  return [
    ...lines.filter(({ integrity_check: line }) => line !== "ok").map(({ integrity_check: line }) => `File: ${line}.`),
    ...orphans.map(({ table, rowid, parent }) => `Row ${rowid} of ${table} points at a missing row of ${parent}.`),
  ];
}

const dimensions = {
  feed_counts: "",
  rollups: ", direction, call_type, via, is_archived",
};

/** The buckets of a table of counts that a full scan of the calls counts otherwise. */
function derived(db: DatabaseSync, table: keyof typeof dimensions): readonly string[] {
  const names = dimensions[table];
  return spans.flatMap(({ span, ms }) => {
    // The division of SQLite goes towards zero, buckets go down: hence the remainder that is made positive first.
    const bucket = Number.isFinite(ms) ? `(created_at_ms - ((created_at_ms % ${ms} + ${ms}) % ${ms})) / ${ms}` : "0";
    const kept = `SELECT workspace_id, bucket${names}, count FROM ${table} WHERE span = ${span}`;
    const scanned = `SELECT workspace_id, ${bucket} AS bucket${names}, count(*) AS count FROM calls
      GROUP BY workspace_id, bucket${names}`;
    const differing = `SELECT count(*) AS count FROM
      (SELECT * FROM (${kept}) EXCEPT SELECT * FROM (${scanned})
       UNION ALL SELECT * FROM (SELECT * FROM (${scanned}) EXCEPT SELECT * FROM (${kept})))`;
    const { count } = db.prepare(differing).get() as Count;
    return count === 0 ? [] : [`${count} rows of ${table}, span ${span}, differ from a full count of the calls.`];
  });
}

function revisions(db: DatabaseSync): readonly string[] {
  const rows = db
    .prepare(
      `SELECT w.id, w.revision, w.last_call_id, w.last_note_id, count(c.revision) AS kept,
        coalesce(min(c.revision), w.revision + 1) AS oldest, coalesce(max(c.revision), w.revision) AS newest,
        (SELECT coalesce(max(id), 0) FROM calls WHERE workspace_id = w.id) AS call_id,
        (SELECT coalesce(max(id), 0) FROM notes WHERE workspace_id = w.id) AS note_id
      FROM workspaces w LEFT JOIN changes c ON c.workspace_id = w.id GROUP BY w.id`,
    )
    .all() as RevisionRow[];
  return rows.flatMap((row) => {
    const problems: string[] = [];
    if (row.newest !== row.revision || row.kept !== row.revision - row.oldest + 1) {
      problems.push(
        `Workspace ${row.id}: the changes ${row.oldest} to ${row.revision} are not all there, or not once each.`,
      );
    }
    if (row.call_id > row.last_call_id || row.note_id > row.last_note_id) {
      problems.push(`Workspace ${row.id}: the next id of a call or a note is taken already.`);
    }
    return problems;
  });
}

type RevisionRow = Readonly<
  Record<
    "id" | "revision" | "last_call_id" | "last_note_id" | "kept" | "oldest" | "newest" | "call_id" | "note_id",
    number
  >
>;

function pointers(db: DatabaseSync): readonly string[] {
  const lost = (table: string) =>
    (
      db
        .prepare(
          `SELECT count(*) AS count FROM ${table} t WHERE call_id IS NOT NULL AND NOT EXISTS
            (SELECT 1 FROM calls c WHERE c.workspace_id = t.workspace_id AND c.id = t.call_id)`,
        )
        .get() as Count
    ).count;
  return (["source_calls", "deliveries", "changes"] as const).flatMap((table) => {
    const count = lost(table);
    return count === 0 ? [] : [`${count} rows of ${table} point at calls that are not there.`];
  });
}

type Count = { readonly count: number };
