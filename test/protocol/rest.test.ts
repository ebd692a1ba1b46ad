import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, describe, it } from "node:test";
import { DomainError } from "../../server/src/domain/errors.ts";
import type { Storage } from "../../server/src/domain/storage.ts";
import { badTokens } from "./hostile-rows.ts";
import {
  answersOf,
  type Ask,
  asker,
  type Asking,
  documentOf,
  type OpenApi,
  operationsOf,
} from "../support/documented-answers.ts";
import { startTestServer, testPassword, type TestServer } from "../support/server.ts";

const unauthorized = { statusCode: 401, message: "Unauthorized" };
const noSuchCall = { statusCode: 404, message: "The call does not exist!", error: "Not Found" };
const unacceptable = (...message: string[]) => ({ statusCode: 400, message, error: "Bad Request" });

describe("the REST routes", () => {
  let server: TestServer;
  let token: string;
  let refreshToken: string;
  let ids: readonly string[];
  let ask: Ask;
  let document: OpenApi;
  const seen = new Set<string>();

  before(async () => {
    let failure: Error | null = null;
    server = await startTestServer(
      { origins: "loopback" },
      { aroundStorage: (storage) => failing(storage, () => failure) },
    );
    ids = await server.addCalls(25);
    document = await documentOf(server.url);
    ask = asker(server.url, document, seen);
    await server.signIn("ann");
    const login = await ask("POST", "/auth/login", { json: { username: "ann", password: testPassword } });
    assert.equal(login.status, 201);
    token = login.body.access_token;
    refreshToken = login.body.refresh_token;
    failWith = (error) => {
      failure = error;
    };
  });
  after(() => server.close());
  let failWith: (error: Error | null) => void;

  describe("signing in", () => {
    it("answers 201 with both tokens and the user, whatever the Authorization header says", async () => {
      for (const authorization of ["", "undefined", "Bearer null", "Bearer a.b.c", "Basic x"]) {
        const { status, body } = await ask("POST", "/auth/login", {
          headers: { authorization },
          json: { username: "ann", password: testPassword },
        });
        assert.equal(status, 201, authorization);
        assert.deepEqual(Object.keys(body), ["access_token", "refresh_token", "user"]);
        assert.equal(body.user.username, "ann");
      }
    });

    it("issues tokens that last 600 and 3,600 seconds and name the user", async () => {
      const lifetime = (jwt: string) => {
        const { iat, exp, sub, username } = JSON.parse(Buffer.from(jwt.split(".")[1] ?? "", "base64url").toString());
        assert.equal(username, "ann");
        assert.equal(typeof sub, "string");
        return exp - iat;
      };
      assert.equal(lifetime(token), 600);
      assert.equal(lifetime(refreshToken), 3_600);
    });

    it("J23 answers 401 to a wrong password and to an unknown name alike", async () => {
      for (const username of ["ann", "nobody"]) {
        const { status, body } = await ask("POST", "/auth/login", { json: { username, password: "wrong password" } });
        assert.equal(status, 401);
        assert.deepEqual(body, unauthorized);
      }
    });

    it("names every field that is missing, empty or no text", async () => {
      const refused = async (json: unknown) => (await ask("POST", "/auth/login", { json })).body;
      assert.deepEqual(
        await refused({}),
        unacceptable(
          "username must be a string",
          "username should not be empty",
          "password must be a string",
          "password should not be empty",
        ),
      );
      assert.deepEqual(await refused({ username: "ann", password: 5 }), unacceptable("password must be a string"));
      assert.deepEqual(await refused({ username: "", password: "x" }), unacceptable("username should not be empty"));
    });
  });

  describe("refreshing", () => {
    const bodies: readonly (readonly [string, Asking])[] = [
      ["no body", {}],
      ["an empty JSON object", { json: {} }],
      ["an empty body under the JSON type", { headers: { "content-type": "application/json" } }],
      ["an empty form", { headers: { "content-type": "application/x-www-form-urlencoded" }, body: "" }],
      ["a form", { headers: { "content-type": "application/x-www-form-urlencoded" }, body: "a=b" }],
      ["JSON under the form type", { headers: { "content-type": "application/x-www-form-urlencoded" }, body: "{}" }],
    ];
    for (const [name, asking] of bodies) {
      it(`by refresh-token-v2 takes ${name}`, async () => {
        const { status, body } = await ask("POST", "/auth/refresh-token-v2", { ...asking, token: refreshToken });
        assert.equal(status, 201);
        assert.equal((await ask("GET", "/me", { token: body.access_token })).status, 200);
        assert.equal((await ask("POST", "/auth/refresh-token-v2", { token: body.refresh_token })).status, 201);
      });
    }

    it("by the deprecated refresh-token takes an access token and answers an access token", async () => {
      const { status, body, headers } = await ask("POST", "/auth/refresh-token", { token, json: {} });
      assert.equal(status, 201);
      assert.deepEqual(Object.keys(body), ["access_token", "user"]);
      assert.equal(headers.get("deprecation"), "true");
      assert.equal((await ask("GET", "/me", { token: body.access_token })).status, 200);
    });

    it("J22 by the deprecated refresh-token is answered 429 the seventh time in a minute, with the time to wait", async () => {
      const { accessToken } = await server.signIn("often");
      for (let count = 0; count < 6; count += 1) {
        assert.equal((await ask("POST", "/auth/refresh-token", { token: accessToken })).status, 201);
      }
      const { status, body, headers } = await ask("POST", "/auth/refresh-token", { token: accessToken });
      assert.equal(status, 429);
      assert.equal(body.error, "Too Many Requests");
      assert.ok(Number(headers.get("retry-after")) > 0);
    });
  });

  describe("tokens", () => {
    const guarded: readonly (readonly [string, string, "access" | "refresh"])[] = [
      ["GET", "/me", "access"],
      ["GET", "/calls", "access"],
      ["GET", "/calls/1", "access"],
      ["PUT", "/calls/1/archive", "access"],
      ["POST", "/calls/1/note", "access"],
      ["POST", "/auth/refresh-token", "access"],
      ["POST", "/auth/refresh-token-v2", "refresh"],
    ];
    for (const [method, path, kind] of guarded) {
      it(`${method} ${path} is answered 401 without a token, and with one of the other kind`, async () => {
        const other = kind === "access" ? refreshToken : token;
        for (const authorization of [undefined, "", "Bearer", "Bearer  ", "Basic x", "Bearer x", `Bearer ${other}`]) {
          const headers = authorization === undefined ? {} : { authorization };
          const { status, body, headers: answered } = await ask(method, path, { headers });
          assert.equal(status, 401, String(authorization));
          assert.deepEqual(body, unauthorized);
          assert.equal(answered.get("www-authenticate"), "Bearer");
          assert.equal(answered.get("x-error-code"), "UNAUTHENTICATED");
        }
      });

      it(`${method} ${path} refuses two tokens in one header`, async () => {
        const { status } = await ask(method, path, { headers: { authorization: `Bearer ${token}, Bearer ${token}` } });
        assert.equal(status, 400);
      });
    }

    for (const name of Object.keys(badTokens({ accessToken: "e30.e30.", refreshToken: "" }))) {
      it(`that nobody issued are answered 401: ${name}`, async () => {
        const bad = badTokens(await server.signIn());
        const { status, body } = await ask("GET", "/me", { token: bad[name as keyof typeof bad] });
        assert.equal(status, 401);
        assert.deepEqual(body, unauthorized);
      });
    }

    it("take the scheme in lower case", async () => {
      const { status, body } = await ask("GET", "/me", { headers: { authorization: `bearer ${token}` } });
      assert.equal(status, 200);
      assert.equal(body.username, "ann");
    });

    it("are looked at before a body is", async () => {
      assert.equal((await ask("POST", "/calls/1/note", { json: { content: 5 } })).status, 401);
    });
  });

  describe("keys of programs", () => {
    it("are answered 403 where their scopes do not suffice", async () => {
      const key = async (scope: string) => {
        const input = `{ name: "${scope}", scopes: [${scope}] }`;
        const made = await server.graphql(`mutation { createApiKey(input: ${input}) { secret } }`, { token });
        return made.data.createApiKey.secret as string;
      };
      const [reading, writing] = [await key("READ"), await key("WRITE")];
      for (const [method, path, secret] of [
        ["GET", "/calls", writing],
        ["GET", "/calls/1", writing],
        ["PUT", "/calls/1/archive", reading],
        ["POST", "/calls/1/note", reading],
      ] as const) {
        const { status, body } = await ask(method, path, {
          token: secret,
          ...(method === "POST" && { json: { content: "x" } }),
        });
        assert.deepEqual([status, body.error], [403, "Forbidden"], path);
      }
    });
  });

  describe("GET /calls", () => {
    it("answers ten calls, newest first, with the count, in the form that GraphQL has", async () => {
      const { status, body } = await ask("GET", "/calls", { token });
      assert.equal(status, 200);
      const fields = "id direction from to via duration is_archived call_type created_at notes { id content }";
      const { data } = await server.graphql(`{ paginatedCalls { nodes { ${fields} } totalCount hasNextPage } }`, {
        token,
      });
      assert.deepEqual(body, data.paginatedCalls);
      assert.equal(body.nodes.length, 10);
      assert.equal(body.nodes[0].id, ids.at(-1));
    });

    const pages: readonly (readonly [string, number, boolean])[] = [
      ["/calls/?offset=0&limit=20", 20, true],
      ["/calls/", 10, true],
      ["/calls?offset=20&limit=10", 5, false],
      ["/calls?offset=15&limit=10", 10, false],
      ["/calls?limit=10.0", 10, true],
      ["/calls?limit=0", 0, true],
      ["/calls?offset=-0&limit=1", 1, true],
      ["/calls?limit=1000", 25, false],
      ["/calls?limit=5000", 25, false],
      ["/calls?offset=25", 0, false],
      ["/calls?offset=99999999999", 0, false],
      ["/calls?offset=9007199254740991", 0, false],
      ["/calls?something=else", 10, true],
    ];
    for (const [path, count, hasNextPage] of pages) {
      it(`${path} has ${count} calls${hasNextPage ? " and a next page" : ""}`, async () => {
        const { status, body } = await ask("GET", path, { token });
        assert.equal(status, 200);
        assert.equal(body.nodes.length, count);
        assert.equal(body.totalCount, 25);
        assert.equal(body.hasNextPage, hasNextPage);
      });
    }

    const notWhole = "must be a whole number from 0 to 9007199254740991.";
    for (const value of [
      "-1",
      "1.5",
      "0.1",
      "1e-9",
      "1e1",
      "1e400",
      "NaN",
      "Infinity",
      "abc",
      "",
      "0x10",
      "１",
      " 1",
    ]) {
      it(`a limit of ${JSON.stringify(value)} is refused`, async () => {
        const { status, body } = await ask("GET", `/calls?limit=${encodeURIComponent(value)}`, { token });
        assert.equal(status, 400);
        assert.deepEqual(body, unacceptable(`limit ${notWhole}`));
      });
    }

    it("an offset of 2^53 or more is refused, and so are two of one parameter; each fault is named", async () => {
      for (const query of ["offset=9007199254740992", "offset=9007199254740993", "offset=1&offset=2"]) {
        const { body } = await ask("GET", `/calls?${query}`, { token });
        assert.deepEqual(body, unacceptable(`offset ${notWhole}`), query);
      }
      const { body } = await ask("GET", "/calls?offset=-1&limit=-1", { token });
      assert.deepEqual(body, unacceptable(`offset ${notWhole}`, `limit ${notWhole}`));
    });
  });

  describe("GET /calls/:id", () => {
    it("answers the call", async () => {
      const { status, body } = await ask("GET", `/calls/${ids[0]}`, { token });
      assert.equal(status, 200);
      assert.equal(body.id, ids[0]);
      assert.equal(body.duration, 1_000);
      assert.match(body.created_at, /^2021-07-04T00:01:00\.000Z$/);
    });
  });

  for (const [method, suffix] of [
    ["GET", ""],
    ["PUT", "/archive"],
    ["POST", "/note"],
  ] as const) {
    it(`${method} /calls/:id${suffix} is answered 404 for whatever is not the id of a call`, async () => {
      const strange = [
        "0",
        "-1",
        "999999",
        "1.5",
        "abc",
        " 1 ",
        "1e3",
        "0x1",
        "１",
        "9007199254740993",
        "' OR 1=1 --",
        "%",
      ];
      for (const id of [...strange, "__proto__", "a\u0000b", "undefined", "9".repeat(1_024)]) {
        const path = `/calls/${encodeURIComponent(id)}${suffix}`;
        const { status, body } = await ask(method, path, {
          token,
          ...(suffix === "/note" && { json: { content: "x" } }),
        });
        assert.equal(status, 404, id);
        assert.deepEqual(body, noSuchCall);
      }
    });
  }

  it("refuses an id of 10 KB", async () => {
    const { status, body } = await ask("GET", `/calls/${"1".repeat(10_240)}`, { token });
    assert.equal(status, 400);
    assert.deepEqual(body, unacceptable("An id has at most 1024 characters."));
  });

  describe("PUT /calls/:id/archive", () => {
    it("archives, then restores, and does not mind what body comes along", async () => {
      const path = `/calls/${ids[1]}/archive`;
      const sent: readonly Asking[] = [{}, { json: {} }, { headers: { "content-type": "text/plain" }, body: "x" }];
      for (const [index, asking] of [
        ...sent,
        { headers: { "content-type": "application/json" }, body: "{" },
      ].entries()) {
        const { status, body } = await ask("PUT", path, { ...asking, token });
        assert.equal(status, 200);
        assert.equal(body.is_archived, index % 2 === 0);
      }
    });

    it("acts once under one Idempotency-Key, and refuses the key for another call", async () => {
      const headers = { "idempotency-key": "archive-1" };
      const first = await ask("PUT", `/calls/${ids[2]}/archive`, { token, headers });
      const again = await ask("PUT", `/calls/${ids[2]}/archive`, { token, headers });
      assert.equal(first.body.is_archived, true);
      assert.deepEqual(again.body, first.body);
      const other = await ask("PUT", `/calls/${ids[3]}/archive`, { token, headers });
      assert.equal(other.status, 400);
      assert.equal(other.headers.get("x-error-code"), "BAD_USER_INPUT");
      assert.equal((await ask("GET", `/calls/${ids[3]}`, { token })).body.is_archived, false);
    });

    it("refuses a key that is no visible ASCII text of 255 characters at most", async () => {
      for (const key of ["", "two words", "k".repeat(256)]) {
        const { body } = await ask("PUT", `/calls/${ids[2]}/archive`, { token, headers: { "idempotency-key": key } });
        assert.deepEqual(body, unacceptable("An idempotency key is 1 to 255 visible ASCII characters."));
      }
    });
  });

  describe("POST /calls/:id/note", () => {
    const path = () => `/calls/${ids[4]}/note`;

    it("puts the note in front and answers 201 with the call", async () => {
      await ask("POST", path(), { token, json: { content: "first" } });
      const { status, body } = await ask("POST", path(), { token, json: { content: "second", __proto__: { a: 1 } } });
      assert.equal(status, 201);
      assert.deepEqual(
        body.notes.map((note: { content: string }) => note.content),
        ["second", "first"],
      );
    });

    const texts = {
      "one character": "x",
      "10,000 code points": "😀".repeat(10_000),
      "joiners, flags, combining marks": "👨‍👩‍👧 🇩🇪 e\u0301 Z\u0334\u0335\u0336",
      "right-to-left override, zero width, line separators": "\u202Eabc\u202C \u200b \u2028\u2029",
      markup: "<script>alert(1)</script><img src=x onerror=alert(1)> [a](javascript:b)",
      formulas: "=HYPERLINK(1)\n+cmd\n@SUM\t1",
      "control characters": "\r\n\u001b[2J\b",
      SQL: `'; DROP TABLE calls; -- % _ \\ ${"'".repeat(5_000)}`,
    };
    for (const [name, content] of Object.entries(texts)) {
      it(`keeps ${name} exactly`, async () => {
        const { status, body } = await ask("POST", path(), { token, json: { content } });
        assert.equal(status, 201);
        assert.equal(body.notes[0].content, content);
      });
    }

    it("refuses content that is missing or no text in the words that clients know", async () => {
      const refused = async (asking: Asking) => (await ask("POST", path(), { ...asking, token })).body;
      const missing = unacceptable("content must be a string", "content should not be empty");
      for (const asking of [{}, { json: {} }, { json: { content: null } }, { json: { text: "x" } }]) {
        assert.deepEqual(await refused(asking), missing);
      }
      assert.deepEqual(await refused({ json: { content: 5 } }), unacceptable("content must be a string"));
      assert.deepEqual(await refused({ json: { content: ["x"] } }), unacceptable("content must be a string"));
      for (const content of ["", "  ", "\n"]) {
        assert.deepEqual(await refused({ json: { content } }), unacceptable("content should not be empty"));
      }
    });

    it("refuses content that is too long or cannot be stored, and stores nothing of it", async () => {
      const before = (await ask("GET", `/calls/${ids[4]}`, { token })).body;
      for (const content of ["x".repeat(10_001), "a\u0000b", "\ud800", "a\udc00b"]) {
        assert.equal((await ask("POST", path(), { token, json: { content } })).status, 400);
      }
      assert.deepEqual((await ask("GET", `/calls/${ids[4]}`, { token })).body, before);
    });

    it("adds one note under one Idempotency-Key, and refuses the key for another text", async () => {
      const asking = { token, headers: { "idempotency-key": "note-1" } };
      const first = await ask("POST", path(), { ...asking, json: { content: "once" } });
      const again = await ask("POST", path(), { ...asking, json: { content: "once" } });
      assert.deepEqual(again.body, first.body);
      assert.equal((await ask("POST", path(), { ...asking, json: { content: "twice" } })).status, 400);
    });
  });

  describe("bodies", () => {
    const json = { "content-type": "application/json" };
    const note = (asking: Asking) => ask("POST", `/calls/${ids[5]}/note`, { ...asking, token });

    it("that are no JSON object in UTF-8 are answered 400", async () => {
      const invalidUtf8 = Buffer.from('{"content":"\xff"}', "latin1");
      for (const body of ["{", '"x"', "123", "null", "[]", invalidUtf8, "[".repeat(100_000)]) {
        const { status, body: answered } = await note({ headers: json, body });
        assert.equal(status, 400);
        assert.equal(answered.message.length, 1);
      }
    });

    it("may start with a byte order mark and name UTF-8", async () => {
      const headers = { "content-type": "application/json; charset=UTF-8" };
      assert.equal((await note({ headers, body: '\ufeff{"content":"marked"}' })).status, 201);
    });

    it("under another media type, character set or encoding are answered 415", async () => {
      const body = '{"content":"x"}';
      const types = ["text/plain", "application/x-www-form-urlencoded", "application/json; charset=utf-16"];
      for (const type of types)
        assert.equal((await note({ headers: { "content-type": type }, body })).status, 415, type);
      assert.equal((await note({ headers: { ...json, "content-encoding": "gzip" }, body })).status, 415);
      const form = new URLSearchParams({ username: "ann", password: testPassword });
      assert.equal((await ask("POST", "/auth/login", { body: form })).status, 415);
    });

    it("of more than 128 KiB are answered 413", async () => {
      for (const path of ["/auth/login", `/calls/${ids[5]}/note`]) {
        const { status, body } = await ask("POST", path, { token, headers: json, body: " ".repeat(128 * 1_024 + 1) });
        assert.equal(status, 413);
        assert.equal(body.error, "Payload Too Large");
      }
    });
  });

  it("answers the preflight of a listed origin with the path's methods, and of others with none", async () => {
    const preflight = async (path: string, origin: string) =>
      fetch(`${server.url}${path}`, {
        method: "OPTIONS",
        headers: { origin, "access-control-request-method": "PUT", "access-control-request-headers": "authorization" },
      });
    const listed = await preflight("/calls/1/archive", "http://localhost:3000");
    assert.equal(listed.status, 204);
    assert.equal(listed.headers.get("access-control-allow-origin"), "http://localhost:3000");
    assert.equal(listed.headers.get("access-control-allow-methods"), "PUT");
    assert.match(listed.headers.get("access-control-allow-headers") ?? "", /authorization, content-type/);
    const foreign = await preflight("/calls/1/archive", "https://evil.example");
    assert.equal(foreign.status, 204);
    assert.equal(foreign.headers.get("access-control-allow-origin"), null);
    const { headers } = await ask("GET", "/me", { token, headers: { origin: "http://localhost:3000" } });
    assert.equal(headers.get("access-control-allow-origin"), "http://localhost:3000");
    assert.equal(
      (await ask("GET", "/me", { headers: { origin: "http://localhost:3000" } })).headers.get("vary"),
      "Origin",
    );
  });

  it("answers a fault of ours with 500 and nothing of it, and a database that is away with 503", async () => {
    failWith(new Error("secret detail"));
    const fault = await ask("GET", "/calls", { token });
    failWith(new DomainError("UNAVAILABLE", "The database does not answer.", { retryAfterMs: 1_500 }));
    const away = await ask("GET", "/calls", { token });
    failWith(null);
    assert.deepEqual(fault.body, { statusCode: 500, message: "Internal server error", error: "Internal Server Error" });
    assert.ok(fault.headers.get("x-request-id"));
    assert.deepEqual(away.body, {
      statusCode: 503,
      message: "The database does not answer.",
      error: "Service Unavailable",
    });
    assert.equal(away.headers.get("retry-after"), "2");
    assert.equal(away.headers.get("x-error-code"), "UNAVAILABLE");
  });

  it("answers 429 on every route once a network has sent too much without a token", async () => {
    const strict = await startTestServer({ requestsPerNetwork: "1" });
    try {
      const askStrict = asker(strict.url, document, seen);
      await askStrict("GET", "/me");
      for (const { method, path } of operationsOf(document, "REST")) {
        const { status, headers } = await askStrict(method, path.replace("{id}", "1"));
        assert.deepEqual([status, headers.get("x-error-code")], [429, "RATE_LIMITED"], path);
        assert.ok(Number(headers.get("retry-after")) > 0);
        assert.match(headers.get("ratelimit") ?? "", /^"network";r=0;t=\d+$/);
      }
    } finally {
      await strict.close();
    }
  });

  it("answers too many attempts to sign in with 429", async () => {
    const strict = await startTestServer({ signInsPerNetwork: "1" });
    try {
      const askStrict = asker(strict.url, document, seen);
      await askStrict("POST", "/auth/login", { json: { username: "ann", password: "wrong password" } });
      const { status, headers } = await askStrict("POST", "/auth/login", { json: { username: "ann", password: "x" } });
      assert.equal(status, 429);
      assert.ok(Number(headers.get("retry-after")) > 0);
    } finally {
      await strict.close();
    }
  });

  describe("files of contacts", () => {
    const csv = "name,number\nsomebody,+442079460778\nnobody,none\n";

    it("come in and go out as they are described", async () => {
      const { body } = await ask("POST", "/contacts/import", {
        token,
        headers: { "content-type": "text/csv" },
        body: csv,
      });
      assert.deepEqual([body.added, body.refused, body.rows.length], [1, 1, 2]);
      assert.match((await ask("GET", "/contacts/export?format=csv", { token })).body, /somebody/);
      assert.match((await ask("GET", "/contacts/export?format=vcard", { token })).body, /BEGIN:VCARD/);
    });

    it("are refused as it is described", async () => {
      const headers = { "content-type": "text/csv" };
      const reader = "a reader";
      const account = { workspaceId: 1, role: "reader", isDisabled: false, createdAtMs: 0 } as const;
      await server.storage.users.add(
        { id: reader, username: reader, ...account },
        await server.passwords.hash(testPassword),
      );
      const readers = (await server.signIn(reader)).accessToken;
      const key = 'mutation { createApiKey(input: { name: "files", scopes: [WRITE] }) { secret } }';
      const writers = (await server.graphql(key, { token })).data.createApiKey.secret as string;
      const statuses = [
        await ask("POST", "/contacts/import", { headers, body: csv }),
        await ask("POST", "/contacts/import", { token: readers, headers, body: csv }),
        await ask("POST", "/contacts/import", { token, headers, body: "what,is,this\n1,2,3\n" }),
        await ask("POST", "/contacts/import", { token, headers, body: "x".repeat((5 << 20) + 1) }),
        await ask("POST", "/contacts/import", {
          token,
          headers: { ...headers, "content-encoding": "gzip" },
          body: csv,
        }),
        await ask("GET", "/contacts/export"),
        await ask("GET", "/contacts/export", { token: writers }),
        await ask("GET", "/contacts/export?format=xls", { token }),
      ].map(({ status }) => status);
      assert.deepEqual(statuses, [401, 403, 400, 413, 415, 401, 403, 400]);
      const small = await startTestServer({ costPerSession: "700" });
      try {
        const askSmall = asker(small.url, document, seen);
        const { accessToken } = await small.signIn();
        assert.equal((await askSmall("GET", "/contacts/export", { token: accessToken })).status, 200);
        assert.equal((await askSmall("GET", "/contacts/export", { token: accessToken })).status, 429);
        const asked = { token: accessToken, headers, body: csv };
        assert.equal((await askSmall("POST", "/contacts/import", asked)).status, 429);
      } finally {
        await small.close();
      }
    });
  });

  describe("the OpenAPI document", () => {
    it("is of version 3.1, leaves no reference open and lists no shape that nothing refers to", () => {
      assert.match(document.openapi, /^3\.1\./);
      const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)].map(([, path = ""]) => path);
      for (const reference of new Set(references)) {
        const target = reference
          .split("/")
          .reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], document);
        assert.ok(target, reference);
      }
      const names = Object.keys(document.components.schemas).map((name) => `components/schemas/${name}`);
      assert.deepEqual(names.toSorted(), [...new Set(references)].toSorted());
    });

    it("names no status that these tests have not seen held to it, save 500 and 503, which any route may have", () => {
      assert.deepEqual(
        answersOf(document, "REST").filter((answer) => !seen.has(answer) && !/ (500|503) /.test(answer)),
        [],
      );
    });

    it("has the routes of docs/rest.md, and no others of their kind", () => {
      const rows = readFileSync(new URL("../../docs/rest.md", import.meta.url), "utf8").matchAll(
        /^\| `(GET|POST|PUT) (\/[^`]*)` +\| (\d+)/gm,
      );
      const inDocs = [...rows].map(([, method, path, status]) => `${method} ${path} ${status}`);
      const inDocument = operationsOf(document, "REST").map(({ method, path, responses }) => {
        const success = Object.keys(responses).find((status) => status.startsWith("2"));
        return `${method} ${path.replaceAll(/\{(\w+)\}/g, ":$1")} ${success}`;
      });
      assert.deepEqual(inDocs.toSorted(), inDocument.toSorted());
    });
  });
});

/** The storage, with pages that fail while there is a failure to fail with. */
function failing(storage: Storage, failure: () => Error | null): Storage {
  return {
    ...storage,
    calls: {
      ...storage.calls,
      page(...args) {
        const error = failure();
        if (error !== null) throw error;
        return storage.calls.page(...args);
      },
    },
  };
}
