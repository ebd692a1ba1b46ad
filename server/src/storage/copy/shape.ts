/**
 * A table as both databases have it, under the names of PostgreSQL. What only one of them has is not part of it: row numbers, and
 * what follows from other rows (indices of searches).
 */
export type Table = {
  readonly name: string;
  /** The columns that tell its rows apart, and in whose order they are read. */
  readonly key: readonly string[];
  /** By name, so in the same order on both sides. */
  readonly columns: readonly Column[];
};

export type Column = { readonly name: string; readonly kind: "whole" | "text" };

/** The values of a row in the order of the table's columns. */
export type Row = readonly (string | number | null)[];

/** The values of a key in the order of the table's key. */
export type Key = readonly (string | number)[];

/** Where rows are told apart otherwise than by the primary key, which is not the same in both databases. */
export const otherKeys: Readonly<Record<string, readonly string[]>> = {
  calls: ["workspace_id", "id"],
  notes: ["workspace_id", "id"],
  // Unique in the whole database, and the order of their coming.
  deliveries: ["id"],
  audit_events: ["id"],
  // Each database has the order that its searches need.
  number_keys: ["workspace_id", "key", "number"],
};

/** What two databases of one version differ in, one sentence each. There is nothing, unless a table was made for one of them alone. */
export function differencesOf(one: readonly Table[], other: readonly Table[]): readonly string[] {
  const lines = (tables: readonly Table[]) => new Set(tables.flatMap((table) => linesOf(table)));
  const [ones, others] = [lines(one), lines(other)];
  return [
    ...[...ones.difference(others)].map((line) => `Only one side has ${line}.`),
    ...[...others.difference(ones)].map((line) => `Only the other side has ${line}.`),
  ];
}

function linesOf({ name, key, columns }: Table): readonly string[] {
  return [
    `table ${name} by ${key.join(", ")}`,
    ...columns.map((column) => `column ${name}.${column.name} (${column.kind})`),
  ];
}

/** Takes keys out of rows. */
export function keyReader({ key, columns }: Table): (row: Row) => Key {
  const places = key.map((name) => columns.findIndex((column) => column.name === name));
  return (row) => places.map((place) => row[place] ?? "");
}

/** A text that two rows or keys share only when they are the same. */
export function textOf(values: Row | Key): string {
  return JSON.stringify(values);
}
