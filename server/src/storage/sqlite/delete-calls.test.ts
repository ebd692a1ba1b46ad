import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { it } from "node:test";
import { noonMs, writing } from "../contract-samples.ts";
import { leaveTraces, traced, tracedWord } from "../traces.ts";
import { withFile } from "./sqlite-samples.ts";

const numberPlans = import.meta.resolve("../../numbers/number-plans.ts");

it("no row of any table holds the number or the notes of a call that was deleted", () =>
  withFile(async ({ file, open }) => {
    const storage = await open({ numberPlans });
    await leaveTraces(storage);
    assert.deepEqual(
      new Set(tracesIn(file).map(([table]) => table)),
      new Set([
        "calls",
        "changes",
        "deliveries",
        "idempotency_keys",
        "note_versions",
        "note_words",
        "notes",
        "number_keys",
        "number_runs",
        "numbers",
        "source_calls",
      ]),
      "it is looked for where it is",
    );
    const keys = [traced.number];
    assert.equal(await storage.retention.deleteOfNumber(writing({ atMs: noonMs + 9 }), keys, 100), 2);
    assert.deepEqual(tracesIn(file), []);
    assert.deepEqual((await storage.check()).problems, []);
    assert.equal((await storage.calls.page(1, 0, 10)).totalCount, 1);
    await storage.close();
  }));

/** The rows of all tables, and the entries of indices of words, in which the person's number or note is. */
function tracesIn(file: string): readonly (readonly [table: string, row: string])[] {
  const db = new DatabaseSync(file, { readOnly: true });
  const tables = db
    .prepare("SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite%'")
    .all() as { name: string }[];
  const rows = tables.flatMap(({ name }) =>
    db
      .prepare(`SELECT * FROM ${name}`)
      .all()
      .map((row) => [name, row] as const),
  );
  const terms = ["number_runs", "note_words"].flatMap((name) => {
    db.exec(`CREATE VIRTUAL TABLE temp.${name}_terms USING fts5vocab (main, ${name}, instance)`);
    return db
      .prepare(`SELECT term FROM temp.${name}_terms`)
      .all()
      .map((row) => [name, row] as const);
  });
  db.close();
  return [...rows, ...terms]
    .map(([table, row]) => [table, JSON.stringify(row)] as const)
    .filter(([, text]) => text.replaceAll(" ", "").includes(traced.digits) || text.includes(tracedWord));
}
