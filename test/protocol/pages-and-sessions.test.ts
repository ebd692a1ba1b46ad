import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { startTestServer, testPassword, type TestServer } from "../support/server.ts";

const cookieName = "__Host-ringback-refresh";

describe("the web app's session", () => {
  let server: TestServer;
  before(async () => {
    server = await startTestServer();
    await server.signIn("ann");
  });
  after(() => server.close());

  const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
    fetch(`${server.url}${path}`, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        origin: server.url,
        "sec-fetch-site": "same-origin",
        ...headers,
      },
      body: JSON.stringify(body),
    });
  const cookieOf = (response: Response) => /^[^=]+=([^;]*)/.exec(response.headers.get("set-cookie") ?? "")?.[1] ?? "";
  const refresh = (token: string) => post("/session/refresh", {}, { cookie: `other=1; ${cookieName}=${token}` });

  it("keeps the refresh token in a cookie that scripts, other hosts and other sites never get", async () => {
    const response = await post("/session/login", { username: "ann", password: testPassword });
    assert.equal(response.status, 200);
    const cookie = response.headers.get("set-cookie") ?? "";
    assert.match(
      cookie,
      /^__Host-ringback-refresh=[\w.-]+; Path=\/; Max-Age=3\d\d\d; Secure; HttpOnly; SameSite=Strict$/,
    );
    assert.equal(response.headers.get("cache-control"), "no-store");
    const body = (await response.json()) as { access_token: string; user: { id: string; username: string } };
    assert.deepEqual(Object.keys(body), ["access_token", "user"]);
    const me = await server.graphql("{ me { id username } }", { token: body.access_token });
    assert.deepEqual(me.data, { me: body.user });
  });

  it("rotates strictly: a token used again within the grace has the same successor", async () => {
    const first = cookieOf(await post("/session/login", { username: "ann", password: testPassword }));
    const [a, b] = await Promise.all([refresh(first), refresh(first)]);
    assert.equal(a.status, 200);
    assert.equal(cookieOf(a), cookieOf(b));
    assert.notEqual(cookieOf(a), first);
  });

  it("ends with logout: its tokens are refused afterwards and the cookie is gone", async () => {
    const login = await post("/session/login", { username: "ann", password: testPassword });
    const { access_token: token } = (await login.json()) as { access_token: string };
    const response = await post("/session/logout", {}, { cookie: `${cookieName}=${cookieOf(login)}` });
    assert.equal(response.status, 204);
    assert.match(response.headers.get("set-cookie") ?? "", /=; Path=\/; Max-Age=0; /);
    assert.equal((await server.graphql("{ me { id } }", { token })).errors?.[0]?.message, "Unauthorized");
    assert.equal((await refresh(cookieOf(login))).status, 401);
  });

  it("answers a wrong password and a missing or spent cookie with 401 and leaves the cookie alone", async () => {
    for (const response of [
      await post("/session/login", { username: "ann", password: "wrong" }),
      await post("/session/refresh", {}),
      await refresh("nonsense"),
    ]) {
      assert.equal(response.status, 401);
      assert.equal(response.headers.get("set-cookie"), null);
    }
  });

  for (const [name, headers, status] of [
    ["a page of another site", { origin: "https://evil.example", "sec-fetch-site": "cross-site" }, 403],
    ["a page that does not say where it comes from", { "sec-fetch-site": "none" }, 403],
    ["a sandboxed page", { origin: "null" }, 403],
    ["a form", { "content-type": "application/x-www-form-urlencoded" }, 415],
    ["plain text", { "content-type": "text/plain" }, 415],
  ] as const) {
    it(`is nothing for ${name}`, async () => {
      const body = { username: "ann", password: testPassword };
      const response = await post("/session/login", body, headers);
      assert.equal(response.status, status);
      assert.equal(response.headers.get("set-cookie"), null);
    });
  }
});

describe("the first account", () => {
  it("is made once, by the link that the first start gives, and signs in", async () => {
    const server = await startTestServer();
    try {
      const link = new URL(server.setupUrl ?? "");
      assert.equal(link.pathname, "/setup");
      const token = new URLSearchParams(link.hash.slice(1)).get("token");
      const make = (body: unknown) =>
        fetch(`${server.url}/setup`, {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: JSON.stringify(body),
        });
      assert.equal((await fetch(link)).status, 200);
      assert.equal((await make({ token: "wrong", username: "ann", password: testPassword })).status, 403);
      assert.equal((await make({ token, username: "ann", password: "1234567" })).status, 400);
      assert.equal((await make({ token, username: " ", password: testPassword })).status, 400);
      const twice = await Promise.all([1, 2].map((n) => make({ token, username: `ann${n}`, password: testPassword })));
      assert.deepEqual(
        twice.map(({ status }) => status).toSorted((a, b) => a - b),
        [201, 403],
      );
      assert.equal(await server.storage.users.count(), 1);
      const [user] = await server.storage.users.list(1);
      await server.signIn(user?.username);
      const page = await fetch(link, { redirect: "manual" });
      assert.equal(page.status, 303);
    } finally {
      await server.close();
    }
  });
});

describe("what else is served", () => {
  let server: TestServer;
  before(async () => {
    server = await startTestServer({ origins: "https://crm.example,loopback" });
  });
  after(() => server.close());

  it("pages come with a policy that lets nothing in from elsewhere", async () => {
    for (const path of ["/", "/setup", "/setup.js", "/page.css"]) {
      const response = await fetch(`${server.url}${path}`);
      assert.equal(response.status, 200, path);
      assert.match(response.headers.get("content-security-policy") ?? "", /default-src 'none'; script-src 'self'/);
      assert.equal(response.headers.get("x-content-type-options"), "nosniff");
      assert.doesNotMatch(await response.text(), /<script>|<style|style="|onclick=|https?:\/\/(?!localhost)/);
    }
  });

  it("G13 the schema is for people who are signed in", async () => {
    const path = `${server.url}/schema.graphql`;
    const refused = await fetch(path);
    assert.equal(refused.status, 401);
    assert.doesNotMatch(await refused.text(), /paginatedCalls/);
    const { accessToken } = await server.signIn();
    const served = await fetch(path, { headers: { authorization: `Bearer ${accessToken}` } });
    assert.match(await served.text(), /paginatedCalls/);
  });

  it("the keys of access tokens are public, and their private parts are not", async () => {
    const { keys } = (await (await fetch(`${server.url}/.well-known/jwks.json`)).json()) as { keys: object[] };
    assert.ok(keys.length >= 1);
    for (const key of keys) assert.ok(!("d" in key) && !("k" in key));
  });

  it("health says that the process answers, readiness that it can work", async () => {
    assert.deepEqual(await (await fetch(`${server.url}/healthz`)).json(), { status: "ok" });
    assert.deepEqual(await (await fetch(`${server.url}/readyz`)).json(), { status: "ready" });
  });

  it("an unknown path is 404 with a code", async () => {
    const response = await fetch(`${server.url}/nothing`);
    assert.equal(response.status, 404);
    const requestId = response.headers.get("x-request-id");
    assert.deepEqual(await response.json(), {
      errors: [{ message: "There is nothing here.", extensions: { code: "NOT_FOUND", requestId } }],
    });
  });

  for (const [origin, isAllowed] of [
    ["https://crm.example", true],
    ["http://localhost:3000", true],
    ["http://127.0.0.1:5173", true],
    ["https://localhost:3000", false],
    ["http://localhost.evil.example", false],
    ["https://evil.example", false],
    ["null", false],
  ] as const) {
    it(`H23 a page of ${origin} ${isAllowed ? "may" : "may not"} read answers`, async () => {
      const preflight = await fetch(`${server.url}/graphql`, {
        method: "OPTIONS",
        headers: {
          origin,
          "access-control-request-method": "POST",
          "access-control-request-headers": "authorization,content-type",
        },
      });
      const answer = await fetch(`${server.url}/graphql`, {
        method: "POST",
        headers: { origin, "content-type": "application/json" },
        body: '{"query":"{__typename}"}',
      });
      assert.equal(preflight.status, 204);
      for (const { headers } of [preflight, answer]) {
        assert.equal(headers.get("access-control-allow-origin"), isAllowed ? origin : null);
        assert.equal(headers.get("access-control-allow-credentials"), null);
        assert.equal(headers.get("vary"), "Origin");
      }
      if (isAllowed)
        assert.match(preflight.headers.get("access-control-allow-headers") ?? "", /authorization, content-type/);
    });
  }
});
