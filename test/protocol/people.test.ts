import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { databaseFileName, openParts } from "../../server/src/app.ts";
import { readConfig } from "../../server/src/config.ts";
import { startTestServer, testPassword, type TestServer } from "../support/server.ts";
import { type Dialect, dialects, openReadySocket, openSocket } from "../support/socket.ts";

const [modern] = dialects as [Dialect, Dialect];
const codeOf = (result: Awaited<ReturnType<TestServer["graphql"]>>) => result.errors?.[0]?.extensions.code;

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
      const disabled = await server.graphql(`mutation { disableUser(userId: "${id}") { isDisabled } }`, {
        token: admin,
      });
      assert.equal(disabled.data.disableUser.isDisabled, true);
      for (const { closed } of sockets) assert.equal((await closed).code, 4403);
      for (const bearer of [token, secret]) {
        assert.equal(codeOf(await server.graphql("{ me { id } }", { token: bearer })), "UNAUTHENTICATED");
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
      const other = await openParts(readConfig({ data: folder, logLevel: "silent" }));
      try {
        assert.equal((await other.storage.users.setDisabled(id, true, nowMs)).length, 2);
      } finally {
        await other.close();
      }
      for (const { closed } of sockets) assert.equal((await closed).code, 4403);
      for (const bearer of [token, secret]) {
        assert.equal(codeOf(await server.graphql("{ me { id } }", { token: bearer })), "UNAUTHENTICATED");
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
      const page = await fetch(`${server.url}/invitation`);
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
      assert.deepEqual([unknown.body, outlived.body], [first.body, first.body]);
      admin = (await server.signIn("admin")).accessToken;
    });

    it("stays good after a name that is taken or a password that is too short", async () => {
      const { token } = (await server.graphql("mutation { inviteUser { token } }", { token: admin })).data.inviteUser;
      assert.equal((await accept(token, "admin")).status, 409);
      assert.equal((await accept(token, "short", {}, "short")).status, 400);
      assert.equal((await accept(token, "fine")).status, 201);
    });
  });

  describe("a key", () => {
    it("does what its scopes say and nothing else, over HTTP, REST and sockets", async () => {
      const reading = await createKey(admin, "reads", "[READ]");
      const writing = await createKey(admin, "writes", "[WRITE]");
      const page = "{ paginatedCalls { totalCount } }";
      const archive = 'mutation { archiveCall(id: "1") { id } }';
      assert.equal((await server.graphql(page, { token: reading.secret })).data.paginatedCalls.totalCount, 2);
      assert.equal(codeOf(await server.graphql(archive, { token: reading.secret })), "FORBIDDEN");
      assert.equal((await server.graphql(archive, { token: writing.secret })).data.archiveCall.id, "1");
      assert.equal(codeOf(await server.graphql(page, { token: writing.secret })), "FORBIDDEN");
      const me = await server.graphql("{ me { id username role } }", { token: reading.secret });
      assert.deepEqual(me.data.me, { id: reading.id, username: "reads", role: "READER" });
      const rest = await fetch(`${server.url}/calls`, { headers: { authorization: `Bearer ${reading.secret}` } });
      assert.equal(rest.status, 200);

      const socket = await openReadySocket(server.socketUrl, modern, writing.secret);
      socket.send({ id: "1", type: "subscribe", payload: { query: "subscription { onUpdateCall { id } }" } });
      assert.equal((await socket.until("error"))["payload"][0].extensions.code, "FORBIDDEN");
      socket.ws.close();
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
      const { DatabaseSync } = await import("node:sqlite");
      const db = new DatabaseSync(join(folder, databaseFileName), { readOnly: true });
      assert.ok(!JSON.stringify(db.prepare("SELECT * FROM api_keys").all()).includes(secret));
      db.close();
    });

    it("that is revoked is refused at once, and its sockets are closed", async () => {
      const { id, secret } = await createKey(admin, "to go", "[READ]");
      const socket = await openReadySocket(server.socketUrl, modern, secret);
      const revoke = `mutation { revokeApiKey(id: "${id}") }`;
      assert.equal((await server.graphql(revoke, { token: admin })).data.revokeApiKey, true);
      assert.equal((await socket.closed).code, 4403);
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

    it("may make so many requests within a minute, on sockets too, and is told when to go on", async () => {
      const { secret } = await createKey(admin, "three a minute", "[READ]", ", requestsPerMinute: 3");
      const socket = await openReadySocket(server.socketUrl, modern, secret);
      socket.send({ id: "1", type: "subscribe", payload: { query: "{ me { id } }" } });
      await socket.until("complete");
      assert.equal((await server.graphql("{ me { id } }", { token: secret })).errors, undefined);
      const refused = await server.graphql("{ me { id } }", { token: secret });
      assert.equal(codeOf(refused), "RATE_LIMITED");
      assert.equal(refused.errors?.[0]?.extensions["retryAfterMs"], 60_000);
      socket.send({ id: "2", type: "subscribe", payload: { query: "{ me { id } }" } });
      assert.equal((await socket.until("next"))["payload"].errors[0].extensions.code, "RATE_LIMITED");
      socket.ws.close();
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

  /** Somebody new with a role, signed in. */
  async function joined(role: string, username: string): Promise<{ readonly id: string; readonly token: string }> {
    const invited = await server.graphql(`mutation { inviteUser(role: ${role}) { token } }`, { token: admin });
    const { body } = await accept(invited.data.inviteUser.token, username);
    return { id: body.user.id, token: body.access_token };
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
