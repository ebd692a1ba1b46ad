import assert from "node:assert/strict";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { it } from "node:test";
import { removeFolder } from "../support/guardian.ts";
import { openPostgres } from "../support/postgres.ts";
import { startServeProcess } from "../support/serve-process.ts";
import { prepareToldChanges } from "../support/told-changes.ts";

it("two nodes tell each change, whichever of them made it and whichever is killed over it", async (t) => {
  const postgres = await openPostgres();
  const { url: database } = await postgres.createDatabase();
  const data = await mkdtemp(join(tmpdir(), "ringback-webhooks-"));
  const told = await prepareToldChanges(data, database);
  const settings = {
    RINGBACK_DATABASE: database,
    RINGBACK_DOORBELL: database,
    RINGBACK_DATABASE_CONNECTIONS: "3",
    RINGBACK_WEBHOOK_NETWORKS: "127.0.0.1",
  };
  const [one, other] = await Promise.all([startServeProcess(data, settings), startServeProcess(data, settings)]);
  t.after(async () => {
    await Promise.all([one.stop(), other.stop()]);
    await told.receiver.close();
    await postgres.stop();
    removeFolder(data);
  });
  await Promise.all([told.make(20, one.url), told.make(20, other.url)]);
  for (const node of [one, other]) {
    const rest = node === one ? other : one;
    await Promise.all([node.killAndRestart(), told.make(30, rest.url)]);
    await told.make(10, node.url);
  }
  const { changes, requests } = await told.assertTold();
  assert.equal(changes, 120);
  t.diagnostic(`${changes} changes, ${requests} requests`);
});
