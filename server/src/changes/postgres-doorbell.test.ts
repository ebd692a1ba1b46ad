import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import postgres from "postgres";
import { breakingProxy } from "../../../test/support/breaking-proxy.ts";
import { startPostgres } from "../../../test/support/postgres.ts";
import { createRecordingLog } from "../../../test/support/recording-log.ts";
import { describeBrokerContract } from "./doorbell.contract.ts";
import { parseDoorbellAddress, type PostgresAddress } from "./doorbell-address.ts";
import { openPostgresDoorbell } from "./postgres-doorbell.ts";
import { describeBrokerWhispersContract } from "./whispers.contract.ts";

// A server of this file's own in any case: it is killed.
const starting = startPostgres({ settings: { password_encryption: "scram-sha-256" } });
test.after(async () => (await starting).stop());

describeBrokerContract("over PostgreSQL", async (t) => {
  const server = await starting;
  const database = await server.createDatabase();
  t.after(() => database.drop());
  return {
    open: () => opened(t, database.url),
    broker: server,
    async overhear(workspaceId) {
      const sql = postgres(database.url, { max: 1, onnotice: () => {} });
      let count = 0;
      await sql.listen("ringback_doorbell", (payload) => {
        if (payload.includes(` ${workspaceId}:`)) count += 1;
      });
      return { count: () => count, close: () => sql.end({ timeout: 0 }) };
    },
  };
});

describeBrokerWhispersContract("over PostgreSQL", async (t) => {
  const server = await starting;
  const database = await server.createDatabase();
  t.after(() => database.drop());
  return { open: () => opened(t, database.url), broker: server };
});

test("a wrong password or database is refused at once, in a sentence without the secret", async (t) => {
  const server = await starting;
  const { port } = server;
  const log = createRecordingLog();
  const refused = async (url: string) => {
    const error: unknown = await openPostgresDoorbell(address(url), log).catch((thrown: unknown) => thrown);
    assert.ok(error instanceof Error && "code" in error && error.code === "BAD_CONFIGURATION");
    assert.doesNotMatch(JSON.stringify([error.message, String(error.cause), log.lines]), /s3cret/);
    return error.message;
  };
  assert.equal(
    await refused(`postgres://postgres:s3cret@127.0.0.1:${port}/nowhere`),
    `The PostgreSQL server at postgres://127.0.0.1:${port}/nowhere has no such database.`,
  );
  assert.equal(
    await refused(`postgres://nobody-knows:s3cret@127.0.0.1:${port}/postgres`),
    `The PostgreSQL server at postgres://127.0.0.1:${port}/postgres refuses the name and password of the address.`,
  );
  const fine = await opened(t, server.url, log);
  fine.ring(1, 1);
});

test("a connection that the server ends is made again, with the server running on", async (t) => {
  const server = await starting;
  const database = await server.createDatabase();
  t.after(() => database.drop());
  const log = createRecordingLog();
  const doorbell = await opened(t, database.url, log);
  const heard: number[] = [];
  const looked = Promise.withResolvers<void>();
  doorbell.listen(1, (revision) => {
    if (heard.push(revision) === 2) looked.resolve();
  });
  const sql = postgres(database.url, { max: 1 });
  const ended = await sql`
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE application_name = 'ringback doorbell' AND datname = current_database()`;
  await sql.end();
  assert.equal(ended.length, 1, "one connection a node, and it says what it is for");
  await looked.promise;
  assert.deepEqual(heard, [Infinity, Infinity]);
  assert.deepEqual(
    log.lines.map(({ level }) => level),
    ["warn", "info"],
  );
});

test("a server that falls silent before it has answered is given up, and tried again", async (t) => {
  const server = await starting;
  const way = await breakingProxy(server.port);
  t.after(() => way.close());
  way.silenceAt("LISTEN");
  const log = createRecordingLog();
  const doorbell = await opened(t, `postgres://postgres@127.0.0.1:${way.port}/postgres`, log);
  const heard = Promise.withResolvers<number>();
  doorbell.listen(1, heard.resolve);
  assert.equal(await heard.promise, Infinity);
  assert.deepEqual(
    log.lines.map(({ level }) => level),
    ["warn", "info"],
  );
});

function address(text: string): PostgresAddress {
  const parsed = parseDoorbellAddress(text);
  assert.ok(parsed?.kind === "postgres");
  return parsed;
}

async function opened(t: TestContext, url: string, log = createRecordingLog()) {
  const doorbell = await openPostgresDoorbell(address(url), log, { backOffMaxMs: 200 });
  t.after(() => doorbell.close());
  return doorbell;
}
