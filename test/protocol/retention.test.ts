import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, describe, it } from "node:test";
import { deleteExpired } from "../../server/src/domain/retention.ts";
import { startTestServer, testPassword, type TestServer } from "../support/server.ts";
import { dialects, openReadySocket } from "../support/socket.ts";

const dayMs = 86_400_000;
const deleteNumber = "mutation ($number: String!) { deleteCallsOfNumber(number: $number) { deletedCount hasMore } }";

describe("how long calls are kept", () => {
  let server: TestServer;
  let admin: string;

  before(async () => {
    server = await startTestServer();
    admin = (await server.signIn()).accessToken;
  });
  after(() => server.close());

  const ask = (query: string, variables: object = {}, token = admin) => server.graphql(query, { token, variables });
  const codeOf = ({ errors }: Awaited<ReturnType<typeof ask>>) => errors?.[0]?.extensions.code;

  /** Logs a call from this number; its id. */
  async function callFrom(from: string, startedAtMs = Date.now()): Promise<number> {
    const source = { id: "pbx", workspaceId: 1, name: "PBX", kind: "generic", createdAtMs: 0 } as const;
    const key = randomUUID();
    const facts = { direction: "inbound", from, to: "+442079460123", via: null, startedAtMs, endedAtMs: null } as const;
    const rest = { durationMs: 0, callType: "missed", isArchived: null, notes: ["a note"] } as const;
    const delivery = { deliveryKey: key, groupKey: key, raw: "{}", digest: key, facts: { ...facts, ...rest } };
    const [verdict] = await server.storage.sources.accept(source, [{ ...delivery, problem: null }], Date.now());
    return verdict?.callId ?? assert.fail("The call was not logged.");
  }

  it("admins alone say so, in whole days of a hundred years at most", async () => {
    const set = "mutation ($days: Int) { setWorkspaceSettings(input: { callsKeptDays: $days }) { callsKeptDays } }";
    const id = randomUUID();
    const account = { id, workspaceId: 1, username: id, role: "member", isDisabled: false, createdAtMs: 0 } as const;
    await server.storage.users.add(account, await server.passwords.hash(testPassword));
    const { accessToken: member } = await server.signIn(id);
    assert.equal(codeOf(await ask(set, { days: 9 }, member)), "FORBIDDEN");
    assert.equal(codeOf(await ask(deleteNumber, { number: "+4930111" }, member)), "FORBIDDEN");
    for (const days of [0, -1, 36_501]) assert.equal(codeOf(await ask(set, { days })), "BAD_USER_INPUT");
    assert.equal((await ask(set, { days: 36_500 })).data.setWorkspaceSettings.callsKeptDays, 36_500);
    const name = 'mutation { setWorkspaceSettings(input: { name: "team" }) { callsKeptDays } }';
    assert.equal((await ask(name)).data.setWorkspaceSettings.callsKeptDays, 36_500, "what is left out stays");
    assert.equal((await ask(set, { days: null })).data.setWorkspaceSettings.callsKeptDays, null);
  });

  it("what is older goes, however many there are, and nothing goes where no time is set", async () => {
    const old = Array.from({ length: 250 }, () => callFrom("+4930222", Date.now() - 11 * dayMs));
    const ids = await Promise.all(old);
    const kept = await callFrom("+4930222", Date.now() - 9 * dayMs);
    assert.equal(await deleteExpired(server.storage, 1, Date.now()), 0);
    await ask("mutation { setWorkspaceSettings(input: { callsKeptDays: 10 }) { name } }");
    assert.equal(await deleteExpired(server.storage, 1, Date.now()), 250);
    const answer = await ask(
      `{ gone: call(id: ${ids[0]}) { id } kept: call(id: ${kept}) { from } calls { totalCount } }`,
    );
    assert.deepEqual(answer.data, { gone: null, kept: { from: "+4930222" }, calls: { totalCount: 1 } });
    await ask("mutation { setWorkspaceSettings(input: { callsKeptDays: null }) { name } }");
  });

  it("what is no number is refused; a number is forgotten in any spelling", async () => {
    for (const number of ["", "anonymous", "1".repeat(300)]) {
      assert.equal(codeOf(await ask(deleteNumber, { number })), "BAD_USER_INPUT");
    }
    await callFrom("+4930333444");
    const { data } = await ask(deleteNumber, { number: "+49 (0)30 333-444" });
    assert.deepEqual(data.deleteCallsOfNumber, { deletedCount: 1, hasMore: false });
    const told = (await ask("{ auditEvents(first: 1) { nodes { kind details { name value } } } }")).data;
    assert.deepEqual(told.auditEvents.nodes, [{ kind: "NUMBER_FORGOTTEN", details: [{ name: "count", value: "1" }] }]);
  });

  it("whoever resumes is told of a deleted call that it is gone and nothing else, each change once and in order", async () => {
    const { cursor } = (await ask("{ cursor }")).data;
    const gone = await callFrom("+4930444");
    const kept = await callFrom("+4930555");
    await ask(`mutation { addTag(id: "${gone}", tag: "vip") { id } }`);
    await ask(deleteNumber, { number: "+4930444" });
    const fields = "kind revision call { id from is_archived notes { id } tags } actor { name }";
    const page = (await ask(`{ changes(after: "${cursor}", first: 10) { changes { ${fields} } hasMore } }`)).data
      .changes;
    const first = page.changes[0].revision as number;
    const deleted = (revision: number) => ({
      kind: "CALL_DELETED",
      revision,
      call: { id: String(gone), from: "", is_archived: true, notes: [], tags: [] },
      actor: { name: "ann" },
    });
    const [, logged] = page.changes;
    assert.deepEqual([logged.kind, logged.call.id, logged.call.from], ["CALL_LOGGED", String(kept), "+4930555"]);
    assert.deepEqual(page.changes, [deleted(first), logged, deleted(first + 2), deleted(first + 3)]);
    assert.equal(page.hasMore, false);
    const filtered = `{ changes(after: "${cursor}", filter: { tag: ["nobody has this"] }) { changes { kind } } }`;
    assert.equal((await ask(filtered)).data.changes.changes.length, 3, "filters let deletions through");
    assert.equal(codeOf(await ask(`mutation { undoChange(revision: ${first + 2}) { id } }`)), "BAD_USER_INPUT");
  });

  for (const dialect of dialects) {
    it(`a deletion is told to who follows changes, and is no update of a call (${dialect.name})`, async () => {
      const gone = await callFrom("+4930666");
      const kept = await callFrom("+4930777");
      const socket = await openReadySocket(server.socketUrl, dialect, admin);
      const { cursor } = (await ask("{ cursor }")).data;
      const follow = `subscription { changes(after: "${cursor}") { kind call { id } } }`;
      socket.send(
        { id: "updates", type: dialect.start, payload: { query: "subscription { onUpdateCall { id } }" } },
        { id: "changes", type: dialect.start, payload: { query: follow } },
      );
      // Once this is told, both are followed.
      await ask(`mutation { archiveCall(id: "${kept}") { id } }`);
      const told = { updates: [] as string[], changes: [] as string[] };
      const hear = async () => {
        const { id, payload } = await socket.until(dialect.result);
        if (id === "updates") told.updates.push(payload.data.onUpdateCall.id);
        else told.changes.push(`${payload.data.changes.kind} ${payload.data.changes.call.id}`);
      };
      while (told.changes.length < 1) await hear();
      await ask(deleteNumber, { number: "+4930666" });
      await ask(`mutation { archiveCall(id: "${kept}") { id } }`);
      while (told.changes.length < 3 || told.updates.at(-1) !== String(kept)) await hear();
      assert.deepEqual(told.changes, [`CALL_ARCHIVED ${kept}`, `CALL_DELETED ${gone}`, `CALL_UNARCHIVED ${kept}`]);
      assert.ok(!told.updates.includes(String(gone)));
      socket.ws.close();
    });
  }
});
