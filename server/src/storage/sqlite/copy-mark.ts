import type { DatabaseSync } from "node:sqlite";
import { type Mark, markTable } from "../copy/mark.ts";

/** What a copy says of this file; null where there is none, as in nearly all. */
export function readMark(db: DatabaseSync): Mark | null {
  const known = db.prepare(`SELECT 1 FROM sqlite_schema WHERE name = '${markTable}'`).get();
  if (known === undefined) return null;
  const row = db.prepare(`SELECT id, state, place, at_ms AS atMs FROM ${markTable}`).get();
  return (row ?? null) as Mark | null;
}

export function writeMark(db: DatabaseSync, { id, state, place, atMs }: Mark): void {
  db.exec(`CREATE TABLE IF NOT EXISTS ${markTable} (id TEXT, state TEXT, place TEXT, at_ms INTEGER) STRICT;
    DELETE FROM ${markTable}`);
  db.prepare(`INSERT INTO ${markTable} (id, state, place, at_ms) VALUES (?, ?, ?, ?)`).run(id, state, place, atMs);
}

export function removeMark(db: DatabaseSync): void {
  db.exec(`DROP TABLE IF EXISTS ${markTable}`);
}
