import type { CopyReader } from "../copy/ports.ts";
import type { Key, Row, Table } from "../copy/shape.ts";
import type { Statements } from "./connection.ts";
import type { OwnTable } from "./copy-catalogue.ts";

/** Keys of one statement. */
const keysMax = 5_000;

/** Reads tables for a copy. That what it reads stands still is for its caller to see to. */
export function createCopyReader(statements: Statements, tables: readonly OwnTable[]): CopyReader {
  return {
    async count({ name }) {
      const row = await statements.get<{ count: number }>(`SELECT count(*) AS count FROM ${name}`);
      return row?.count ?? 0;
    },

    async after(table, key, limit) {
      const { order } = ownOf(tables, table);
      const start =
        key === null ? "" : `WHERE (${order.join(", ")}) > (${order.map((_, at) => `$${at + 1}`).join(", ")})`;
      const rows = await statements.all<NamedRow>(
        `SELECT ${columnsOf(table)} FROM ${table.name} ${start} ORDER BY ${order.join(", ")}
          LIMIT $${(key?.length ?? 0) + 1}`,
        ...(key ?? []),
        limit,
      );
      return rows.map((row) => rowOf(table, row));
    },

    async some(table, keys) {
      const own = ownOf(tables, table);
      const found: Row[] = [];
      for (let from = 0; from < keys.length; from += keysMax) {
        const rows = await statements.all<NamedRow>(
          `SELECT ${columnsOf(table)} FROM ${table.name} WHERE ${keysCondition(own)}`,
          keysJson(table, keys.slice(from, from + keysMax)),
        );
        for (const row of rows) found.push(rowOf(table, row));
      }
      return found;
    },
  };
}

/** What picks the rows whose keys the first value has: see {@link keysJson}. */
export function keysCondition({ table, types }: OwnTable): string {
  const typed = table.key.map((name) => `${name} ${types[table.columns.findIndex((column) => column.name === name)]}`);
  const names = table.key.join(", ");
  return `(${names}) IN (SELECT ${names} FROM json_to_recordset($1::text::json) AS given (${typed.join(", ")}))`;
}

/** Keys as the value of {@link keysCondition}. */
export function keysJson({ key: names }: Table, keys: readonly Key[]): string {
  return JSON.stringify(keys.map((key) => Object.fromEntries(names.map((name, at) => [name, key[at]]))));
}

export function ownOf(tables: readonly OwnTable[], { name }: Table): OwnTable {
  const own = tables.find(({ table }) => table.name === name);
  if (own === undefined) throw new Error(`There is no table ${name} in the database.`);
  return own;
}

function columnsOf({ columns }: Table): string {
  return columns.map(({ name }) => name).join(", ");
}

function rowOf({ columns }: Table, row: NamedRow): Row {
  return columns.map(({ name }) => {
    const value = row[name] ?? null;
    return value instanceof Uint8Array ? Buffer.from(value).toString("utf8") : value;
  });
}

type NamedRow = Readonly<Record<string, string | number | Uint8Array | null>>;
