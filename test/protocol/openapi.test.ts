import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { DomainError } from "../../server/src/domain/errors.ts";
import { readParameters } from "../../server/src/graphql/parameters.ts";
import { graphqlRequestShape } from "../../server/src/http/openapi/graphql-paths.ts";
import {
  answersOf,
  type Ask,
  asker,
  type Asking,
  documentOf,
  type OpenApi,
  operationsOf,
} from "../support/documented-answers.ts";
import { watchRoutes } from "../support/router-table.ts";
import { startTestServer, testPassword, type TestServer } from "../support/server.ts";

/** Routes that a reader of the document has no use for. */
const undescribed = [/^GET \/(page|docs)\.css$/, /^GET \/graphiql\//, /^GET \/calls\/$/];

const json = "application/json";
const graphqlJson = "application/graphql-response+json";
const tooLarge = { content: "x".repeat(130 * 1_024) };

describe("the OpenAPI document", () => {
  let server: TestServer;
  let document: OpenApi;
  let routes: ReadonlySet<string>;
  let ask: Ask;
  let token: string;
  let isReady = true;
  const seen = new Set<string>();

  before(async () => {
    const watching = watchRoutes();
    server = await startTestServer(
      {},
      {
        aroundStorage: (storage) => ({
          ...storage,
          workspaces: {
            ...storage.workspaces,
            find: async (id) => (isReady ? storage.workspaces.find(id) : null),
          },
        }),
      },
    );
    document = await documentOf(server.url);
    watching.stop();
    routes = watching.routes;
    ask = asker(server.url, document, seen);
  });
  after(() => server.close());

  const graphql = async (query: string) => {
    const { data, errors } = await server.graphql(query, { token });
    assert.equal(errors, undefined);
    return data;
  };
  /** A server with other settings, whose clock stands still, so that what was spent is not given back. */
  const asking = async (
    settings: Parameters<typeof startTestServer>[0],
    options: Parameters<typeof startTestServer>[1],
    look: (ask: Ask, other: TestServer) => Promise<void>,
  ) => {
    const now = Date.now();
    const other = await startTestServer(settings, { clock: { now: () => now }, ...options });
    try {
      await look(asker(other.url, document, seen), other);
    } finally {
      await other.close();
    }
  };

  it("has every route of the router, save files that pages load", () => {
    const described = new Set(
      operationsOf(document).map(({ method, path }) => `${method} ${path.replaceAll(/\{(\w+)\}/g, ":$1")}`),
    );
    const missing = [...routes].filter(
      (route) => !described.has(route) && !undescribed.some((isIt) => isIt.test(route)),
    );
    assert.deepEqual(missing, [], "These routes say nothing about themselves.");
    const beforeTheRouter = [...described].filter((route) => !routes.has(route));
    assert.deepEqual(beforeTheRouter.toSorted(), [
      "GET /graphql",
      "GET /graphql/stream",
      "POST /graphql",
      "POST /graphql/stream",
    ]);
  });

  it("names each operation once, and says what it is for", () => {
    const operations = operationsOf(document);
    assert.equal(new Set(operations.map(({ operationId }) => operationId)).size, operations.length);
    for (const { operationId, summary, tags } of operations) assert.ok(summary && tags.length === 1, operationId);
  });

  it("leaves no reference open and lists no shape that nothing refers to", () => {
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)].map(([, path = ""]) => path);
    const names = Object.keys(document.components.schemas).map((name) => `components/schemas/${name}`);
    assert.deepEqual(names.toSorted(), [...new Set(references)].toSorted());
  });

  it("tells the first account as it is made", async () => {
    const link = new URLSearchParams(new URL(server.setupUrl ?? "").hash.slice(1)).get("token");
    const account = { token: link, username: "ann", password: testPassword };
    assert.equal((await ask("GET", "/setup")).status, 200);
    await expect("POST", "/setup", [
      [403, { json: { ...account, token: "another" } }],
      [400, { json: { ...account, password: "short" } }],
      [400, { json: { ...account, username: 5 } }],
      [400, { json: [] }],
      [413, { json: { ...account, ...tooLarge } }],
      [415, { headers: { "content-type": "text/plain" }, body: "{}" }],
      [201, { json: account }],
    ]);
    assert.equal((await ask("GET", "/setup")).status, 303);
    token = (await server.signIn("ann")).accessToken;
  });

  it("tells how this server's own pages sign in and out", async () => {
    const own = { origin: server.url, "sec-fetch-site": "same-origin" };
    const credentials = { username: "ann", password: testPassword };
    await expect("POST", "/session/login", [
      [400, { headers: own, json: { username: "ann" } }],
      [401, { headers: own, json: { ...credentials, password: "wrong" } }],
      [403, { json: credentials }],
      [413, { headers: own, json: tooLarge }],
      [415, { headers: { ...own, "content-type": "text/plain" }, body: "{}" }],
    ]);
    const login = await ask("POST", "/session/login", { headers: own, json: credentials });
    assert.equal(login.status, 200);
    let cookie = login.headers.get("set-cookie")?.split(";", 1)[0] ?? "";
    for (const [path, success] of [
      ["/session/refresh", 200],
      ["/session/logout", 204],
    ] as const) {
      await expect("POST", path, [
        [400, { headers: { ...own, cookie }, json: [] }],
        [401, { headers: own, json: {} }],
        [403, { headers: { cookie }, json: {} }],
        [415, { headers: { ...own, cookie } }],
      ]);
      const { status, headers } = await ask("POST", path, { headers: { ...own, cookie }, json: {} });
      assert.equal(status, success);
      cookie = headers.get("set-cookie")?.split(";", 1)[0] ?? "";
    }
  });

  it("tells how an invitation becomes an account", async () => {
    const invite = async () => {
      const { path } = (await graphql("mutation { inviteUser(role: MEMBER) { path } }")).inviteUser;
      return new URLSearchParams(new URL(path as string, server.url).hash.slice(1)).get("token");
    };
    const account = { token: await invite(), username: "bea", password: testPassword };
    await expect("POST", "/invitations/accept", [
      [400, { json: { ...account, password: "short" } }],
      [409, { json: { ...account, username: "ann" } }],
      [413, { json: { ...account, ...tooLarge } }],
      [415, { headers: { "content-type": "text/plain" }, body: "{}" }],
      [201, { json: account }],
      [403, { json: account }],
    ]);
    const headers = { origin: server.url, "sec-fetch-site": "same-origin" };
    const ofPage = { ...account, token: await invite(), username: "cid" };
    const { status, body } = await ask("POST", "/invitations/accept", { headers, json: ofPage });
    assert.deepEqual([status, Object.keys(body)], [201, ["access_token", "user"]]);
  });

  it("tells what calls that come in are, and what becomes of them", async () => {
    const { key } = (await graphql('mutation { addSource(name: "PBX", kind: GENERIC) { key } }')).addSource;
    const call = {
      id: "pbx-1",
      event_id: 7,
      direction: "inbound",
      from: "+12025550123",
      to: "+442079460123",
      via: "+442079460123",
      duration: 1_000,
      call_type: "missed",
      created_at: "2021-07-04T14:31:42.731Z",
      ended_at: 1_625_409_103_731,
      missed_reason: "busy",
      is_archived: false,
      notes: ["Wants an offer."],
    };
    const path = "/ingest/calls";
    const { body } = await ask("POST", path, { token: key, json: [call, { id: 2 }, call] });
    assert.deepEqual(
      body.results.map(({ verdict }: { readonly verdict: string }) => verdict),
      ["new", "new", "duplicate"],
    );
    const lines = { headers: { "content-type": "application/x-ndjson" }, body: `${JSON.stringify(call)}\n{}\n` };
    await expect("POST", path, [
      [200, { token: key, json: call }],
      [200, { token: key, ...lines }],
      [400, { token: key, json: {} }],
      [401, { json: call }],
      [413, { token: key, json: { ...call, notes: ["x".repeat(1 << 20)] } }],
      [415, { token: key, headers: { "content-type": "text/csv" }, body: "x" }],
    ]);
  });

  it("tells how calls are taken away", async () => {
    const writer = (await graphql('mutation { createApiKey(input: { name: "in", scopes: [WRITE] }) { secret } }'))
      .createApiKey.secret;
    const { path } = (await graphql('mutation { exportTicket(format: "ndjson") { path } }')).exportTicket;
    await expect("GET", "/export", [
      [200, { token }],
      [401, {}],
      [403, { token: writer }],
      [400, { token: `${token}, ${token}` }],
    ]);
    await expect("GET", `/export?format=xls`, [[400, { token }]]);
    await expect("GET", `/export?format=csv&format=ndjson`, [[400, { token }]]);
    await expect("GET", `/export?columns=id,from&timeZone=Asia/Tokyo`, [[200, { token }]]);
    await expect("GET", path as string, [
      [200, {}],
      [403, {}],
    ]);
    await asking({ costPerSession: "5001" }, {}, async (askSmall, small) => {
      const { accessToken } = await small.signIn();
      assert.equal((await askSmall("GET", "/export", { token: accessToken })).status, 200);
      assert.equal((await askSmall("GET", "/export", { token: accessToken })).status, 429);
    });
  });

  it("tells what GraphQL answers over HTTP, by the type that is asked for", async () => {
    const query = { query: "{ me { id } }" };
    for (const [type, refused] of [
      [json, [200, 200]],
      [graphqlJson, [400, 401]],
    ] as const) {
      const headers = { accept: type, "content-type": json };
      await expect("POST", "/graphql", [
        [200, { token, headers, json: query }],
        [refused[0], { token, headers, json: { query: "{" } }],
        [refused[1], { headers, json: query }],
      ]);
    }
    await expect("POST", "/graphql", [
      [400, { headers: { "content-type": json }, body: "{" }],
      [406, { headers: { accept: "text/plain" }, json: query }],
      [413, { json: { ...query, ...tooLarge } }],
      [415, { headers: { "content-type": "text/plain" }, body: "{}" }],
    ]);
    await expect("GET", "/graphql", [
      [200, { headers: { accept: "text/html" } }],
      [405, {}],
    ]);
    const byUrl = `/graphql?query=${encodeURIComponent(query.query)}`;
    await asking({ graphqlGet: "on", costPerSession: "500" }, {}, async (askGet, other) => {
      const { accessToken } = await other.signIn();
      const headers = { accept: graphqlJson };
      const statuses = [
        await askGet("GET", byUrl, { token: accessToken }),
        await askGet("GET", byUrl, { headers }),
        await askGet("GET", "/graphql?query=%7B", { headers }),
        await askGet("GET", "/graphql?query=%7B&variables=%7B"),
        await askGet("GET", byUrl, { headers: { accept: "text/plain" } }),
        await askGet("GET", byUrl, { token: accessToken, headers }),
        // More than there is.
        await askGet("GET", "/graphql?query=%7Bcalls(first:300)%7Bnodes%7Bid%20notes%7Bid%7D%7D%7D%7D", {
          token: accessToken,
          headers,
        }),
        await askGet("POST", "/graphql", {
          token: accessToken,
          headers,
          json: { query: "{ calls(first: 300) { nodes { id notes { id } } } }" },
        }),
      ].map(({ status }) => status);
      assert.deepEqual(statuses, [200, 401, 400, 400, 406, 200, 429, 429]);
    });
  });

  it("tells what event streams answer", async () => {
    const accept = { accept: "text/event-stream" };
    const query = { query: "{ me { id } }" };
    const live = { query: "subscription { changes { kind } }" };
    const byUrl = (document: string) => `/graphql/stream?query=${encodeURIComponent(document)}`;
    await expect("POST", "/graphql/stream", [
      [200, { token, headers: accept, json: query }],
      [400, { token, headers: { ...accept, "content-type": json }, body: "{" }],
      [401, { headers: accept, json: live }],
      [406, { token, headers: { accept: json }, json: query }],
      [413, { token, headers: accept, json: { ...query, ...tooLarge } }],
      [415, { token, headers: { ...accept, "content-type": "text/plain" }, body: "{}" }],
    ]);
    await expect("GET", byUrl(query.query), [
      [200, { token, headers: accept }],
      [406, { token, headers: { accept: json } }],
    ]);
    await expect("GET", byUrl(live.query), [[401, { headers: accept }]]);
    await expect("GET", byUrl("mutation { logout }"), [[405, { token, headers: accept }]]);
    await expect("GET", "/graphql/stream?variables=%7B", [[400, { token, headers: accept }]]);
    await asking({}, { eventStreamLimits: { streamsPerSession: 0 } }, async (askNone, other) => {
      const { accessToken } = await other.signIn();
      const asked = { token: accessToken, headers: accept };
      assert.equal((await askNone("GET", byUrl(live.query), asked)).status, 429);
      assert.equal((await askNone("POST", "/graphql/stream", { ...asked, json: live })).status, 429);
    });
  });

  it("tells what this server says of itself", async () => {
    await expect("GET", "/healthz", [[200, {}]]);
    await expect("GET", "/readyz", [[200, {}]]);
    isReady = false;
    await expect("GET", "/readyz", [[503, {}]]);
    isReady = true;
    await expect("GET", "/docs", [[200, {}]]);
    await expect("GET", "/.well-known/jwks.json", [[200, {}]]);
    await expect("GET", "/schema.graphql", [
      [200, { token }],
      [400, { token: `${token}, ${token}` }],
      [401, {}],
    ]);
    await expect("GET", "/openapi.json", [
      [200, {}],
      [400, { token: `${token}, ${token}` }],
    ]);
    await asking({ requestsPerNetwork: "1" }, {}, async (askStrict) => {
      assert.equal((await askStrict("GET", "/openapi.json")).status, 200);
      assert.equal((await askStrict("GET", "/openapi.json")).status, 429);
    });
  });

  it("tells what becomes of too many sign-ins", async () => {
    await asking({ signInsPerNetwork: "2" }, {}, async (askStrict, other) => {
      const { accessToken } = await other.signIn();
      const invite = "mutation { inviteUser(role: MEMBER) { path } }";
      const { path } = (await other.graphql(invite, { token: accessToken })).data.inviteUser as {
        readonly path: string;
      };
      const link = new URLSearchParams(new URL(path, other.url).hash.slice(1)).get("token");
      const headers = { origin: other.url, "sec-fetch-site": "same-origin" };
      const login = { headers, json: { username: "ann", password: "wrong" } };
      assert.equal((await askStrict("POST", "/session/login", login)).status, 401);
      assert.equal((await askStrict("POST", "/session/login", login)).status, 429);
      const account = { token: link, username: "bea", password: testPassword };
      assert.equal((await askStrict("POST", "/invitations/accept", { json: account })).status, 429);
    });
  });

  it("names no answer outside the REST routes that was not seen here, save 500 and 503, which any route may have", () => {
    const ofRest = new Set(answersOf(document, "REST"));
    assert.deepEqual(
      answersOf(document).filter((answer) => !ofRest.has(answer) && !seen.has(answer) && !/ (500|503) /.test(answer)),
      [],
    );
  });

  for (const [name, request] of Object.entries({
    "a document": { query: "{ a }" },
    "a document with all its company": {
      query: "{ a }",
      operationName: "a",
      variables: { a: 1 },
      extensions: {},
      x: 1,
    },
    nulls: { query: "{ a }", operationName: null, variables: null, extensions: null },
    "no document": {},
    "a document that is no text": { query: 1 },
    "a batch": [{ query: "{ a }" }],
    "a text": "{ a }",
    "a name that is no text": { query: "{ a }", operationName: 1 },
    "variables that are a list": { query: "{ a }", variables: [] },
    "extensions that are a text": { query: "{ a }", extensions: "a" },
  })) {
    it(`takes ${name} for a GraphQL request where the server does`, () => {
      assert.equal(graphqlRequestShape.safeParse(request).success, isRead(request));
    });
  }

  async function expect(method: string, path: string, rows: readonly (readonly [number, Asking])[]): Promise<void> {
    for (const [index, [status, asked]] of rows.entries()) {
      const { status: answered, body } = await ask(method, path, asked);
      assert.equal(answered, status, `${method} ${path}, row ${index}: ${JSON.stringify(body).slice(0, 300)}`);
    }
  }
});

function isRead(request: unknown): boolean {
  try {
    readParameters(request);
    return true;
  } catch (error) {
    if (error instanceof DomainError) return false;
    throw error;
  }
}
