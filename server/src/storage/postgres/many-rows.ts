import type { Value } from "./connection.ts";
import { textList } from "./connection.ts";
import { isAftermath } from "./errors.ts";
import type { Tx } from "./group-commit.ts";

/** Columns of rows that are given together, with their types, in the order of the values of a row. */
export type Columns = Readonly<Record<string, "bigint" | "integer" | "text" | "bytea">>;

/** Bounds what one statement carries. */
const rowsPerStatement = 1_000;

/**
 * Rows as a table expression: a list of values for each column, from the mark `first` on. A tenth of the cost of a statement for each row.
 * The lists of {@link listsOf} are its values.
 */
export function givenRows(columns: Columns, first: number): string {
  const lists = Object.values(columns).map((type, at) => `$${first + at}::text::${type === "bytea" ? "text" : type}[]`);
  return `unnest(${lists.join(", ")}) AS given (${Object.keys(columns).join(", ")})`;
}

/** The values of {@link givenRows}. */
export function listsOf(columns: Columns, rows: readonly (readonly Value[])[]): readonly string[] {
  return Object.keys(columns).map((_, at) => columnList(rows.map((row) => row[at] ?? null)));
}

/**
 * Inserts rows in their order.
 * @param conflict what becomes of a row whose key is there, in SQL; a row is refused when left out
 * @throws what the database says of the first row that it refuses; nothing is on its way then.
 */
export async function insertRows(
  tx: Tx,
  table: string,
  columns: Columns,
  rows: readonly (readonly Value[])[],
  conflict = "",
): Promise<void> {
  const read = Object.entries(columns).map(([name, type]) => (type === "bytea" ? `decode(${name}, 'base64')` : name));
  const text = `INSERT INTO ${table} (${Object.keys(columns).join(", ")})
    SELECT ${read.join(", ")} FROM ${givenRows(columns, 1)} ${conflict}`;
  const writes: Promise<unknown>[] = [];
  for (let from = 0; from < rows.length; from += rowsPerStatement) {
    writes.push(tx.run(text, ...listsOf(columns, rows.slice(from, from + rowsPerStatement))));
  }
  await together(writes);
}

/**
 * Waits for all, also where one has failed: nothing may be on its way when a savepoint is rolled back.
 * @throws what failed first: what is asked in a transaction that has failed fails too.
 */
export async function together(writes: readonly Promise<unknown>[]): Promise<void> {
  const failures = (await Promise.allSettled(writes)).filter((answer) => answer.status === "rejected");
  const failure = failures.find(({ reason }) => !isAftermath(reason)) ?? failures[0];
  if (failure !== undefined) throw failure.reason;
}

function columnList(values: readonly Value[]): string {
  if (values.every((value) => typeof value === "number" || value === null)) {
    return `{${values.map((value) => value ?? "NULL").join(",")}}`;
  }
  return textList(values.map((value) => (value instanceof Uint8Array ? Buffer.from(value).toString("base64") : value)));
}
