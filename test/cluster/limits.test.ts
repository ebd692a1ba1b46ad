import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import type { AppOptions } from "../../server/src/app.ts";
import type { SettingName } from "../../server/src/config.ts";
import { openEventStream } from "../support/event-stream.ts";
import { removeFolder } from "../support/guardian.ts";
import { openPostgres, type TestPostgres } from "../support/postgres.ts";
import { startTestServer, testPassword, type TestServer } from "../support/server.ts";
import { type Dialect, dialects, openReadySocket, type TestSocket } from "../support/socket.ts";

const [modern] = dialects as readonly [Dialect];

/**
 * The part of a limit under which a second node has to stop: a tenth that it gives without asking, and what it answers until it
 * has heard from the database, which takes a few round trips. One that never hears gives all.
 */
const untilHeard = 0.5;

/** Two servers on one database with one folder of keys, and a clock that the test moves. */
type Pair = {
  readonly one: TestServer;
  readonly other: TestServer;
  readonly moveBy: (ms: number) => void;
};

describe("limits hold for all nodes of one database together:", () => {
  let postgres: TestPostgres;

  before(async () => {
    postgres = await openPostgres();
  });
  after(() => postgres.stop());

  async function withPair(
    work: (pair: Pair) => Promise<void>,
    settings: Partial<Record<SettingName, string>> = {},
    options: AppOptions = {},
  ): Promise<void> {
    const data = await mkdtemp(join(tmpdir(), "ringback-limits-"));
    const database = await postgres.createDatabase();
    let nowMs = Date.now();
    const clock = { now: () => nowMs };
    const start = () =>
      startTestServer({ ...settings, data, database: database.url, databaseConnections: "2" }, { clock, ...options });
    const one = await start();
    const other = await start();
    try {
      await work({ one, other, moveBy: (ms) => (nowMs += ms) });
    } finally {
      await Promise.all([one.close(), other.close()]);
      await database.drop();
      removeFolder(data);
    }
  }

  it("ten wrong passwords that are spread over both are slowed down as on one", async () => {
    await withPair(async ({ one, other, moveBy }) => {
      await one.signIn("ann");
      const attempt = async (node: TestServer, password: string) => {
        const query = "mutation ($input: LoginInput!) { login(input: $input) { access_token } }";
        const { errors } = await node.graphql(query, { variables: { input: { username: "ann", password } } });
        const { code, retryAfterMs } = errors?.[0]?.extensions ?? { code: "let in" };
        return [code, retryAfterMs];
      };
      for (let at = 0; at < 5; at += 1) {
        assert.deepEqual(await attempt(at % 2 === 0 ? one : other, "wrong"), ["UNAUTHENTICATED", undefined]);
      }
      for (const [at, seconds] of [1, 2, 4, 8, 16].entries()) {
        const [here, there] = at % 2 === 0 ? [one, other] : [other, one];
        for (const node of [here, there]) {
          assert.deepEqual(await attempt(node, testPassword), ["RATE_LIMITED", seconds * 1_000]);
        }
        moveBy(seconds * 1_000);
        assert.deepEqual(await attempt(there, "wrong"), ["UNAUTHENTICATED", undefined]);
      }
      moveBy(32_000);
      assert.deepEqual(await attempt(one, testPassword), ["let in", undefined]);
      assert.deepEqual(await attempt(other, "wrong"), ["UNAUTHENTICATED", undefined]);
    });
  });

  it("a budget that is spent on one is spent on the other", async () => {
    const quotas = { costPerSession: "200", requestsPerNetwork: "200" };
    await withPair(async ({ one, other, moveBy }) => {
      const { accessToken } = await one.signIn("ann");
      const ofSession = (node: TestServer) => node.graphql("{ me { id } }", { token: accessToken });
      const ofNetwork = (node: TestServer) => node.graphql("{ me { id } }");
      for (const [ask, quota] of [
        [ofSession, 200],
        [ofNetwork, 200],
      ] as const) {
        const here = await answeredUntilRefused(() => ask(one));
        const there = await answeredUntilRefused(() => ask(other));
        assert.ok(here <= quota && here > quota * 0.8, `${here} of ${quota}`);
        assert.ok(there < quota * untilHeard, `${there} of ${quota}`);
      }
      moveBy(60_000);
      assert.notEqual(codeOf(await ofSession(other)), "RATE_LIMITED");
    }, quotas);
  });

  it("the requests of an API key on one count on the other", async () => {
    await withPair(async ({ one, other, moveBy }) => {
      const { accessToken } = await one.signIn("ann");
      const query =
        'mutation { createApiKey(input: { name: "robot", scopes: [READ], requestsPerMinute: 200 }) { secret } }';
      const { data } = await one.graphql(query, { token: accessToken });
      const ask = (node: TestServer) => node.graphql("{ me { id } }", { token: data.createApiKey.secret });
      assert.equal(await answeredUntilRefused(() => ask(one)), 200);
      const there = await answeredUntilRefused(() => ask(other));
      assert.ok(there < 200 * untilHeard, `${there} of 200`);
      moveBy(60_000);
      assert.equal(codeOf(await ask(other)), null);
    });
  });

  it("sockets and streams that are open on one count on the other, until they are closed", async () => {
    const few = { websocketLimits: { socketsPerSession: 3 }, eventStreamLimits: { streamsPerSession: 3 } };
    await withPair(
      async ({ one, other }) => {
        const { accessToken: token } = await one.signIn("ann");
        const openOn = (node: TestServer) => openReadySocket(node.socketUrl, modern, token).catch(() => null);
        const streamOn = (node: TestServer) =>
          openEventStream(`${node.url}/graphql/stream`, {
            token,
            body: { query: "subscription { onUpdateCall { id } }" },
          });
        const sockets = (await Promise.all([1, 2, 3].map(() => openOn(one)))) as readonly TestSocket[];
        const streams = await Promise.all([1, 2, 3].map(() => streamOn(one)));
        assert.deepEqual(
          streams.map(({ status }) => status),
          [200, 200, 200],
        );
        // Nodes tell each other once a second.
        await until(async () => {
          const socket = await openOn(other);
          socket?.ws.terminate();
          return socket === null;
        });
        await until(async () => {
          const stream = await streamOn(other);
          stream.cut();
          return stream.status === 429;
        });
        for (const { ws } of sockets) ws.terminate();
        for (const stream of streams) stream.cut();
        await until(async () => {
          const socket = await openOn(other);
          socket?.ws.terminate();
          return socket !== null;
        });
        await until(async () => {
          const stream = await streamOn(other);
          stream.cut();
          return stream.status === 200;
        });
      },
      {},
      few,
    );
  });

  it("the link that one prints for the first account is good on the other, once", async () => {
    await withPair(async ({ one, other }) => {
      const tokenOf = ({ setupUrl }: TestServer) =>
        new URLSearchParams(new URL(setupUrl ?? "").hash.slice(1)).get("token");
      assert.equal(tokenOf(other), tokenOf(one));
      const page = (node: TestServer) => fetch(`${node.url}/setup`, { redirect: "manual" });
      assert.deepEqual([(await page(one)).status, (await page(other)).status], [200, 200]);
      const make = async (node: TestServer) => {
        const { status } = await fetch(`${node.url}/setup`, {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: JSON.stringify({ token: tokenOf(one), username: `ann ${randomUUID()}`, password: testPassword }),
        });
        return status;
      };
      const answers = await Promise.all([other, one, other, one].map(make));
      assert.deepEqual(
        answers.toSorted((a, b) => a - b),
        [201, 403, 403, 403],
      );
      assert.equal(await one.storage.users.count(), 1);
      assert.deepEqual([(await page(one)).status, (await page(other)).status], [303, 303]);
    });
  });
});

/** How many are answered before the first that is refused for the rate. */
async function answeredUntilRefused(ask: () => ReturnType<TestServer["graphql"]>): Promise<number> {
  // oxlint-disable-next-line no-await-in-loop -- one after the other
  for (let answered = 0; ; answered += 1) if (codeOf(await ask()) === "RATE_LIMITED") return answered;
}

function codeOf({ errors }: Awaited<ReturnType<TestServer["graphql"]>>): string | null {
  return errors?.[0]?.extensions.code ?? null;
}

/** Asks until it is so; the test's own limit of time ends it otherwise. */
async function until(isSo: () => Promise<boolean>): Promise<void> {
  // oxlint-disable-next-line no-await-in-loop -- one look after the other
  while (!(await isSo()));
}
