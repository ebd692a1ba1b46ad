import assert from "node:assert/strict";
import { it } from "node:test";
import postgres from "postgres";
import { openPostgres } from "../../../../test/support/postgres.ts";
import { createNumberPlans } from "../../numbers/number-plans.ts";
import { noonMs, writing } from "../contract-samples.ts";
import { leaveTraces, traced, tracedWord } from "../traces.ts";
import { openPostgresStorage } from "./open.ts";

it("no row of any table holds the number or the notes of a call that was deleted", async () => {
  const server = await openPostgres();
  const database = await server.createDatabase();
  const { url } = database;
  const storage = await openPostgresStorage({ url, clock: { now: () => 0 }, numberPlans: createNumberPlans() });
  try {
    await leaveTraces(storage);
    assert.deepEqual(
      await tracesIn(url),
      [
        "calls",
        "changes",
        "deliveries",
        "idempotency_keys",
        "note_versions",
        "notes",
        "number_keys",
        "number_runs",
        "source_calls",
      ],
      "it is looked for where it is",
    );
    const keys = [traced.number];
    assert.equal(await storage.retention.deleteOfNumber(writing({ atMs: noonMs + 9 }), keys, 100), 2);
    assert.deepEqual(await tracesIn(url), []);
    assert.deepEqual((await storage.check()).problems, []);
    assert.equal((await storage.calls.page(1, 0, 10)).totalCount, 1);
  } finally {
    await storage.close();
    await database.drop();
    await server.stop();
  }
});

/** The tables, by the catalogue, in a row of which the person's number or note is. */
async function tracesIn(url: string): Promise<readonly string[]> {
  const sql = postgres(url, { max: 1 });
  try {
    const tables = await sql<{ name: string }[]>`SELECT relname::text AS name FROM pg_class
      WHERE relkind IN ('r', 'p') AND relnamespace = current_schema()::regnamespace ORDER BY relname`;
    const found: string[] = [];
    for (const { name } of tables) {
      const rows = await sql.unsafe<Record<string, unknown>[]>(`SELECT * FROM ${name}`);
      const texts = rows.map((row) => JSON.stringify(row, (_, value: unknown) => textOf(value)));
      const isThere = (text: string) => text.replaceAll(" ", "").includes(traced.digits) || text.includes(tracedWord);
      if (texts.some(isThere)) found.push(name);
    }
    return found;
  } finally {
    await sql.end();
  }
}

/** Buffers tell how they are written as JSON before anybody else is asked. */
function textOf(value: unknown): unknown {
  const { type, data } = (value ?? {}) as { readonly type?: unknown; readonly data?: unknown };
  return type === "Buffer" && Array.isArray(data) ? Buffer.from(data as number[]).toString() : value;
}
