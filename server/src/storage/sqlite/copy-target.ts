import { existsSync } from "node:fs";
import { open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { DomainError } from "../../domain/errors.ts";
import type { Mark } from "../copy/mark.ts";
import type { Altered, CopyReader, CopyTarget } from "../copy/ports.ts";
import { keyReader, type Row, type Table } from "../copy/shape.ts";
import { check } from "./check.ts";
import { type OwnTable, readTables } from "./copy-catalogue.ts";
import { readMark, removeMark, writeMark } from "./copy-mark.ts";
import { createCopyReader, keyCondition, ownOf } from "./copy-reader.ts";
import { startAnotherHistory } from "./copy-source.ts";
import { translate } from "./errors.ts";
import { migrate } from "./migrate.ts";
import { addSearchFunctions } from "./search-functions.ts";
import { createSearchRows } from "./search-rows.ts";
import { createStatements } from "./statements.ts";

/**
 * A SQLite file as the target of a copy. It is filled beside its place, under the name `<file>.copying`, and gets its own name when it is
 * finished.
 */
export function openSqliteTarget(file: string, nowMs: number): CopyTarget {
  const aside = `${file}.copying`;
  let made: Making | null = null;

  return {
    place: file,
    get tables() {
      return (made?.tables ?? []).map(({ table }) => table);
    },

    mark() {
      const known = [file, aside].find((name) => existsSync(name));
      if (known === undefined) return null;
      const db = new DatabaseSync(known, { readOnly: true });
      try {
        return readMark(db);
      } catch {
        return null; // It was not even begun.
      } finally {
        db.close();
      }
    },

    async begin(mark) {
      if (existsSync(file)) {
        throw new DomainError("CONFLICT", `There is a database ${file} already: move it away, or name another folder.`);
      }
      await removeFiles(aside);
      made = guarded(() => makeFile(aside, nowMs, mark));
    },

    async add(table, rows) {
      guarded(() => making().write(() => making().insert(table, rows)));
    },

    async settle() {
      guarded(() => making().settle());
    },

    async replace(altered, rows, isLast) {
      guarded(() => {
        making().write(() => {
          making().replace(altered, rows);
          if (isLast) making().mark("ready");
        });
      });
    },

    get reader() {
      return making().reader;
    },

    check: async () => guarded(() => check(aside)),

    async startAnotherHistory() {
      guarded(() => making().write(() => startAnotherHistory(making().db)));
    },

    async finish() {
      made?.close();
      if (existsSync(aside)) {
        await rename(aside, file);
        await syncFolder(dirname(file));
      }
      guarded(() => {
        // One file without a log beside it, as a backup is; whoever serves it makes one.
        const db = new DatabaseSync(file);
        db.exec("PRAGMA synchronous = FULL; PRAGMA fullfsync = ON");
        removeMark(db);
        db.close();
      });
    },

    async abandon() {
      making().close();
      await removeFiles(aside);
    },

    async close() {
      made?.close();
    },
  };

  function making(): Making {
    if (made === null) throw new Error("The copy was not begun.");
    return made;
  }
}

type Making = ReturnType<typeof makeFile>;

/** A file without the indices that only help readers: they are made when the rows are there, several times faster. */
function makeFile(aside: string, nowMs: number, begun: Mark) {
  const db = new DatabaseSync(aside);
  // Whatever happens before the rows are all there, the file is made anew.
  db.exec(`PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA foreign_keys = OFF; PRAGMA temp_store = MEMORY;
    PRAGMA cache_size = -65536`);
  addSearchFunctions(db);
  migrate(db, nowMs);
  writeMark(db, begun);
  db.exec("DELETE FROM workspaces");
  const indices = db.prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL").all() as {
    name: string;
    sql: string;
  }[];
  for (const { name } of indices) db.exec(`DROP INDEX ${name}`);
  const tables = readTables(db);
  const statements = createStatements(db);
  const search = createSearchRows(db);
  let isSettled = false;

  return {
    db,
    tables,
    reader: createCopyReader(db, tables) satisfies CopyReader,

    write(run: () => void): void {
      db.exec("BEGIN IMMEDIATE");
      try {
        search.begin();
        run();
        search.flush();
        db.exec("COMMIT");
      } catch (error) {
        if (db.isTransaction) db.exec("ROLLBACK");
        throw error;
      }
    },

    insert,

    settle(): void {
      for (const { sql } of indices) db.exec(sql);
      // While the copy lasts, for `link`.
      db.exec("CREATE INDEX copy_changes_of_call ON changes (workspace_id, call_id, revision)");
      db.exec(`UPDATE changes SET previous = told.previous FROM (SELECT workspace_id, revision,
          lag(revision) OVER (PARTITION BY workspace_id, call_id ORDER BY revision) AS previous FROM changes) AS told
        WHERE told.workspace_id = changes.workspace_id AND told.revision = changes.revision AND told.previous IS NOT NULL`);
      // From now on each commit is durable, and the first one with all that is there.
      db.exec("PRAGMA journal_mode = DELETE; PRAGMA synchronous = FULL; PRAGMA fullfsync = ON");
      isSettled = true;
    },

    replace(altered: Altered, rows: ReadonlyMap<string, readonly Row[]>): void {
      // All rows go before the first comes: what was unique may have passed from one to the other.
      for (const own of tables) remove(own, altered.get(own.table.name) ?? []);
      for (const { table } of tables) insert(table, rows.get(table.name) ?? []);
    },

    mark(state: Mark["state"]): void {
      db.exec("DROP INDEX IF EXISTS copy_changes_of_call");
      writeMark(db, { ...begun, state });
    },

    close(): void {
      if (db.isOpen) db.close();
    },
  };

  function insert(table: Table, rows: readonly Row[]): void {
    const { columns } = ownOf(tables, table);
    const add = statements(
      `INSERT INTO ${table.name} (${columns.join(", ")}) VALUES (${columns.map(() => "?").join(", ")})`,
    );
    const at = (name: string) => table.columns.findIndex((column) => column.name === name);
    const [workspace, caller, callee, content] = ["workspace_id", "caller", "callee", "content"].map((name) =>
      at(name),
    );
    const value = (row: Row, place = -1) => row[place] ?? "";
    for (const row of rows) {
      const { lastInsertRowid } = add.run(...row);
      if (table.name === "calls") {
        search.number(Number(value(row, workspace)), String(value(row, caller)));
        search.number(Number(value(row, workspace)), String(value(row, callee)));
      }
      if (table.name === "notes") search.note(Number(lastInsertRowid), null, String(value(row, content)));
    }
    if (table.name === "changes" && isSettled) link(table, rows);
  }

  /** Tells the changes which one was before of the same call. */
  function link(table: Table, rows: readonly Row[]): void {
    const set = statements(`UPDATE changes SET previous = (SELECT max(earlier.revision) FROM changes earlier
        WHERE earlier.workspace_id = changes.workspace_id AND earlier.call_id = changes.call_id
          AND earlier.revision < changes.revision)
      WHERE ${keyCondition(table.key)}`);
    const keyOf = keyReader(table);
    for (const row of rows) set.run(...keyOf(row));
  }

  function remove({ table, key: own }: OwnTable, keys: readonly (readonly (string | number)[])[]): void {
    const removal = statements(`DELETE FROM ${table.name} WHERE ${keyCondition(own)}`);
    for (const key of keys) {
      if (table.name === "notes") {
        const note = statements(`SELECT row, content FROM notes WHERE ${keyCondition(own)}`).get(...key) as
          | { row: number; content: string }
          | undefined;
        if (note !== undefined) search.note(note.row, note.content, null);
      }
      removal.run(...key);
    }
  }
}

async function removeFiles(file: string): Promise<void> {
  for (const rest of ["", "-journal", "-wal", "-shm"]) await rm(`${file}${rest}`, { force: true });
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function guarded<T>(run: () => T): T {
  try {
    return run();
  } catch (error) {
    throw translate(error);
  }
}
