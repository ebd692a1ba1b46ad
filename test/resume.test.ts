import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { setImmediate as turn } from "node:timers/promises";
import { type Dialect, dialects, openReadySocket, type TestSocket } from "./support/socket.ts";
import { startTestServer, type TestServer } from "./support/server.ts";

const disconnects = 50;
const subscription = "subscription { onUpdateCall { id is_archived notes { id content } } }";

/** How a connection ends; the last by a network on which nothing moves any more, until it is given up. */
const means = ["close", "terminate", "reset", "stall"] as const;
type Means = (typeof means)[number];

for (const dialect of dialects) {
  describe(`resuming over ${dialect.name}`, () => {
    let server: TestServer;
    let token: string;

    before(async () => {
      server = await startTestServer();
      await server.addCalls(20);
      token = (await server.signIn()).accessToken;
    });
    after(() => server.close());

    it(`a client that is disconnected ${disconnects} times while others write misses nothing and sees nothing twice`, async () => {
      const writer = startWriter(server, token);
      const client = await createResumingClient(server, dialect, token);
      for (let n = 0; n < disconnects; n += 1) {
        await client.takes(1 + (n % 7));
        await client.disconnect(means[n % means.length] as Means, () => writer.writes(30));
        await writer.writes(n % 5); // what is written while nobody listens
        await client.reconnect();
      }
      await writer.stop();
      const head = await server.storage.changes.head(1);
      await client.reaches(head.revision);
      client.close();

      const log = await server.storage.changes.after(1, client.start, 1_000_000);
      assert.ok(log.length > 300, `${log.length} changes were written`);
      assert.deepEqual(
        client.cursors,
        log.map(({ revision }) => `${head.epoch}:${revision}`),
        "every change once and in order",
      );
      assert.deepEqual(
        client.calls,
        log.map(({ call }) => ({
          id: `${call.id}`,
          is_archived: call.isArchived,
          notes: call.notes.map(({ id, content }) => ({ id: `${id}`, content })),
        })),
        "each with the call as it was after it",
      );
    });

    it("a client that was closed as a slow reader resumes where it stopped reading", async () => {
      const content = "😀".repeat(10_000);
      for (let n = 0; n < 10; n += 1) {
        const query = "mutation ($content: String!) { addNote(input: { activityId: 1, content: $content }) { id } }";
        await server.graphql(query, { token, variables: { content } });
      }
      const client = await createResumingClient(server, dialect, token);
      const closed = client.stall();
      for (let n = 0; n < 60; n += 1) await server.graphql("mutation { archiveCall(id: 1) { id } }", { token });
      assert.deepEqual(await closed(), { code: 1013, reason: "slow consumer, resume" });
      await client.takeRest();
      assert.ok(client.cursors.length < 60);
      await client.reconnect();
      const head = await server.storage.changes.head(1);
      await client.reaches(head.revision);
      client.close();
      const log = await server.storage.changes.after(1, client.start, 1_000);
      assert.deepEqual(
        client.cursors,
        log.map(({ revision }) => `${head.epoch}:${revision}`),
      );
    });
  });
}

/** Archives and notes without pause, as several people at once do. */
function startWriter(server: TestServer, token: string) {
  let count = 0;
  const stopping = new AbortController();
  const write = async () => {
    const id = 1 + (count % 20);
    count += 1;
    const mutation =
      count % 3 === 0
        ? `mutation { addNote(input: { activityId: ${id}, content: "note ${count}" }) { id } }`
        : `mutation { archiveCall(id: ${id}) { id } }`;
    const { errors } = await server.graphql(mutation, { token });
    if (errors !== undefined) throw new Error(JSON.stringify(errors));
  };
  const run = async () => {
    while (!stopping.signal.aborted) await write();
  };
  const running = Promise.all([run(), run(), run()]);
  const written = () => count;
  return {
    async writes(more: number) {
      const before = written();
      while (written() < before + more) await turn();
    },
    async stop() {
      stopping.abort();
      await running;
    },
  };
}

/** A client that remembers the cursor of the last event it took, and subscribes from there again. */
async function createResumingClient(server: TestServer, dialect: Dialect, token: string) {
  const cursors: string[] = [];
  const calls: unknown[] = [];
  const { epoch, revision: start } = await server.storage.changes.head(1);
  let socket: TestSocket;
  const connect = async () => {
    socket = await openReadySocket(server.socketUrl, dialect, token);
    const resumeFrom = cursors.at(-1) ?? `${epoch}:${start}`;
    socket.send({ type: dialect.start, id: "1", payload: { query: subscription, extensions: { resumeFrom } } });
  };
  const take = async () => {
    const { type, payload } = await socket.next();
    if (type === "ka" || type === "ping") return;
    assert.equal(type, dialect.result, JSON.stringify(payload));
    cursors.push(payload.extensions.cursor);
    calls.push(payload.data.onUpdateCall);
  };
  await connect();
  return {
    cursors,
    calls,
    start,
    async takes(count: number) {
      for (let n = 0; n < count; n += 1) await take();
    },
    async reaches(revision: number) {
      while (cursors.at(-1) !== `${epoch}:${revision}`) await take();
    },
    /** Ends the connection; what is still on its way then is lost to the client, and comes again. */
    async disconnect(how: Means, meanwhile: () => Promise<void>): Promise<void> {
      const { ws } = socket;
      if (how === "close") ws.close(1000);
      else if (how === "terminate") ws.terminate();
      else if (how === "reset") tcpOf(ws).resetAndDestroy();
      else {
        ws.pause();
        await meanwhile();
        ws.terminate();
      }
      await socket.closed;
    },
    /** Stops reading; the returned function goes on and tells how it ended. */
    stall() {
      const { ws, closed } = socket;
      ws.pause();
      return () => {
        ws.resume();
        return closed;
      };
    },
    /** Takes what had come before the connection ended. */
    async takeRest() {
      while (socket.waiting > 0) await take();
    },
    reconnect: connect,
    close: () => socket.ws.close(),
  };
}

/** The TCP socket under a WebSocket of the client's library, to reset it. */
function tcpOf(ws: object): { resetAndDestroy(): void } {
  return (ws as { readonly _socket: { resetAndDestroy(): void } })._socket;
}
