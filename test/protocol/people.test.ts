import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { openParts } from "../../server/src/parts.ts";
import { readConfig } from "../../server/src/config.ts";
import { openEventStream, type TestEventStream } from "../support/event-stream.ts";
import { startTestServer, testPassword, type TestServer } from "../support/server.ts";
import { type Dialect, dialects, openReadySocket, openSocket } from "../support/socket.ts";
import { databaseOf, rowsOf } from "../support/test-database.ts";

const [modern] = dialects as [Dialect, Dialect];
const codeOf = (result: Awaited<ReturnType<TestServer["graphql"]>>) => result.errors?.[0]?.extensions.code;

const page = "{ paginatedCalls(limit: 20) { nodes { id } } }";

describe("people and programs", () => {
  let folder: string;
  let server: TestServer;
  let nowMs = Date.UTC(2030, 0, 1);
  let admin: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "ringback-people-"));
    server = await startTestServer({ data: folder }, { clock: { now: () => nowMs } });
    await server.addCalls(2);
    admin = (await server.signIn("admin")).accessToken;
  });
  after(async () => {
    await server.close();
    await rm(folder, { recursive: true, force: true });
  });

  describe("roles", () => {
    it("a reader reads and follows, but changes nothing", async () => {
      const { id, token } = await joined("READER", "rita");
      assert.equal(
        (await server.graphql("{ paginatedCalls { totalCount } }", { token })).data.paginatedCalls.totalCount,
        2,
      );
      const me = await server.graphql("{ me { id role isDisabled workspace { id name } } }", { token });
      assert.deepEqual(me.data.me, { id, role: "READER", isDisabled: false, workspace: { id: "1", name: "main" } });
      for (const mutation of [
        'archiveCall(id: "1") { id }',
        'addNote(input: { activityId: "1", content: "x" }) { id }',
      ]) {
        assert.equal(codeOf(await server.graphql(`mutation { ${mutation} }`, { token })), "FORBIDDEN");
      }
      const rest = await fetch(`${server.url}/calls/1/archive`, {
        method: "PUT",
        headers: { authorization: `Bearer ${token}` },
      });
      assert.deepEqual([rest.status, rest.headers.get("x-error-code")], [403, "FORBIDDEN"]);
      const socket = await openReadySocket(server.socketUrl, modern, token);
      socket.send({ id: "1", type: "subscribe", payload: { query: "subscription { onUpdateCall { id } }" } });
      socket.send({ id: "2", type: "subscribe", payload: { query: "{ __typename }" } });
      await socket.until("complete");
      await server.graphql('mutation { archiveCall(id: "1") { id } }', { token: admin });
      assert.deepEqual((await socket.until("next"))["payload"].data, { onUpdateCall: { id: "1" } });
      socket.ws.close();
    });

    it("only an admin sees or decides who may do what", async () => {
      for (const role of ["READER", "MEMBER"]) {
        const { token } = await joined(role, `plain ${role}`);
        for (const request of [
          "{ users { id } }",
          "{ apiKeys { id } }",
          "{ invitations { id } }",
          "mutation { inviteUser(role: ADMIN) { token } }",
          'mutation { withdrawInvitation(id: "x") }',
          'mutation { setUserRole(userId: "x", role: ADMIN) { id } }',
          'mutation { disableUser(userId: "x") { id } }',
          'mutation { enableUser(userId: "x") { id } }',
          'mutation { createApiKey(input: { name: "x", scopes: [READ] }) { secret } }',
          'mutation { revokeApiKey(id: "x") }',
        ]) {
          assert.equal(codeOf(await server.graphql(request, { token })), "FORBIDDEN", request);
        }
      }
    });

    it("another role counts at once: the person is signed out, sockets included, and comes back with it", async () => {
      const { id, token } = await joined("MEMBER", "mona");
      const socket = await openReadySocket(server.socketUrl, modern, token);
      const change = `mutation { setUserRole(userId: "${id}", role: READER) { role } }`;
      assert.equal((await server.graphql(change, { token: admin })).data.setUserRole.role, "READER");
      assert.equal((await socket.closed).code, 4403);
      assert.equal(codeOf(await server.graphql("{ me { id } }", { token })), "UNAUTHENTICATED");
      const again = (await signIn("mona")).accessToken;
      assert.equal((await server.graphql("{ me { role } }", { token: again })).data.me.role, "READER");
    });

    it("nobody decides about themselves, so that an admin always remains", async () => {
      const { id } = (await server.graphql("{ me { id } }", { token: admin })).data.me;
      for (const mutation of [
        `setUserRole(userId: "${id}", role: READER) { id }`,
        `disableUser(userId: "${id}") { id }`,
      ]) {
        assert.equal(codeOf(await server.graphql(`mutation { ${mutation} }`, { token: admin })), "CONFLICT");
      }
    });
  });

  describe("a user who is disabled", () => {
    it("is out at once, sockets, keys and invitations included", async () => {
      const { id, token } = await joined("ADMIN", "dora");
      const { secret } = await createKey(token, "dora's key", "[READ]");
      const invited = (await server.graphql("mutation { inviteUser { token } }", { token })).data.inviteUser.token;
      const sockets = [
        await openReadySocket(server.socketUrl, modern, token),
        await openReadySocket(server.socketUrl, modern, secret),
      ];
      const streams = [await following(token), await following(secret)];
      // Kept for them, the one way or the other.
      for (const bearer of [token, secret])
        assert.equal((await server.graphql(page, { token: bearer })).errors, undefined);
      const disabled = await server.graphql(`mutation { disableUser(userId: "${id}") { isDisabled } }`, {
        token: admin,
      });
      assert.equal(disabled.data.disableUser.isDisabled, true);
      for (const { closed } of sockets) assert.equal((await closed).code, 4403);
      for (const stream of streams) assert.equal((await stream.rest()).at(-1)?.comment, "Session ended");
      for (const bearer of [token, secret]) {
        for (const query of ["{ me { id } }", page]) {
          assert.equal(codeOf(await server.graphql(query, { token: bearer })), "UNAUTHENTICATED");
        }
        const rest = await fetch(`${server.url}/calls`, { headers: { authorization: `Bearer ${bearer}` } });
        assert.equal(rest.status, 401);
      }
      assert.equal((await accept(invited, "a way back")).status, 403);
      await assert.rejects(signIn("dora"));
      await server.graphql(`mutation { enableUser(userId: "${id}") { id } }`, { token: admin });
      assert.equal(codeOf(await server.graphql("{ me { id } }", { token })), "UNAUTHENTICATED");
      await signIn("dora");
    });

    it("by another process is out as soon as this one looks, which it does each second, sockets included", async () => {
      const { id, token } = await joined("ADMIN", "otto");
      const { secret } = await createKey(token, "otto's key", "[READ]");
      const sockets = [
        await openReadySocket(server.socketUrl, modern, token),
        await openReadySocket(server.socketUrl, modern, secret),
      ];
      const streams = [await following(token), await following(secret)];
      // Kept for them, the one way or the other.
      for (const bearer of [token, secret])
        assert.equal((await server.graphql(page, { token: bearer })).errors, undefined);
      const database = await databaseOf(folder);
      const other = await openParts(readConfig({ data: folder, database, logLevel: "silent" }));
      try {
        assert.equal((await other.storage.users.setDisabled(id, true, nowMs)).length, 2);
      } finally {
        await other.close();
      }
      for (const { closed } of sockets) assert.equal((await closed).code, 4403);
      for (const stream of streams) assert.equal((await stream.rest()).at(-1)?.comment, "Session ended");
      for (const bearer of [token, secret]) {
        for (const query of ["{ me { id } }", page]) {
          assert.equal(codeOf(await server.graphql(query, { token: bearer })), "UNAUTHENTICATED");
        }
        const rest = await fetch(`${server.url}/calls`, { headers: { authorization: `Bearer ${bearer}` } });
        assert.equal(rest.status, 401);
      }
    });
  });

  describe("an invitation", () => {
    it("makes one account, in the workspace and role it says, and signs it in", async () => {
      const invited = await server.graphql(
        "mutation { inviteUser(role: READER) { token path invitation { id role } } }",
        {
          token: admin,
        },
      );
      const { token, path, invitation } = invited.data.inviteUser;
      assert.equal(path, `/invitation#token=${token}`);
      const listed = await server.graphql("{ invitations { id role } }", { token: admin });
      assert.ok(listed.data.invitations.some(({ id }: { id: string }) => id === invitation.id));
      assert.doesNotMatch(JSON.stringify(listed), new RegExp(token));
      const page = await fetch(`${server.url}/invitation`, { headers: { accept: "text/html" } });
      assert.deepEqual([page.status, page.headers.get("content-type")], [200, "text/html; charset=utf-8"]);

      const accepted = await accept(token, "nora");
      assert.equal(accepted.status, 201);
      const me = await server.graphql("{ me { username role workspace { id } } }", {
        token: accepted.body.access_token,
      });
      assert.deepEqual(me.data.me, { username: "nora", role: "READER", workspace: { id: "1" } });
      assert.equal((await accept(token, "nora again")).status, 403);
    });

    it("puts the refresh token of a page of this server into the cookie", async () => {
      const { token } = (await server.graphql("mutation { inviteUser { token } }", { token: admin })).data.inviteUser;
      const { status, body, cookie } = await accept(token, "page", {
        origin: server.url,
        "sec-fetch-site": "same-origin",
      });
      assert.deepEqual([status, body.refresh_token], [201, undefined]);
      assert.match(
        cookie ?? "",
        /^__Host-ringback-refresh=\S+; Path=\/; Max-Age=3600; Secure; HttpOnly; SameSite=Strict$/,
      );
    });

    it("that is withdrawn, unknown or older than seven days is refused in the same words", async () => {
      const links = await Promise.all(
        [1, 2].map(() => server.graphql("mutation { inviteUser { token invitation { id } } }", { token: admin })),
      );
      const [withdrawn, old] = links.map(({ data }) => data.inviteUser);
      await server.graphql(`mutation { withdrawInvitation(id: "${withdrawn.invitation.id}") }`, { token: admin });
      const first = await accept(withdrawn.token, "late");
      const unknown = await accept("unknown", "late");
      nowMs += 7 * 86_400_000;
      const outlived = await accept(old.token, "late");
      assert.equal(first.status, 403);
      const saying = ({ body }: typeof first) => body.errors.map(({ message }: { message: string }) => message);
      assert.deepEqual([saying(unknown), saying(outlived)], [saying(first), saying(first)]);
      admin = (await server.signIn("admin")).accessToken;
    });

    it("stays good after a name that is taken or a password that is too short", async () => {
      const { token } = (await server.graphql("mutation { inviteUser { token } }", { token: admin })).data.inviteUser;
      assert.equal((await accept(token, "admin")).status, 409);
      assert.equal((await accept(token, "short", {}, "short")).status, 400);
      assert.equal((await accept(token, "fine")).status, 201);
    });
  });

  it("an invitation makes no account while its name or its network may not sign in, and works once it may", async () => {
    const { token } = (await server.graphql("mutation { inviteUser { token } }", { token: admin })).data.inviteUser;
    const accounts = await server.storage.users.count();
    for (let at = 0; at < 6; at += 1) {
      const query = 'mutation { login(input: { username: "tried", password: "wrong" }) { access_token } }';
      await server.graphql(query);
    }
    const early = await accept(token, "tried");
    assert.deepEqual([early.status, early.body.errors[0].extensions.code], [429, "RATE_LIMITED"]);
    assert.equal(await server.storage.users.count(), accounts);
    nowMs += early.body.errors[0].extensions.retryAfterMs;
    assert.equal((await accept(token, "tried")).status, 201);
    assert.equal(await server.storage.users.count(), accounts + 1);
  });

  describe("a key", () => {
    it("does what its scopes say and nothing else, over HTTP, REST and sockets", async () => {
      const reading = await createKey(admin, "reads", "[READ]");
      const writing = await createKey(admin, "writes", "[WRITE]");
      const count = "{ paginatedCalls { totalCount } }";
      const archive = 'mutation { archiveCall(id: "1") { id } }';
      assert.equal((await server.graphql(count, { token: reading.secret })).data.paginatedCalls.totalCount, 2);
      assert.equal(codeOf(await server.graphql(archive, { token: reading.secret })), "FORBIDDEN");
      assert.equal((await server.graphql(archive, { token: writing.secret })).data.archiveCall.id, "1");
      assert.equal(codeOf(await server.graphql(count, { token: writing.secret })), "FORBIDDEN");
      const me = await server.graphql("{ me { id username role } }", { token: reading.secret });
      assert.deepEqual(me.data.me, { id: reading.id, username: "reads", role: "READER" });
      const rest = await fetch(`${server.url}/calls`, { headers: { authorization: `Bearer ${reading.secret}` } });
      assert.equal(rest.status, 200);

      const socket = await openReadySocket(server.socketUrl, modern, writing.secret);
      socket.send({ id: "1", type: "subscribe", payload: { query: "subscription { onUpdateCall { id } }" } });
      assert.equal((await socket.until("error"))["payload"][0].extensions.code, "FORBIDDEN");
      socket.ws.close();
    });

    it("without READ gets FORBIDDEN for whatever reads, also where the answer was kept for others", async () => {
      const { secret } = await createKey(admin, "writes only", "[WRITE]");
      const { cursor } = (await server.graphql("{ cursor }", { token: admin })).data;
      for (const request of [
        "{ paginatedCalls(limit: 20) { nodes { id from } totalCount } }",
        '{ call(id: "1") { id from } }',
        "{ cursor }",
        `{ changes(after: "${cursor}") { cursor } }`,
      ]) {
        for (let time = 0; time < 2; time++) {
          assert.equal((await server.graphql(request, { token: admin })).errors, undefined);
          const refused = await server.graphql(request, { token: secret });
          assert.equal(codeOf(refused), "FORBIDDEN", request);
          assert.doesNotMatch(JSON.stringify(refused), /\+1202/);
        }
      }
      for (const path of ["/calls", "/calls/", "/calls/1"]) {
        const rest = await fetch(`${server.url}${path}`, { headers: { authorization: `Bearer ${secret}` } });
        assert.deepEqual([rest.status, rest.headers.get("x-error-code")], [403, "FORBIDDEN"], path);
      }
      for (const field of [
        "onUpdateCall { id }",
        "onUpdatedCall { id }",
        "changes { kind }",
        "changeStream { cursor }",
      ]) {
        const stream = await openEventStream(`${server.url}/graphql/stream`, {
          token: secret,
          body: { query: `subscription { ${field} }` },
        });
        assert.equal(JSON.parse((await stream.event()).data ?? "").errors[0].extensions.code, "FORBIDDEN", field);
        stream.cut();
      }
      assert.equal((await server.graphql("{ me { id } limits { cost } }", { token: secret })).errors, undefined);
    });

    it("has a budget of its own, apart from that of whoever made it and of other keys", async () => {
      const small = await startTestServer({ costPerSession: "200" });
      try {
        const { accessToken } = await small.signIn();
        const create = (name: string) =>
          `mutation { createApiKey(input: { name: "${name}", scopes: [READ] }) { secret } }`;
        const keys: string[] = [];
        for (const name of ["first", "second"]) {
          keys.push((await small.graphql(create(name), { token: accessToken })).data.createApiKey.secret);
        }
        const dear = "{ paginatedCalls(limit: 50) { nodes { id } } }";
        for (const token of [...keys, accessToken]) {
          let asked = 0;
          while ((await small.graphql(dear, { token })).errors === undefined) asked += 1;
          assert.equal(asked, 3);
        }
      } finally {
        await small.close();
      }
    });

    it("is no admin, no session, and no key of a phone system", async () => {
      const { secret } = await createKey(admin, "all a key can be", "[READ, WRITE]");
      for (const request of [
        "{ users { id } }",
        "{ apiKeys { id } }",
        "mutation { logout }",
        "mutation { logoutAll }",
      ]) {
        assert.equal(codeOf(await server.graphql(request, { token: secret })), "FORBIDDEN", request);
      }
      for (const request of [
        "mutation { refreshTokenV2 { access_token } }",
        "mutation { refreshToken { access_token } }",
      ]) {
        assert.equal(codeOf(await server.graphql(request, { token: secret })), "UNAUTHENTICATED", request);
      }
      const sent = await fetch(`${server.url}/ingest/calls`, {
        method: "POST",
        headers: { authorization: `Bearer ${secret}`, "content-type": "application/json" },
        body: "{}",
      });
      assert.equal(sent.status, 401);
      assert.equal((await server.graphql("{ me { id } }", { token: secret })).errors, undefined);
    });

    it("is shown once: neither lists nor the database have the secret", async () => {
      const { secret } = await createKey(admin, "once", "[READ]");
      assert.match(secret, /^rbk_[\w-]{43}$/);
      const listed = JSON.stringify(await server.graphql("{ apiKeys { id name scopes } }", { token: admin }));
      assert.ok(!listed.includes(secret));
      const { api_keys: rows } = await rowsOf(folder);
      assert.ok(rows !== undefined && rows.length > 0 && !JSON.stringify(rows).includes(secret));
    });

    it("that is revoked is refused at once, and its sockets are closed", async () => {
      const { id, secret } = await createKey(admin, "to go", "[READ]");
      const socket = await openReadySocket(server.socketUrl, modern, secret);
      const stream = await following(secret);
      const revoke = `mutation { revokeApiKey(id: "${id}") }`;
      assert.equal((await server.graphql(revoke, { token: admin })).data.revokeApiKey, true);
      assert.equal((await socket.closed).code, 4403);
      assert.equal((await stream.rest()).at(-1)?.comment, "Session ended");
      assert.equal(codeOf(await server.graphql("{ me { id } }", { token: secret })), "UNAUTHENTICATED");
      const late = await openSocket(server.socketUrl, modern.name);
      late.send({ type: "connection_init", payload: { authorization: `Bearer ${secret}` } });
      assert.equal((await late.closed).code, 4403);
      assert.equal(codeOf(await server.graphql(revoke, { token: admin })), "NOT_FOUND");
    });

    it("ends at its time, on sockets too", async () => {
      const expiresAt = new Date(nowMs + 60_000).toISOString();
      const { secret } = await createKey(admin, "for a minute", "[READ]", `, expiresAt: "${expiresAt}"`);
      const socket = await openReadySocket(server.socketUrl, modern, secret);
      assert.equal((await server.graphql("{ me { id } }", { token: secret })).errors, undefined);
      nowMs += 60_000;
      assert.equal(codeOf(await server.graphql("{ me { id } }", { token: secret })), "UNAUTHENTICATED");
      // Sockets have a grace, for a token that is on its way.
      nowMs += 60_000;
      assert.equal((await socket.closed).code, 4403);
    });

    it("may make so many requests within a minute, on sockets and event streams too, and is told when to go on", async () => {
      const { secret } = await createKey(admin, "three a minute", "[READ]", ", requestsPerMinute: 3");
      const socket = await openReadySocket(server.socketUrl, modern, secret);
      socket.send({ id: "1", type: "subscribe", payload: { query: "{ me { id } }" } });
      await socket.until("complete");
      const stream = await openEventStream(`${server.url}/graphql/stream`, {
        token: secret,
        body: { query: "subscription { onUpdateCall { id } }" },
      });
      const rest = await fetch(`${server.url}/calls`, { headers: { authorization: `Bearer ${secret}` } });
      assert.deepEqual([stream.status, rest.status], [200, 200]);
      const refused = await server.graphql("{ me { id } }", { token: secret });
      assert.equal(codeOf(refused), "RATE_LIMITED");
      assert.equal(refused.errors?.[0]?.extensions["retryAfterMs"], 60_000);
      socket.send({ id: "2", type: "subscribe", payload: { query: "{ me { id } }" } });
      assert.equal((await socket.until("next"))["payload"].errors[0].extensions.code, "RATE_LIMITED");
      const late = await fetch(`${server.url}/calls`, { headers: { authorization: `Bearer ${secret}` } });
      assert.deepEqual([late.status, late.headers.get("retry-after")], [429, "60"]);
      socket.ws.close();
      stream.cut();
      nowMs += 60_000;
      assert.equal((await server.graphql("{ me { id } }", { token: secret })).errors, undefined);
    });

    it("remembers its last use, a minute apart at least", async () => {
      const { id, secret } = await createKey(admin, "remembered", "[READ]");
      const lastUse = async () => {
        const { data } = await server.graphql("{ apiKeys { id lastUsedAt } }", { token: admin });
        return data.apiKeys.find((key: { id: string }) => key.id === id).lastUsedAt as string | null;
      };
      const use = () => server.graphql("{ me { id } }", { token: secret });
      // Writes are done in the order of asking: once this one is answered, a use noted before it is there.
      const noted = () => server.graphql('mutation { archiveCall(id: "2") { id } }', { token: admin });
      const firstMs = nowMs;
      await use();
      await noted();
      assert.equal(await lastUse(), new Date(firstMs).toISOString());
      nowMs += 59_999;
      await use();
      await noted();
      assert.equal(await lastUse(), new Date(firstMs).toISOString());
      nowMs += 1;
      await use();
      await noted();
      assert.equal(await lastUse(), new Date(firstMs + 60_000).toISOString());
    });

    it("is refused for wishes that make no sense, with the field at fault", async () => {
      for (const [input, field] of [
        ['name: " ", scopes: [READ]', "name"],
        ['name: "x", scopes: []', "scopes"],
        ['name: "x", scopes: [READ], expiresAt: "tomorrow"', "expiresAt"],
        ['name: "x", scopes: [READ], expiresAt: "2001-01-01T00:00:00Z"', "expiresAt"],
        ['name: "x", scopes: [READ], requestsPerMinute: 0', "requestsPerMinute"],
      ] as const) {
        const result = await server.graphql(`mutation { createApiKey(input: { ${input} }) { secret } }`, {
          token: admin,
        });
        assert.deepEqual([codeOf(result), result.errors?.[0]?.extensions["field"]], ["BAD_USER_INPUT", field]);
      }
      await createKey(admin, "taken", "[READ]");
      const again = 'mutation { createApiKey(input: { name: "taken", scopes: [READ] }) { secret } }';
      assert.equal(codeOf(await server.graphql(again, { token: admin })), "CONFLICT");
    });
  });

  describe("an idempotency key", () => {
    const under = (key: string) => ({ token: admin, headers: { "idempotency-key": key } });

    it("makes a retry harmless that makes something: the same key or link, its secret again, and no second one", async () => {
      const create = 'mutation { createApiKey(input: { name: "retried", scopes: [READ] }) { secret key { id name } } }';
      const invite = "mutation { inviteUser(role: READER) { token path invitation { id } } }";
      const countOf = async () => {
        const { data } = await server.graphql("{ apiKeys { id } invitations { id } }", { token: admin });
        return data.apiKeys.length + data.invitations.length;
      };
      const before = await countOf();
      for (const request of [create, invite]) {
        const first = await server.graphql(request, under(`after-${request.length}`));
        assert.equal(first.errors, undefined);
        const again = await server.graphql(request, under(`after-${request.length}`));
        assert.deepEqual(again, first);
      }
      const request = create.replace("retried", "retried at once");
      const together = await Promise.all([1, 2, 3].map(() => server.graphql(request, under("together"))));
      assert.equal(together[0]?.errors, undefined);
      assert.deepEqual(together[1], together[0]);
      assert.deepEqual(together[2], together[0]);
      assert.equal(await countOf(), before + 3);
      const { secret } = together[0]?.data.createApiKey ?? {};
      assert.equal(
        (await server.graphql("{ me { username } }", { token: secret })).data.me.username,
        "retried at once",
      );
      const { kept_answers: rows } = await rowsOf(folder);
      assert.ok(rows !== undefined && rows.length > 0 && !JSON.stringify(rows).includes(secret));
    });

    it("makes a retry harmless that decides about somebody, whatever was decided since", async () => {
      const { id } = await joined("MEMBER", "uma");
      const disable = `mutation { disableUser(userId: "${id}") { id isDisabled } }`;
      const first = await server.graphql(disable, under("disable"));
      assert.equal(first.data.disableUser.isDisabled, true);
      await server.graphql(`mutation { enableUser(userId: "${id}") { id } }`, { token: admin });
      assert.deepEqual(await server.graphql(disable, under("disable")), first);
      const { data } = await server.graphql("{ users { id isDisabled } }", { token: admin });
      assert.equal(data.users.find((user: { id: string }) => user.id === id).isDisabled, false);

      const key = await createKey(admin, "revoked once", "[READ]");
      const revoke = `mutation { revokeApiKey(id: "${key.id}") }`;
      assert.equal((await server.graphql(revoke, under("revoke"))).data.revokeApiKey, true);
      assert.equal((await server.graphql(revoke, under("revoke"))).data.revokeApiKey, true);
      assert.equal(codeOf(await server.graphql(revoke, under("another"))), "NOT_FOUND");
    });

    it("is refused for another request", async () => {
      const { id } = await joined("MEMBER", "ugo");
      await server.graphql(`mutation { setUserRole(userId: "${id}", role: READER) { role } }`, under("role"));
      const other = await server.graphql(
        `mutation { setUserRole(userId: "${id}", role: ADMIN) { role } }`,
        under("role"),
      );
      assert.equal(codeOf(other), "BAD_USER_INPUT");
    });
  });

  /** Somebody new with a role, signed in. */
  async function joined(role: string, username: string): Promise<{ readonly id: string; readonly token: string }> {
    const invited = await server.graphql(`mutation { inviteUser(role: ${role}) { token } }`, { token: admin });
    const { body } = await accept(invited.data.inviteUser.token, username);
    return { id: body.user.id, token: body.access_token };
  }

  /** An event stream that stands. */
  async function following(token: string): Promise<TestEventStream> {
    const body = { query: "subscription { onUpdateCall { id } }" };
    const stream = await openEventStream(`${server.url}/graphql/stream`, { token, body });
    assert.notEqual((await stream.next())?.id, undefined);
    return stream;
  }

  function signIn(username: string): Promise<{ readonly accessToken: string }> {
    return server.signIn(username);
  }

  async function createKey(token: string, name: string, scopes: string, more = "") {
    const input = `{ name: ${JSON.stringify(name)}, scopes: ${scopes}${more} }`;
    const made = await server.graphql(`mutation { createApiKey(input: ${input}) { secret key { id } } }`, { token });
    return { id: made.data.createApiKey.key.id as string, secret: made.data.createApiKey.secret as string };
  }

  async function accept(token: string, username: string, headers = {}, password = testPassword) {
    const response = await fetch(`${server.url}/invitations/accept`, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: JSON.stringify({ token, username, password }),
    });
    // oxlint-disable-next-line typescript/no-explicit-any -- assertions take answers apart and say what they expect
    const body: any = await response.json();
    return { status: response.status, body, cookie: response.headers.get("set-cookie") };
  }
});
