import { createHash } from "node:crypto";
import { DomainError } from "../../domain/errors.ts";
import type { CopyReader } from "./ports.ts";
import { keyReader, type Key, type Table, textOf } from "./shape.ts";

/** One table that was found to be the same on both sides. */
export type Compared = {
  readonly table: string;
  readonly rows: number;
  /** SHA-256 over all rows in the order of their keys, the first 16 hexadecimal digits. */
  readonly checksum: string;
};

/** Rows that are held of each side at once. */
const rowsPerStep = 5_000;

/**
 * Compares two databases row by row. @param progress is told how many rows of one side were compared.
 * @throws DomainError CONFLICT naming the first row that differs.
 */
export async function compareAll(
  tables: readonly Table[],
  one: CopyReader,
  other: CopyReader,
  progress: (rows: number) => void = () => {},
): Promise<readonly Compared[]> {
  const compared: Compared[] = [];
  for (const table of tables) compared.push(await compareTable(table, one, other, progress));
  return compared;
}

async function compareTable(
  table: Table,
  one: CopyReader,
  other: CopyReader,
  progress: (rows: number) => void,
): Promise<Compared> {
  const keyOf = keyReader(table);
  const hash = createHash("sha256");
  let last: Key | null = null;
  let rows = 0;
  for (;;) {
    const [ones, others] = await Promise.all([
      one.after(table, last, rowsPerStep),
      other.after(table, last, rowsPerStep),
    ]);
    for (let at = 0; at < Math.max(ones.length, others.length); at += 1) {
      const [row, twin] = [ones[at], others[at]];
      const text = row === undefined ? "" : textOf(row);
      if (row === undefined || twin === undefined || text !== textOf(twin)) {
        throw differing(table, keyOf(row ?? twin ?? []));
      }
      hash.update(text);
    }
    rows += ones.length;
    progress(ones.length);
    const end = ones.at(-1);
    if (end === undefined || ones.length < rowsPerStep) break;
    last = keyOf(end);
  }
  return { table: table.name, rows, checksum: hash.digest("hex").slice(0, 16) };
}

/** Holds that these keys have the same rows on both sides. @throws DomainError CONFLICT naming one that has not. */
export async function compareSome(
  table: Table,
  keys: readonly Key[],
  one: CopyReader,
  other: CopyReader,
): Promise<void> {
  const keyOf = keyReader(table);
  const [ones, others] = await Promise.all([one.some(table, keys), other.some(table, keys)]);
  const twins = new Map(others.map((row) => [textOf(keyOf(row)), textOf(row)]));
  for (const row of ones) {
    const key = textOf(keyOf(row));
    if (twins.get(key) !== textOf(row)) throw differing(table, keyOf(row));
    twins.delete(key);
  }
  for (const [key] of twins) throw differing(table, JSON.parse(key) as Key);
}

function differing({ name }: Table, key: Key): DomainError {
  return new DomainError("CONFLICT", `The two sides are not the same: table ${name}, row ${textOf(key)}.`);
}
