import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { openPostgres, type TestPostgres } from "./support/postgres.ts";
import { isOnPostgres } from "./support/test-database.ts";

/**
 * Those of the tests of the whole product that lean on the database most: what the API promises, lists and filters, resuming,
 * hostile input, people and sources, published clients. `RINGBACK_TEST_DATABASE=postgres` runs any other test likewise.
 */
const files = [
  "contract/documented-api.test.ts",
  "clients/urql.test.ts",
  "clients/apollo-client-4.test.ts",
  "protocol/lists.test.ts",
  "protocol/moving-list.test.ts",
  "protocol/hostile-http.test.ts",
  "protocol/people.test.ts",
  "protocol/sources.test.ts",
  "protocol/stranger.test.ts",
  "protocol/views.test.ts",
  "freshness.test.ts",
  "resume.test.ts",
];

// Where everything runs on PostgreSQL, these have run already.
describe("on PostgreSQL", { skip: isOnPostgres && "everything runs on it" }, () => {
  let server: TestPostgres;

  before(async () => {
    server = await openPostgres();
  });
  after(() => server.stop());

  for (const file of files) {
    it(`${file} passes unchanged`, async () => {
      const { NODE_TEST_CONTEXT: _, ...environment } = process.env;
      const child = spawn(process.execPath, ["--test", "--test-reporter=spec", join(import.meta.dirname, file)], {
        env: { ...environment, RINGBACK_TEST_DATABASE: "postgres", RINGBACK_TEST_POSTGRES: server.url },
        stdio: ["ignore", "pipe", "pipe"],
      });
      let printed = "";
      for (const stream of [child.stdout, child.stderr]) {
        stream.setEncoding("utf8").on("data", (text: string) => {
          printed += text;
        });
      }
      const [status] = (await once(child, "close")) as [number | null];
      assert.equal(status, 0, printed);
      assert.match(printed, /^ℹ skipped 0$/m);
    });
  }
});
