import type { DatabaseSync } from "node:sqlite";
import type { CopyReader } from "../copy/ports.ts";
import type { Key, Row, Table } from "../copy/shape.ts";
import type { OwnTable } from "./copy-catalogue.ts";
import { createStatements } from "./statements.ts";

/** Reads tables for a copy. That what it reads stands still is for its caller to see to. */
export function createCopyReader(db: DatabaseSync, tables: readonly OwnTable[]): CopyReader {
  const statements = createStatements(db);
  const rows = (sql: string, ...values: (string | number)[]) => {
    const statement = statements(sql);
    statement.setReturnArrays(true);
    return statement.all(...values) as unknown as readonly Row[];
  };
  return {
    count: ({ name }) => Number(rows(`SELECT count(*) FROM ${name}`)[0]?.[0]),

    after(table, key, limit) {
      const { columns, key: own } = ownOf(tables, table);
      const start = key === null ? "" : `WHERE (${own.join(", ")}) > (${own.map(() => "?").join(", ")})`;
      return rows(
        `SELECT ${columns.join(", ")} FROM ${table.name} ${start} ORDER BY ${own.join(", ")} LIMIT ?`,
        ...(key ?? []),
        limit,
      );
    },

    some(table: Table, keys: readonly Key[]) {
      const { columns, key: own } = ownOf(tables, table);
      const sql = `SELECT ${columns.join(", ")} FROM ${table.name} WHERE ${keyCondition(own)}`;
      return keys.flatMap((key) => rows(sql, ...key));
    },
  };
}

/** What picks the row of a key. */
export function keyCondition(key: readonly string[]): string {
  return key.map((name) => `${name} = ?`).join(" AND ");
}

export function ownOf(tables: readonly OwnTable[], { name }: Table): OwnTable {
  const own = tables.find(({ table }) => table.name === name);
  if (own === undefined) throw new Error(`There is no table ${name} in the file.`);
  return own;
}
