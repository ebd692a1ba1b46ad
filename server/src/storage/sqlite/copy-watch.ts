import type { DatabaseSync } from "node:sqlite";
import { DomainError } from "../../domain/errors.ts";
import type { Altered } from "../copy/ports.ts";
import { type Key, textOf } from "../copy/shape.ts";
import type { OwnTable } from "./copy-catalogue.ts";

/** For how long the watch goes on without being renewed: what a copy that was killed leaves does nothing any more then. */
const aliveSeconds = 30;

const operations = ["INSERT", "UPDATE", "DELETE"] as const;

/**
 * Notes the keys of all rows that anybody writes in `copy_log`, by triggers: they see what every process does, and what is rolled back is
 * not noted. Appending is all they do: the conflict clause of the statement that sets a trigger off holds within it too.
 */
export function startWatch(db: DatabaseSync, tables: readonly OwnTable[], id: string): void {
  dropTriggers(db);
  db.exec(`DROP TABLE IF EXISTS copy_log; DROP TABLE IF EXISTS copy_watch;
    CREATE TABLE copy_log (place INTEGER PRIMARY KEY, name TEXT NOT NULL, key TEXT NOT NULL) STRICT;
    CREATE TABLE copy_watch (id TEXT NOT NULL, until_s INTEGER NOT NULL) STRICT;
    INSERT INTO copy_watch VALUES ('${id}', unixepoch() + ${aliveSeconds})`);
  for (const { table, key } of tables) {
    const note = (row: "OLD" | "NEW") => `INSERT INTO copy_log (name, key)
      VALUES ('${table.name}', json_array(${key.map((name) => `${row}.${name}`).join(", ")}));`;
    const alive = "(SELECT until_s FROM copy_watch) > unixepoch()";
    for (const operation of operations) {
      const notes =
        operation === "INSERT" ? note("NEW") : operation === "DELETE" ? note("OLD") : note("OLD") + note("NEW");
      db.exec(`CREATE TRIGGER copy_${operation.toLowerCase()}_${table.name} AFTER ${operation} ON ${table.name}
        WHEN ${alive} BEGIN ${notes} END`);
    }
  }
}

/** Keeps the watch alive. @throws DomainError CONFLICT when it has ended in between: something may not have been noted. */
export function renewWatch(db: DatabaseSync, id: string): void {
  const { changes } = isWatched(db)
    ? db
        .prepare(`UPDATE copy_watch SET until_s = unixepoch() + ${aliveSeconds} WHERE id = ? AND until_s > unixepoch()`)
        .run(id)
    : { changes: 0 };
  if (changes === 0) {
    throw new DomainError("CONFLICT", "Another copy took over, or this one stood still for too long: run it again.");
  }
}

/** The keys that were noted after a place, and the place of the last one. */
export function readLog(db: DatabaseSync, after: number): { readonly altered: Altered; readonly last: number } {
  const altered = new Map<string, Map<string, Key>>();
  let last = after;
  if (!isWatched(db)) return { altered: new Map(), last };
  const rows = db.prepare("SELECT place, name, key FROM copy_log WHERE place > ? ORDER BY place");
  for (const each of rows.iterate(after)) {
    const { place, name, key } = each as { place: number; name: string; key: string };
    const keys = altered.get(name) ?? new Map<string, Key>();
    const values = JSON.parse(key) as Key;
    altered.set(name, keys.set(textOf(values), values));
    last = place;
  }
  return { altered: new Map([...altered].map(([name, keys]) => [name, [...keys.values()]])), last };
}

export function stopWatch(db: DatabaseSync): void {
  dropTriggers(db);
  db.exec("DROP TABLE IF EXISTS copy_log; DROP TABLE IF EXISTS copy_watch");
}

/** From now on every write of a row fails (SQLITE_CONSTRAINT_TRIGGER), in every process. */
export function refuseWrites(db: DatabaseSync, tables: readonly OwnTable[]): void {
  for (const { table } of tables) {
    for (const operation of operations) {
      db.exec(`CREATE TRIGGER copy_moved_${operation.toLowerCase()}_${table.name} BEFORE ${operation} ON ${table.name}
        BEGIN SELECT RAISE(ABORT, 'moved'); END`);
    }
  }
}

function isWatched(db: DatabaseSync): boolean {
  return db.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'copy_watch'").get() !== undefined;
}

/** Those of watches and of moves. */
function dropTriggers(db: DatabaseSync): void {
  const triggers = db.prepare(
    "SELECT name FROM sqlite_schema WHERE type = 'trigger' AND name LIKE 'copy\\_%' ESCAPE '\\'",
  );
  for (const { name } of triggers.all() as { name: string }[]) db.exec(`DROP TRIGGER ${name}`);
}
