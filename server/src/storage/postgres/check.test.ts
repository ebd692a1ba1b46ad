import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import postgres from "postgres";
import { openPostgres, type TestPostgres } from "../../../../test/support/postgres.ts";
import { logCall, writing } from "../contract-samples.ts";
import { openPostgresStorage } from "./open.ts";

describe("the check of a PostgreSQL database", () => {
  let server: TestPostgres;

  before(async () => {
    server = await openPostgres();
  });
  after(() => server.stop());

  it("finds what differs from a full scan, and nothing else", async () => {
    const database = await server.createDatabase();
    const { url } = database;
    const storage = await openPostgresStorage({ url, clock: { now: () => 0 } });
    const sql = postgres(url, { max: 1 });
    try {
      const { id } = await logCall(storage, { from: "+44 20 7946-0123", to: "²34 111", notes: ["Ünö", "two words"] });
      await storage.calls.addNote(writing(), id, "東京");
      assert.deepEqual((await storage.check()).problems, []);
      const problemsAfter = async (spoil: string, mend: string) => {
        await sql.unsafe(spoil);
        const { problems } = await storage.check();
        await sql.unsafe(mend);
        return problems.map((problem) => /^Table (\w+)/.exec(problem)?.[1]);
      };
      const gone = "CREATE TABLE kept AS SELECT * FROM number_runs; DELETE FROM number_runs WHERE length(run) = 4";
      const back = "TRUNCATE number_runs; INSERT INTO number_runs SELECT * FROM kept; DROP TABLE kept";
      assert.deepEqual(await problemsAfter(gone, back), ["number_runs"]);
      const other = "UPDATE notes SET words = words || '''1:zzz'''::tsvector WHERE id = 1";
      assert.deepEqual(await problemsAfter(other, "UPDATE notes SET words = ts_delete(words, '1:zzz')"), ["notes"]);
      const more = "UPDATE feed_counts SET count = count + 1 WHERE span = 3";
      const less = "UPDATE feed_counts SET count = count - 1 WHERE span = 3";
      assert.ok((await problemsAfter(more, less)).every((table) => table === "feed_counts"));
      assert.deepEqual((await storage.check()).problems, []);
    } finally {
      await sql.end();
      await storage.close();
      await database.drop();
    }
  });
});
