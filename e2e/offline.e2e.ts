import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Page } from "playwright-core";
import { startTestServer } from "../test/support/server.ts";
import { fillSignIn, useApp } from "./support/app.ts";
import { openCall, panelOf, rowOf, rowsOf, stateOf, writeNote } from "./support/inbox.ts";

describe("without a connection", () => {
  const app = useApp({ calls: 12, isFolding: false });
  const callsOf = async (page: Page) =>
    page
      .locator("[data-call]")
      .evaluateAll((rows) => rows.map((row) => row.getAttribute("data-call") ?? "").toReversed());

  async function notesOnServer(id: string): Promise<string[]> {
    const { accessToken: token } = await app.server.signIn("ann");
    const { data } = await app.server.graphql("query ($id: Float!) { call(id: $id) { notes { content } } }", {
      variables: { id: Number(id) },
      token,
    });
    return data.call.notes.map(({ content }: { content: string }) => content);
  }

  it("reads what is here, keeps what is done with a count to see, and sends it in order when it is back", async () => {
    const page = await app.open("/inbox");
    await stateOf(page, "Live").waitFor();
    const [first = "", second = ""] = await callsOf(page);
    await openCall(page, first);
    await panelOf(page).getByText("Activity").waitFor();
    await page.context().setOffline(true);
    await stateOf(page, "Offline").waitFor();
    // Another call of the list, that was never opened.
    await openCall(page, second);
    await writeNote(page, "one");
    await panelOf(page).getByText("Not sent yet").waitFor();
    await writeNote(page, "two");
    await stateOf(page, "Offline · 2 to send").waitFor();
    await page.getByText("What you do is kept here and sent when it can.").first().waitFor();
    assert.deepEqual(await notesOnServer(second), []);
    const [arrived = ""] = await app.server.addCalls(1);
    await page.context().setOffline(false);
    await stateOf(page, "Live").waitFor();
    await page.getByText("Connected again: 2 changes sent.").first().waitFor();
    await panelOf(page).getByText("Not sent yet").first().waitFor({ state: "detached" });
    assert.deepEqual(await notesOnServer(second), ["two", "one"]);
    await rowOf(page, arrived).waitFor();
  });

  it("keeps what is done over a reload, and does it once although the server had it already", async () => {
    const page = await app.open("/inbox");
    await stateOf(page, "Live").waitFor();
    const [, , id = ""] = await callsOf(page);
    await openCall(page, id);
    // The server does it; its answer gets lost on the way.
    let isCut = true;
    await page.route("**/graphql", async (route) => {
      if (!isCut || !(route.request().postData() ?? "").includes("mutation ")) return route.continue();
      await route.fetch();
      return route.abort("connectionreset");
    });
    await writeNote(page, "written once");
    await stateOf(page, /1 to send/).waitFor();
    await page.reload();
    await stateOf(page, /1 to send/).waitFor();
    isCut = false;
    await stateOf(page, "Live").waitFor();
    await panelOf(page).getByText("written once", { exact: true }).first().waitFor();
    assert.deepEqual(await notesOnServer(id), ["written once"]);
  });

  it("shows who was faster, when what was done without a connection stands against a colleague's", async () => {
    const page = await app.open("/inbox");
    const bob = await app.server.signIn("bob");
    await stateOf(page, "Live").waitFor();
    const [, , , id = ""] = await callsOf(page);
    await openCall(page, id);
    await page.context().setOffline(true);
    await stateOf(page, "Offline").waitFor();
    await panelOf(page).getByRole("button", { name: "Archive" }).click();
    await stateOf(page, "Offline · 1 to send").waitFor();
    await app.server.graphql("mutation ($id: ID!) { archiveCall(id: $id) { id } }", {
      variables: { id },
      token: bob.accessToken,
    });
    await page.context().setOffline(false);
    await panelOf(page).getByText("bob archived the call").first().waitFor();
    await panelOf(page).getByRole("button", { name: "Keep" }).click();
    await panelOf(page).getByText("Archived", { exact: true }).waitFor();
  });

  it("loses nothing when the session ends in the middle", async () => {
    const page = await app.open("/inbox", { as: "cleo" });
    await stateOf(page, "Live").waitFor();
    const [, , , , id = ""] = await callsOf(page);
    await openCall(page, id);
    await panelOf(page).getByLabel("New note").fill("half a tho");
    const { accessToken: token } = await app.server.signIn("cleo");
    await app.server.graphql("mutation { logoutAll }", { token });
    const dialog = page.getByRole("dialog", { name: "Your session has ended" });
    await dialog.waitFor();
    await fillSignIn(page, "cleo");
    await dialog.waitFor({ state: "detached" });
    assert.equal(await panelOf(page).getByLabel("New note").inputValue(), "half a tho");
    await writeNote(page, "half a thought");
    await panelOf(page).getByRole("listitem").filter({ hasText: "half a thought" }).getByText("cleo").waitFor();
    await stateOf(page, "Live").waitFor();
    assert.deepEqual(await notesOnServer(id), ["half a thought"]);
  });

  it("fetches anew and says so once, when it was away for longer than changes are kept", async () => {
    const other = await startTestServer();
    const { accessToken } = await other.signIn("ann");
    const { data } = await other.graphql("{ cursor }", { token: accessToken });
    await other.close();
    const page = await app.open("/sign-in");
    let isForgotten = false;
    await page.routeWebSocket("**/websocket", (socket) => {
      const server = socket.connectToServer();
      socket.onMessage((message) => {
        // The cursor that it has means nothing any more.
        const text = String(message);
        server.send(isForgotten ? text.replace(/"after":"[^"]+"/, `"after":"${data.cursor}"`) : text);
        if (text.includes('"after":"')) isForgotten = false;
      });
    });
    await page.goto("/inbox");
    await stateOf(page, "Live").waitFor();
    await page.context().setOffline(true);
    await stateOf(page, "Offline").waitFor();
    const [added = ""] = await app.server.addCalls(1);
    isForgotten = true;
    await page.context().setOffline(false);
    await page.getByText("everything was fetched again.").first().waitFor();
    await rowOf(page, added).waitFor();
    await stateOf(page, "Live").waitFor();
    assert.equal(await page.getByRole("group", { name: /everything was fetched again/ }).count(), 1);
  });

  it("says on a phone, over the open call, how things stand", async () => {
    const page = await app.open("/inbox", { viewport: { width: 390, height: 844 } });
    await rowsOf(page).first().click();
    await panelOf(page).getByRole("heading", { name: "Activity" }).waitFor();
    await page.context().setOffline(true);
    await page.getByText("Offline", { exact: true }).first().waitFor();
    await writeNote(page, "on the way");
    await page.getByText("Offline · 1 to send").first().click({ trial: true });
    await panelOf(page).getByRole("button", { name: "Close the call" }).click({ trial: true });
    await page.context().setOffline(false);
    await panelOf(page).getByText("Not sent yet").waitFor({ state: "detached" });
  });

  it("is true again after the tab was asleep", async () => {
    const page = await app.open("/inbox");
    await stateOf(page, "Live").waitFor();
    const devTools = await page.context().newCDPSession(page);
    await devTools.send("Page.setWebLifecycleState", { state: "frozen" });
    const added = await app.server.addCalls(3);
    await devTools.send("Page.setWebLifecycleState", { state: "active" });
    for (const id of added) await rowOf(page, id).waitFor();
    await stateOf(page, "Live").waitFor();
  });
});
