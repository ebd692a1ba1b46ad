import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { startTestServer, type TestServer } from "../support/server.ts";

describe("export over HTTP", () => {
  let server: TestServer;
  let token: string;
  before(async () => {
    server = await startTestServer();
    token = (await server.signIn()).accessToken;
    const [id] = await server.addCalls(1_203);
    await server.graphql(`mutation { addNote(input: { activityId: "${id}", content: "=1+1" }) { id } }`, { token });
  });
  after(() => server.close());

  it("streams every call in each format to whoever has a token", async () => {
    const exact = await get("?format=csv-exact", token);
    assert.equal(exact.status, 200);
    assert.equal(exact.text.split("\n").length, 1_203 + 2);
    assert.match(exact.text, /^id,direction,from,to,via,duration,call_type,created_at,is_archived,notes\n1,/);
    const lines = (await get("?format=ndjson", token)).text.trim().split("\n");
    assert.deepEqual(
      lines.map((line) => (JSON.parse(line) as { readonly id: string }).id),
      lines.map((_, at) => String(at + 1)),
    );
  });

  it("a spreadsheet has a byte order mark, the zone in its header, local times, and runs nothing", async () => {
    const { bytes, text } = await get("?format=csv&timeZone=Asia/Tokyo", token);
    assert.deepEqual([...bytes.subarray(0, 3)], [0xef, 0xbb, 0xbf]);
    assert.match(text, /created_at \(Asia\/Tokyo\)/);
    assert.match(text, /2021-07-04 09:01:00/);
    assert.match(text, /,'=1\+1\n/);
    assert.match(text, /,'\+12025550123,/);
  });

  it("a ticket is good for one download without a header", async () => {
    const { data } = await server.graphql(`mutation { exportTicket(format: "ndjson") { path } }`, { token });
    const { path } = data.exportTicket as { readonly path: string };
    const first = await fetch(server.url + path);
    assert.equal(first.headers.get("content-disposition"), 'attachment; filename="calls.ndjson"');
    assert.equal((await first.text()).trim().split("\n").length, 1_203);
    assert.equal((await fetch(server.url + path)).status, 403);
  });

  it("a ticket with a filter gives the calls that it lets through, oldest first, with the columns that were asked for", async () => {
    const ask =
      'mutation ($filter: CallFilter, $format: String!, $columns: [String!]) { exportTicket(filter: $filter, format: $format, columns: $columns, timeZone: "Asia/Tokyo") { path } }';
    const filter = { duration: { min: 10_000, max: 900_000 }, archived: false };
    const ticket = async (variables: object) => server.graphql(ask, { token, variables });
    const fetched = async (variables: object) => {
      const { data, errors } = await ticket(variables);
      assert.equal(errors, undefined);
      return (await fetch(server.url + (data.exportTicket as { readonly path: string }).path)).text();
    };
    const lines = (await fetched({ filter, format: "ndjson" })).trim().split("\n");
    const durations = lines.map((line) => (JSON.parse(line) as { readonly duration: number }).duration);
    assert.deepEqual(
      durations,
      Array.from({ length: 891 }, (_, at) => (at + 10) * 1_000),
    );
    const two = await fetched({ filter: { duration: { max: 2_000 } }, format: "csv", columns: ["created_at", "id"] });
    assert.equal(two, "created_at (Asia/Tokyo),id\n2021-07-04 09:01:00,1\n2021-07-04 09:02:00,2\n");
    assert.equal((await fetched({ filter: { line: ["none"] }, format: "ndjson" })).length, 0);
    for (const bad of [
      { format: "csv", filter: { number: "1" } },
      { format: "csv", columns: ["secret"] },
      { format: "csv", columns: ["id", "id"] },
      { format: "csv", columns: [] },
      { format: "ndjson", columns: ["id"] },
    ]) {
      assert.equal((await ticket(bad)).errors?.[0]?.extensions.code, "BAD_USER_INPUT", JSON.stringify(bad));
    }
    assert.match((await get("?columns=id,via", token)).text, /^id,via\n1,/);
  });

  it("a ticket is worth nothing once the session that asked for it has ended", async () => {
    const { accessToken } = await server.signIn("leaver");
    const { data } = await server.graphql("mutation { exportTicket { path } }", { token: accessToken });
    await server.graphql("mutation { logout }", { token: accessToken });
    assert.equal((await fetch(server.url + (data.exportTicket as { readonly path: string }).path)).status, 403);
  });

  it("spends from the session's budget, with a ticket too, and says so", async () => {
    const small = await startTestServer({ costPerSession: "12000" });
    try {
      const { accessToken } = await small.signIn();
      const headers = { authorization: `Bearer ${accessToken}` };
      const first = await fetch(`${small.url}/export`, { headers });
      assert.match(first.headers.get("ratelimit") ?? "", /^"session";r=70\d\d;/);
      await first.text();
      const { data } = await small.graphql("mutation { exportTicket { path } }", { token: accessToken });
      assert.equal((await fetch(small.url + (data.exportTicket as { readonly path: string }).path)).status, 200);
      const third = await fetch(`${small.url}/export`, { headers });
      assert.deepEqual([third.status, third.headers.has("retry-after")], [429, true]);
    } finally {
      await small.close();
    }
  });

  it("nobody gets calls without a token or a ticket, and parameters that mean nothing are refused", async () => {
    assert.equal((await get("", null)).status, 401);
    assert.equal((await get("", "forged")).status, 401);
    assert.equal((await get("?ticket=guessed", null)).status, 403);
    for (const query of ["?format=xls", "?timeZone=Mars", "?filter=x"]) {
      assert.equal((await get(query, token)).status, 400, query);
    }
  });

  async function get(query: string, bearer: string | null) {
    const headers: Record<string, string> = bearer === null ? {} : { authorization: `Bearer ${bearer}` };
    const response = await fetch(`${server.url}/export${query}`, { headers });
    const bytes = new Uint8Array(await response.arrayBuffer());
    return { status: response.status, bytes, text: new TextDecoder().decode(bytes) };
  }
});
