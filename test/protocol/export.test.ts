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
