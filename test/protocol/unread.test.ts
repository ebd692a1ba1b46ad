import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, describe, it } from "node:test";
import { startTestServer, testPassword, type TestServer } from "../support/server.ts";
import { dialects, openReadySocket } from "../support/socket.ts";

const setUnread = `mutation ($ids: [ID!], $filter: CallFilter, $unread: Boolean!) {
  setCallsUnread(ids: $ids, filter: $filter, unread: $unread) { ids changedCount hasMore }
}`;

describe("what a person has not seen yet", () => {
  let server: TestServer;

  before(async () => {
    server = await startTestServer();
  });
  after(() => server.close());

  async function somebody(): Promise<string> {
    const id = randomUUID();
    const account = { id, workspaceId: 1, username: id, role: "reader", isDisabled: false, createdAtMs: 0 } as const;
    await server.storage.users.add(account, await server.passwords.hash(testPassword));
    return (await server.signIn(id)).accessToken;
  }

  /** Tells of calls that are made now; their ids. */
  async function newCalls(count: number): Promise<readonly string[]> {
    const source = { id: randomUUID(), workspaceId: 1, name: randomUUID(), kind: "generic", createdAtMs: 0 } as const;
    await server.storage.sources.add(source, randomUUID());
    const facts = { direction: "inbound", from: "+12025550123", to: "+442079460123", via: "+442079460123" } as const;
    const batch = Array.from({ length: count }, () => {
      const key = randomUUID();
      const rest = {
        startedAtMs: Date.now(),
        endedAtMs: null,
        durationMs: 0,
        callType: "missed",
        isArchived: null,
      } as const;
      return {
        deliveryKey: key,
        groupKey: key,
        raw: "",
        digest: key,
        facts: { ...facts, ...rest, notes: [] },
        problem: null,
      };
    });
    const verdicts = await server.storage.sources.accept(source, batch, Date.now());
    return verdicts.map(({ callId }) => String(callId));
  }

  const ask = (token: string, query: string, variables: object = {}) => server.graphql(query, { token, variables });
  const change = async (token: string, variables: object) =>
    (await ask(token, setUnread, variables)).data.setCallsUnread;
  const unread = async (token: string, ids: readonly string[]) =>
    (await ask(token, "query ($ids: [ID!]!) { unreadCalls(ids: $ids) }", { ids })).data
      .unreadCalls as readonly string[];
  const codeOf = ({ errors }: Awaited<ReturnType<typeof ask>>) => errors?.[0]?.extensions.code;

  it("is each person's own, in fields, filters and counts, for readers too", async () => {
    const [ann, bob] = [await somebody(), await somebody()];
    const ids = await newCalls(3);
    assert.deepEqual(await change(ann, { ids: ids.slice(0, 1), unread: false }), {
      ids: ids.slice(0, 1),
      changedCount: 1,
      hasMore: false,
    });
    const look = "query ($id: Int!) { call(id: $id) { id unread } calls(filter: { unread: true }) { totalCount } }";
    const seen = async (token: string) => (await ask(token, look, { id: Number(ids[0]) })).data;
    assert.deepEqual(await seen(ann), { call: { id: ids[0], unread: false }, calls: { totalCount: 2 } });
    assert.deepEqual(await seen(bob), { call: { id: ids[0], unread: true }, calls: { totalCount: 3 } });
    assert.deepEqual(await unread(ann, ["404", ...ids]), ids.slice(1));
    const ownQuery = "{ paginatedCalls(limit: 3) { nodes { id unread } } }";
    const rows = async (token: string) =>
      (await ask(token, ownQuery)).data.paginatedCalls.nodes.filter((call: { unread: boolean }) => call.unread).length;
    assert.deepEqual([await rows(ann), await rows(bob)], [2, 3]);
  });

  it("all is read at once, and by a filter what it lets through", async () => {
    const ann = await somebody();
    const ids = await newCalls(4);
    const newest = ids.at(-1) ?? "";
    assert.equal((await change(ann, { filter: { unread: true }, unread: false })).changedCount, 4);
    assert.deepEqual((await change(ann, { ids: [newest], unread: true })).ids, [newest]);
    assert.deepEqual(await change(ann, { filter: {}, unread: false }), { ids: [], changedCount: 1, hasMore: false });
    assert.deepEqual(await unread(ann, ids), []);
  });

  it("a retry under a key is answered what the first request did", async () => {
    const ann = await somebody();
    const ids = await newCalls(1);
    const headers = { "idempotency-key": randomUUID() };
    const send = () => server.graphql(setUnread, { token: ann, variables: { ids, unread: false }, headers });
    const first = (await send()).data;
    assert.deepEqual(first.setCallsUnread.ids, ids);
    assert.deepEqual((await send()).data, first);
  });

  it("programs have read everything, and are told that it is not for them where they ask for more", async () => {
    const admin = (await server.signIn()).accessToken;
    const ids = await newCalls(1);
    const create = 'mutation { createApiKey(input: { name: "k", scopes: [READ, WRITE] }) { secret } }';
    const { secret } = (await ask(admin, create)).data.createApiKey;
    assert.deepEqual(await unread(secret, ids), []);
    assert.equal((await ask(secret, `{ call(id: ${ids[0]}) { unread } }`)).data.call.unread, false);
    assert.equal(codeOf(await ask(secret, setUnread, { ids, unread: true })), "FORBIDDEN");
    assert.equal(codeOf(await ask(secret, "{ calls(filter: { unread: true }) { totalCount } }")), "BAD_USER_INPUT");
  });

  it("is refused with neither or both of ids and filter, with too many ids, and where changes are asked for", async () => {
    const ann = await somebody();
    const many = Array.from({ length: 1_001 }, (_, at) => String(at + 1));
    const answers = [
      await ask(ann, setUnread, { unread: true }),
      await ask(ann, setUnread, { ids: ["1"], filter: {}, unread: true }),
      await ask(ann, setUnread, { ids: many, unread: true }),
      await ask(ann, "query ($ids: [ID!]!) { unreadCalls(ids: $ids) }", { ids: many }),
      await ask(ann, '{ changes(after: "x:1", filter: { unread: true }) { hasMore } }'),
    ];
    assert.deepEqual(
      answers.map(codeOf),
      Array.from({ length: 5 }, () => "BAD_USER_INPUT"),
    );
  });

  for (const dialect of dialects) {
    it(`a person's tabs are told and nobody else is; shared results do not tell (${dialect.name})`, async () => {
      const [ann, bob] = [await somebody(), await somebody()];
      const ids = await newCalls(1);
      const tab = await openReadySocket(server.socketUrl, dialect, ann);
      const other = await openReadySocket(server.socketUrl, dialect, bob);
      const next = async (socket: typeof tab) =>
        (await socket.until(dialect.result))["payload"].data.unreadChanged as readonly string[] | null;
      for (const socket of [tab, other]) {
        socket.send({ id: "u", type: dialect.start, payload: { query: "subscription { unreadChanged }" } });
        assert.equal(await next(socket), null);
      }
      await change(ann, { ids, unread: false });
      assert.deepEqual(await next(tab), ids);
      await change(ann, { filter: {}, unread: false });
      await change(ann, { ids, unread: true });
      assert.deepEqual(await next(tab), ids);
      assert.equal(other.waiting, 0);
      const query = "subscription { changes { call { unread } } }";
      other.send({ id: "s", type: dialect.start, payload: { query } });
      assert.match(JSON.stringify(await other.until("error")), /Call\.unread cannot be asked for in a subscription/);
      tab.ws.close();
      other.ws.close();
    });
  }
});
