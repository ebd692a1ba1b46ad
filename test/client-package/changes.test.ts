import assert from "node:assert/strict";
import { createServer, request } from "node:http";
import { once } from "node:events";
import { type AddressInfo, connect } from "node:net";
import { describe, it, type TestContext } from "node:test";
import {
  createRingback,
  type Following,
  type FollowingState,
  type Gap,
  type LiveChange,
  type CallRow,
  type Ringback,
} from "../../client/src/ringback.ts";
import { cuttingProxy } from "../support/cutting-proxy.ts";
import { startTestServer, type TestServer } from "../support/server.ts";

const quick = { waits: { minMs: 5, maxMs: 50 } };

describe("changes of @ringback/client", () => {
  it("misses nothing and sees nothing twice over 30 cuts, and comes back over WebSocket", async (t) => {
    const { server, token } = await serverWithCalls(t);
    const proxy = await cuttingProxy(server.url);
    t.after(() => proxy.close());
    const { epoch, revision } = await server.storage.changes.head(1);
    const seen = follow(t, await clientOf(server, proxy.url), { after: `${epoch}:${revision}` });
    let written = 0;
    for (let n = 0; n < 30; n += 1) {
      for (const writes = written + 1 + (n % 5); written < writes; written += 1)
        await archive(server, token, written % 3);
      if (n % 2 === 0) await seen.until(() => seen.changes.length === written);
      const how = (["close", "reset", { stallMs: 20 }] as const)[n % 3] ?? "reset";
      for (let which = proxy.size; which > 0; which -= 1) proxy.cutOne(which - 1, how);
    }
    await seen.until(() => seen.changes.length === written);
    assert.deepEqual(
      seen.changes.map(({ cursor }) => cursor),
      Array.from({ length: written }, (_, n) => `${epoch}:${revision + 1 + n}`),
    );
    assert.equal(seen.states.findLast(({ status }) => status === "live")?.status, "live");
    await seen.end();
  });

  it("takes server-sent events where sockets are broken, and WebSocket again once they work", async (t) => {
    const { server, token } = await serverWithCalls(t);
    const network = await socketlessNetwork(t, server.url);
    const seen = follow(t, await clientOf(server, network.url));
    const liveBy = (transport: string) => () =>
      seen.states.some((state) => state.status === "live" && state.transport === transport);
    await seen.until(liveBy("sse"));
    assert.equal(liveBy("websocket")(), false);
    await archive(server, token, 0);
    await seen.until(() => seen.changes.length === 1);
    network.takesSockets = true;
    network.cut();
    await seen.until(liveBy("websocket"));
    await archive(server, token, 0);
    await seen.until(() => seen.changes.length === 2);
    assert.deepEqual(
      seen.changes.map(({ kind }) => kind),
      ["CALL_ARCHIVED", "CALL_UNARCHIVED"],
    );
    await seen.end();
  });

  it("finds out that a connection is dead on which nothing comes, without being told", async (t) => {
    const { server, token } = await serverWithCalls(t);
    const proxy = await cuttingProxy(server.url);
    t.after(() => proxy.close());
    const seen = follow(t, await clientOf(server, proxy.url, { pingMs: 50 }));
    await seen.until(() => seen.states.at(-1)?.status === "live");
    proxy.cutOne(proxy.size - 1, { stallMs: 3_600_000 });
    await archive(server, token, 0);
    await seen.until(() => seen.changes.length === 1);
    await seen.end();
  });

  it("tells of a gap, with what to fetch again, and goes on behind it when that is done", async (t) => {
    const { server, token } = await serverWithCalls(t);
    const gaps: Gap[] = [];
    const ringback = await clientOf(server, server.url);
    const filter = { archived: false };
    const seen = follow(t, ringback, {
      after: "another:7",
      filter,
      async onGap(gap) {
        gaps.push(gap);
        // Fetching fails at first, as it may.
        if (gaps.length === 1)
          await createRingback({ url: "http://127.0.0.1:1", retries: 0, session: key }).request("{ me { id } }");
        assert.equal(seen.changes.length, 0, "nothing comes before what is shown was fetched");
      },
    });
    await seen.until(() => seen.states.at(-1)?.status === "live");
    const { epoch, revision } = await server.storage.changes.head(1);
    const gap = { cursor: `${epoch}:${revision}`, refetch: filter };
    assert.deepEqual(gaps, [gap, gap]);
    await archive(server, token, 0);
    await seen.until(() => seen.changes.length === 1);
    await seen.end();
  });

  it("stays connected over the end of its token, and ends when the session does", async (t) => {
    const time = { offsetMs: 0 };
    const { server, token } = await serverWithCalls(t, {}, { clock: { now: () => Date.now() + time.offsetMs } });
    const proxy = await cuttingProxy(server.url);
    t.after(() => proxy.close());
    const renewed = Promise.withResolvers<void>();
    const session = { kind: "tokens", tokens: await server.signIn(), onTokens: () => renewed.resolve() } as const;
    const seen = follow(t, createRingback({ url: proxy.url, session, ...quick }));
    await seen.until(() => seen.states.at(-1)?.status === "live");
    const states = seen.states.length;
    time.offsetMs = 9 * 60_000 + 40_000;
    await renewed.promise;
    time.offsetMs = 11 * 60_000;
    const { accessToken } = await server.signIn();
    await archive(server, accessToken, 0);
    await seen.until(() => seen.changes.length === 1);
    assert.equal(seen.states.length, states, "the connection stayed");
    await server.graphql("mutation { logoutAll }", { token: accessToken });
    await assert.rejects(seen.following, { code: "UNAUTHENTICATED" });
    assert.ok(token);
  });

  it("refuses what coming back does not mend, and what the app throws, at once", async (t) => {
    const { server, token } = await serverWithCalls(t);
    const ringback = await clientOf(server, server.url);
    const refused = ringback.changes({ filter: { type: [] }, onChange: () => {}, onGap: () => {} });
    await assert.rejects(refused, { code: "BAD_USER_INPUT" });
    const unknown = ringback.changes({ call: "shoeSize", onChange: () => {}, onGap: () => {} });
    await assert.rejects(unknown, { code: "GRAPHQL_VALIDATION_FAILED" });
    const seen = follow(t, ringback, {
      onChange() {
        throw new TypeError("the app's own");
      },
    });
    await seen.until(() => seen.states.at(-1)?.status === "live");
    await archive(server, token, 0);
    await assert.rejects(seen.following, { message: "the app's own" });
  });
});

const key = { kind: "key", key: "rbk_none" } as const;

async function serverWithCalls(t: TestContext, ...options: Parameters<typeof startTestServer>) {
  const server = await startTestServer(...options);
  t.after(() => server.close());
  await server.addCalls(3);
  return { server, token: (await server.signIn()).accessToken };
}

async function clientOf(server: TestServer, url: string, options = {}): Promise<Ringback> {
  return createRingback({ url, session: { kind: "tokens", tokens: await server.signIn() }, ...quick, ...options });
}

async function archive(server: TestServer, token: string, index: number): Promise<void> {
  const { errors } = await server.graphql(`mutation { archiveCall(id: ${1 + index}) { id } }`, { token });
  assert.equal(errors, undefined);
}

/** Follows and keeps all that is said. */
function follow(t: TestContext, ringback: Ringback, options: Partial<Following> = {}) {
  const changes: LiveChange<CallRow>[] = [];
  const states: FollowingState[] = [];
  const leaving = new AbortController();
  let wake = () => {};
  const following = ringback.changes({
    onGap: () => assert.fail("there is no gap"),
    ...options,
    signal: leaving.signal,
    onChange(change) {
      changes.push(change);
      options.onChange?.(change);
      wake();
    },
    onState(state) {
      states.push(state);
      wake();
    },
  });
  t.after(() => leaving.abort());
  following.catch(() => wake());
  return {
    changes,
    states,
    following,
    async until(isSo: () => boolean) {
      while (!isSo()) {
        const { promise, resolve } = Promise.withResolvers<void>();
        wake = resolve;
        await Promise.race([promise, following.then(() => assert.fail("it ended"))]);
      }
    },
    async end() {
      leaving.abort();
      await following;
    },
  };
}

/** A network whose middle lets plain requests through and breaks every WebSocket off, as some do. */
async function socketlessNetwork(t: TestContext, target: string) {
  const network = { url: "", takesSockets: false, cut: () => proxy.closeAllConnections() };
  const proxy = createServer((incoming, outgoing) => {
    const { url, method, headers } = incoming;
    const forwarded = request(`${target}${url}`, { method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(outgoing);
    });
    outgoing.once("close", () => forwarded.destroy());
    forwarded.on("error", () => outgoing.destroy());
    incoming.pipe(forwarded);
  });
  proxy.on("upgrade", ({ url, rawHeaders }, socket) => {
    if (!network.takesSockets) {
      socket.destroy();
      return;
    }
    const { hostname, port } = new URL(target);
    const server = connect(Number(port), hostname);
    const lines = rawHeaders.flatMap((name, at) => (at % 2 === 0 ? [`${name}: ${rawHeaders[at + 1]}`] : []));
    server.write(`GET ${url} HTTP/1.1\r\n${lines.join("\r\n")}\r\n\r\n`);
    server.pipe(socket).pipe(server);
    server.on("error", () => socket.destroy());
    socket.on("error", () => server.destroy());
    t.after(() => socket.destroy());
  });
  proxy.listen(0, "127.0.0.1");
  await once(proxy, "listening");
  t.after(() => {
    proxy.close();
    proxy.closeAllConnections();
  });
  network.url = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  return network;
}
