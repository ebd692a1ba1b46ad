import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import type { Source } from "../server/src/domain/source.ts";
import { startTestServer, type TestServer } from "./support/server.ts";
import { dialects, openReadySocket } from "./support/socket.ts";
import { openStorageOf } from "./support/test-database.ts";

const named = "contact { id name } fromNumber { e164 country isWithheld } toNumber { national }";
const london = "+442079460123";

describe("names and numbers", () => {
  let folder: string;
  let server: TestServer;
  let token: string;
  const source: Source = { id: "pbx", workspaceId: 1, name: "PBX", kind: "generic", createdAtMs: 0 };

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "ringback-names-"));
    server = await startTestServer({ data: folder });
    token = (await server.signIn()).accessToken;
    await server.storage.sources.add(source, "hash of the key");
  });
  after(async () => {
    await server.close();
    await rm(folder, { recursive: true, force: true });
  });

  let made = 0;
  async function logCall(from: string, to: string, direction: "inbound" | "outbound" = "inbound"): Promise<string> {
    made += 1;
    const facts = {
      direction,
      from,
      to,
      via: to,
      startedAtMs: made * 1_000,
      endedAtMs: null,
      durationMs: 0,
      callType: "missed" as const,
      isArchived: null,
      notes: [],
    };
    const key = `call ${made}`;
    const delivery = { deliveryKey: key, groupKey: key, raw: "", digest: key, facts, problem: null };
    const [verdict] = await server.storage.sources.accept(source, [delivery], 0);
    return String(verdict?.callId);
  }

  async function ask(query: string, variables: object = {}, headers: Record<string, string> = {}) {
    return server.graphql(query, { variables, token, headers });
  }

  async function call(id: string) {
    const { data, errors } = await ask(`query ($id: Float!) { call(id: $id) { from to ${named} } }`, {
      id: Number(id),
    });
    assert.equal(errors, undefined);
    return data.call;
  }

  async function add(name: string, ...numbers: readonly string[]): Promise<string> {
    const { data, errors } = await ask(
      "mutation ($input: ContactInput!) { addContact(input: $input) { id numbers { number { e164 } isShown } } }",
      { input: { name, numbers: numbers.map((number) => ({ number })) } },
    );
    assert.equal(errors, undefined);
    return data.addContact.id;
  }

  it("live updates under a filter for words tell of calls by the names that they show", async () => {
    const number = "+12025550143";
    await add("Wanda Quill", number);
    const first = await logCall("+12025550144", "+4930901820");
    for (const dialect of dialects) {
      const socket = await openReadySocket(server.socketUrl, dialect, token);
      const query = 'subscription { changeStream(filter: { text: "quill" }) { ... on Change { call { id } } } }';
      socket.send({ id: "1", type: dialect.start, payload: { query } });
      await socket.until(dialect.result);
      await ask("mutation ($id: ID!) { archiveCall(id: $id) { id } }", { id: first });
      const second = await logCall(number, "+4930901820");
      for (let told = null; told !== second;) {
        const { call: found } = (await socket.until(dialect.result))["payload"].data.changeStream;
        if (found !== undefined) assert.equal(found.id, second);
        told = found?.id ?? null;
      }
      socket.ws.close();
    }
  });

  it("a call shows the contact of its other end: the caller, or who was called", async () => {
    const id = await add("Emily", "+44 (0)20 7946 0123");
    const shown = { id, name: "Emily" };
    assert.deepEqual(await call(await logCall(london, "+4930901820")), {
      from: london,
      to: "+4930901820",
      contact: shown,
      fromNumber: { e164: london, country: "GB", isWithheld: false },
      toNumber: { national: "030 901820" },
    });
    assert.deepEqual((await call(await logCall("+4930901820", london, "outbound"))).contact, shown);
    assert.equal((await call(await logCall("+4930901820", london))).contact, null);
  });

  it("callers who withheld their number have none, and no contact", async () => {
    for (const from of ["anonymous", "+266696687", "", "sip:anonymous@anonymous.invalid"]) {
      const { contact, fromNumber } = await call(await logCall(from, london));
      assert.deepEqual([contact, fromNumber], [null, { e164: null, country: null, isWithheld: true }]);
    }
    const { errors } = await ask(
      'mutation { addContact(input: { name: "x", numbers: [{ number: "anonymous" }] }) { id } }',
    );
    assert.equal(errors?.[0]?.extensions.code, "BAD_USER_INPUT");
  });

  it("numbers without a country code are read in the country of their source, at once for calls that are there", async () => {
    const id = await logCall("020 7946 0999", "1001");
    assert.equal((await call(id)).fromNumber.e164, null);
    const set =
      "mutation ($country: String, $sourceId: ID) { setDefaultCountry(country: $country, sourceId: $sourceId) { country sourceId } }";
    assert.deepEqual((await ask(set, { country: "gb" })).data.setDefaultCountry, [{ country: "GB", sourceId: null }]);
    assert.equal((await call(id)).fromNumber.e164, "+442079460999");
    assert.equal((await call(id)).from, "020 7946 0999");
    await ask(set, { country: "DE", sourceId: "pbx" });
    assert.notEqual((await call(id)).fromNumber.e164, "+442079460999");
    await ask(set, { country: null, sourceId: "pbx" });
    assert.equal((await call(id)).toNumber.national, null, "an extension stays one");
    assert.equal((await ask(set, { country: "XX" })).errors?.[0]?.extensions.code, "BAD_USER_INPUT");
    assert.equal((await ask(set, { country: "DE", sourceId: "no" })).errors?.[0]?.extensions.code, "NOT_FOUND");
  });

  it("a line reads as numbers do, in the country of the workspace; nothing else that calls are counted by is a number", async () => {
    await logCall("+12015550123", "+442079460124");
    await logCall("+12015550123", "020 7946 0125");
    const set = "mutation ($country: String) { setDefaultCountry(country: $country) { country } }";
    const count = "query ($by: CallCountBy!) { callCounts(by: $by) { groups { key number { e164 international } } } }";
    const numberOf = async (line: string) => {
      const { groups } = (await ask(count, { by: "LINE" })).data.callCounts;
      return groups.find(({ key }: { key: string }) => key === line).number;
    };
    await ask(set, { country: "GB" });
    assert.deepEqual(await numberOf("+442079460124"), { e164: "+442079460124", international: "+44 20 7946 0124" });
    assert.deepEqual(await numberOf("020 7946 0125"), { e164: "+442079460125", international: "+44 20 7946 0125" });
    await ask(set, { country: null });
    assert.deepEqual(await numberOf("020 7946 0125"), { e164: null, international: null });
    const { groups } = (await ask(count, { by: "HOUR" })).data.callCounts;
    assert.deepEqual(new Set(groups.map(({ number }: { number: null }) => number)), new Set([null]));
    await ask(set, { country: "GB" });
  });

  it("no answer shows an older name than the last that was acknowledged, whichever process wrote it", async () => {
    const id = await logCall("+12015550123", london);
    const contactId = await add("Name 0", "+12015550123");
    const other = await openStorageOf(folder);
    try {
      for (let step = 1; step <= 10; step++) {
        const name = `Name ${step}`;
        if (step % 2 === 0) {
          const writing = { workspaceId: 1, actor: { kind: "system" }, atMs: step } as const;
          const numbers = [{ e164: "+12015550123", label: null }];
          await other.contacts.update(writing, contactId, { name, company: null, numbers });
        } else {
          const input = { name, numbers: [{ number: "+12015550123" }] };
          await ask("mutation ($id: ID!, $input: ContactInput!) { updateContact(id: $id, input: $input) { id } }", {
            id: contactId,
            input,
          });
        }
        assert.equal((await call(id)).contact.name, name);
        const { data } = await ask("{ paginatedCalls(limit: 1) { nodes { contact { name } } } }");
        assert.equal(data.paginatedCalls.nodes[0].contact.name, name);
      }
    } finally {
      await other.close();
    }
    assert.deepEqual((await ask("mutation ($id: ID!) { deleteContact(id: $id) }", { id: contactId })).data, {
      deleteContact: true,
    });
    assert.equal((await call(id)).contact, null);
  });

  it("a write under an idempotency key happens once", async () => {
    const query = 'mutation { addContact(input: { name: "Once", numbers: [{ number: "+12015550199" }] }) { id } }';
    const headers = { "idempotency-key": "once" };
    const [first, again] = [await ask(query, {}, headers), await ask(query, {}, headers)];
    assert.deepEqual(first.data, again.data);
    assert.equal((await ask('{ contacts(search: "once") { nodes { id } } }')).data.contacts.nodes.length, 1);
    const other = await ask(query.replace("Once", "Twice"), {}, headers);
    assert.equal(other.errors?.[0]?.extensions.code, "BAD_USER_INPUT");
  });

  it("the list of contacts is found by words and numbers, goes on by cursor, and costs what it may hold", async () => {
    for (const name of ["Zoë Page", "Adam Page", "Émile Page"]) await add(name, "+12015550111");
    const query = `query ($after: String) { contacts(search: "page", first: 2, after: $after) { nodes { name } hasNextPage endCursor } }`;
    const first = (await ask(query)).data.contacts;
    assert.deepEqual(
      first.nodes.map(({ name }: { name: string }) => name),
      ["Adam Page", "Émile Page"],
    );
    const rest = (await ask(query, { after: first.endCursor })).data.contacts;
    assert.deepEqual([rest.nodes, rest.hasNextPage], [[{ name: "Zoë Page" }], false]);
    assert.equal((await ask(query, { after: "nonsense" })).errors?.[0]?.extensions.code, "BAD_USER_INPUT");
    const found = await ask('{ contacts(search: "201 555-0111", first: 1) { nodes { numbers { isShown } } } }');
    assert.deepEqual(found.data.contacts.nodes, [{ numbers: [{ isShown: false }] }]);
    assert.equal((await ask("{ contacts(first: 1001) { endCursor } }")).errors?.[0]?.extensions.code, "BAD_USER_INPUT");
    const wide = "{ contacts(first: 1000) { nodes { numbers { number { e164 } } } } }";
    assert.equal((await ask(wide)).errors?.[0]?.extensions.code, "QUERY_TOO_COMPLEX");
  });

  it("a file is taken in by POST /contacts/import: good rows together, each bad one with its line, again harmless", async () => {
    const send = (body: string, headers: Record<string, string> = {}) =>
      fetch(`${server.url}/contacts/import`, {
        method: "POST",
        headers: { "content-type": "text/csv", authorization: `Bearer ${token}`, ...headers },
        body,
      });
    const csv = 'name,company,number\nFile One,Acme,+12015550150\nNo Number,,\nBad,,12\nFile Two,,"020 7946 0151"\n';
    const first = (await (await send(csv)).json()) as ImportAnswer;
    assert.deepEqual(
      first.rows.map(({ line, verdict, reason }) => [line, verdict, reason]),
      [
        [2, "added", null],
        [3, "refused", "It has no phone number."],
        [4, "refused", '"12" is no phone number (read in GB).'],
        [5, "added", null],
      ],
    );
    const again = (await (await send(csv)).json()) as ImportAnswer;
    assert.deepEqual([again.added, again.updated, again.unchanged, again.refused], [0, 0, 2, 2]);
    assert.equal((await send("nonsense")).status, 400);
    assert.equal((await send(csv, { authorization: "Bearer x" })).status, 401);
    assert.equal((await send(csv, { "content-encoding": "gzip" })).status, 415);
    assert.equal((await send("x".repeat(6 << 20))).status, 413);

    for (const [format, type] of [
      ["csv", "text/csv"],
      ["vcard", "text/vcard"],
    ] as const) {
      const answer = await fetch(`${server.url}/contacts/export?format=${format}`, {
        headers: { authorization: `Bearer ${token}` },
      });
      assert.equal(answer.status, 200);
      assert.ok(answer.headers.get("content-type")?.startsWith(type));
      const back = (await (await send(await answer.text(), { "content-type": type })).json()) as ImportAnswer;
      assert.deepEqual([back.added, back.refused], [0, 0]);
    }
  });

  for (const dialect of dialects) {
    it(`live updates show the name of this moment, and contactsChanged says when it altered (${dialect.name})`, async () => {
      const number = `+1201555016${dialects.indexOf(dialect)}`;
      const id = await logCall(number, london);
      const socket = await openReadySocket(server.socketUrl, dialect, token);
      const subscribe = (subscription: string, query: string) =>
        socket.send({ id: subscription, type: dialect.start, payload: { query } });
      const result = async (subscription: string) => {
        for (;;) {
          const { id: from, payload } = await socket.until(dialect.result);
          if (from === subscription) return payload;
        }
      };
      const stream = (after: string) => `subscription {
        changeStream${after} { __typename cursor ... on Change { call { contact { name } fromNumber { e164 } } } }
      }`;
      subscribe("names", "subscription { contactsChanged }");
      const before = (await result("names")).data.contactsChanged;
      subscribe("calls", stream(""));
      const start = (await result("calls")).data.changeStream;
      assert.equal(start.__typename, "ChangeProgress");

      const contactId = await add("Live", number);
      assert.ok((await result("names")).data.contactsChanged > before);
      await ask("mutation ($id: ID!) { archiveCall(id: $id) { id } }", { id });
      const live = (await result("calls")).data.changeStream.call;
      assert.deepEqual(live, { contact: { name: "Live" }, fromNumber: { e164: number } });

      const other = await openStorageOf(folder);
      const writing = { workspaceId: 1, actor: { kind: "system" }, atMs: 1 } as const;
      const fields = { name: "Renamed", company: null, numbers: [{ e164: number, label: null }] };
      await other.contacts.update(writing, contactId, fields);
      await other.close();
      assert.ok((await result("names")).data.contactsChanged > before + 1, "another process wrote");
      for (const subscription of ["again", "once more"]) {
        subscribe(subscription, stream(`(after: "${start.cursor}")`));
        let payload = await result(subscription);
        while (payload.data.changeStream.__typename !== "Change") payload = await result(subscription);
        assert.equal(payload.data.changeStream.call.contact.name, "Renamed");
      }
      socket.ws.terminate();
    });
  }
});

type ImportAnswer = {
  readonly added: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly refused: number;
  readonly rows: readonly { readonly line: number; readonly verdict: string; readonly reason: string | null }[];
};
