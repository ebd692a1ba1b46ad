import { DatabaseSync } from "node:sqlite";
import { callsBetween } from "./calls.ts";

/**
 * Writes the first `count` generated calls into a new SQLite file as the SQLite alternatives keep them: two plain tables,
 * the two indices that their queries need, times as the text that the API answers, WAL.
 */
export function makePeerSqlite(file: string, count: number): void {
  const db = new DatabaseSync(file);
  db.exec(`
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = OFF;
    CREATE TABLE calls (
      id INTEGER PRIMARY KEY, direction TEXT NOT NULL, "from" TEXT NOT NULL, "to" TEXT NOT NULL, duration INTEGER NOT NULL,
      is_archived INTEGER NOT NULL, call_type TEXT NOT NULL, via TEXT NOT NULL, created_at TEXT NOT NULL
    ) STRICT;
    CREATE TABLE notes (
      id INTEGER PRIMARY KEY, call_id INTEGER NOT NULL REFERENCES calls (id), content TEXT NOT NULL
    ) STRICT;
    BEGIN;
  `);
  const addCall = db.prepare("INSERT INTO calls VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
  const addNote = db.prepare("INSERT INTO notes (call_id, content) VALUES (?, ?)");
  for (const call of callsBetween(0, count)) {
    const createdAt = new Date(call.createdAtMs).toISOString();
    addCall.run(
      call.id,
      call.direction,
      call.from,
      call.to,
      call.durationMs,
      Number(call.isArchived),
      call.callType,
      call.via,
      createdAt,
    );
    for (const content of call.notes.toReversed()) addNote.run(call.id, content);
  }
  db.exec(`
    COMMIT;
    CREATE INDEX calls_newest ON calls (created_at DESC, id DESC);
    CREATE INDEX notes_of_call ON notes (call_id, id DESC);
    ANALYZE;
    PRAGMA wal_checkpoint(TRUNCATE);
  `);
  db.close();
}
