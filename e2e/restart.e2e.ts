import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { startTestServer, type TestServer } from "../test/support/server.ts";
import { fillSignIn, useApp } from "./support/app.ts";
import { idOf, openCall, panelOf, rowsOf, stateOf, writeNote } from "./support/inbox.ts";

describe("a server that stops and starts again", () => {
  const app = useApp({ isFolding: false });
  let data = "";
  let server: TestServer;
  before(async () => {
    data = await mkdtemp(join(tmpdir(), "ringback-restart-"));
    server = await startTestServer({ data });
    await server.signIn("ann");
    await server.addCalls(6);
  });
  after(async () => {
    await server.close();
    await rm(data, { recursive: true, force: true });
  });

  it("is waited for, gets what was done meanwhile, and the list is true again without a reload", async () => {
    const page = await app.open("/", { as: null, baseURL: server.url });
    await fillSignIn(page, "ann");
    await stateOf(page, "Live").waitFor();
    const id = await idOf(rowsOf(page).nth(1));
    await openCall(page, id);
    const { port } = new URL(server.url);
    await server.close();
    await stateOf(page, /^Reconnecting in \d+ s/).waitFor();
    await writeNote(page, "while it was down");
    await stateOf(page, /1 to send/).waitFor();
    server = await startTestServer({ data, port });
    const { accessToken: token } = await server.signIn("ann");
    await stateOf(page, "Live").waitFor();
    await panelOf(page).getByText("Not sent yet").waitFor({ state: "detached" });
    const { data: answer } = await server.graphql("query ($id: Float!) { call(id: $id) { notes { content } } }", {
      variables: { id: Number(id) },
      token,
    });
    assert.deepEqual(answer.call.notes, [{ content: "while it was down" }]);
    await server.graphql("mutation ($id: ID!) { archiveCall(id: $id) { id } }", { variables: { id: "1" }, token });
    await page.locator('[data-call="1"]').waitFor({ state: "detached" });
  });
});
