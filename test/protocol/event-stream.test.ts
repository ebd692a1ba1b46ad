import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { setImmediate as turn } from "node:timers/promises";
import { openEventStream, type StreamRequest } from "../support/event-stream.ts";
import { startTestServer, type TestServer } from "../support/server.ts";
import { assertAnswered, badTokens, hostileRows } from "./hostile-rows.ts";

const live = "subscription { onUpdateCall { id is_archived } }";
const archive = "mutation { archiveCall(id: 1) { id } }";

describe("event streams", () => {
  let server: TestServer;
  let token: string;
  let url: string;
  const open = (given: StreamRequest) => openEventStream(url, { token, ...given });

  before(async () => {
    server = await startTestServer();
    await server.addCalls(3);
    token = (await server.signIn()).accessToken;
    url = `${server.url}/graphql/stream`;
  });
  after(() => server.close());

  it("a query is answered by one next event, then complete, then the end", async () => {
    const stream = await open({ body: { query: "{ me { username } }" } });
    assert.equal(stream.status, 200);
    assert.equal(stream.headers["content-type"], "text/event-stream; charset=utf-8");
    assert.equal(stream.headers["cache-control"], "no-store");
    assert.ok(stream.headers["x-request-id"]);
    assert.deepEqual(await stream.rest(), [
      { event: "next", data: '{"data":{"me":{"username":"ann"}}}' },
      { event: "complete", data: "" },
    ]);
  });

  it("an answer has the characters that were written, whoever wrote it out", async () => {
    const content = "Grüße 📞 \u2028";
    const query =
      "mutation ($content: String!) { addNote(input: { activityId: 3, content: $content }) { notes { content } } }";
    for (const body of [{ query, variables: { content } }, { query: "{ call(id: 3) { notes { content } } }" }]) {
      const [event] = await (await open({ body })).rest();
      const [root] = Object.values<{ notes: { content: string }[] }>(JSON.parse(event?.data ?? "").data);
      assert.equal(root?.notes[0]?.content, content);
    }
  });

  it("a mutation acts, and acts once under an idempotency key", async () => {
    const body = { query: 'mutation { addNote(input: { activityId: 2, content: "by events" }) { notes { id } } }' };
    const headers = { "idempotency-key": "one" };
    const [first] = await (await open({ body, headers })).rest();
    const [second] = await (await open({ body, headers })).rest();
    assert.equal(JSON.parse(first?.data ?? "").data.addNote.notes.length, 1);
    assert.deepEqual(second, first);
  });

  it("signing in needs no token, and a wrong password is an answer, not a refusal of the stream", async () => {
    const query = "mutation ($input: LoginInput!) { login(input: $input) { access_token } }";
    const signIn = async (password: string) => {
      const stream = await openEventStream(url, {
        body: { query, variables: { input: { username: "ann", password } } },
      });
      const [event] = await stream.rest();
      return { status: stream.status, answer: JSON.parse(event?.data ?? "") };
    };
    assert.ok((await signIn("test password")).answer.data.login.access_token);
    const { status, answer } = await signIn("wrong");
    assert.deepEqual([status, answer.errors[0].message], [200, "Unauthorized"]);
  });

  it("a subscription says where it starts, then gives each result with its cursor as id", async () => {
    const stream = await open({ body: { query: live } });
    const { epoch, revision } = await server.storage.changes.head(1);
    assert.deepEqual(await stream.next(), { id: `${epoch}:${revision}` });
    await server.graphql(archive, { token });
    const id = `${epoch}:${revision + 1}`;
    const event = await stream.event();
    assert.deepEqual([event.event, event.id], ["next", id]);
    assert.deepEqual(JSON.parse(event.data ?? "").extensions, { cursor: id });
    stream.cut();
  });

  it("a stream moves its id over changes that it does not show", async () => {
    const stream = await open({ body: { query: live } });
    await stream.next();
    await server.addCalls(1);
    const { epoch, revision } = await server.storage.changes.head(1);
    assert.deepEqual(await stream.next(), { id: `${epoch}:${revision}` });
    stream.cut();
  });

  it("GET serves queries and subscriptions, not mutations", async () => {
    const get = (query: string) =>
      openEventStream(`${url}?query=${encodeURIComponent(query)}`, { method: "GET", token });
    const [answer] = await (await get("{ me { username } }")).rest();
    assert.equal(answer?.data, '{"data":{"me":{"username":"ann"}}}');
    const stream = await get(live);
    assert.ok((await stream.next())?.id);
    stream.cut();
    const refused = await get(archive);
    assert.deepEqual([refused.status, refused.headers.allow], [405, "GET, POST"]);
  });

  for (const [way, request] of [
    ["the header Last-Event-ID", (id: string) => ({ body: { query: live }, headers: { "last-event-id": id } })],
    ["extensions.resumeFrom", (id: string) => ({ body: { query: live, extensions: { resumeFrom: id } } })],
    [
      "Last-Event-ID before an older cursor of the repeated request",
      (id: string) => ({
        body: { query: live, extensions: { resumeFrom: id.replace(/\d+$/, "1") } },
        headers: { "last-event-id": id },
      }),
    ],
  ] as const) {
    it(`resumes by ${way}`, async () => {
      const { epoch, revision } = await server.storage.changes.head(1);
      await server.graphql(archive, { token });
      await server.graphql(archive, { token });
      const stream = await open(request(`${epoch}:${revision}`));
      const ids = [(await stream.next())?.id, (await stream.event()).id, (await stream.event()).id];
      assert.deepEqual(
        ids,
        [0, 1, 2].map((n) => `${epoch}:${revision + n}`),
      );
      stream.cut();
    });
  }

  for (const [id, code] of [
    ["other:1", "RESUME_GAP"],
    ["nonsense", "BAD_USER_INPUT"],
  ] as const) {
    it(`resuming from ${id} is answered ${code} in the stream, which is complete then`, async () => {
      const stream = await open({ body: { query: live }, headers: { "last-event-id": id } });
      const [refused, ...rest] = await stream.rest();
      assert.deepEqual([stream.status, refused?.event], [200, "next"]);
      assert.equal(JSON.parse(refused?.data ?? "").errors[0].extensions.code, code);
      assert.deepEqual(rest, [{ event: "complete", data: "" }]);
    });
  }

  it("what the transport refuses has a status and a body in JSON", async () => {
    const body = { query: live };
    const cases: [number, string, Parameters<typeof openEventStream>[1]][] = [
      [401, "UNAUTHENTICATED", { body }],
      [401, "UNAUTHENTICATED", { body, token: "nonsense" }],
      [406, "NOT_ACCEPTABLE", { body, token, headers: { accept: "application/json" } }],
      [406, "NOT_ACCEPTABLE", { body, token, headers: { accept: "text/event-stream;q=0" } }],
      [415, "UNSUPPORTED_MEDIA_TYPE", { body, token, headers: { "content-type": "text/plain" } }],
      [400, "BAD_REQUEST", { body: "{", token }],
      [400, "BAD_REQUEST", { body: [body], token }],
      [400, "BAD_REQUEST", { method: "GET", token }],
      [400, "BAD_REQUEST", { body, headers: { authorization: `Bearer ${token}, Bearer ${token}` } }],
      [405, "METHOD_NOT_ALLOWED", { method: "DELETE", token }],
      [413, "PAYLOAD_TOO_LARGE", { body: { query: " ".repeat(200_000) }, token }],
    ];
    for (const [status, code, given] of cases) {
      const stream = await openEventStream(url, given);
      const text = await new Response(stream.response as unknown as ReadableStream).text();
      assert.deepEqual([stream.status, JSON.parse(text).errors[0].extensions.code], [status, code], text);
      assert.ok(stream.headers["x-request-id"]);
    }
  });

  it("tokens that nobody issued open no stream", async () => {
    for (const [name, bad] of Object.entries(badTokens(await server.signIn()))) {
      const { status } = await openEventStream(url, {
        body: { query: live },
        headers: { authorization: `Bearer ${bad}` },
      });
      assert.ok(status === 401 || status === 400, `${name}: ${status}`);
    }
  });
});

describe("hostile requests over event streams", () => {
  let server: TestServer;
  let token: string;

  before(async () => {
    server = await startTestServer();
    await server.addCalls(3);
    token = (await server.signIn()).accessToken;
  });
  after(() => server.close());

  for (const row of hostileRows) {
    it(row.id, async () => {
      const stream = await openEventStream(`${server.url}/graphql/stream`, {
        body: row.send,
        ...(row.isAnonymous === true ? {} : { token }),
      });
      const [event, ...rest] = await stream.rest();
      assert.equal(stream.status, 200);
      assert.equal(event?.event, "next");
      assertAnswered(row, event?.data ?? "");
      assert.deepEqual(rest, [{ event: "complete", data: "" }]);
    });
  }
});

describe("the end of an event stream", () => {
  it("comes with the end of its session, and tells nothing of completion", async () => {
    const server = await startTestServer();
    const url = `${server.url}/graphql/stream`;
    const [mine, other] = [await server.signIn(), await server.signIn()];
    const streams = [
      await openEventStream(url, { body: { query: live }, token: mine.accessToken }),
      await openEventStream(url, { body: { query: live }, token: other.accessToken }),
    ] as const;
    for (const stream of streams) await stream.next();
    await server.graphql("mutation { logout }", { token: mine.accessToken });
    assert.deepEqual(await streams[0].rest(), [{ comment: "Session ended" }]);
    await server.addCalls(1);
    await server.graphql(archive, { token: other.accessToken });
    assert.equal((await streams[1].event()).event, "next");
    streams[1].cut();
    await server.close();
  });

  it("comes with the end of its token, and no result is given later", async () => {
    let offsetMs = 0;
    const server = await startTestServer({}, { clock: { now: () => Date.now() + offsetMs } });
    await server.addCalls(1);
    const { accessToken } = await server.signIn();
    const stream = await openEventStream(`${server.url}/graphql/stream`, { body: { query: live }, token: accessToken });
    await stream.next();
    offsetMs = 606_000;
    await server.storage.calls.toggleArchived({ workspaceId: 1, actor: { kind: "system" }, atMs: Date.now() }, 1);
    assert.deepEqual(await stream.rest(), [{ comment: "Token expired" }]);
    await server.close();
  });

  it("comes when the server stops, at once for the server too", async () => {
    const server = await startTestServer();
    const { accessToken } = await server.signIn();
    const url = `${server.url}/graphql/stream`;
    const streams = await Promise.all(
      Array.from({ length: 5 }, () => openEventStream(url, { body: { query: live }, token: accessToken })),
    );
    for (const stream of streams) await stream.next();
    await server.close();
    for (const stream of streams) assert.deepEqual(await stream.rest(), [{ comment: "Restarting" }]);
  });

  it("comes to a reader that has stopped reading; it resumes where it stopped", async () => {
    const server = await startTestServer();
    await server.addCalls(1);
    const { accessToken: token } = await server.signIn();
    const url = `${server.url}/graphql/stream`;
    const query = "mutation ($content: String!) { addNote(input: { activityId: 1, content: $content }) { id } }";
    for (let n = 0; n < 10; n += 1) {
      await server.graphql(query, { token, variables: { content: "😀".repeat(5_000) } });
    }
    const body = { query: "subscription { onUpdateCall { notes { content } } }" };
    const stream = await openEventStream(url, { body, token });
    const start = (await stream.next())?.id;
    stream.response.pause();
    for (let n = 0; n < 60; n += 1) await server.graphql(archive, { token });
    const ids: (string | undefined)[] = (await stream.rest()).flatMap(({ id, data }) =>
      data === undefined ? [] : [id],
    );
    assert.ok(ids.length < 60, `${ids.length} results came`);
    const resumed = await openEventStream(url, {
      body,
      token,
      headers: { "last-event-id": ids.at(-1) ?? start ?? "" },
    });
    const head = await server.storage.changes.head(1);
    while (ids.at(-1) !== `${head.epoch}:${head.revision}`) ids.push((await resumed.event()).id);
    resumed.cut();
    const first = Number(start?.split(":")[1]);
    assert.deepEqual(
      ids,
      Array.from({ length: 60 }, (_, n) => `${head.epoch}:${first + 1 + n}`),
    );
    await server.close();
  });
});

describe("event streams for pages of other sites", () => {
  it("a listed origin may ask for one and read it, with the header that resumes it", async () => {
    const origin = "https://app.example";
    const server = await startTestServer({ origins: origin });
    const url = `${server.url}/graphql/stream`;
    const preflight = await fetch(url, {
      method: "OPTIONS",
      headers: { origin, "access-control-request-method": "POST", "access-control-request-headers": "last-event-id" },
    });
    assert.equal(preflight.status, 204);
    assert.equal(preflight.headers.get("access-control-allow-methods"), "GET, POST");
    assert.match(preflight.headers.get("access-control-allow-headers") ?? "", /\blast-event-id\b/);
    const { accessToken: token } = await server.signIn();
    for (const [from, allowed] of [
      [origin, origin],
      ["https://evil.example", undefined],
    ] as const) {
      const stream = await openEventStream(url, { body: { query: live }, token, headers: { origin: from } });
      assert.equal(stream.headers["access-control-allow-origin"], allowed);
      stream.cut();
    }
    await server.close();
  });
});

describe("what event streams are limited in", () => {
  it("a session has so many at once; one that ends makes room", async () => {
    const server = await startTestServer({}, { eventStreamLimits: { streamsPerSession: 2 } });
    const { accessToken: token } = await server.signIn();
    const open = () => openEventStream(`${server.url}/graphql/stream`, { body: { query: live }, token });
    const [first, second] = [await open(), await open()];
    for (const stream of [first, second]) await stream.next();
    const refused = await open();
    assert.deepEqual([refused.status, refused.headers["retry-after"]], [429, "5"]);
    first.cut("reset");
    for (let opened = await open(); ; opened = await open()) {
      const { status } = opened;
      opened.cut();
      if (status === 200) break;
      await turn();
    }
    second.cut();
    await server.close();
  });

  it("a network opens so many at once", async () => {
    const server = await startTestServer({}, { eventStreamLimits: { opensBurst: 1, opensPerSecond: 0 } });
    const { accessToken: token } = await server.signIn();
    const open = () => openEventStream(`${server.url}/graphql/stream`, { body: { query: live }, token });
    const first = await open();
    assert.equal((await open()).status, 429);
    first.cut();
    await server.close();
  });

  it("a stream on which nothing happens shows signs of life", async () => {
    const server = await startTestServer({}, { eventStreamLimits: { heartbeatMs: 0 } });
    const { accessToken: token } = await server.signIn();
    const stream = await openEventStream(`${server.url}/graphql/stream`, { body: { query: live }, token });
    await stream.next();
    assert.deepEqual(
      [await stream.next(), await stream.next()],
      [{ comment: "still here" }, { comment: "still here" }],
    );
    stream.cut();
    await server.close();
  });
});
