import assert from "node:assert/strict";
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { after, before, describe, it } from "node:test";
import { type Dialect, dialects, openReadySocket, openSocket, refusedUpgrade } from "../support/socket.ts";
import { startTestServer, type TestServer } from "../support/server.ts";

const [modern, legacy] = dialects as [Dialect, Dialect];
const query = "{ me { username } }";
const onUpdateCall = "subscription { onUpdateCall { id is_archived notes { content } } }";

describe("WebSocket", () => {
  let server: TestServer;
  let token: string;
  let upgradeUrl: string;

  before(async () => {
    server = await startTestServer({ origins: "https://app.example" });
    await server.addCalls(3);
    token = (await server.signIn()).accessToken;
    upgradeUrl = `${server.url}/websocket`;
  });
  after(() => server.close());

  describe("the upgrade", () => {
    it("W1 needs one of the two subprotocols; of both the modern one is spoken", async () => {
      for (const offer of [
        {},
        { "sec-websocket-protocol": "mqtt" },
        { "sec-websocket-protocol": "graphql-ws2, GraphQL-WS" },
      ]) {
        const { status, code } = await refusedUpgrade(upgradeUrl, offer);
        assert.deepEqual([status, code], [400, "BAD_REQUEST"]);
      }
      for (const offers of [
        ["graphql-ws", "graphql-transport-ws"],
        ["mqtt", "graphql-transport-ws", "graphql-ws"],
      ]) {
        const { ws } = await openSocket(server.socketUrl, offers);
        assert.equal(ws.protocol, "graphql-transport-ws");
        ws.close();
      }
    });

    it("W2 refuses pages of other sites before 101, and takes its own, listed ones and whoever is no browser", async () => {
      const offer = { "sec-websocket-protocol": "graphql-ws" };
      for (const origin of [
        "https://evil.example",
        "null",
        "http://localhost:3000",
        "https://app.example.evil.example",
      ]) {
        const { status, code, response } = await refusedUpgrade(upgradeUrl, { ...offer, origin });
        assert.deepEqual([status, code], [403, "FORBIDDEN"]);
        assert.ok(response.headers["x-request-id"]);
      }
      for (const origin of ["https://app.example", server.url]) {
        (await openSocket(server.socketUrl, "graphql-ws", { origin })).ws.close();
      }
    });

    it("is served at its one path", async () => {
      for (const path of ["/", "/websocket/", "/WEBSOCKET", "//websocket", "/graphql", "/websocket%00"]) {
        const { status, code } = await refusedUpgrade(server.url + path, { "sec-websocket-protocol": "graphql-ws" });
        assert.deepEqual([path, status, code], [path, 404, "NOT_FOUND"]);
      }
    });

    it("W23 negotiates no compression", async () => {
      const { ws } = await openSocket(server.socketUrl, "graphql-ws", { perMessageDeflate: true });
      assert.equal(ws.extensions, "");
      ws.close();
    });

    it("W24 answers bogus requests and goes on", async () => {
      const offer = { "sec-websocket-protocol": "graphql-ws" };
      const many = Object.fromEntries(Array.from({ length: 1_000 }, (_, n) => [`h${n}`, ""]));
      const refusals = [
        { headers: { ...offer, "sec-websocket-version": "7" }, statuses: [400, 426] },
        { headers: { ...offer, "sec-websocket-key": "short" }, statuses: [400] },
        { headers: { "sec-websocket-protocol": "graphql-ws,,graphql-ws" }, statuses: [400] },
        { headers: { "sec-websocket-protocol": 'a"(),' }, statuses: [400] },
        { headers: { ...offer, authorization: ["Bearer a", "Bearer b"] }, statuses: [400] },
        { headers: { ...offer, authorization: "Bearer a, Bearer b" }, statuses: [400] },
        { headers: { ...offer, ...many }, statuses: [431] },
      ];
      for (let round = 0; round < 20; round += 1) {
        for (const { headers, statuses } of refusals) {
          const { status } = await refusedUpgrade(upgradeUrl, headers);
          assert.ok(statuses.includes(status ?? 0), `${JSON.stringify(headers).slice(0, 200)}: ${status}`);
        }
      }
      (await openReadySocket(server.socketUrl, modern, token)).ws.close();
    });
  });

  describe("authentication", () => {
    const spellings: readonly ((token: string) => object)[] = [
      (text) => ({ authorization: `Bearer ${text}` }),
      (text) => ({ authorization: `bearer ${text}` }),
      (text) => ({ Authorization: `Bearer ${text}` }),
      (text) => ({ Authorization: `Bearer ${text}`, authToken: text }),
      (text) => ({ authToken: text }),
      (text) => ({ authorization: text }),
      (text) => ({ headers: { authorization: `Bearer ${text}` } }),
      (text) => ({ headers: { Authorization: `Bearer ${text}` } }),
    ];
    for (const dialect of dialects) {
      it(`${dialect.name}: every spelling of the token is taken`, async () => {
        for (const spelled of spellings) {
          const socket = await openSocket(server.socketUrl, dialect.name);
          socket.send({ type: "connection_init", payload: spelled(token) });
          assert.deepEqual(await socket.next(), { type: "connection_ack" });
          socket.ws.close();
        }
        const socket = await openSocket(server.socketUrl, dialect.name, {
          headers: { authorization: `Bearer ${token}` },
        });
        socket.send({ type: "connection_init" });
        assert.deepEqual(await socket.next(), { type: "connection_ack" });
        socket.ws.close();
      });

      it(`${dialect.name}: W7, J27 without a good token, or with two, or in the URL, the socket is closed with 4403`, async () => {
        const other = (await server.signIn("bob")).accessToken;
        const payloads = [
          undefined,
          null,
          {},
          { authorization: "" },
          { authorization: "Bearer" },
          { authorization: "Bearer null" },
          { authorization: "undefined" },
          { authorization: [token] },
          { authorization: `Basic ${token}` },
          { authorization: token, authToken: other },
          { authorization: token, headers: { authorization: other } },
        ];
        for (const payload of payloads) {
          const socket = await openSocket(`${server.socketUrl}?authorization=${token}&token=${token}`, dialect.name);
          socket.send({ type: "connection_init", payload });
          if (dialect === legacy) {
            assert.deepEqual(await socket.next(), { type: "connection_error", payload: { message: "Unauthorized" } });
          }
          assert.deepEqual(await socket.closed, { code: 4403, reason: "Unauthorized" });
          assert.equal(socket.waiting, 0);
        }
      });

      it(`${dialect.name}: W19 logout closes the sockets of the session, in whichever way it comes`, async () => {
        const { accessToken } = await server.signIn();
        const socket = await openReadySocket(server.socketUrl, dialect, accessToken);
        const same = await openReadySocket(server.socketUrl, dialect, accessToken);
        const other = await openReadySocket(server.socketUrl, dialect, token);
        socket.send({ type: dialect.start, id: "1", payload: { query: "mutation { logout }" } });
        assert.deepEqual(await socket.closed, { code: 4403, reason: "Session ended" });
        assert.deepEqual(await same.closed, { code: 4403, reason: "Session ended" });
        other.send({ type: dialect.start, id: "1", payload: { query } });
        assert.equal((await other.next())["payload"].data.me.username, "ann");
        other.ws.close();
      });
    }

    it("W5 an operation before the acknowledgement closes with 4401 (modern)", async () => {
      const socket = await openSocket(server.socketUrl, modern.name);
      socket.send({ type: "subscribe", id: "1", payload: { query } });
      assert.deepEqual(await socket.closed, { code: 4401, reason: "Unauthorized" });
      const hasty = await openSocket(server.socketUrl, modern.name);
      hasty.send(
        { type: "connection_init", payload: { authorization: token } },
        { type: "subscribe", id: "1", payload: { query } },
      );
      assert.equal((await hasty.closed).code, 4401);
    });

    it("W6 an operation without init, also after a client's connection_error, runs nothing (legacy)", async () => {
      const before = (await server.graphql("{ call(id: 1) { is_archived } }", { token })).data;
      const start = { type: "start", id: "1", payload: { query: "mutation { archiveCall(id: 1) { id } }" } };
      for (const script of [[start], [{ type: "connection_error", payload: { message: "no token" } }, start]]) {
        const socket = await openSocket(server.socketUrl, legacy.name);
        socket.send(...script);
        if (script.length === 2) assert.equal((await socket.next())["payload"].message, "Invalid message type!");
        assert.deepEqual(await socket.next(), { type: "connection_error", payload: { message: "Unauthorized" } });
        assert.deepEqual(await socket.closed, { code: 4403, reason: "Unauthorized" });
      }
      const rejected = await openSocket(server.socketUrl, legacy.name);
      rejected.send({ type: "connection_init", payload: { authorization: "" } }, start);
      assert.equal((await rejected.next())["type"], "connection_error");
      assert.equal((await rejected.closed).code, 4403);
      assert.equal(rejected.waiting, 0);
      assert.deepEqual((await server.graphql("{ call(id: 1) { is_archived } }", { token })).data, before);
    });

    it("W4 a second connection_init closes with 4429 (modern)", async () => {
      const socket = await openReadySocket(server.socketUrl, modern, token);
      socket.send({ type: "connection_init", payload: { authorization: token } });
      assert.deepEqual(await socket.closed, { code: 4429, reason: "Too many initialisation requests" });
    });
  });

  describe("messages", () => {
    const notMessages = [
      "{",
      "[]",
      '"x"',
      "1",
      "null",
      "{}",
      '{"type":1}',
      '{"type":"start"}',
      '{"type":"unknown"}',
      "",
    ];

    it("W8, W9 what is not a message closes with 4400 (modern)", async () => {
      for (const text of notMessages) {
        const socket = await openReadySocket(server.socketUrl, modern, token);
        socket.send(text);
        assert.equal((await socket.closed).code, 4400, text);
      }
    });

    it("W8, W9 what is not a message is answered, and the tenth closes (legacy)", async () => {
      const socket = await openReadySocket(server.socketUrl, legacy, token);
      for (const text of ["{", "[]", '"x"', "1", "null"]) {
        socket.send(text);
        assert.equal((await socket.next())["type"], "connection_error", text);
      }
      for (const text of ["{}", '{"type":1}', '{"type":"unknown","id":"7"}', '{"type":"subscribe","id":"7"}']) {
        socket.send(text);
        const { type, payload } = await socket.next();
        assert.deepEqual([type, payload.message], ["error", "Invalid message type!"], text);
      }
      socket.send({ type: "start", id: "1", payload: { query } });
      assert.equal((await socket.next())["type"], "data");
      socket.send("{");
      assert.equal((await socket.closed).code, 4400);
    });

    it("W10 a binary frame closes with 1003", async () => {
      for (const dialect of dialects) {
        const socket = await openReadySocket(server.socketUrl, dialect, token);
        socket.send(Buffer.from(JSON.stringify({ type: "ping" })));
        assert.equal((await socket.closed).code, 1003);
      }
    });

    it("W10, W15 frames that break the protocol or its limits close with the code of RFC 6455", async () => {
      const masked = (bytes: readonly number[], payload: readonly number[] = []) =>
        Buffer.from([...bytes, 0, 0, 0, 0, ...payload]);
      const cases: readonly (readonly [string, Buffer, readonly number[]])[] = [
        ["invalid UTF-8", masked([0x81, 0x82], [0xc3, 0x28]), [1007]],
        ["reserved opcode", masked([0x83, 0x80]), [1002]],
        ["RSV bit", masked([0xc1, 0x80]), [1002]],
        ["unmasked", Buffer.from([0x81, 0x02, 0x7b, 0x7d]), [1002]],
        ["64 KiB + 1", Buffer.concat([masked([0x81, 0xff, 0, 0, 0, 0, 0, 1, 0, 1]), Buffer.alloc(65_537)]), [1009]],
        ["declared 10 GB", masked([0x81, 0xff, 0, 0, 0, 2, 0x54, 0x0b, 0xe4, 0]), [1009]],
        ["declared 2^60", masked([0x81, 0xff, 0x10, 0, 0, 0, 0, 0, 0, 0]), [1009]],
        [
          "20,000 fragments of one byte",
          Buffer.concat([
            masked([0x01, 0x81], [0x20]),
            ...Array.from({ length: 20_000 }, () => masked([0x00, 0x81], [0x20])),
          ]),
          [1008, 1009],
        ],
      ];
      for (const [name, bytes, codes] of cases) {
        const code = await closeCodeAfter(server.url, bytes);
        assert.ok(codes.includes(code), `${name}: ${code}`);
      }
    });

    it("W11 an id in use closes with 4409 (modern)", async () => {
      const socket = await openReadySocket(server.socketUrl, modern, token);
      const subscribe = { type: "subscribe", id: "1", payload: { query: onUpdateCall } };
      socket.send(subscribe, subscribe);
      assert.equal((await socket.closed).code, 4409);
    });

    it("W12 strange ids are refused, and names of Object's members are ids like others", async () => {
      for (const id of ["", "x".repeat(129), 1, null, {}]) {
        const socket = await openReadySocket(server.socketUrl, modern, token);
        socket.send({ type: "subscribe", id, payload: { query } });
        assert.equal((await socket.closed).code, 4400);
        const old = await openReadySocket(server.socketUrl, legacy, token);
        old.send({ type: "start", id, payload: { query } });
        assert.equal((await old.next())["type"], "connection_error");
        old.ws.close();
      }
      for (const dialect of dialects) {
        const socket = await openReadySocket(server.socketUrl, dialect, token);
        for (const id of ["__proto__", "toString", "constructor", "x".repeat(128)]) {
          socket.send({ type: dialect.stop, id }, { type: dialect.start, id, payload: { query } });
          const answered = await socket.next();
          assert.deepEqual([answered["type"], answered["id"]], [dialect.result, id]);
          assert.deepEqual(await socket.next(), { type: "complete", id });
        }
        socket.ws.close();
      }
    });

    it("a payload that is no GraphQL request is refused with its own code", async () => {
      const payloads = [
        {},
        { query: 1 },
        { query, variables: [] },
        { query, operationName: 1 },
        { query, extensions: "x" },
        null,
      ];
      for (const payload of payloads) {
        const socket = await openReadySocket(server.socketUrl, modern, token);
        socket.send({ type: "subscribe", id: "1", payload });
        assert.equal((await socket.closed).code, 4400);
        const old = await openReadySocket(server.socketUrl, legacy, token);
        old.send({ type: "start", id: "1", payload });
        const { type, id, payload: error } = await old.next();
        assert.deepEqual([type, id, error.extensions.code], ["error", "1", "BAD_REQUEST"]);
        old.ws.close();
      }
    });

    it("a ping is answered by a pong with its payload, before the init as well", async () => {
      const socket = await openSocket(server.socketUrl, modern.name);
      socket.send({ type: "ping" }, { type: "ping", payload: { at: 1 } }, { type: "pong" });
      assert.deepEqual(await socket.next(), { type: "pong" });
      assert.deepEqual(await socket.next(), { type: "pong", payload: { at: 1 } });
      socket.send(`{"type":"ping","payload":${'{"a":'.repeat(10_000)}1${"}".repeat(10_000)}}`);
      assert.equal((await socket.next())["type"], "pong");
      socket.ws.close();
    });
  });

  describe("operations", () => {
    for (const dialect of dialects) {
      it(`${dialect.name}: W18 queries, mutations and subscriptions run alike`, async () => {
        const socket = await openReadySocket(server.socketUrl, dialect, token);
        socket.send({ type: dialect.start, id: "s", payload: { query: onUpdateCall, variables: {}, extensions: {} } });
        socket.send({ type: dialect.start, id: "q", payload: { query } });
        assert.deepEqual(await socket.next(), {
          type: dialect.result,
          id: "q",
          payload: { data: { me: { username: "ann" } } },
        });
        assert.deepEqual(await socket.next(), { type: "complete", id: "q" });
        const content = `by ${dialect.name}`;
        const mutation = `mutation ($content: String!) { addNote(input: { activityId: "2", content: $content }) { id } }`;
        socket.send({ type: dialect.start, id: "m", payload: { query: mutation, variables: { content } } });
        assert.deepEqual(await socket.next(), {
          type: dialect.result,
          id: "m",
          payload: { data: { addNote: { id: "2" } } },
        });
        assert.deepEqual(await socket.next(), { type: "complete", id: "m" });
        const event = await socket.next();
        assert.equal(event["id"], "s");
        assert.equal(event["payload"].data.onUpdateCall.notes[0].content, content);
        assert.match(event["payload"].extensions.cursor, /^[a-z0-9]+:\d+$/);
        socket.send({ type: dialect.stop, id: "s" });
        socket.ws.close();
      });

      it(`${dialect.name}: both names of the subscription, and one call alone`, async () => {
        const socket = await openReadySocket(server.socketUrl, dialect, token);
        socket.send({ type: dialect.start, id: "all", payload: { query: "subscription { onUpdatedCall { id } }" } });
        const one = "subscription ($id: ID) { onUpdatedCall(id: $id) { id } }";
        socket.send({ type: dialect.start, id: "one", payload: { query: one, variables: { id: "3" } } });
        socket.send({ type: dialect.start, id: "trip", payload: { query } });
        await socket.until("complete");
        for (const id of [2, 3]) await server.graphql(`mutation { archiveCall(id: ${id}) { id } }`, { token });
        const events = [await socket.next(), await socket.next(), await socket.next()];
        const told = events.map(({ id, payload }) => `${id}:${payload.data.onUpdatedCall.id}`).toSorted();
        assert.deepEqual(told, ["all:2", "all:3", "one:3"]);
        socket.ws.close();
      });

      it(`${dialect.name}: W25 a cursor is resumed exactly, or refused with the reason`, async () => {
        const socket = await openReadySocket(server.socketUrl, dialect, token);
        socket.send({ type: dialect.start, id: "live", payload: { query: onUpdateCall } });
        socket.send({ type: dialect.start, id: "trip", payload: { query } });
        await socket.until("complete");
        const seen: string[] = [];
        for (let n = 0; n < 5; n += 1) {
          await server.graphql(`mutation { archiveCall(id: 1) { id } }`, { token });
          seen.push((await socket.next())["payload"].extensions.cursor);
        }
        socket.send({ type: dialect.stop, id: "live" });
        const [epoch = "", head = ""] = seen[4]?.split(":") ?? [];
        const resume = (id: string, resumeFrom: unknown) =>
          socket.send({ type: dialect.start, id, payload: { query: onUpdateCall, extensions: { resumeFrom } } });
        resume("old", seen[1]);
        for (const cursor of seen.slice(2)) {
          const { id, payload } = await socket.next();
          assert.deepEqual([id, payload.extensions.cursor], ["old", cursor]);
        }
        resume("current", seen[4]);
        for (const [cursor, code] of [
          [`zzzz:${head}`, "RESUME_GAP"],
          [`${epoch}:${Number(head) + 1}`, "BAD_USER_INPUT"],
          ["garbage", "BAD_USER_INPUT"],
          [7, "BAD_USER_INPUT"],
        ]) {
          resume("bad", cursor);
          const { type, id, payload } = await socket.next();
          assert.deepEqual([type, id, [payload].flat()[0].extensions.code], ["error", "bad", code]);
        }
        await server.graphql(`mutation { archiveCall(id: 1) { id } }`, { token });
        const told = new Set([(await socket.next())["id"], (await socket.next())["id"]]);
        assert.deepEqual(told, new Set(["current", "old"]));
        socket.ws.close();
      });

      it(`${dialect.name}: W20 an operation that was ended receives no further change`, async () => {
        const socket = await openReadySocket(server.socketUrl, dialect, token);
        for (let round = 0; round < 20; round += 1) {
          socket.send({ type: dialect.start, id: "s", payload: { query: onUpdateCall } });
          const writing = server.graphql(`mutation { archiveCall(id: 1) { id } }`, { token });
          socket.send({ type: dialect.stop, id: "s" }, { type: dialect.start, id: "trip", payload: { query } });
          await socket.until("complete");
          await writing;
          socket.send({ type: dialect.start, id: "trip", payload: { query } });
          assert.equal((await socket.next())["id"], "trip");
          assert.equal((await socket.next())["type"], "complete");
        }
        socket.ws.close();
      });
    }

    it("C15 an idempotency key comes in the extensions", async () => {
      const socket = await openReadySocket(server.socketUrl, modern, token);
      const payload = {
        query: `mutation { addNote(input: { activityId: "3", content: "once" }) { notes { id } } }`,
        extensions: { idempotencyKey: "socket-1" },
      };
      socket.send({ type: "subscribe", id: "1", payload });
      const first = await socket.next();
      await socket.until("complete");
      socket.send({ type: "subscribe", id: "1", payload });
      assert.deepEqual(await socket.next(), first);
      socket.ws.close();
    });

    it("W26 connection_terminate closes with 1000", async () => {
      const socket = await openReadySocket(server.socketUrl, legacy, token);
      socket.send({ type: "connection_terminate", payload: null });
      assert.equal((await socket.closed).code, 1000);
    });
  });
});

describe("a server that stops", () => {
  it("closes its sockets with 1012, after which clients come back", async () => {
    const server = await startTestServer();
    const { accessToken } = await server.signIn();
    const sockets = [];
    for (const dialect of dialects) {
      const socket = await openReadySocket(server.socketUrl, dialect, accessToken);
      socket.send({ type: dialect.start, id: "1", payload: { query: onUpdateCall } });
      sockets.push(socket);
    }
    await server.close();
    for (const { closed } of sockets) assert.deepEqual(await closed, { code: 1012, reason: "Restarting" });
  });
});

/** Sends bytes right after the handshake and reads the code of the close frame that comes back. */
async function closeCodeAfter(url: string, bytes: Buffer): Promise<number> {
  const { hostname, port } = new URL(url);
  const socket: Socket = connect(Number(port), hostname);
  socket.write(
    `GET /websocket HTTP/1.1\r\nHost: ${hostname}:${port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
      "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n" +
      "Sec-WebSocket-Protocol: graphql-transport-ws\r\n\r\n",
  );
  let received = Buffer.alloc(0);
  let isSent = false;
  socket.on("error", () => {}); // a reset after the close frame
  for (;;) {
    const end = received.indexOf("\r\n\r\n");
    if (end !== -1 && !isSent) {
      socket.write(bytes);
      isSent = true;
    }
    const frame = received.subarray(end + 4);
    if (end !== -1 && frame.length >= 4) {
      socket.destroy();
      assert.equal(frame[0], 0x88, "a close frame");
      return frame.readUInt16BE(2);
    }
    const [chunk] = (await once(socket, "data")) as [Buffer];
    received = Buffer.concat([received, chunk]);
  }
}
