import assert from "node:assert/strict";
import { connect } from "node:net";
import { describe, it } from "node:test";
import { DomainError } from "../../server/src/domain/errors.ts";
import type { Storage } from "../../server/src/domain/storage.ts";
import { createRouter } from "../../server/src/http/router.ts";
import { createHttpServer } from "../../server/src/http/server.ts";
import { createRecordingLog } from "../support/recording-log.ts";
import { sendRaw } from "../support/raw-http.ts";
import { startTestServer } from "../support/server.ts";

describe("the life of the server", () => {
  it("a port that is taken is said to be, and nothing is left open", async () => {
    const first = await startTestServer();
    try {
      const port = new URL(first.url).port;
      await assert.rejects(startTestServer({ port }), (error: unknown) => {
        assert.ok(error instanceof DomainError);
        assert.equal(error.code, "PORT_TAKEN");
        return true;
      });
    } finally {
      await first.close();
    }
  });

  it("where any password signs in, nothing beyond loopback is served", async () => {
    await assert.rejects(startTestServer({ host: "0.0.0.0" }, { anyPassword: true }), { code: "BAD_CONFIGURATION" });
  });

  it("closing lets a request that runs finish, and then takes no other", async () => {
    let arrived = () => {};
    const hasArrived = new Promise<void>((resolve) => (arrived = resolve));
    let release = () => {};
    const released = new Promise<void>((resolve) => (release = resolve));
    const aroundStorage = (storage: Storage): Storage => ({
      ...storage,
      calls: {
        ...storage.calls,
        async toggleArchived(...given) {
          arrived();
          await released;
          return storage.calls.toggleArchived(...given);
        },
      },
    });
    const server = await startTestServer({}, { aroundStorage });
    const [id] = await server.addCalls(1);
    const { accessToken } = await server.signIn();
    const answer = server.graphql(`mutation { archiveCall(id: ${id}) { is_archived } }`, { token: accessToken });
    await hasArrived;
    const closed = server.close();
    release();
    assert.deepEqual((await answer).data, { archiveCall: { is_archived: true } });
    await closed;
    await assert.rejects(fetch(`${server.url}/healthz`));
  });

  it("H27 a client that goes away in the middle of a mutation leaves it whole", async () => {
    let arrived = () => {};
    const hasArrived = new Promise<void>((resolve) => (arrived = resolve));
    const aroundStorage = (storage: Storage): Storage => ({
      ...storage,
      calls: {
        ...storage.calls,
        addNote(...given) {
          arrived();
          return storage.calls.addNote(...given);
        },
      },
    });
    const server = await startTestServer({}, { aroundStorage });
    try {
      const [id] = await server.addCalls(1);
      const { accessToken } = await server.signIn();
      const leaving = new AbortController();
      const answer = fetch(`${server.url}/graphql`, {
        method: "POST",
        headers: { "content-type": "application/json", authorization: `Bearer ${accessToken}` },
        body: JSON.stringify({ query: `mutation { addNote(input: { activityId: ${id}, content: "x" }) { id } }` }),
        signal: leaving.signal,
      });
      await hasArrived;
      leaving.abort();
      await assert.rejects(answer);
      // The note is there or not; either way the log and the call agree, and the server goes on.
      const { data } = await server.graphql(`{ call(id: ${id}) { notes { content } } }`, { token: accessToken });
      const changes = await server.storage.changes.after(1, 0, 100);
      const noted = changes.filter(({ kind }) => kind === "note.added").length;
      assert.ok(noted >= data.call.notes.length && noted <= 1);
    } finally {
      await server.close();
    }
  });

  it("N18 a hundred toggles at once leave the call as it was, with a hundred changes in order", async () => {
    const server = await startTestServer();
    try {
      const [id] = await server.addCalls(1);
      const { accessToken } = await server.signIn();
      const query = `mutation { archiveCall(id: ${id}) { is_archived } }`;
      const answers = await Promise.all(
        Array.from({ length: 100 }, () => server.graphql(query, { token: accessToken })),
      );
      assert.ok(answers.every(({ errors }) => errors === undefined));
      assert.equal((await server.storage.calls.find(1, Number(id)))?.isArchived, false);
      const changes = await server.storage.changes.after(1, 1, 200);
      assert.deepEqual(
        changes.map(({ revision, call }) => [revision, call.isArchived]),
        Array.from({ length: 100 }, (_, n) => [n + 2, n % 2 === 0]),
      );
    } finally {
      await server.close();
    }
  });

  describe("H12 whoever is slow", () => {
    const timeouts = { headersMs: 50, requestMs: 100, idleMs: 150, checkMs: 10 };
    const start = async () => {
      const http = createHttpServer({
        paths: { "/silent": (request) => void request.resume() },
        makeRouter: () =>
          createRouter({ log: createRecordingLog() }, (routes) => {
            routes.post("/echo", async () => ({ ok: true }));
          }),
        log: createRecordingLog(),
        newRequestId: () => "id",
        timeouts,
      });
      const port = await http.listen("127.0.0.1", 0);
      return { http, url: `http://127.0.0.1:${port}` };
    };

    it("with the headers or the body is answered 408 and closed", async () => {
      const { http, url } = await start();
      const head = "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n";
      for (const bytes of [head, `${head}Content-Length: 10\r\n\r\n{`]) {
        const { answers, closed } = await sendRaw(url, [bytes]);
        assert.deepEqual(
          answers.map(({ status, body }) => [status, JSON.parse(body).errors[0].extensions.code]),
          [[408, "REQUEST_TIMEOUT"]],
        );
        assert.ok(closed);
      }
      await http.close();
    });

    it("and never gets or takes an answer is closed", async () => {
      const { http, url } = await start();
      const { answers } = await sendRaw(url, ["GET /silent HTTP/1.1\r\nHost: x\r\n\r\n"]);
      assert.deepEqual(answers, []);
      await http.close();
    });
  });

  it("H24 the address that a sign-in is counted under is not for the client to choose", async () => {
    const forwarded = (n: number) => ({ "x-forwarded-for": `10.${n}.0.1` });
    const attempts = async (settings: Parameters<typeof startTestServer>[0]) => {
      const server = await startTestServer({ ...settings, signInsPerNetwork: "5" });
      try {
        const query = 'mutation { login(input: { username: "x", password: "y" }) { access_token } }';
        const codes = [];
        for (let n = 0; n < 7; n += 1) {
          const { errors } = await server.graphql(query.replace('"x"', `"x${n}"`), { headers: forwarded(n) });
          codes.push(errors?.[0]?.extensions.code);
        }
        return codes;
      } finally {
        await server.close();
      }
    };
    const refused = "UNAUTHENTICATED";
    const limited = "RATE_LIMITED";
    assert.deepEqual(await attempts({}), [...Array<string>(5).fill(refused), limited, limited]);
    assert.deepEqual(await attempts({ trustedProxies: "127.0.0.1" }), Array<string>(7).fill(refused));
  });

  it("a rate limit says when to come back, in the header too", async () => {
    const server = await startTestServer({ signInsPerNetwork: "1" });
    try {
      const body = JSON.stringify({
        query: 'mutation { login(input: { username: "x", password: "y" }) { access_token } }',
      });
      const headers = { "content-type": "application/json", accept: "application/graphql-response+json" };
      await fetch(`${server.url}/graphql`, { method: "POST", headers, body });
      const response = await fetch(`${server.url}/graphql`, { method: "POST", headers, body });
      assert.equal(response.status, 429);
      assert.ok(Number(response.headers.get("retry-after")) >= 1);
    } finally {
      await server.close();
    }
  });

  it("a connection that is only opened does not hinder closing", async () => {
    const server = await startTestServer();
    const socket = connect(Number(new URL(server.url).port), "127.0.0.1");
    await new Promise((resolve) => socket.once("connect", resolve));
    const ended = new Promise((resolve) => socket.once("close", resolve));
    socket.resume();
    await server.close();
    await ended;
  });
});
