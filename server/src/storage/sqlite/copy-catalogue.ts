import type { DatabaseSync } from "node:sqlite";
import { type Column, otherKeys, type Table } from "../copy/shape.ts";

/** A table of a copy with the names that it has here. */
export type OwnTable = {
  readonly table: Table;
  /** In the order of the table's columns. */
  readonly columns: readonly string[];
  readonly key: readonly string[];
};

/** The tables of the file that a copy takes along, each after those that its rows refer to. */
export function readTables(db: DatabaseSync): readonly OwnTable[] {
  const names = db
    .prepare("SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' ORDER BY name")
    .all() as { name: string }[];
  return names.flatMap(({ name }) => (isLeftOut(name) ? [] : [readTable(db, name)]));
}

/** Tables that follow from calls and notes, those of SQLite itself, and those of copies. */
function isLeftOut(name: string): boolean {
  return name === "numbers" || /^(sqlite_|copy_)/.test(name);
}

/** What a column is called on the other side; null for one that is there for this side alone, or follows from others. */
function sharedName(table: string, { name, hidden }: ColumnRow): string | null {
  if (hidden > 1) return null;
  switch (`${table}.${name}`) {
    case "workspaces.id":
      return "workspace_id";
    case "deliveries.row":
      return "id";
    case "calls.row":
    case "notes.row":
    case "changes.previous":
      return null;
    default:
      return name;
  }
}

function readTable(db: DatabaseSync, name: string): OwnTable {
  const rows = db.prepare("SELECT name, type, pk, hidden FROM pragma_table_xinfo(?)").all(name) as ColumnRow[];
  const shared = rows
    .flatMap((row) => {
      const known = sharedName(name, row);
      return known === null ? [] : [{ own: row.name, pk: row.pk, column: { name: known, kind: kindOf(name, row) } }];
    })
    .toSorted((a, b) => (a.column.name < b.column.name ? -1 : 1));
  const ownOf = (known: string) => shared.find(({ column }) => column.name === known)?.own ?? known;
  const primary = shared.filter(({ pk }) => pk > 0).toSorted((a, b) => a.pk - b.pk);
  const key = otherKeys[name] ?? primary.map(({ column }) => column.name);
  return {
    table: { name, key, columns: shared.map(({ column }) => column) },
    columns: shared.map(({ own }) => own),
    key: key.map(ownOf),
  };
}

function kindOf(table: string, { name, type }: ColumnRow): Column["kind"] {
  if (type === "INTEGER") return "whole";
  if (type === "TEXT") return "text";
  throw new Error(`The column ${table}.${name} is of a type that no copy knows: ${type}.`);
}

/** `hidden` is 2 or 3 for generated columns. */
type ColumnRow = { readonly name: string; readonly type: string; readonly pk: number; readonly hidden: number };
