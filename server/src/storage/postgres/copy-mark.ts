import { type Mark, markTable } from "../copy/mark.ts";
import type { Statements } from "./connection.ts";

/** What a copy says of this database; null where there is none, as in nearly all. */
export async function readMark(statements: Statements): Promise<Mark | null> {
  const known = await statements.get<{ known: boolean }>(`SELECT to_regclass('${markTable}') IS NOT NULL AS known`);
  if (known?.known !== true) return null;
  const marks = await statements.all<Mark>(`SELECT id, state, place, at_ms AS "atMs" FROM ${markTable}`);
  return marks[0] ?? null;
}

/** Within the transaction of the caller. */
export async function writeMark(statements: Statements, { id, state, place, atMs }: Mark): Promise<void> {
  await statements.script(
    `CREATE TABLE IF NOT EXISTS ${markTable} (id text, state text, place text, at_ms bigint); DELETE FROM ${markTable}`,
  );
  await statements.run(
    `INSERT INTO ${markTable} (id, state, place, at_ms) VALUES ($1, $2, $3, $4)`,
    id,
    state,
    place,
    atMs,
  );
}
