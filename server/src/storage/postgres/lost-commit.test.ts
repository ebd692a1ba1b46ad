import assert from "node:assert/strict";
import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { describe, it } from "node:test";
import { startPostgres } from "../../../../test/support/postgres.ts";
import { logCall, writing } from "../contract-samples.ts";
import { openPostgresStorage } from "./open.ts";

const clock = { now: () => 0 };
const limits = { connections: 2, statementMs: 5_000, lockMs: 5_000 };

describe("a commit that a crash of the database swallowed", () => {
  it("is not taken for that of another node which got its transaction's number afterwards", async () => {
    // Nothing reaches the disk but by a commit, so that a crash also forgets which numbers were given out.
    const server = await startPostgres({ settings: { wal_writer_delay: "10s" } });
    const { url } = await server.createDatabase();
    const way = await swallowingWay(server.port);
    const through = new URL(url);
    through.port = String(way.port);
    const other = await openPostgresStorage({ url, clock, limits });
    const storage = await openPostgresStorage({ url: through.href, clock, limits });
    try {
      const call = await logCall(other);
      way.swallow();
      const written = storage.calls.addNote(writing(), call.id, "mine").then(
        () => true,
        () => false,
      );
      await way.swallowed;
      await server.end("immediate");
      await server.start();
      for (let at = 0; at < 5; at += 1) {
        // oxlint-disable-next-line no-await-in-loop -- a transaction each
        await other.calls.addNote(writing(), call.id, `another's ${at}`).catch(() => undefined);
      }
      way.open();
      const isAcknowledged = await written;
      const notes = (await other.calls.find(1, call.id))?.notes.map(({ content }) => content) ?? [];
      assert.ok(notes.length >= 4);
      assert.equal(notes.includes("mine"), isAcknowledged);
    } finally {
      await Promise.all([storage.close(), other.close()]);
      await way.close();
      await server.stop();
    }
  });
});

/** A way to the server that, from when it is told to, keeps the next COMMIT to itself and then lets nobody through. */
async function swallowingWay(to: number) {
  const swallowed = Promise.withResolvers<void>();
  const open = new Set<Socket>();
  let isSwallowing = false;
  let isShut = false;
  const way = createServer((client) => {
    if (isShut) {
      client.resetAndDestroy();
      return;
    }
    const server = connect(to, "127.0.0.1");
    for (const [one, another] of [
      [client, server],
      [server, client],
    ] as const) {
      open.add(one);
      one.on("error", () => undefined);
      one.once("close", () => {
        open.delete(one);
        another.destroy();
      });
    }
    server.pipe(client);
    client.on("data", (bytes) => {
      if (isSwallowing && bytes.includes("COMMIT")) {
        isShut = true;
        swallowed.resolve();
      } else server.write(bytes);
    });
  }).listen(0, "127.0.0.1");
  await once(way, "listening");
  return {
    port: (way.address() as AddressInfo).port,
    swallowed: swallowed.promise,
    swallow: () => void (isSwallowing = true),
    open() {
      isSwallowing = false;
      isShut = false;
    },
    async close() {
      const closed = once(way, "close");
      way.close();
      for (const socket of open) socket.destroy();
      await closed;
    },
  };
}
