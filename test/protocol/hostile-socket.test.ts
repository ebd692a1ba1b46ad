import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { dialects, openReadySocket, openSocket } from "../support/socket.ts";
import { startTestServer, type TestServer } from "../support/server.ts";
import { assertAnswered, badTokens, hostileRows } from "./hostile-rows.ts";

const messageBytesMax = 65_536;

for (const dialect of dialects) {
  describe(`W17 hostile requests over ${dialect.name}`, () => {
    let server: TestServer;
    let token: string;

    before(async () => {
      server = await startTestServer();
      await server.addCalls(3);
      token = (await server.signIn()).accessToken;
    });
    after(() => server.close());

    for (const row of hostileRows.filter(({ isAnonymous }) => isAnonymous !== true)) {
      it(row.id, async () => {
        const socket = await openReadySocket(server.socketUrl, dialect, token);
        const message = JSON.stringify({ type: dialect.start, id: "row", payload: row.send });
        socket.send(message);
        if (Buffer.byteLength(message) > messageBytesMax) {
          assert.equal((await socket.closed).code, 1009);
          return;
        }
        const { type, payload } = await socket.next();
        // The legacy protocol has room for one error, the modern one for all.
        const answer = type === "error" ? { errors: [payload].flat() } : payload;
        assertAnswered(row, JSON.stringify(answer));
        if (type !== "error") assert.equal((await socket.next())["type"], "complete");
        assert.equal(type, "refused" in row.expect ? "error" : dialect.result);
        socket.ws.close();
        await socket.closed;
      });
    }

    it("C3 a note of 1 MB closes with 1009, and nothing of it is kept", async () => {
      const query = "mutation ($input: AddNoteInput!) { addNote(input: $input) { id } }";
      const input = { activityId: "3", content: "x".repeat(1_000_000) };
      const socket = await openReadySocket(server.socketUrl, dialect, token);
      socket.send({ type: dialect.start, id: "row", payload: { query, variables: { input } } });
      assert.equal((await socket.closed).code, 1009);
      assert.equal(socket.waiting, 0);
      assert.deepEqual((await server.graphql("{ call(id: 3) { notes { id } } }", { token })).data, {
        call: { notes: [] },
      });
    });

    describe("tokens that nobody issued open nothing", () => {
      for (const name of Object.keys(badTokens({ accessToken: "e30.e30.", refreshToken: "" }))) {
        it(name, async () => {
          const bad = badTokens(await server.signIn());
          const socket = await openSocket(server.socketUrl, dialect.name);
          const authorization = `Bearer ${bad[name as keyof typeof bad]}`;
          socket.send({ type: "connection_init", payload: { authorization } });
          if (dialect.name === "graphql-ws") {
            assert.deepEqual(await socket.next(), { type: "connection_error", payload: { message: "Unauthorized" } });
          }
          assert.deepEqual(await socket.closed, { code: 4403, reason: "Unauthorized" });
        });
      }
    });
  });
}
