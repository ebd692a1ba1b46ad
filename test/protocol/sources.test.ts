import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { startTestServer, type TestServer } from "../support/server.ts";

const card = "id name kind keyHint isDisabled lastEventAt eventsLastHour eventsLastDay errorsLastDay createdAt";
const delivery = "id sourceId verdict reason receivedAt size key isTest body call { id from call_type }";

describe("phone systems over the API", () => {
  let server: TestServer;
  let token: string;
  before(async () => {
    server = await startTestServer();
    token = (await server.signIn()).accessToken;
  });
  after(() => server.close());

  it("a source is added, sends calls by the key that was shown, and its card tells of them", async () => {
    const { source, key } = (await ask(`mutation { addSource(name: " Desk ") { key source { ${card} } } }`)).addSource;
    assert.deepEqual([source.name, source.kind, source.lastEventAt], ["Desk", "GENERIC", null]);
    assert.equal(source.keyHint, key.slice(-4));
    assert.equal(await send(key, { id: "1", from: "+12025550123", call_type: "missed" }), 200);
    assert.equal(await send(key, "{"), 400);
    assert.equal(await send(key, { from: "+1" }), 400);
    const [shown] = (await ask(`{ sources { ${card} } }`)).sources;
    assert.deepEqual([shown.eventsLastHour, shown.eventsLastDay, shown.errorsLastDay], [3, 3, 2]);
    assert.ok(Date.parse(shown.lastEventAt) > Date.now() - 60_000);
    const refused = (await ask(`{ deliveries(sourceId: "${source.id}", verdict: REFUSED) { nodes { ${delivery} } } }`))
      .deliveries.nodes;
    assert.deepEqual(
      refused.map(({ verdict, reason }: { verdict: string; reason: string }) => [verdict, reason]),
      [
        ["REFUSED", "id is missing."],
        ["REFUSED", "The body is not JSON."],
      ],
    );
  });

  it("a disabled source, and a key that was replaced, are refused with 401", async () => {
    const { source, key } = await addSource("Turned off");
    assert.equal(
      (await ask(`mutation { disableSource(id: "${source.id}") { isDisabled } }`)).disableSource.isDisabled,
      true,
    );
    assert.equal(await send(key, { id: "1" }), 401);
    assert.equal((await refusal(`mutation { sendTestCall(sourceId: "${source.id}") { id } }`)).code, "CONFLICT");
    await ask(`mutation { enableSource(id: "${source.id}") { id } }`);
    assert.equal(await send(key, { id: "1" }), 200);
    const rotated = (await ask(`mutation { rotateSourceKey(id: "${source.id}") { key source { keyHint } } }`))
      .rotateSourceKey;
    assert.equal(rotated.source.keyHint, rotated.key.slice(-4));
    assert.equal(await send(key, { id: "2" }), 401);
    assert.equal(await send(rotated.key, { id: "2" }), 200);
  });

  it("names are unique, printable and bounded", async () => {
    const { source } = await addSource("One");
    await addSource("Two");
    assert.equal((await refusal(`mutation { renameSource(id: "${source.id}", name: "Two") { id } }`)).code, "CONFLICT");
    assert.equal((await refusal(`mutation { addSource(name: "One") { key } }`)).code, "CONFLICT");
    for (const name of ["", "  ", "a\\u0000b", "x".repeat(101)]) {
      assert.equal((await refusal(`mutation { addSource(name: "${name}") { key } }`)).code, "BAD_USER_INPUT");
    }
    assert.equal((await refusal(`mutation { renameSource(id: "none", name: "N") { id } }`)).code, "NOT_FOUND");
    assert.equal(
      (await ask(`mutation { renameSource(id: "${source.id}", name: "1") { name } }`)).renameSource.name,
      "1",
    );
  });

  for (const kind of ["GENERIC", "KAMAILIO"]) {
    it(`a test call of a ${kind} source is in the inbox, marked, with its body and why it was missed`, async () => {
      const { source } = await addSource(`Test of ${kind}`, kind);
      const made = (await ask(`mutation { sendTestCall(sourceId: "${source.id}") { ${delivery} } }`)).sendTestCall;
      assert.deepEqual([made.verdict, made.isTest, made.call.call_type], ["NEW", true, "missed"]);
      const legs = "legs { sourceId startedAt answeredAt endedAt ringTime talkTime missReason missText }";
      const { call } = await ask(`{ call(id: ${made.call.id}) { ${legs} rawDeliveries { id body } } }`);
      assert.deepEqual(call.rawDeliveries, [{ id: made.id, body: made.body }]);
      const [leg] = call.legs;
      assert.deepEqual([leg.ringTime, leg.talkTime, leg.answeredAt], [12_000, null, null]);
      assert.equal(leg.missText, kind === "GENERIC" ? "nobody picked up, 12 s" : null);
      assert.equal(Buffer.byteLength(made.body), made.size);
    });
  }

  it("an answered call tells for how long it rang and for how long somebody was on it", async () => {
    const { source, key } = await addSource("Talk");
    const at = (second: number) => `2026-01-05T08:00:${second}.000Z`;
    const sent = { id: "t", call_type: "answered", created_at: at(10), answered_at: at(18), ended_at: at(48) };
    assert.equal(await send(key, sent), 200);
    const [{ call }] = (
      await ask(`{ deliveries(sourceId: "${source.id}") { nodes { call { legs { ringTime talkTime } } } } }`)
    ).deliveries.nodes;
    assert.deepEqual(call.legs, [{ ringTime: 8_000, talkTime: 30_000 }]);
  });

  it("deliveries come in pages, each once, without bodies; hostile arguments are refused", async () => {
    const { source, key } = await addSource("Pages");
    for (let id = 1; id <= 5; id++) await send(key, { id: String(id) });
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const from: string = after === null ? "" : `, after: "${after}"`;
      const page = (
        await ask(
          `{ deliveries(sourceId: "${source.id}", first: 2${from}) { nodes { key body } hasNextPage endCursor } }`,
        )
      ).deliveries;
      assert.ok(page.nodes.every(({ body }: { body: unknown }) => body === null));
      seen.push(...page.nodes.map((node: { key: string }) => node.key));
      after = page.hasNextPage ? page.endCursor : null;
    } while (after !== null);
    assert.deepEqual(seen, ["5", "4", "3", "2", "1"]);
    for (const args of ["first: -1", "first: 101", `after: "x"`, `after: "1.9007199254740993"`, `after: ""`]) {
      const { code } = await refusal(`{ deliveries(sourceId: "${source.id}", ${args}) { endCursor } }`);
      assert.equal(code, "BAD_USER_INPUT", args);
    }
    for (const id of ["x", "0", "-1", "99999", "1.5"])
      assert.equal((await ask(`{ delivery(id: "${id}") { id } }`)).delivery, null);
  });

  it("mapping again makes calls what their deliveries say, a part at a time, and changes nothing that is right", async () => {
    const { source, key } = await addSource("Again");
    for (let id = 1; id <= 205; id++) await send(key, { id: String(id), from: `+1${id}` });
    // As if an older version had read the number wrongly.
    const [node] = (await ask(`{ deliveries(sourceId: "${source.id}", first: 1) { nodes { id call { id } } } }`))
      .deliveries.nodes;
    const [facts] = await server.storage.deliveries.factsOfCall(1, Number(node.call.id));
    await server.storage.deliveries.remap({
      workspaceId: 1,
      sourceId: source.id,
      deliveryId: Number(node.id),
      groupSize: 1,
      groupKey: "205",
      facts: { ...(facts?.facts ?? assert.fail()), from: "wrong" },
      isWhole: true,
      problem: null,
      atMs: Date.now(),
    });
    assert.equal((await ask(`{ call(id: ${node.call.id}) { from } }`)).call.from, "wrong");
    const parts = [];
    let cursor: string | null = null;
    do {
      const from: string = cursor === null ? "" : `, after: "${cursor}"`;
      const part = (await ask(`mutation { remapSource(id: "${source.id}"${from}) { readCount changedCount cursor } }`))
        .remapSource;
      parts.push([part.readCount, part.changedCount]);
      cursor = part.cursor;
    } while (cursor !== null);
    assert.deepEqual(parts, [
      [100, 0],
      [100, 0],
      [5, 1],
    ]);
    assert.equal((await ask(`{ call(id: ${node.call.id}) { from } }`)).call.from, "+1205");
    assert.equal((await ask(`mutation { remapDelivery(id: "${node.id}") { verdict } }`)).remapDelivery.verdict, "NEW");
    assert.equal((await refusal(`mutation { remapDelivery(id: "99999") { id } }`)).code, "NOT_FOUND");
  });

  it("the set-up text is the manual's, with the address that the phone system needs", async () => {
    await addSource("Manual", "KAMAILIO");
    const { sources } = await ask(`{ sources { kind setUp(address: "https://calls.example.com/") } }`);
    for (const { kind, setUp } of sources as { kind: string; setUp: string }[]) {
      if (kind === "GENERIC") assert.match(setUp, /curl https:\/\/calls\.example\.com\/ingest\/calls/);
      assert.match(setUp, kind === "KAMAILIO" ? /kamailio\.cfg/ : /"created_at"/);
      assert.doesNotMatch(setUp, /127\.0\.0\.1/);
    }
    for (const address of ["javascript:alert(1)", "http://a b", "https://a/$(reboot)", "https://a/`id`", "ftp://a"]) {
      const { errors = [] } = await server.graphql(`{ sources { setUp(address: "${address}") } }`, { token });
      assert.equal(errors[0]?.extensions.code, "BAD_USER_INPUT", address);
    }
  });

  it("only admins see sources, what they sent and their bodies; everybody sees how a call went", async () => {
    const { source } = await addSource("Closed");
    const made = (await ask(`mutation { sendTestCall(sourceId: "${source.id}") { id call { id } } }`)).sendTestCall;
    const user = await server.storage.users.byName("ben");
    assert.equal(user, null);
    const ben = await server.signIn("ben");
    const id = (await server.storage.users.byName("ben"))?.user.id ?? assert.fail();
    await server.storage.users.setRole(id, "member", Date.now());
    assert.ok(ben);
    const member = (await server.signIn("ben")).accessToken;
    for (const query of [
      `{ sources { id } }`,
      `{ deliveries(sourceId: "${source.id}") { endCursor } }`,
      `{ delivery(id: "${made.id}") { id } }`,
      `{ call(id: ${made.call.id}) { rawDeliveries { id } } }`,
      `mutation { addSource(name: "Mine") { key } }`,
      `mutation { rotateSourceKey(id: "${source.id}") { key } }`,
      `mutation { remapDelivery(id: "${made.id}") { id } }`,
      `mutation { sendTestCall(sourceId: "${source.id}") { id } }`,
    ]) {
      const { errors = [] } = await server.graphql(query, { token: member });
      assert.equal(errors[0]?.extensions.code, "FORBIDDEN", query);
    }
    const { data } = await server.graphql(`{ call(id: ${made.call.id}) { legs { ringTime } } }`, { token: member });
    assert.deepEqual(data.call.legs, [{ ringTime: 12_000 }]);
  });

  // oxlint-disable-next-line typescript/no-explicit-any -- answers are taken apart by assertions that say what they expect
  async function ask(query: string): Promise<any> {
    const { data, errors } = await server.graphql(query, { token });
    assert.equal(errors, undefined, JSON.stringify(errors));
    return data;
  }

  async function refusal(query: string) {
    const { errors } = await server.graphql(query, { token });
    return errors?.[0]?.extensions ?? assert.fail("It was not refused.");
  }

  async function addSource(name: string, kind = "GENERIC") {
    return (await ask(`mutation { addSource(name: "${name}", kind: ${kind}) { key source { id } } }`)).addSource;
  }

  async function send(key: string, body: object | string): Promise<number> {
    const { status } = await fetch(`${server.url}/ingest/calls`, {
      method: "POST",
      headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
      body: typeof body === "string" ? body : JSON.stringify(body),
    });
    return status;
  }
});
