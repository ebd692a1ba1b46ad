import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { startPostgres } from "../../../../test/support/postgres.ts";
import { openTcpWay, type SocketPair } from "../../../../test/support/tcp-way.ts";
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
  let isSwallowing = false;
  let isShut = false;
  const onPair = ([client, server]: SocketPair) => {
    server.pipe(client);
    client.on("data", (bytes) => {
      if (isSwallowing && bytes.includes("COMMIT")) {
        isShut = true;
        swallowed.resolve();
      } else server.write(bytes);
    });
  };
  return {
    ...(await openTcpWay(to, onPair, () => isShut)),
    swallowed: swallowed.promise,
    swallow: () => void (isSwallowing = true),
    open() {
      isSwallowing = false;
      isShut = false;
    },
  };
}
