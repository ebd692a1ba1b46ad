import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, beforeEach, describe, it } from "node:test";
import type { Role } from "../../server/src/domain/workspace.ts";
import { openEventStream } from "../support/event-stream.ts";
import { startTestServer, testPassword, type TestServer } from "../support/server.ts";
import { dialects, openReadySocket } from "../support/socket.ts";

const watch = "subscription { presence { person { username } callId isWriting } }";
const say = "mutation ($tab: ID!, $id: ID, $isWriting: Boolean) { atCall(tab: $tab, id: $id, isWriting: $isWriting) }";

type Row = { readonly person: { readonly username: string }; readonly callId: string; readonly isWriting: boolean };

describe("who is at which call", () => {
  let server: TestServer;
  let callId: string;
  let ann: string;
  let tab: string;

  before(async () => {
    server = await startTestServer();
    [callId = ""] = await server.addCalls(1);
    ann = (await server.signIn()).accessToken;
  });
  after(() => server.close());
  beforeEach(() => {
    tab = randomUUID();
  });

  const atCall = (token: string, variables: object) => server.graphql(say, { token, variables: { tab, ...variables } });
  const present = async (token = ann) => {
    const { data, errors } = await server.graphql("{ presence { person { username } callId isWriting since } }", {
      token,
    });
    assert.equal(errors, undefined);
    return data.presence as readonly (Row & { readonly since: string })[];
  };

  async function somebody(role: Role, workspaceId = 1): Promise<{ readonly token: string; readonly id: string }> {
    const id = randomUUID();
    const account = { id, workspaceId, username: id, role, isDisabled: false, createdAtMs: 0 };
    await server.storage.users.add(account, await server.passwords.hash(testPassword));
    return { token: (await server.signIn(id)).accessToken, id };
  }

  it("is said by every role, seen by every role, and taken back", async () => {
    const reader = await somebody("reader");
    assert.deepEqual((await atCall(reader.token, { id: callId })).data, { atCall: true });
    const [row] = await present(reader.token);
    assert.deepEqual([row?.person.username, row?.callId, row?.isWriting], [reader.id, callId, false]);
    assert.ok(Math.abs(Date.parse(row?.since ?? "") - Date.now()) < 60_000);
    await atCall(reader.token, { id: callId, isWriting: true });
    assert.equal((await present())[0]?.isWriting, true);
    await atCall(reader.token, {});
    assert.deepEqual(await present(), []);
  });

  it("is not said by programs, of calls that are not there, or with a tab that is none", async () => {
    const codes = [
      await atCall(ann, { id: "404" }),
      await atCall(ann, { id: "no id" }),
      await atCall(ann, { id: callId, tab: "" }),
      await atCall(ann, { id: callId, tab: "x".repeat(65) }),
      await atCall(ann, { id: callId, tab: "é" }),
    ].map(({ errors }) => errors?.[0]?.extensions.code);
    assert.deepEqual(codes, ["NOT_FOUND", "NOT_FOUND", "BAD_USER_INPUT", "BAD_USER_INPUT", "BAD_USER_INPUT"]);
    const key = 'mutation { createApiKey(input: { name: "k", scopes: [READ, WRITE] }) { secret } }';
    const { secret } = (await server.graphql(key, { token: ann })).data.createApiKey;
    assert.equal((await atCall(secret, { id: callId })).errors?.[0]?.extensions.code, "FORBIDDEN");
    assert.deepEqual(await present(secret), []);
  });

  for (const dialect of dialects) {
    it(`is told at once and again when it changes (${dialect.name})`, async () => {
      const socket = await openReadySocket(server.socketUrl, dialect, ann);
      socket.send({ id: "p", type: dialect.start, payload: { query: watch } });
      const next = async () => (await socket.until(dialect.result))["payload"].data.presence as readonly Row[];
      assert.deepEqual(await next(), []);
      socket.send({
        id: "s",
        type: dialect.start,
        payload: { query: say, variables: { tab, id: callId, isWriting: true } },
      });
      const own: Row = { person: { username: "ann" }, callId, isWriting: true };
      const seen: unknown[] = [];
      while (seen.length < 2) {
        const message = await socket.until(dialect.result);
        seen.push(message["payload"].data);
      }
      assert.deepEqual(new Set(seen), new Set([{ atCall: true }, { presence: [own] }]));
      await atCall(ann, {});
      assert.deepEqual(await next(), []);
      socket.ws.close();
    });
  }

  it("is told over an event stream", async () => {
    const stream = await openEventStream(`${server.url}/graphql/stream`, { token: ann, body: { query: watch } });
    const next = async () => JSON.parse((await stream.event()).data ?? "").data.presence as readonly Row[];
    assert.deepEqual(await next(), []);
    await atCall(ann, { id: callId });
    assert.deepEqual(
      (await next()).map(({ callId: id }) => id),
      [callId],
    );
    await atCall(ann, {});
    assert.deepEqual(await next(), []);
    stream.cut();
  });

  it("ends with the session, and when the person is disabled", async () => {
    const one = await somebody("member");
    const two = await somebody("member");
    await atCall(one.token, { id: callId });
    await atCall(two.token, { id: callId });
    assert.equal((await present()).length, 2);
    await server.graphql("mutation { logout }", { token: one.token });
    assert.deepEqual(
      (await present()).map(({ person }) => person.username),
      [two.id],
    );
    await server.graphql(`mutation { disableUser(userId: "${two.id}") { id } }`, { token: ann });
    assert.deepEqual(await present(), []);
  });

  it("does not leave the workspace", async () => {
    const { id: workspaceId } = await server.storage.workspaces.add(randomUUID(), 0);
    const stranger = await somebody("admin", workspaceId);
    await atCall(ann, { id: callId });
    assert.deepEqual(await present(stranger.token), []);
    assert.equal((await atCall(stranger.token, { id: callId })).errors?.[0]?.extensions.code, "NOT_FOUND");
    await atCall(ann, {});
  });
});
