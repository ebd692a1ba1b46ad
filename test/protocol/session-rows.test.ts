import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, afterEach, describe, it } from "node:test";
import { openKeyFile } from "../../server/src/auth/key-file.ts";
import { createKeyRing, publishedAheadMs, verifyOnlyMs } from "../../server/src/auth/keys.ts";
import {
  createTestClock,
  ed25519Key,
  forge,
  hmacBy,
  signedBy,
  takeApart,
  type TestClock,
} from "../../server/src/auth/token-forge.ts";
import { firstWorkspaceId, type User, usernameKey } from "../../server/src/domain/workspace.ts";
import { holdThreads } from "../support/hold-threads.ts";
import { type GraphqlResult, startTestServer, testPassword, type TestServer } from "../support/server.ts";
import { type Dialect, dialects, openReadySocket, openSocket, type TestSocket } from "../support/socket.ts";
import { askOn, transports } from "../support/transports.ts";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
/** How far beyond its `exp` a token is taken. */
const leewayMs = 5_000;
const refreshMutation = "mutation { refreshTokenV2 { access_token refresh_token user { id } } }";
const renewMutation = "mutation { refreshToken { access_token user { id } } }";
const loginMutation = "mutation ($input: LoginInput!) { login(input: $input) { access_token user { username } } }";

type Pair = { readonly accessToken: string; readonly refreshToken: string };

const running: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of running.splice(0)) await close();
});

/** A server whose clock stands still until it is moved; closed when the test ends. */
async function start(
  settings: Parameters<typeof startTestServer>[0] = {},
  options: Parameters<typeof startTestServer>[1] = {},
): Promise<{ readonly server: TestServer; readonly clock: TestClock }> {
  const clock = createTestClock();
  const server = await startTestServer(settings, { clock, ...options });
  running.push(() => server.close());
  return { server, clock };
}

describe("J16 a session that has ended", () => {
  const ends: readonly {
    readonly name: string;
    readonly end: (server: TestServer, pair: Pair, user: User) => Promise<unknown>;
    /** Whether the user's other sessions end as well. */
    readonly all: boolean;
    /** Ended as another process would; access tokens are refused within a second. */
    readonly elsewhere: boolean;
    readonly signsInAgain: boolean;
  }[] = [
    {
      name: "logout",
      end: (server, { accessToken }) => succeeds(server.graphql("mutation { logout }", { token: accessToken })),
      all: false,
      elsewhere: false,
      signsInAgain: true,
    },
    {
      name: "logoutAll",
      end: (server, { accessToken }) => succeeds(server.graphql("mutation { logoutAll }", { token: accessToken })),
      all: true,
      elsewhere: false,
      signsInAgain: true,
    },
    {
      name: "another password",
      end: async ({ storage, passwords }, _, { id }) =>
        storage.users.changePassword(id, await passwords.hash("another password"), createTestClock().now()),
      all: true,
      elsewhere: true,
      signsInAgain: false,
    },
    {
      name: "disabling the user",
      end: ({ storage }, _, { id }) => storage.users.setDisabled(id, true, createTestClock().now()),
      all: true,
      elsewhere: true,
      signsInAgain: false,
    },
  ];
  for (const { name, end, all, elsewhere, signsInAgain } of ends) {
    it(`by ${name} is refused over HTTP and both subprotocols, and its sockets are closed`, async () => {
      const { server } = await start();
      const [ended, sibling, bystander] = [
        await server.signIn("ann"),
        await server.signIn("ann"),
        await server.signIn("bob"),
      ];
      const sockets = async ({ accessToken }: Pair) =>
        Promise.all(dialects.map((dialect) => following(server, dialect, accessToken)));
      const [endedSockets, siblingSockets, bystanderSockets] = [
        await sockets(ended),
        await sockets(sibling),
        await sockets(bystander),
      ];
      const user = (await server.storage.users.byName("ann"))?.user;
      assert.ok(user);
      await end(server, ended, user);

      const gone = all ? [ended, sibling] : [ended];
      // Whatever looks at the session's row knows at once; the rest knows at once in the same process.
      for (const pair of gone) {
        await assertUnauthorized(server.graphql(refreshMutation, { token: pair.refreshToken }));
        await assertUnauthorized(server.graphql(renewMutation, { token: pair.accessToken }));
        if (!elsewhere) await assertUnauthorized(server.graphql("{ me { id } }", { token: pair.accessToken }));
      }
      for (const { closed } of all ? [...endedSockets, ...siblingSockets] : endedSockets) {
        assert.deepEqual(await closed, { code: 4403, reason: "Session ended" });
      }
      for (const { accessToken } of gone) await assertRefusedEverywhere(server, accessToken);

      if (!all) await assertTakenEverywhere(server, sibling);
      await assertTakenEverywhere(server, bystander);
      for (const [index, dialect] of dialects.entries()) {
        for (const socket of [bystanderSockets[index], ...(all ? [] : [siblingSockets[index]])]) {
          assert.ok(socket);
          assert.ok((await askOn(socket, dialect, "{ me { id } }")).data);
        }
      }
      const input = { username: "ann", password: testPassword };
      const again = await server.graphql(loginMutation, { variables: { input } });
      assert.equal(again.errors?.[0]?.extensions.code, signsInAgain ? undefined : "UNAUTHENTICATED");
    });
  }
});

describe("J17 tokens of a retired key", () => {
  const folder = mkdtempSync(join(tmpdir(), "ringback-test-"));
  after(() => rmSync(folder, { recursive: true, force: true }));

  it("are taken while the key verifies, and refused from then on, over HTTP and both subprotocols", async () => {
    const { server, clock } = await start({ data: folder });
    const pair = await server.signIn();
    const [access, refresh] = [takeApart(pair.accessToken), takeApart(pair.refreshToken)];
    const secretOf = (kid: unknown) =>
      openKeyFile(folder, "")
        .read()
        ?.find((key) => key.kid === kid)?.secret ?? assert.fail("the key is not in the file");
    const accessSigner = signedBy(ed25519Key(secretOf(access.header["kid"])));
    const refreshSigner = hmacBy(secretOf(refresh.header["kid"]));
    /** A token as the old key would sign it now, were it still in use: only the key can speak against it. */
    const forged = ({ header, payload }: typeof access, lifeS: number, signer: (input: string) => Buffer) => {
      const iat = clock.now() / 1_000;
      const nbf = "nbf" in payload ? { nbf: iat } : {};
      return forge(header, { ...payload, ...nbf, iat, exp: iat + lifeS }, signer);
    };
    const accessNow = () => forged(access, 600, accessSigner);
    const refreshNow = () => forged(refresh, 3_600, refreshSigner);

    clock.moveBy(publishedAheadMs);
    const report = (error: unknown) => assert.fail(String(error));
    createKeyRing({ folder, sealingSecret: "", clock, report }).rotate();
    const retiredMs = clock.now();
    const newer = await server.signIn(); // signs with the new keys
    assert.notEqual(takeApart(newer.accessToken).header["kid"], access.header["kid"]);
    assert.notEqual(takeApart(newer.refreshToken).header["kid"], refresh.header["kid"]);

    await assertTakenEverywhere(server, pair);
    clock.moveTo(retiredMs + verifyOnlyMs.access - 1_000);
    const lastAccess = accessNow();
    await assertTakenEverywhere(server, { accessToken: lastAccess });
    clock.moveTo(retiredMs + verifyOnlyMs.access);
    await assertRefusedEverywhere(server, accessNow());
    await assertRefusedEverywhere(server, lastAccess); // although it was taken before

    clock.moveTo(retiredMs + verifyOnlyMs.refresh - 1_000);
    const lastRefresh = refreshNow();
    await succeeds(server.graphql(refreshMutation, { token: lastRefresh }));
    clock.moveTo(retiredMs + verifyOnlyMs.refresh);
    await assertUnauthorized(server.graphql(refreshMutation, { token: refreshNow() }));
    await assertUnauthorized(server.graphql(refreshMutation, { token: lastRefresh }));
  });
});

describe("J18 refreshTokenV2 with one token at once", () => {
  for (const rotation of ["documented", "strict"] as const) {
    for (const count of [2, 8, 100]) {
      it(`${count} times succeeds each time (${rotation})`, async () => {
        const { server } = await start({ refreshRotation: rotation });
        const first = await server.signIn();
        const pairs = await Promise.all(Array.from({ length: count }, () => refreshed(server, first)));
        for (const { accessToken } of pairs) {
          await succeeds(server.graphql("{ me { id } }", { token: accessToken }));
        }
        const successors = new Set(pairs.map(({ refreshToken }) => refreshToken));
        if (rotation === "strict") {
          assert.equal(successors.size, 1, "one and the same successor");
          assert.ok(!successors.has(first.refreshToken));
        }
        for (const refreshToken of successors) await refreshed(server, { refreshToken });
        for (const { ask } of transports) {
          await succeeds(ask(server, "{ me { id } }", { token: pairs.at(-1)?.accessToken ?? "" }));
        }
      });
    }
  }
});

describe("J19 strict rotation", () => {
  for (const [name, reuse] of [
    [
      "a token that was replaced 11 seconds ago",
      async (server: TestServer, clock: TestClock, first: Pair) => {
        const second = await refreshed(server, first);
        clock.moveBy(11_000);
        await assertUnauthorized(server.graphql(refreshMutation, { token: first.refreshToken }));
        return second;
      },
    ],
    [
      "a token two generations old",
      async (server: TestServer, _: TestClock, first: Pair) => {
        const third = await refreshed(server, await refreshed(server, first));
        await assertUnauthorized(server.graphql(refreshMutation, { token: first.refreshToken }));
        return third;
      },
    ],
  ] as const) {
    it(`${name} ends its session and the sockets of it, and no other session of the user`, async () => {
      const { server, clock } = await start({ refreshRotation: "strict" });
      const [first, other] = [await server.signIn("ann"), await server.signIn("ann")];
      const sockets = await Promise.all(dialects.map((dialect) => following(server, dialect, first.accessToken)));
      const otherSockets = await Promise.all(dialects.map((dialect) => following(server, dialect, other.accessToken)));
      const newest = await reuse(server, clock, first);
      for (const { closed } of sockets) assert.deepEqual(await closed, { code: 4403, reason: "Session ended" });
      await assertUnauthorized(server.graphql(refreshMutation, { token: newest.refreshToken }));
      await assertUnauthorized(server.graphql(renewMutation, { token: newest.accessToken }));
      await assertRefusedEverywhere(server, first.accessToken);
      await assertRefusedEverywhere(server, newest.accessToken);
      await assertTakenEverywhere(server, other);
      await refreshed(server, other);
      for (const [index, dialect] of dialects.entries()) {
        const socket = otherSockets[index];
        assert.ok(socket && (await askOn(socket, dialect, "{ me { id } }")).data);
      }
    });
  }
});

describe("J19b documented rotation", () => {
  it("the first refresh token works again and again within its hour, and not beyond it", async () => {
    const { server, clock } = await start();
    const first = await server.signIn();
    const startMs = clock.now();
    for (const atMs of [0, 1_000, 11_000, 10 * minuteMs, 30 * minuteMs, 59 * minuteMs, hourMs - 1_000]) {
      clock.moveTo(startMs + atMs);
      const next = await refreshed(server, first);
      await assertTakenEverywhere(server, next);
    }
    clock.moveTo(startMs + hourMs + leewayMs);
    await assertUnauthorized(server.graphql(refreshMutation, { token: first.refreshToken }));
  });

  it("the first refresh token ends with logout, and with revocation", async () => {
    const { server, clock } = await start();
    const [left, revoked] = [await server.signIn("ann"), await server.signIn("bob")];
    for (const pair of [left, revoked]) await refreshed(server, pair);
    await succeeds(server.graphql("mutation { logout }", { token: left.accessToken }));
    const bob = (await server.storage.users.byName("bob"))?.user.id ?? "";
    await server.storage.sessions.revokeAll(bob, "logout-all", clock.now());
    for (const { refreshToken } of [left, revoked]) {
      await assertUnauthorized(server.graphql(refreshMutation, { token: refreshToken }));
    }
  });
});

describe("J20 refreshTokenV2 that races logout", () => {
  for (const rotation of ["documented", "strict"] as const) {
    it(`leaves nothing that works once logout has answered (${rotation})`, async () => {
      const { server } = await start({ refreshRotation: rotation });
      let issued = 0;
      for (let race = 0; race < 150; race += 1) {
        const first = await server.signIn();
        const dialect = dialects[race % 3];
        const socket = dialect && (await openReadySocket(server.socketUrl, dialect, first.accessToken));
        const refreshing: Promise<GraphqlResult>[] = [];
        const refresh = () => refreshing.push(server.graphql(refreshMutation, { token: first.refreshToken }));
        for (let n = 0; n < race % 4; n += 1) refresh();
        if (race % 5 === 0) await refreshing[0]; // the refresh wins
        const leaving = (async () => {
          if (socket === undefined || dialect === undefined) {
            return succeeds(server.graphql("mutation { logout }", { token: first.accessToken }));
          }
          socket.send({ type: dialect.start, id: "1", payload: { query: "mutation { logout }" } });
          assert.equal((await socket.closed).code, 4403);
        })();
        refresh();
        await leaving;
        refresh();
        for (const { data, errors } of await Promise.all(refreshing)) {
          if (data?.refreshTokenV2 === undefined) {
            assert.equal(errors?.[0]?.extensions.code, "UNAUTHENTICATED");
            continue;
          }
          issued += 1;
          const { access_token: access, refresh_token: later } = data.refreshTokenV2;
          await assertUnauthorized(server.graphql("{ me { id } }", { token: access }));
          await assertUnauthorized(server.graphql(renewMutation, { token: access }));
          await assertUnauthorized(server.graphql(refreshMutation, { token: later }));
          if (race % 10 === 0) await assertRefusedEverywhere(server, access);
        }
        await assertUnauthorized(server.graphql(refreshMutation, { token: first.refreshToken }));
        await assertUnauthorized(server.graphql("{ me { id } }", { token: first.accessToken }));
      }
      assert.ok(issued >= 20, `${issued} refreshes won their race`);
    });
  }
});

describe("J21 the end of a session", () => {
  for (const rotation of ["documented", "strict"] as const) {
    it(`comes at its absolute end, however often it was refreshed (${rotation})`, async () => {
      const { server, clock } = await start({ sessionDays: "1", refreshRotation: rotation });
      let pair: Pair = await server.signIn();
      const endMs = clock.now() + dayMs;
      for (let atMs = clock.now(); atMs < endMs - minuteMs; atMs += 50 * minuteMs) {
        clock.moveTo(atMs);
        pair = await refreshed(server, pair);
      }
      clock.moveTo(endMs - 1_000);
      const last = await refreshed(server, pair);
      await assertTakenEverywhere(server, last);
      for (const token of [last.accessToken, last.refreshToken]) {
        assert.ok(Number(takeApart(token).payload["exp"]) * 1_000 <= endMs);
      }
      clock.moveTo(endMs);
      for (const { refreshToken } of [pair, last]) {
        await assertUnauthorized(server.graphql(refreshMutation, { token: refreshToken }));
      }
      await assertUnauthorized(server.graphql(renewMutation, { token: last.accessToken }));
      clock.moveTo(endMs + leewayMs);
      await assertRefusedEverywhere(server, last.accessToken);
    });
  }

  it("stays when the clock is set back an hour, after a restart too", async () => {
    const folder = mkdtempSync(join(tmpdir(), "ringback-test-"));
    try {
      const clock = createTestClock();
      const options = { clock };
      const server = await startTestServer({ data: folder }, options);
      const pair = await server.signIn();
      clock.moveBy(5 * minuteMs);
      await succeeds(server.graphql("mutation { logoutAll }", { token: pair.accessToken }));
      clock.moveBy(hourMs - 5 * minuteMs);
      clock.moveBy(-hourMs);
      const assertEnded = async (on: TestServer) => {
        await assertRefusedEverywhere(on, pair.accessToken);
        await assertUnauthorized(on.graphql(refreshMutation, { token: pair.refreshToken }));
        await assertUnauthorized(on.graphql(renewMutation, { token: pair.accessToken }));
      };
      await assertEnded(server);
      await server.close();
      const restarted = await startTestServer({ data: folder }, options);
      await assertEnded(restarted);
      await restarted.close();
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

describe("J22 the deprecated refreshToken", () => {
  it("takes no access token that has expired", async () => {
    const { server, clock } = await start();
    const { accessToken } = await server.signIn();
    clock.moveBy(600_000 + leewayMs - 1_000);
    await succeeds(server.graphql(renewMutation, { token: accessToken }));
    clock.moveBy(1_000);
    await assertUnauthorized(server.graphql(renewMutation, { token: accessToken }));
  });

  it("takes no token of a session that was revoked, before the process has heard of it", async () => {
    const { server, clock } = await start();
    const { accessToken } = await server.signIn();
    const { sub } = takeApart(accessToken).payload;
    await server.storage.sessions.revokeAll(String(sub), "logout-all", clock.now());
    await assertUnauthorized(server.graphql(renewMutation, { token: accessToken }));
  });

  for (const { name, ask } of transports) {
    it(`is RATE_LIMITED the seventh time in a minute over ${name}, until the minute is over`, async () => {
      const { server, clock } = await start();
      const { accessToken: token } = await server.signIn();
      for (let n = 0; n < 6; n += 1) await succeeds(ask(server, renewMutation, { token }));
      const { data, errors } = await ask(server, renewMutation, { token });
      assert.equal(data, null);
      assert.equal(errors?.[0]?.extensions.code, "RATE_LIMITED");
      assert.equal(errors[0].extensions["retryAfterMs"], minuteMs);
      for (const [accept, status] of [
        ["application/json", 200],
        ["application/graphql-response+json", 429],
      ] as const) {
        const response = await post(server, renewMutation, { accept, authorization: `Bearer ${token}` });
        assert.equal(response.status, status);
        assert.equal(response.headers.get("retry-after"), "60");
        const body = (await response.json()) as GraphqlResult;
        assert.equal(body.errors?.[0]?.extensions.code, "RATE_LIMITED");
      }
      await succeeds(server.graphql(renewMutation, { token: (await server.signIn()).accessToken }));
      clock.moveBy(minuteMs);
      await succeeds(ask(server, renewMutation, { token }));
    });
  }
});

describe("J23 login", () => {
  it("answers an unknown user, a wrong password and a disabled user to the byte alike", async () => {
    const { server, clock } = await start();
    const { accessToken: token } = await server.signIn("ann");
    await server.signIn("bob");
    const bob = (await server.storage.users.byName("bob"))?.user.id ?? "";
    await server.storage.users.setDisabled(bob, true, clock.now());
    const answers: string[][] = [[], [], []];
    for (const [index, input] of [
      { username: "nobody", password: testPassword },
      { username: "ann", password: "wrong" },
      { username: "bob", password: testPassword },
    ].entries()) {
      for (const accept of ["application/json", "application/graphql-response+json"]) {
        const response = await post(server, loginMutation, { accept }, { input });
        const headers = [...response.headers].filter(([header]) => !perRequest.has(header));
        answers[index]?.push(JSON.stringify([response.status, headers, withoutRequestId(await response.text())]));
      }
      for (const { ask } of transports) {
        const answer = await ask(server, loginMutation, { token, variables: { input } });
        assert.equal(answer.errors?.[0]?.message, "Unauthorized");
        assert.equal(answer.errors[0].extensions.code, "UNAUTHENTICATED");
        answers[index]?.push(withoutRequestId(JSON.stringify(answer)));
      }
    }
    assert.deepEqual(answers[1], answers[0]);
    assert.deepEqual(answers[2], answers[0]);
  });
});

describe("J24 name and password", () => {
  const longest = `${"é".repeat(511)}xy`;
  const accounts = [
    { username: "ann", password: testPassword },
    { username: "zoë", password: "pässwort" },
    { username: "👩🏽‍🚀", password: "🔑👩‍👩‍👧" },
    { username: "spaces ", password: "spaces " },
    { username: "long", password: longest },
  ] as const;
  const taken: readonly Row[] = [
    ["emoji", "👩🏽‍🚀", "🔑👩‍👩‍👧"],
    ["NFC", "zo\u00eb", "p\u00e4sswort"],
    ["NFD", "zoe\u0308", "pa\u0308sswort"],
    ["full-width letters, which NFKC makes ASCII", "ａnn", "ｔest password"],
    ["a space at the end of both", "spaces ", "spaces "],
    ["a password of 1,024 bytes", "long", longest],
  ];
  const wrong: readonly Row[] = [
    ["an empty name", "", testPassword],
    ["an empty password", "ann", ""],
    ["both empty", "", ""],
    ["a space after the name", "ann ", testPassword],
    ["a space after the password", "ann", `${testPassword} `],
    ["no space after a name that has one", "spaces", "spaces "],
    ["no space after a password that has one", "spaces ", "spaces"],
    ["another last byte of 1,024", "long", `${"é".repeat(511)}xz`],
    ["the last byte of 1,024 left out", "long", longest.slice(0, -1)],
  ];
  const unacceptable: readonly Row[] = [
    ["a name of 1,025 bytes", "x".repeat(1_025), testPassword],
    ["a password of 1,025 bytes", "long", `${longest}z`],
    ["NUL in the name", "ann\u0000", testPassword],
    ["NUL in the password", "ann", `${testPassword}\u0000`],
    ["a lone surrogate in the password", "ann", "\ud800"],
  ];

  for (const { name, ask } of transports) {
    describe(`over ${name}`, () => {
      it("are taken as they are or in a spelling that NFKC makes equal, and in no other", async () => {
        const { server } = await start();
        const { accessToken: token } = await server.signIn("somebody");
        for (const { username, password } of accounts) await addUser(server, username, password);
        const login = (username: string, password: string) =>
          ask(server, loginMutation, { token, variables: { input: { username, password } } });
        for (const [what, username, password] of taken) {
          const { data, errors } = await login(username, password);
          assert.equal(errors, undefined, what);
          assert.equal(data.login.user.username, usernameKey(username), what);
        }
        for (const [what, username, password] of wrong) {
          const { errors } = await login(username, password);
          assert.equal(errors?.[0]?.extensions.code, "UNAUTHENTICATED", what);
          await login("ann", testPassword); // so that failures do not add up
          await login("long", longest);
          await login("spaces ", "spaces ");
        }
        for (const [what, username, password] of unacceptable) {
          const { errors } = await login(username, password);
          assert.equal(errors?.[0]?.extensions.code, "BAD_USER_INPUT", what);
        }
      });

      it("of 1 MB are not read", async () => {
        const { server } = await start();
        const { accessToken } = await server.signIn("ann");
        const dialect = dialects.find((candidate) => candidate.name === name);
        for (const input of [
          { username: "x".repeat(1_000_000), password: testPassword },
          { username: "ann", password: "x".repeat(1_000_000) },
        ]) {
          if (dialect === undefined) {
            const response = await post(server, loginMutation, {}, { input });
            assert.equal(response.status, 413);
            const body = (await response.json()) as GraphqlResult;
            assert.equal(body.errors?.[0]?.extensions.code, "PAYLOAD_TOO_LARGE");
          } else {
            const socket = await openReadySocket(server.socketUrl, dialect, accessToken);
            socket.send({ type: dialect.start, id: "1", payload: { query: loginMutation, variables: { input } } });
            assert.equal((await socket.closed).code, 1009);
          }
        }
      });
    });
  }
});

describe("J25 many logins at once", () => {
  it("two are hashed, 32 wait, the rest is refused at once, and queries are answered meanwhile", async () => {
    const { server } = await start({}, { executionMs: 60_000 });
    const { accessToken: token } = await server.signIn("ann");
    const sockets = await Promise.all(dialects.map((dialect) => openReadySocket(server.socketUrl, dialect, token)));
    const pageQuery = "{ me { username } paginatedCalls { totalCount } }";
    const page = { data: { me: { username: "ann" }, paginatedCalls: { totalCount: 0 } } };
    assert.deepEqual(await server.graphql(pageQuery, { token }), page);

    const count = 200;
    const admitted = 2 + 32;
    const input = { username: "ann", password: testPassword };
    const threads = holdThreads(); // no hash is done before they are let go
    let refused = 0;
    const mostAreRefused = Promise.withResolvers<void>();
    const answers = Array.from({ length: count }, async () => {
      const response = await post(server, loginMutation, {}, { input });
      const body = (await response.json()) as GraphqlResult;
      if (response.status === 503 && (refused += 1) === count - admitted) mostAreRefused.resolve();
      return { status: response.status, retryAfter: response.headers.get("retry-after"), body };
    });
    try {
      await mostAreRefused.promise;
      assert.deepEqual(await server.graphql(pageQuery, { token }), page);
      for (const [index, dialect] of dialects.entries()) {
        const socket = sockets[index];
        assert.ok(socket);
        assert.deepEqual(await askOn(socket, dialect, pageQuery), page);
        const late = await askOn(socket, dialect, loginMutation, { input });
        assert.equal(late.errors?.[0]?.extensions.code, "OVERLOADED");
        assert.equal(late.errors[0].extensions["retryAfterMs"], 2_000);
      }
    } finally {
      await threads.letGo();
    }
    let signedIn = 0;
    for (const { status, retryAfter, body } of await Promise.all(answers)) {
      if (status === 200) {
        assert.equal(body.data.login.user.username, "ann");
        signedIn += 1;
        continue;
      }
      assert.deepEqual([status, retryAfter], [503, "2"]);
      assert.equal(body.errors?.[0]?.extensions.code, "OVERLOADED");
      assert.equal(body.errors[0].extensions["retryAfterMs"], 2_000);
    }
    // Who waits longer than two seconds on a busy machine is refused as well; the two whose turn it was are not.
    assert.ok(signedIn >= 2 && signedIn <= admitted, `${signedIn} signed in`);
    await succeeds(server.graphql(loginMutation, { variables: { input } }));
  });
});

describe("J26 wrong passwords for one account from a hundred networks", () => {
  it("slow it down for everybody but its owner where the owner is known", async () => {
    const { server, clock } = await start({ trustedProxies: "127.0.0.1" });
    const { accessToken: token } = await server.signIn("bob");
    await addUser(server, "ann", testPassword);
    const from = (address: string) => ({ "x-forwarded-for": address });
    const login = (password: string, address: string, username = "ann") =>
      server.graphql(loginMutation, { variables: { input: { username, password } }, headers: from(address) });
    await succeeds(login(testPassword, "192.0.2.7"));
    for (let network = 1; network <= 100; network += 1) {
      await assertUnauthorized(login(`guess ${network}`, `10.${network}.0.1`));
    }
    const slowed = await login("guess 101", "10.101.0.1");
    assert.equal(slowed.errors?.[0]?.extensions.code, "RATE_LIMITED");
    assert.equal(slowed.errors[0].extensions["retryAfterMs"], 15 * minuteMs);
    const input = { username: "ann", password: testPassword };
    const response = await post(server, loginMutation, from("10.102.0.1"), { input });
    assert.equal(response.headers.get("retry-after"), "900");
    for (const { ask } of transports) {
      const asked = { token, variables: { input } };
      const stranger = await ask(server, loginMutation, { ...asked, headers: from("10.103.0.1") });
      assert.equal(stranger.errors?.[0]?.extensions.code, "RATE_LIMITED");
      await succeeds(ask(server, loginMutation, { ...asked, headers: from("192.0.2.200") }));
    }
    await succeeds(login(testPassword, "10.103.0.1", "bob"));
    clock.moveBy(15 * minuteMs);
    await succeeds(login(testPassword, "10.104.0.1"));
  });
});

type Row = readonly [what: string, username: string, password: string];

async function addUser({ storage, passwords }: TestServer, username: string, password: string): Promise<void> {
  const user = { id: randomUUID(), workspaceId: firstWorkspaceId, username, isDisabled: false, createdAtMs: 0 };
  await storage.users.add(user, await passwords.hash(password));
}

/** A socket that follows the calls, so that it has something to lose. */
async function following({ socketUrl }: TestServer, dialect: Dialect, token: string): Promise<TestSocket> {
  const socket = await openReadySocket(socketUrl, dialect, token);
  const query = "subscription { onUpdateCall { id } }";
  socket.send({ type: dialect.start, id: "followed", payload: { query } });
  await askOn(socket, dialect, "{ __typename }"); // the subscription stands
  return socket;
}

async function refreshed(server: TestServer, { refreshToken }: Pick<Pair, "refreshToken">): Promise<Pair> {
  const { refreshTokenV2 } = await succeeds(server.graphql(refreshMutation, { token: refreshToken }));
  return { accessToken: refreshTokenV2.access_token, refreshToken: refreshTokenV2.refresh_token };
}

async function succeeds(answer: Promise<GraphqlResult>): Promise<GraphqlResult["data"]> {
  const { data, errors } = await answer;
  assert.equal(errors, undefined);
  return data;
}

async function assertUnauthorized(answer: Promise<GraphqlResult>): Promise<void> {
  const { data, errors } = await answer;
  assert.equal(data, null);
  assert.deepEqual([errors?.[0]?.message, errors?.[0]?.extensions.code], ["Unauthorized", "UNAUTHENTICATED"]);
}

/** The access token opens nothing, over HTTP and both subprotocols. */
async function assertRefusedEverywhere(server: TestServer, accessToken: string): Promise<void> {
  await assertUnauthorized(server.graphql("{ me { id } }", { token: accessToken }));
  for (const { name } of dialects) {
    const socket = await openSocket(server.socketUrl, name);
    socket.send({ type: "connection_init", payload: { authorization: `Bearer ${accessToken}` } });
    assert.deepEqual(await socket.closed, { code: 4403, reason: "Unauthorized" });
  }
}

async function assertTakenEverywhere(server: TestServer, { accessToken }: Pick<Pair, "accessToken">): Promise<void> {
  for (const { ask } of transports) await succeeds(ask(server, "{ me { id } }", { token: accessToken }));
}

function post(
  { url }: TestServer,
  query: string,
  headers: Readonly<Record<string, string>>,
  variables?: object,
): Promise<Response> {
  return fetch(`${url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify({ query, variables }),
  });
}

/** What every answer has of its own, whatever was asked: the time, the request's id, and how much of the rate is left. */
const perRequest: ReadonlySet<string> = new Set(["date", "x-request-id", "ratelimit"]);

function withoutRequestId(text: string): string {
  return text.replaceAll(/"requestId":"[^"]*"/g, '"requestId":""');
}
