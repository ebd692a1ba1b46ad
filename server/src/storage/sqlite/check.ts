import type { DatabaseSync } from "node:sqlite";
import { DomainError } from "../../domain/errors.ts";
import type { NumberKeys } from "../../domain/number-key.ts";
import type { CheckReport } from "../../domain/storage.ts";
import { checkEdits } from "./check-edits.ts";
import { checkNumberKeys } from "./check-number-keys.ts";
import { checkReturns } from "./check-returns.ts";
import { openForReading } from "./connection.ts";
import { translate } from "./errors.ts";
import { searches } from "./check-search.ts";
import { spans } from "../spans.ts";

/** Compares everything derived with a full scan, on a connection of its own and in one snapshot; see `Storage.check`. */
export function check(file: string, numberKeys: NumberKeys): CheckReport {
  const db = openForReading(file);
  try {
    db.exec("BEGIN");
    const parts = [
      integrity,
      revisions,
      pointers,
      checkEdits,
      searches,
      checkReturns,
      (db: DatabaseSync) => checkNumberKeys(db, numberKeys),
      ...tables.map((table) => (db: DatabaseSync) => derived(db, table)),
    ];
    return { counts: counts(db), problems: parts.flatMap((part) => unlessDamaged(() => part(db))) };
  } finally {
    db.close();
  }
}

const counted = ["workspaces", "users", "sessions", "sources", "calls", "notes", "changes", "deliveries"] as const;

/** A table that is too damaged to be counted is left out; the problems tell of it. */
function counts(db: DatabaseSync): Record<string, number> {
  const rows: [string, number][] = [];
  for (const table of counted) {
    unlessDamaged(() => {
      rows.push([table, (db.prepare(`SELECT count(*) AS count FROM ${table}`).get() as Count).count]);
      return [];
    });
  }
  return Object.fromEntries(rows);
}

function integrity(db: DatabaseSync): readonly string[] {
  const lines = db.prepare("PRAGMA integrity_check").all() as { integrity_check: string }[];
  const orphans = db.prepare("PRAGMA foreign_key_check").all() as { table: string; rowid: number; parent: string }[];
  return [
    ...lines.filter(({ integrity_check: line }) => line !== "ok").map(({ integrity_check: line }) => `File: ${line}.`),
    ...orphans.map(({ table, rowid, parent }) => `Row ${rowid} of ${table} points at a missing row of ${parent}.`),
  ];
}

/** What cannot be read because the file is damaged is a problem found, not an end of the search. */
function unlessDamaged(part: () => readonly string[]): readonly string[] {
  try {
    return part();
  } catch (error) {
    const translated = translate(error);
    if (translated instanceof DomainError && translated.code === "STORAGE_CORRUPT") return [translated.message];
    throw error;
  }
}

const tables = ["feed_counts", "rollups"] as const;

const dimensions = {
  feed_counts: "",
  rollups: ", direction, call_type, via, is_archived, return_state",
};

/**
 * The buckets of a table of counts that are not what they should be: hours are compared with a scan of the calls, each coarser
 * span with the one below it.
 */
function derived(db: DatabaseSync, table: keyof typeof dimensions): readonly string[] {
  const names = dimensions[table];
  return spans.flatMap(({ span, ms }, at) => {
    const finer = spans[at + 1];
    const scanned =
      finer === undefined
        ? `SELECT workspace_id, ${floored("created_at_ms", ms)} AS bucket${names}, -1 AS n FROM calls`
        : `SELECT workspace_id, ${floored("bucket", ms / finer.ms)} AS bucket${names}, -count AS n
          FROM ${table} WHERE span = ${finer.span}`;
    const differing = `SELECT count(*) AS count FROM (
      SELECT 1 FROM (SELECT workspace_id, bucket${names}, count AS n FROM ${table} WHERE span = ${span}
        UNION ALL ${scanned}) GROUP BY workspace_id, bucket${names} HAVING sum(n) <> 0)`;
    const { count } = db.prepare(differing).get() as Count;
    return count === 0 ? [] : [`Table ${table}, span ${span}: ${count} buckets differ from a full count of the calls.`];
  });
}

/** A division that rounds down: that of SQLite rounds towards zero. */
function floored(column: string, size: number): string {
  return Number.isFinite(size) ? `(${column} - ((${column} % ${size} + ${size}) % ${size})) / ${size}` : "0";
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
          `SELECT count(*) AS count FROM ${table} t WHERE call_id IS NOT NULL ${unlessDeleted(table)} AND NOT EXISTS
            (SELECT 1 FROM calls c WHERE c.workspace_id = t.workspace_id AND c.id = t.call_id)`,
        )
        .get() as Count
    ).count;
  return (["source_calls", "deliveries", "changes", "note_versions"] as const).flatMap((table) => {
    const count = lost(table);
    return count === 0 ? [] : [`Table ${table}: ${count} rows point at calls that are not there.`];
  });
}

type Count = { readonly count: number };

/** A change says that a call was deleted exactly where there is no call. */
function unlessDeleted(table: string): string {
  return table === "changes" ? "AND t.kind <> 'call.deleted'" : "";
}
