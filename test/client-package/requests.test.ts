import assert from "node:assert/strict";
import { createServer, request } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { describe, it, type TestContext } from "node:test";
import { createRingback, type RingbackError, type Tokens } from "../../client/src/ringback.ts";
import { startTestServer, testPassword, type TestServer } from "../support/server.ts";

const archive = "mutation ($id: ID!) { archiveCall(id: $id) { id is_archived revision } }";
const quick = { waits: { minMs: 5, maxMs: 50 } };

describe("requests of @ringback/client", () => {
  it("signs in, asks, and throws errors with code, request id and what the server said", async (t) => {
    const server = await serverWithCalls(t);
    const ringback = createRingback({ url: server.url, ...quick });
    await assert.rejects(ringback.request("{ me { id } }"), { code: "UNAUTHENTICATED" });
    await assert.rejects(ringback.signIn("ann", "wrong"), { name: "RingbackError", code: "UNAUTHENTICATED" });
    const user = await ringback.signIn("ann", testPassword);
    assert.equal(user.username, "ann");
    assert.deepEqual(await ringback.request("{ me { id } }"), { me: { id: user.id } });
    await ringback.request(archive, { id: "1" });
    const stale = ringback.request("mutation { archiveCall(id: 1, ifRevision: 1) { id } }");
    await assert.rejects(stale, (error: RingbackError) => {
      assert.equal(error.code, "CONFLICT");
      assert.match(error.requestId ?? "", /./);
      assert.equal((error.extensions["call"] as { is_archived: boolean }).is_archived, true);
      return true;
    });
    await ringback.signOut();
    await assert.rejects(ringback.request("{ me { id } }"), { code: "UNAUTHENTICATED" });
  });

  it("refreshes a token that has ended once for all who ask at the same time, and hands it to the app to keep", async (t) => {
    const time = { nowMs: Date.now() };
    const server = await serverWithCalls(t, {}, { clock: { now: () => time.nowMs } });
    const kept: (Tokens | null)[] = [];
    const onTokens = (tokens: Tokens | null) => kept.push(tokens);
    const session = { kind: "tokens", tokens: await server.signIn(), onTokens } as const;
    const ringback = createRingback({ url: server.url, session, ...quick });
    const ask = () => Promise.all(Array.from({ length: 10 }, () => ringback.request("{ me { username } }")));
    await ask();
    assert.equal(kept.length, 0);
    time.nowMs += 11 * 60_000; // by the server's clock alone: the client hears of it by a refusal
    assert.deepEqual(
      await ask(),
      Array.from({ length: 10 }, () => ({ me: { username: "ann" } })),
    );
    assert.equal(kept.length, 1);

    const again = createRingback({ url: server.url, session: { kind: "tokens", tokens: kept[0] ?? null }, ...quick });
    assert.deepEqual(await again.request("{ me { username } }"), { me: { username: "ann" } });
    time.nowMs += 2 * 60 * 60_000;
    await assert.rejects(ringback.request("{ me { id } }"), { code: "UNAUTHENTICATED" });
    assert.equal(kept.at(-1), null, "the app hears that the session is over");
  });

  it("works with the key of a program", async (t) => {
    const server = await serverWithCalls(t);
    const admin = createRingback({ url: server.url });
    await admin.signIn("ann", testPassword);
    const { createApiKey } = await admin.request(
      'mutation { createApiKey(input: { name: "CRM", scopes: [READ] }) { secret } }',
    );
    const program = createRingback({ url: server.url, session: { kind: "key", key: createApiKey.secret } });
    assert.deepEqual(await program.request("{ paginatedCalls { totalCount } }"), { paginatedCalls: { totalCount: 3 } });
    await assert.rejects(program.request(archive, { id: "1" }), { code: "FORBIDDEN" });
    const wrong = createRingback({ url: server.url, session: { kind: "key", key: "rbk_wrong" } });
    await assert.rejects(wrong.request("{ me { id } }"), { code: "UNAUTHENTICATED" });
  });

  it("does a mutation once whose answer was lost, however often it is sent", async (t) => {
    const server = await serverWithCalls(t);
    const network = await losingNetwork(t, server.url);
    const ringback = createRingback({ url: network.url, ...quick });
    await ringback.signIn("ann", testPassword);
    network.loses = 3;
    const { archiveCall } = await ringback.request(archive, { id: "1" });
    assert.equal(archiveCall.is_archived, true);
    assert.equal(network.loses, 0);
    const key = { idempotencyKey: "mine" };
    const first = await ringback.request(archive, { id: "2" }, key);
    assert.deepEqual(await ringback.request(archive, { id: "2" }, key), first);
    const { activity } = await ringback.request("{ activity { nodes { kind } } }");
    assert.equal(activity.nodes.filter(({ kind }: { kind: string }) => kind === "CALL_ARCHIVED").length, 2);
  });

  it("gives up after so many attempts, with NETWORK", async (t) => {
    const server = await serverWithCalls(t);
    const network = await losingNetwork(t, server.url);
    const ringback = createRingback({ url: network.url, retries: 2, ...quick });
    network.loses = 3;
    await assert.rejects(ringback.signIn("ann", testPassword), { code: "NETWORK" });
    assert.equal(network.loses, 0);
  });

  it("waits for as long as the server asks when it has asked for too much", async (t) => {
    // A hundred points a second.
    const server = await serverWithCalls(t, { costPerSession: "6000" });
    const tokens = await server.signIn();
    const ringback = createRingback({ url: server.url, session: { kind: "tokens", tokens }, retries: 1 });
    const refused = async (count: number) => {
      const query = `{ calls(first: ${count}) { nodes { id } } }`;
      const { errors } = await server.graphql(query, { token: tokens.accessToken });
      return errors?.[0]?.extensions.code === "RATE_LIMITED";
    };
    for (const count of [1_000, 20]) while (!(await refused(count)));
    const { calls } = await ringback.request("{ calls(first: 100) { nodes { id } } }");
    assert.equal(calls.nodes.length, 3);
  });

  it("ends at once when its signal is aborted", async (t) => {
    const server = await serverWithCalls(t);
    const network = await losingNetwork(t, server.url);
    network.loses = Infinity;
    const ringback = createRingback({ url: network.url, retries: Infinity, waits: { minMs: 60_000, maxMs: 60_000 } });
    const leaving = new AbortController();
    const asking = ringback.signIn("ann", testPassword, { signal: leaving.signal });
    await network.lost;
    leaving.abort();
    await assert.rejects(asking, { name: "AbortError" });
    await assert.rejects(ringback.signIn("ann", testPassword, { signal: leaving.signal }), { name: "AbortError" });
  });
});

async function serverWithCalls(t: TestContext, ...options: Parameters<typeof startTestServer>): Promise<TestServer> {
  const server = await startTestServer(...options);
  t.after(() => server.close());
  await server.addCalls(3);
  await server.signIn();
  return server;
}

/** A way to the server that lets requests through and loses the answers to so many of them. */
async function losingNetwork(t: TestContext, target: string) {
  const lost = Promise.withResolvers<void>();
  const network = { url: "", loses: 0, lost: lost.promise };
  const proxy = createServer((incoming, outgoing) => {
    const forwarded = request(
      `${target}${incoming.url}`,
      { method: incoming.method, headers: incoming.headers },
      (answer) => {
        if (network.loses > 0) {
          network.loses -= 1;
          answer.resume();
          answer.once("end", () => {
            outgoing.destroy();
            lost.resolve();
          });
          return;
        }
        outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
        answer.pipe(outgoing);
      },
    );
    incoming.pipe(forwarded);
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
