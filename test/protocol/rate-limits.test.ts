import assert from "node:assert/strict";
import { describe, it, type TestContext } from "node:test";
import { dialects, openReadySocket } from "../support/socket.ts";
import { startTestServer } from "../support/server.ts";

const page = "{ paginatedCalls(limit: 100) { totalCount nodes { id notes { id } } } }"; // 301 points

async function limited(t: TestContext, session: number, network: number) {
  const time = { nowMs: Date.now() };
  const server = await startTestServer(
    {
      costPerSession: String(session),
      requestsPerNetwork: String(network),
      origins: "https://app.example",
    },
    { clock: { now: () => time.nowMs } },
  );
  t.after(() => server.close());
  const { accessToken: token } = await server.signIn();
  const post = (query: string, headers: Record<string, string> = {}, extensions?: object) =>
    fetch(`${server.url}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: JSON.stringify({ query, extensions }),
    });
  return { server, time, token, post, bearer: { authorization: `Bearer ${token}` } };
}

const fields = ({ headers }: Response) =>
  ["ratelimit", "ratelimit-policy", "retry-after"].map((name) => headers.get(name));
const firstError = async (response: Response) => {
  const { errors } = (await response.json()) as { errors: readonly { extensions: Record<string, unknown> }[] };
  return errors[0]?.extensions ?? {};
};

describe("rate limits over HTTP", () => {
  it("are in the headers of every answer, and a refusal says when to come back", async (t) => {
    const { post, bearer, time } = await limited(t, 600, 600);
    const policy = '"session";q=600;qu="cost";w=60';
    const first = await post(page, bearer);
    assert.deepEqual(fields(first), ['"session";r=299;t=31', policy, null]);
    const refused = await post(page, bearer);
    assert.equal(refused.status, 200, "as every refusal is under application/json");
    assert.deepEqual(fields(refused), ['"session";r=299;t=31', policy, "1"]);
    const requestId = refused.headers.get("x-request-id");
    assert.deepEqual(await firstError(refused), { code: "RATE_LIMITED", retryAfterMs: 200, requestId });
    const strict = await post(page, { ...bearer, accept: "application/graphql-response+json" });
    assert.equal(strict.status, 429);
    time.nowMs += 200;
    assert.deepEqual(fields(await post(page, bearer)), ['"session";r=0;t=60', policy, null]);
  });

  it("count requests for the network where there is no token that is good", async (t) => {
    const { post, bearer } = await limited(t, 600, 3); // signing in was the first
    const policy = '"network";q=3;qu="requests";w=60';
    assert.deepEqual(fields(await post("{ __typename }")), ['"network";r=1;t=40', policy, null]);
    const wrong = await post("{ me { id } }", { authorization: "Bearer nonsense" });
    assert.equal((await firstError(wrong))["code"], "UNAUTHENTICATED");
    assert.deepEqual(fields(await post("{ __typename }")), ['"network";r=0;t=60', policy, "20"]);
    assert.deepEqual(fields(await post("{ me { id } }", bearer)), [
      '"session";r=599;t=1',
      '"session";q=600;qu="cost";w=60',
      null,
    ]);
  });

  it("can be read by pages of listed origins", async (t) => {
    const { post } = await limited(t, 600, 600);
    const answer = await post("{ __typename }", { origin: "https://app.example" });
    const exposed = (answer.headers.get("access-control-expose-headers") ?? "").split(", ");
    for (const name of ["ratelimit", "ratelimit-policy", "retry-after", "x-request-id"]) {
      assert.ok(exposed.includes(name), name);
    }
  });

  it("are shared with the REST routes, and with sockets in both subprotocols", async (t) => {
    const { server, post, bearer, token, time } = await limited(t, 600, 600);
    await post(page, bearer);
    const refused = await fetch(`${server.url}/calls?limit=100`, { headers: bearer });
    assert.deepEqual([refused.status, refused.headers.get("x-error-code")], [429, "RATE_LIMITED"]);
    assert.deepEqual(fields(refused), ['"session";r=298;t=31', '"session";q=600;qu="cost";w=60', "1"]);
    for (const dialect of dialects) {
      const socket = await openReadySocket(server.socketUrl, dialect, token);
      socket.send({ id: "1", type: dialect.start, payload: { query: page } });
      const { type, payload } = await socket.next();
      const [error] = [payload.errors ?? payload].flat();
      assert.equal(error.extensions.code, "RATE_LIMITED", JSON.stringify(payload));
      assert.equal(type === "error" || type === dialect.result, true);
      assert.ok(error.extensions.retryAfterMs > 0 && typeof error.extensions.requestId === "string");
      socket.ws.close();
      await socket.closed;
    }
    time.nowMs += 60_000;
    const served = await fetch(`${server.url}/calls?limit=100`, { headers: bearer });
    assert.deepEqual([served.status, served.headers.get("ratelimit")], [200, '"session";r=299;t=31']);
  });

  it("refuse REST requests without a token when the network has sent too many", async (t) => {
    const { server } = await limited(t, 600, 2);
    const me = (headers: Record<string, string> = {}) => fetch(`${server.url}/me`, { headers });
    assert.equal((await me()).status, 401);
    assert.equal((await me()).status, 429);
    assert.equal((await me({ authorization: "Bearer nonsense" })).status, 429);
  });
});

describe("the cost of an operation", () => {
  const cost = { requested: 301, limit: 5_000 };

  it("is told to who asks for it by header or in the request, beside what else is told", async (t) => {
    const { post, bearer, server, token } = await limited(t, 0, 0);
    const plain = await (await post(page, bearer)).json();
    assert.ok(!("extensions" in (plain as object)));
    assert.deepEqual(await (await post(page, { ...bearer, "x-request-cost": "true" })).json(), {
      ...(plain as object),
      extensions: { cost },
    });
    const capped = await (await post("{ paginatedCalls(limit: 2000) { totalCount } }", bearer, { cost: true })).json();
    const { extensions } = capped as { extensions: { warnings: { code: string }[]; cost: object } };
    assert.equal(extensions.warnings[0]?.code, "LIMIT_CAPPED");
    assert.deepEqual(extensions.cost, { requested: 1, limit: 5_000 });
    for (const dialect of dialects) {
      const socket = await openReadySocket(server.socketUrl, dialect, token);
      socket.send({ id: "1", type: dialect.start, payload: { query: page, extensions: { cost: true } } });
      assert.deepEqual((await socket.until(dialect.result))["payload"].extensions, { cost });
      socket.ws.close();
      await socket.closed;
    }
  });
});
