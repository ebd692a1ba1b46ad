import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { it } from "node:test";
import { removeFolder } from "../support/guardian.ts";
import { startServeProcess } from "../support/serve-process.ts";
import { dropDatabaseOf } from "../support/test-database.ts";
import { prepareToldChanges } from "../support/told-changes.ts";

const kills = 4;

it(`${kills} times kill -9 while changes are told: each one arrives, and again only under the id that it had`, async (t) => {
  const data = await mkdtemp(join(tmpdir(), "ringback-webhooks-"));
  const told = await prepareToldChanges(data);
  const server = await startServeProcess(data, { RINGBACK_WEBHOOK_NETWORKS: "127.0.0.1" });
  t.after(async () => {
    await server.stop();
    await told.receiver.close();
    await dropDatabaseOf(data);
    removeFolder(data);
  });
  for (let kill = 0; kill < kills; kill += 1) {
    await told.make(30, server.url);
    await server.killAndRestart();
  }
  await told.make(30, server.url);
  const { changes, requests } = await told.assertTold();
  t.diagnostic(`${changes} changes, ${requests} requests`);
});
