import assert from "node:assert/strict";
import { after, it } from "node:test";
import postgres from "postgres";
import { openPostgres } from "../../../../test/support/postgres.ts";
import { describeTallies } from "../tallies.contract.ts";
import { openPostgresStorage } from "./open.ts";

const server = await openPostgres();
after(() => server.stop());

const openStorages = async () => {
  const database = await server.createDatabase();
  const { url } = database;
  const open = () => openPostgresStorage({ url, clock: { now: Date.now }, limits: { connections: 1 } });
  const [one, other] = [await open(), await open()];
  return {
    one,
    other,
    url,
    close: async () => {
      await Promise.all([one.close(), other.close()]);
      await database.drop();
    },
  };
};

describeTallies("on PostgreSQL", async () => {
  const { one, other, close } = await openStorages();
  return { tallies: one.tallies, others: other.tallies, close };
});

it("nodes hear what the others hold open, until those leave or are not heard of for five seconds", async (t) => {
  const { one, other, url, close } = await openStorages();
  t.after(close);
  assert.deepEqual(await one.nodes.exchange("one", { "sockets ann": 3 }), []);
  assert.deepEqual(await other.nodes.exchange("other", {}), [{ "sockets ann": 3 }]);
  assert.deepEqual(await one.nodes.exchange("one", {}), [{}]);
  assert.deepEqual(await other.nodes.exchange("other", { streams: 1 }), [{}]);
  await one.nodes.leave("one");
  assert.deepEqual(await other.nodes.exchange("other", {}), []);

  await one.nodes.exchange("one", { streams: 2 });
  const sql = postgres(url, { max: 1 });
  const age = (time: string) => sql`UPDATE nodes SET seen_at = seen_at - ${time}::interval WHERE node_id = 'one'`;
  await age("6 seconds");
  assert.deepEqual(await other.nodes.exchange("other", {}), []);
  assert.deepEqual([...(await sql`SELECT node_id FROM nodes ORDER BY 1`)], [{ node_id: "one" }, { node_id: "other" }]);
  await age("1 minute");
  await other.nodes.exchange("other", {});
  assert.deepEqual([...(await sql`SELECT node_id FROM nodes`)], [{ node_id: "other" }]);
  await sql.end();
});
