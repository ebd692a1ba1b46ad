import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, describe, it } from "node:test";
import postgres from "postgres";
import { openPostgres, type TestPostgres } from "../../../../test/support/postgres.ts";
import { openPostgresStorage } from "./open.ts";
import { distributionLines, tables } from "./tables.ts";

const operations = readFileSync(new URL("../../../../docs/operations.md", import.meta.url), "utf8");

describe("the tables, as the catalogue of PostgreSQL has them", () => {
  let server: TestPostgres;
  let sql: postgres.Sql;

  before(async () => {
    server = await openPostgres();
    const { url } = await server.createDatabase();
    await (await openPostgresStorage({ url, clock: { now: () => 0 } })).close();
    sql = postgres(url, { max: 1 });
  });

  after(async () => {
    await sql.end();
    await server.stop();
  });

  it("each is spread by workspace, copied to all machines or left where it is", async () => {
    const rows = await sql<{ name: string }[]>`SELECT relname AS name FROM pg_class
      WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace`;
    const distributed: string[] = [...tables.spread, ...tables.copied];
    assert.deepEqual(rows.map(({ name }) => name).toSorted(), [...distributed, ...tables.alone].toSorted());
    assert.equal(distributionLines().length, distributed.length);
  });

  it("docs/operations.md has the lines that spread them", () => {
    const blocks = operations.split("```").filter((block) => block.startsWith("sql\n"));
    assert.ok(blocks.includes(`sql\n${distributionLines().join("\n")}\n`));
  });

  it("every primary key and unique index of a spread table begins with workspace_id", async () => {
    const rows = await sql<{ index: string }[]>`SELECT i.indexrelid::regclass::text AS index FROM pg_index i
      JOIN pg_class c ON c.oid = i.indrelid
      JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0]
      WHERE c.relname IN ${sql(tables.spread)} AND i.indisunique AND a.attname <> 'workspace_id'`;
    assert.deepEqual([...rows], []);
    const keys = await sql<{ name: string }[]>`SELECT c.relname AS name FROM pg_index i
      JOIN pg_class c ON c.oid = i.indrelid WHERE c.relname IN ${sql(tables.spread)} AND i.indisprimary`;
    assert.deepEqual(keys.map(({ name }) => name).toSorted(), [...tables.spread].toSorted());
  });

  it("every foreign key of a spread table begins with workspace_id on both sides and leads to a spread table", async () => {
    const rows = await sql<{ name: string; ours: string; theirs: string; target: string }[]>`
      SELECT k.conname AS name, a.attname AS ours, b.attname AS theirs, t.relname AS target FROM pg_constraint k
      JOIN pg_class c ON c.oid = k.conrelid JOIN pg_class t ON t.oid = k.confrelid
      JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = k.conkey[1]
      JOIN pg_attribute b ON b.attrelid = k.confrelid AND b.attnum = k.confkey[1]
      WHERE k.contype = 'f' AND c.relname IN ${sql(tables.spread)}`;
    assert.notEqual(rows.length, 0);
    for (const { name, ours, theirs, target } of rows) {
      assert.deepEqual([ours, theirs], ["workspace_id", "workspace_id"], name);
      assert.ok((tables.spread as readonly string[]).includes(target), name);
    }
  });

  it("no copied table refers to a spread one", async () => {
    const rows = await sql`SELECT k.conname FROM pg_constraint k
      JOIN pg_class c ON c.oid = k.conrelid JOIN pg_class t ON t.oid = k.confrelid
      WHERE k.contype = 'f' AND c.relname IN ${sql(tables.copied)} AND t.relname IN ${sql(tables.spread)}`;
    assert.deepEqual([...rows], []);
  });
});
