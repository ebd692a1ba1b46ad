import assert from "node:assert/strict";
import { createHash } from "node:crypto";
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
    for (const path of ["/", "/setup", "/inbox?call=7", "/settings/users"]) {
      const response = await fetch(`${server.url}${path}`, { headers: { accept: "text/html" } });
      assert.equal(response.status, 200, path);
      const policy = response.headers.get("content-security-policy") ?? "";
      assert.match(policy, /default-src 'none'; script-src 'self'/);
      assert.doesNotMatch(policy, /unsafe|https?:/);
      assert.equal(response.headers.get("x-content-type-options"), "nosniff");
      const page = await response.text();
      assert.doesNotMatch(page, /<style|style="|onclick=|https?:\/\/(?!localhost)/);
      for (const [, script = ""] of page.matchAll(/<script>([\s\S]*?)<\/script>/g)) {
        const sum = createHash("sha256").update(script).digest("base64");
        assert.ok(policy.includes(`'sha256-${sum}'`), "an inline script is named by its hash");
      }
    }
  });

  it("scripts and styles of the app are compressed ahead and kept for good; what is not there is 404", async () => {
    const page = await (await fetch(server.url)).text();
    const [script = assert.fail("the app is built: npm run build")] = /\/assets\/[\w.-]+\.js/.exec(page) ?? [];
    for (const encoding of ["br", "gzip", "identity"]) {
      const response = await fetch(`${server.url}${script}`, { headers: { "accept-encoding": encoding } });
      assert.equal(response.headers.get("content-encoding"), encoding === "identity" ? null : encoding);
      assert.equal(response.headers.get("cache-control"), "public, max-age=31536000, immutable");
      assert.equal(response.headers.get("vary"), "Accept-Encoding");
      assert.match(await response.text(), /import/);
    }
    const etag = (await fetch(server.url)).headers.get("etag") ?? "";
    assert.equal((await fetch(server.url, { headers: { "if-none-match": etag } })).status, 304);
    for (const path of ["/assets/none.js", "/assets/..%2findex.html", "/assets/.js"]) {
      const response = await fetch(`${server.url}${path}`);
      assert.equal(response.status, 404, path);
    }
  });

  it("what keeps the app in the browser is asked for anew each time, and may fetch from here alone", async () => {
    const response = await fetch(`${server.url}/service-worker.js`);
    assert.equal(response.status, 200);
    assert.equal(response.headers.get("cache-control"), "no-cache");
    assert.equal(response.headers.get("content-security-policy"), "default-src 'none'; connect-src 'self'");
    assert.match(response.headers.get("content-type") ?? "", /^text\/javascript/);
  });

  it("a path of the app that is not asked for as a page stays an unknown path", async () => {
    const response = await fetch(`${server.url}/inbox`, { headers: { accept: "application/json" } });
    assert.equal(response.status, 404);
    const { errors } = (await response.json()) as { errors: { extensions: { code: string } }[] };
    assert.equal(errors[0]?.extensions.code, "NOT_FOUND");
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

  it("a known path is 405 for a method that it does not take, with those that it takes in Allow", async () => {
    for (const [method, path, allow] of [
      ["DELETE", "/me", "GET"],
      ["POST", "/calls?offset=0", "GET"],
      ["PATCH", "/calls/7", "GET"],
      ["GET", "/calls/7/archive", "PUT"],
      ["GET", "/auth/login", "POST"],
      ["PUT", "/contacts/import", "POST"],
      ["POST", "/export", "GET"],
      ["POST", "/healthz", "GET"],
      ["DELETE", "/setup", "GET, POST"],
      ["GET", "/invitations/accept", "POST"],
    ] as const) {
      const response = await fetch(`${server.url}${path}`, { method, headers: { accept: "application/json" } });
      assert.deepEqual([path, response.status, response.headers.get("allow")], [path, 405, allow]);
      assert.match(await response.text(), /"METHOD_NOT_ALLOWED"/);
    }
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
