import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { type TestContext, test } from "node:test";
import { setImmediate as turn } from "node:timers/promises";
import {
  type Dialect,
  dialects,
  openSocket,
  refusedUpgrade,
  type TestSocket,
} from "../../../../test/support/socket.ts";
import { unauthenticated } from "../../domain/errors.ts";
import type { Caller, GraphqlCore, GraphqlParameters, SubscriptionSink } from "../../graphql/core.ts";
import type { Timers } from "../timers.ts";
import { attachWebsocket } from "./attach.ts";
import type { WebsocketLimits } from "./limits.ts";

const silent = { debug() {}, error() {} };
const ok = { encoding: "utf8", outcome: "ok", retryAfterMs: null, deprecated: false } as const;

for (const dialect of dialects) {
  const { name } = dialect;

  test(`${name}: W3 a socket without connection_init is closed with 4408 after three seconds`, async (t) => {
    const { url, time } = await openEndpoint(t);
    const socket = await openSocket(url, name);
    time.advance(2_500);
    await turn();
    assert.equal(socket.ws.readyState, socket.ws.OPEN);
    time.advance(500);
    assert.deepEqual(await socket.closed, { code: 4408, reason: "Connection initialisation timeout" });
  });

  test(`${name}: every result of a subscription arrives as it was encoded, under its id`, async (t) => {
    const { url, core } = await openEndpoint(t);
    const socket = await openReady(url, dialect);
    socket.send({ type: dialect.start, id: 'a"é', payload: { query: "subscription" } });
    const sink = await core.started();
    for (const payload of ['{"data":{"n":1}}', '{"data":{"n":"ü"}}', `{"data":{"n":"${"x".repeat(70_000)}"}}`]) {
      sink.next(payload);
      assert.deepEqual(await socket.next(), { type: dialect.result, id: 'a"é', payload: JSON.parse(payload) });
    }
    sink.complete();
    assert.deepEqual(await socket.next(), { type: "complete", id: 'a"é' });
  });

  test(`${name}: an answer without data ends its operation as an error, one with data as a result`, async (t) => {
    const { url, core } = await openEndpoint(t);
    const socket = await openReady(url, dialect);
    const errors = [{ message: "no", extensions: { code: "QUERY_TOO_COMPLEX" } }, { message: "more" }];
    core.answer = { ...ok, outcome: "request", body: JSON.stringify({ errors }) };
    socket.send({ type: dialect.start, id: "1", payload: { query: "refused" } });
    const payload = name === "graphql-ws" ? errors[0] : errors;
    assert.deepEqual(await socket.next(), { type: "error", id: "1", payload });
    core.answer = { ...ok, outcome: "unauthenticated", body: JSON.stringify({ errors, data: null }) };
    socket.send({ type: dialect.start, id: "1", payload: { query: "answered" } });
    assert.deepEqual(await socket.next(), { type: dialect.result, id: "1", payload: { errors, data: null } });
    assert.deepEqual(await socket.next(), { type: "complete", id: "1" });
  });

  test(`${name}: a fault of ours ends the operation with its request id, not the socket`, async (t) => {
    const { url, core } = await openEndpoint(t);
    const socket = await openReady(url, dialect);
    core.fault = new Error("secret");
    socket.send({ type: dialect.start, id: "1", payload: { query: "query" } });
    const { type, payload } = await socket.next();
    const [error] = [payload].flat();
    assert.equal(type, "error");
    assert.deepEqual(error.extensions, { code: "INTERNAL_SERVER_ERROR", requestId: "request-1" });
    assert.ok(!JSON.stringify(error).includes("secret"));
  });

  test(`${name}: W20 nothing arrives for an operation once the server saw its end, and it is stopped once`, async (t) => {
    const { url, core } = await openEndpoint(t);
    const socket = await openReady(url, dialect);
    socket.send({ type: dialect.start, id: "1", payload: { query: "subscription" } });
    const sink = await core.started();
    socket.send({ type: dialect.stop, id: "1" }, { type: dialect.stop, id: "1" });
    await roundTrip(socket, dialect);
    assert.equal(core.stops, 1);
    sink.next('{"data":1}');
    sink.error("[]");
    sink.complete();
    await roundTrip(socket, dialect);
    assert.equal(socket.waiting, 0);
  });

  for (const means of ["close", "terminate", "end while it starts"] as const) {
    test(`${name}: a socket that goes by "${means}" leaves no operation behind`, async (t) => {
      const { url, core, endpoint } = await openEndpoint(t);
      const socket = await openReady(url, dialect);
      if (means === "end while it starts") core.holdStarts();
      socket.send({ type: dialect.start, id: "1", payload: { query: "subscription" } });
      await core.started();
      if (means === "close") socket.ws.close(1000);
      else socket.ws.terminate();
      await until(() => endpoint.size === 0);
      core.releaseStarts();
      await until(() => core.live === 0);
      assert.equal(core.stops, 1);
    });
  }

  test(`${name}: W22 a peer that answers two pings in a row by nothing is cut off`, async (t) => {
    const { url, time, endpoint, core } = await openEndpoint(t);
    const socket = await openReady(url, dialect, { autoPong: false });
    socket.send({ type: dialect.start, id: "1", payload: { query: "subscription" } });
    await core.started();
    for (let ping = 0; ping < 2; ping += 1) {
      const pinged = once(socket.ws, "ping");
      time.advance(25_000);
      await pinged;
    }
    assert.equal(endpoint.size, 1);
    time.advance(25_000);
    assert.equal((await socket.closed).code, 1006);
    await until(() => core.live === 0);
  });

  test(`${name}: W22 a peer that answers pings stays`, async (t) => {
    const { url, time, endpoint } = await openEndpoint(t);
    const socket = await openReady(url, dialect);
    for (let ping = 0; ping < 5; ping += 1) {
      const pinged = once(socket.ws, "ping");
      time.advance(25_000);
      await pinged;
      await roundTrip(socket, dialect);
    }
    assert.equal(endpoint.size, 1);
  });

  test(`${name}: W19 a token's end is announced 30 s before and closes the socket with 4403 five seconds after`, async (t) => {
    const { url, time, core } = await openEndpoint(t);
    const socket = await openReady(url, dialect, {}, token({ expiresAtMs: 600_000 }));
    socket.send({ type: dialect.start, id: "1", payload: { query: "subscription" } });
    const sink = await core.started();
    time.wall(570_000);
    const warning = await socket.next();
    assert.deepEqual(warning["payload"], { reauthBy: "1970-01-01T00:10:00.000Z" });
    assert.equal(warning["type"], name === "graphql-ws" ? "ka" : "ping");
    time.wall(604_999);
    sink.next('{"data":"last"}');
    assert.equal((await socket.next())["payload"].data, "last");
    time.jumpWall(605_000);
    sink.next('{"data":"late"}');
    if (name === "graphql-ws") assert.deepEqual((await socket.next())["payload"], { message: "Token expired" });
    assert.deepEqual(await socket.closed, { code: 4403, reason: "Token expired" });
    assert.equal(socket.waiting, 0, "the late event is not delivered");
    assert.equal(core.live, 0);
  });

  test(`${name}: a token that is renewed in band extends the socket, for the same session alone`, async (t) => {
    const { url, time } = await openEndpoint(t);
    const socket = await openReady(url, dialect, {}, token({ expiresAtMs: 600_000 }));
    const renew = async (renewed: string) => {
      const payload = { authorization: `Bearer ${renewed}` };
      if (name === "graphql-ws") {
        socket.send({ type: "connection_init", payload });
        return socket.next();
      }
      socket.send({ type: "ping", payload });
      return socket.until("pong");
    };
    time.wall(590_000);
    assert.ok(!JSON.stringify(await renew(token({ expiresAtMs: 1_200_000 }))).includes("token:"), "no token is echoed");
    await roundTrip(socket, dialect);
    time.wall(700_000);
    await roundTrip(socket, dialect);
    await renew(token({ sessionId: "another", expiresAtMs: 1_800_000 }));
    assert.deepEqual(await socket.closed, { code: 4403, reason: "Unauthorized" });
  });

  test(`${name}: W19 the end of a session closes its sockets at once, and no others`, async (t) => {
    const { url, revoke } = await openEndpoint(t);
    const [mine, second, other] = [
      await openReady(url, dialect, {}, token({ sessionId: "mine" })),
      await openReady(url, dialect, {}, token({ sessionId: "mine" })),
      await openReady(url, dialect, {}, token({ sessionId: "other" })),
    ];
    revoke("mine");
    for (const socket of [mine, second]) assert.deepEqual(await socket.closed, { code: 4403, reason: "Session ended" });
    await roundTrip(other, dialect);
    const late = await openSocket(url, name);
    late.send({ type: "connection_init", payload: { authorization: token({ sessionId: "mine" }) } });
    assert.equal((await late.closed).code, 4403);
  });

  test(`${name}: W13 the 33rd live operation is refused, and the others go on`, async (t) => {
    const { url, core } = await openEndpoint(t);
    const socket = await openReady(url, dialect);
    for (let n = 1; n <= 33; n += 1)
      socket.send({ type: dialect.start, id: `${n}`, payload: { query: "subscription" } });
    const { type, id, payload } = await socket.next();
    assert.deepEqual([type, id, [payload].flat()[0].extensions.code], ["error", "33", "RATE_LIMITED"]);
    assert.equal(core.live, 32);
    socket.send({ type: dialect.stop, id: "7" }, { type: dialect.start, id: "34", payload: { query: "subscription" } });
    await until(() => core.stops === 1 && core.live === 32);
  });

  test(`${name}: W13, W14 a flood of messages, of pings or of pongs is closed with 1008`, async (t) => {
    const { url } = await openEndpoint(t);
    const flood: ((socket: TestSocket, n: number) => void)[] = [
      (socket) => socket.send({ type: dialect.stop, id: "unknown" }),
      (socket, n) => socket.send({ type: dialect.start, id: `${n}`, payload: { query: "query" } }),
      (socket) => socket.ws.ping(),
      (socket) => socket.ws.pong(),
    ];
    for (const send of flood) {
      const socket = await openReady(url, dialect);
      for (let n = 0; n < 500; n += 1) send(socket, n);
      assert.deepEqual(await socket.closed, { code: 1008, reason: "Too many messages" });
    }
  });

  test(`${name}: W16 a reader that has stopped reading is closed with 1013 and little is kept for it`, async (t) => {
    const { url, core, endpoint } = await openEndpoint(t);
    const [slow, quick] = [await openReady(url, dialect), await openReady(url, dialect)];
    for (const socket of [slow, quick]) {
      socket.send({ type: dialect.start, id: "1", payload: { query: "subscription" } });
      await core.started();
    }
    slow.ws.pause();
    let quickHas = 0;
    const payload = JSON.stringify({ data: "x".repeat(100_000) });
    for (; core.live === 2 && quickHas < 3_000; quickHas += 1) {
      for (const sink of core.sinks) sink.next(payload);
      assert.equal((await quick.next())["payload"].data.length, 100_000);
    }
    assert.ok(quickHas < 300, `${quickHas} events were sent before the reader was given up`);
    slow.ws.resume();
    assert.deepEqual(await slow.closed, { code: 1013, reason: "slow consumer, resume" });
    await until(() => endpoint.size === 1);
  });

  test(`${name}: W16 a slow reader that never answers the close is cut off`, async (t) => {
    const { url, core, time, endpoint } = await openEndpoint(t);
    const slow = await openReady(url, dialect);
    slow.send({ type: dialect.start, id: "1", payload: { query: "subscription" } });
    const sink = await core.started();
    slow.ws.pause();
    const payload = JSON.stringify({ data: "x".repeat(500_000) });
    while (core.live === 1) {
      sink.next(payload);
      await turn();
    }
    time.advance(5_500);
    await until(() => endpoint.size === 0);
  });

  test(`${name}: draining closes sockets with 1012 one after the other and takes no more`, async (t) => {
    const { url, endpoint, time, httpUrl } = await openEndpoint(t);
    const sockets = await Promise.all(Array.from({ length: 4 }, () => openReady(url, dialect)));
    const drained = endpoint.drain(1_000);
    const { status, code, response } = await refusedUpgrade(httpUrl, { "sec-websocket-protocol": name });
    assert.deepEqual([status, code, response.headers["retry-after"]], [503, "UNAVAILABLE", "5"]);
    assert.ok(sockets.every(({ ws }) => ws.readyState === ws.OPEN));
    time.advance(250);
    await until(() => endpoint.size === 3);
    time.advance(750);
    await drained;
    for (const { closed } of sockets) assert.deepEqual(await closed, { code: 1012, reason: "Restarting" });
  });
}

test("W21 a session has at most so many sockets, told at the upgrade where the token comes with it", async (t) => {
  const [dialect] = dialects as [Dialect];
  const { url, httpUrl } = await openEndpoint(t, { socketsPerSession: 2 });
  await openReady(url, dialect);
  const second = await openReady(url, dialect);
  const third = await openSocket(url, dialect.name);
  third.send({ type: "connection_init", payload: { authorization: token() } });
  assert.deepEqual(await third.closed, { code: 1008, reason: "Too many sockets of one session" });
  const headers = { authorization: `Bearer ${token()}`, "sec-websocket-protocol": dialect.name };
  const { status, code } = await refusedUpgrade(httpUrl, headers);
  assert.deepEqual([status, code], [429, "RATE_LIMITED"]);
  second.ws.close();
  await second.closed;
  await openReady(url, dialect);
});

test("W21 a network has at most so many sockets and handshakes", async (t) => {
  const offer = { "sec-websocket-protocol": "graphql-ws" };
  const crowded = await openEndpoint(t, { socketsPerNetwork: 2 });
  const open = [await openSocket(crowded.url, "graphql-ws"), await openSocket(crowded.url, "graphql-ws")];
  assert.equal((await refusedUpgrade(crowded.httpUrl, offer)).status, 429);
  open[0]?.ws.close();
  await until(() => crowded.endpoint.size === 1);
  await openSocket(crowded.url, "graphql-ws");
  const hasty = await openEndpoint(t, { handshakesBurst: 2, handshakesPerSecond: 1 });
  for (let n = 0; n < 2; n += 1) (await openSocket(hasty.url, "graphql-ws")).ws.terminate();
  assert.equal((await refusedUpgrade(hasty.httpUrl, offer)).status, 429);
  hasty.time.advance(1_000);
  await openSocket(hasty.url, "graphql-ws");
});

test("graphql-ws: operations sent right behind connection_init wait for its outcome, in order", async (t) => {
  const { url, core } = await openEndpoint(t);
  const init = (authorization: string) => ({ type: "connection_init", payload: { authorization } });
  const start = (id: string, query: string) => ({ type: "start", id, payload: { query } });
  const socket = await openSocket(url, "graphql-ws");
  socket.send(init(token()), start("1", "first"), start("2", "subscription"), { type: "stop", id: "2" });
  assert.deepEqual((await socket.next())["type"], "connection_ack");
  assert.deepEqual((await socket.next())["type"], "ka");
  assert.equal((await socket.next())["id"], "1");
  await until(() => core.stops === 1);

  const refused = await openSocket(url, "graphql-ws");
  refused.send(init("bad"), start("1", "never"), start("2", "never"));
  assert.deepEqual(await refused.next(), { type: "connection_error", payload: { message: "Unauthorized" } });
  assert.deepEqual(await refused.closed, { code: 4403, reason: "Unauthorized" });
  assert.deepEqual(core.executed, ["first"]);
});

test("graphql-ws: ka comes at once and every 25 seconds at most", async (t) => {
  const { url, time } = await openEndpoint(t);
  const socket = await openReady(url, dialects[1] as Dialect);
  for (let n = 0; n < 3; n += 1) {
    time.advance(25_000);
    assert.deepEqual(await socket.next(), { type: "ka" });
    await roundTrip(socket, dialects[1] as Dialect);
  }
});

test("graphql-ws: an id that is used again ends the operation before, silently", async (t) => {
  const { url, core } = await openEndpoint(t);
  const socket = await openReady(url, dialects[1] as Dialect);
  socket.send({ type: "start", id: "1", payload: { query: "subscription one" } });
  const first = await core.started();
  socket.send({ type: "start", id: "1", payload: { query: "subscription two" } });
  const second = await core.started();
  first.next('{"data":"one"}');
  second.next('{"data":"two"}');
  assert.equal((await socket.next())["payload"].data, "two");
  assert.equal(core.stops, 1);
});

test("a replay is told when the socket has taken what waits", async (t) => {
  const { url, core } = await openEndpoint(t);
  const socket = await openReady(url, dialects[0] as Dialect);
  socket.send({ type: "subscribe", id: "1", payload: { query: "subscription" } });
  const sink = await core.started();
  assert.equal(sink.drained?.() ?? null, null);
  socket.ws.pause();
  const payload = JSON.stringify({ data: "x".repeat(500_000) });
  let waiting: Promise<void> | null = null;
  while (waiting === null) {
    sink.next(payload);
    await turn();
    waiting = sink.drained?.() ?? null;
  }
  socket.ws.resume();
  await waiting;
  assert.equal(sink.drained?.() ?? null, null);
});

/** `token:session:user:expiry` */
function token({ sessionId = "s", userId = "u", expiresAtMs = 3_600_000 } = {}): string {
  return `token:${sessionId}:${userId}:${expiresAtMs}`;
}

async function openEndpoint(t: TestContext, limits: Partial<WebsocketLimits> = {}) {
  const time = manualTime();
  const core = coreDouble();
  const revoked = new Set<string>();
  const listeners = new Set<(sessionId: string) => void>();
  const server = createServer();
  let requests = 0;
  const endpoint = attachWebsocket(server, {
    core,
    sessions: {
      async authenticate(text) {
        const [kind, sessionId, userId, expiresAtMs] = text.split(":");
        if (kind !== "token" || sessionId === undefined || userId === undefined) throw unauthenticated();
        const who = { kind: "user", userId, username: userId, role: "reader", scopes: ["read"] } as const;
        return { ...who, workspaceId: 1, sessionId, expiresAtMs: Number(expiresAtMs) };
      },
    },
    revocations: {
      has: (sessionId) => revoked.has(sessionId),
      onRevoked(listener) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    },
    clock: { now: () => time.wallNow() },
    timers: time,
    log: silent,
    limits,
    isOriginAllowed: () => false,
    addressOf: ({ socket }) => socket.remoteAddress ?? "",
    newRequestId: () => `request-${(requests += 1)}`,
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  t.after(() => {
    endpoint.close();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `ws://127.0.0.1:${port}/websocket`,
    httpUrl: `http://127.0.0.1:${port}/websocket`,
    endpoint,
    core,
    time,
    revoke: (sessionId: string) => {
      revoked.add(sessionId);
      for (const listener of listeners) listener(sessionId);
    },
  };
}

async function openReady(url: string, dialect: Dialect, options: object = {}, authorization = token()) {
  const socket = await openSocket(url, dialect.name, options);
  socket.send({ type: "connection_init", payload: { authorization } });
  await socket.until(dialect.name === "graphql-ws" ? "ka" : "connection_ack");
  return socket;
}

/** Waits until the server has taken everything sent before. */
async function roundTrip(socket: TestSocket, dialect: Dialect): Promise<void> {
  socket.send({ type: dialect.start, id: "trip", payload: { query: "query" } });
  await socket.until("complete");
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await turn();
}

function manualTime() {
  let steady = 0;
  let wall = 0;
  const jobs = new Set<{ readonly ms: number; readonly run: () => void; due: number }>();
  const advance = (ms: number) => {
    for (const end = steady + ms; steady < end;) {
      steady += 50;
      for (const job of jobs) {
        if (job.due > steady) continue;
        job.due += job.ms;
        job.run();
      }
    }
  };
  return {
    now: () => steady,
    wallNow: () => wall,
    every(ms, run) {
      const job = { ms, run, due: steady + ms };
      jobs.add(job);
      return () => jobs.delete(job);
    },
    advance,
    /** Sets the wall clock and lets the next look at it happen. */
    wall(toMs: number) {
      wall = toMs;
      advance(500);
    },
    jumpWall(toMs: number) {
      wall = toMs;
    },
  } satisfies Timers & Record<string, unknown>;
}

/** Where a payload goes, whatever its place in the log. */
type PlainSink = SubscriptionSink & { next(payload: string): void };

function coreDouble() {
  const sinks = new Set<PlainSink>();
  const fresh: PlainSink[] = [];
  let gate: PromiseWithResolvers<void> | null = null;
  const core = {
    answer: { ...ok, body: '{"data":"answered"}' } as Awaited<ReturnType<GraphqlCore["execute"]>>,
    fault: null as Error | null,
    executed: [] as string[],
    stops: 0,
    sinks,
    get live() {
      return sinks.size;
    },
    holdStarts() {
      gate = Promise.withResolvers();
    },
    releaseStarts() {
      gate?.resolve();
    },
    async started() {
      for (;;) {
        const sink = fresh.shift();
        if (sink !== undefined) return sink;
        await turn();
      }
    },
    kind: ({ query }: GraphqlParameters) => (query.startsWith("subscription") ? "subscription" : "query") as never,
    async execute({ query }: GraphqlParameters, _caller: Caller) {
      if (core.fault !== null) throw core.fault;
      core.executed.push(query);
      return core.answer;
    },
    async subscribe(_parameters: GraphqlParameters, _caller: Caller, given: SubscriptionSink) {
      const sink = { ...given, next: (payload: string) => given.next(payload, "e:1") };
      sinks.add(sink);
      fresh.push(sink);
      await gate?.promise;
      return {
        stop() {
          if (sinks.delete(sink)) core.stops += 1;
        },
      };
    },
  };
  return core satisfies GraphqlCore;
}
