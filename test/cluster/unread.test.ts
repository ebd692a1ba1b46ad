import assert from "node:assert/strict";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { removeFolder } from "../support/guardian.ts";
import { startNats, whyNoNats } from "../support/nats.ts";
import { openPostgres, type TestPostgres } from "../support/postgres.ts";
import { startTestServer, type TestServer } from "../support/server.ts";
import { type Dialect, dialects, openReadySocket, type TestSocket } from "../support/socket.ts";

const [modern] = dialects as readonly [Dialect];

/** How two nodes ring each other: the address for a database, and what ends it. */
const brokers: Readonly<Record<string, (database: string) => Promise<{ address: string; stop(): Promise<void> }>>> = {
  postgres: async (database) => ({ address: database, async stop() {} }),
  async nats() {
    const nats = await startNats();
    return { address: nats.url, stop: () => nats.stop() };
  },
};

describe("between two nodes", () => {
  let postgres: TestPostgres;

  before(async () => {
    postgres = await openPostgres();
  });
  after(() => postgres.stop());

  for (const [kind, openBroker] of Object.entries(brokers)) {
    const missing = kind === "nats" ? whyNoNats() : null;
    const skip = missing !== null && process.env["CI"] !== "true" ? missing : false;

    it(
      `a person's tab at one is told what the person read or made unread at the other, and nobody else's is (${kind})`,
      {
        skip,
      },
      async () => {
        const data = await mkdtemp(join(tmpdir(), "ringback-unread-"));
        const database = await postgres.createDatabase();
        const broker = await openBroker(database.url);
        const start = () =>
          startTestServer({ data, database: database.url, doorbell: broker.address, databaseConnections: "2" });
        const one = await start();
        const other = await start();
        try {
          await one.addCalls(2);
          const ann = (await one.signIn("ann")).accessToken;
          const bob = (await one.signIn("bob")).accessToken;
          const [tab, tabOfBob] = [await follow(one, ann), await follow(one, bob)];
          const mark = (node: TestServer, token: string, id: string, unread: boolean) =>
            node.graphql(`mutation { setCallsUnread(ids: ["${id}"], unread: ${unread}) { changedCount } }`, { token });
          // Until nodes hear each other a ring may be lost; whoever heard one hears the next.
          const heard: (readonly string[])[] = [];
          const first = nextNamed(tab).then((ids) => heard.push(ids));
          // oxlint-disable-next-line no-await-in-loop -- one after the other
          for (let unread = true; heard.length === 0; unread = !unread) await mark(other, ann, "1", unread);
          await first;
          assert.deepEqual(heard, [["1"]]);
          await mark(other, ann, "2", true);
          while ((await nextNamed(tab))[0] !== "2");
          // Bob's own comes first of what he is told, though Ann's were before.
          await mark(other, bob, "2", true);
          assert.deepEqual(await nextNamed(tabOfBob), ["2"]);
          tab.ws.close();
          tabOfBob.ws.close();
        } finally {
          await Promise.all([one.close(), other.close()]);
          await broker.stop();
          await database.drop();
          removeFolder(data);
        }
      },
    );
  }
});

/** A tab that follows what its person has not seen. */
async function follow(node: TestServer, token: string): Promise<TestSocket> {
  const socket = await openReadySocket(node.socketUrl, modern, token);
  socket.send({ id: "u", type: modern.start, payload: { query: "subscription { unreadChanged }" } });
  assert.equal(toldBy(await socket.until(modern.result)), null);
  return socket;
}

/** The next calls that are named: a node that has just found the others says that anything may have altered. */
async function nextNamed(tab: TestSocket): Promise<readonly string[]> {
  for (;;) {
    // oxlint-disable-next-line no-await-in-loop -- one message after the other
    const ids = toldBy(await tab.until(modern.result));
    if (ids !== null) return ids;
  }
}

function toldBy(message: Awaited<ReturnType<TestSocket["until"]>>): readonly string[] | null {
  return message["payload"].data.unreadChanged as readonly string[] | null;
}
