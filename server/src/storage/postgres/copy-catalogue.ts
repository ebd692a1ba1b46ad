import { type Column, otherKeys, type Table } from "../copy/shape.ts";
import type { Statements } from "./connection.ts";

/** A table of a copy with what its statements need. */
export type OwnTable = {
  readonly table: Table;
  /** The types of the table's columns, in their order. */
  readonly types: readonly string[];
  /** The key as rows are ordered by it: by code points, whatever the locale of the database. */
  readonly order: readonly string[];
  /** Whether rows get a number of the database's own when they are given none. */
  readonly isNumbered: boolean;
};

/** The tables of the database that a copy takes along. */
export async function readTables(statements: Statements): Promise<readonly OwnTable[]> {
  const rows = await statements.all<ColumnRow>(columns);
  const names = [...new Set(rows.map(({ relation }) => relation))];
  return names.flatMap((name) =>
    isLeftOut(name)
      ? []
      : [
          readTable(
            name,
            rows.filter(({ relation }) => relation === name),
          ),
        ],
  );
}

/** Tables that follow from calls, what the other side keeps elsewhere, and those of copies. */
function isLeftOut(name: string): boolean {
  return name === "number_runs" || name === "schema_version" || name.startsWith("copy_");
}

function readTable(name: string, rows: readonly ColumnRow[]): OwnTable {
  // They follow from the content.
  const shared = rows.filter(({ column }) => `${name}.${column}` !== "notes.words");
  const primary = shared.filter(({ pk }) => pk !== null).toSorted((a, b) => (a.pk ?? 0) - (b.pk ?? 0));
  const key = otherKeys[name] ?? primary.map(({ column }) => column);
  return {
    table: { name, key, columns: shared.map((row) => ({ name: row.column, kind: kindOf(row) })) },
    types: shared.map(({ type }) => type),
    order: key.map((column) => {
      const isOrdered = shared.some((row) => row.column === column && row.ordered);
      return isOrdered ? column : `${column} COLLATE "C"`;
    }),
    isNumbered: shared.some(({ numbered }) => numbered),
  };
}

function kindOf({ relation, column, type }: ColumnRow): Column["kind"] {
  if (type === "bigint" || type === "integer") return "whole";
  // Bytes that are a text: what strangers sent.
  if (type === "text" || type === "bytea") return "text";
  throw new Error(`The column ${relation}.${column} is of a type that no copy knows: ${type}.`);
}

// In the order of names by code points, as the other side has them.
const columns = `SELECT c.relname::text AS relation, a.attname::text AS column, format_type(a.atttypid, a.atttypmod) AS type,
    a.attcollation IN (0, '"C"'::regcollation) AS ordered, a.attidentity <> '' AS numbered,
    array_position(p.indkey::smallint[], a.attnum)::int AS pk
  FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
  LEFT JOIN pg_index p ON p.indrelid = c.oid AND p.indisprimary
  WHERE c.relkind IN ('r', 'p') AND c.relnamespace = current_schema()::regnamespace
    AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
  ORDER BY c.relname::text COLLATE "C", a.attname::text COLLATE "C"`;

type ColumnRow = {
  readonly relation: string;
  readonly column: string;
  readonly type: string;
  readonly ordered: boolean;
  readonly numbered: boolean;
  /** The place in the primary key. */
  readonly pk: number | null;
};
