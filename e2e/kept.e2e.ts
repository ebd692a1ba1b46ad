import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Page } from "playwright-core";
import { assertAccessible, fillSignIn, useApp } from "./support/app.ts";

const panelOf = (page: Page) => page.getByRole("region", { name: "Call", exact: true });
const stateOf = (page: Page, name: string | RegExp) => page.getByRole("button", { name });
const noticeOf = (page: Page) => page.getByRole("group", { name: "Kept calls" });

/** What the browser keeps: the name of each operation, and its answer. */
const keptBy = (page: Page) =>
  page.evaluate(async () => {
    const answerOf = (request: IDBRequest) =>
      new Promise<never>((resolve) => request.addEventListener("success", () => resolve(request.result as never)));
    const database: IDBDatabase = await answerOf(indexedDB.open("ringback-kept"));
    if (!database.objectStoreNames.contains("answers")) return [];
    const store = database.transaction("answers").objectStore("answers");
    const answers: { query: string; data: object }[] = await answerOf(store.getAll());
    database.close();
    return answers.map(({ query, data }) => `${/query (\w+)/.exec(query)?.[1]} ${JSON.stringify(data)}`);
  });

/** Until the browser has the app itself, the list and the history of a call, each with a text. */
async function untilKept(page: Page, inList = "", inHistory = "") {
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.waitForFunction(() => localStorage.getItem("ringback-kept") !== null);
  for (let kept: string[] = []; ; kept = await keptBy(page)) {
    const has = (name: string, text: string) => kept.some((one) => one.startsWith(`${name} `) && one.includes(text));
    if (has("FirstCalls", inList) && has("CallHistory", inHistory)) return;
    await page.evaluate(() => new Promise(requestAnimationFrame));
  }
}

describe("after a reload without a connection", () => {
  const app = useApp({ calls: 12, isFolding: false });

  it("the list and the opened call are read as they were, and what is done arrives once", async () => {
    const page = await app.open("/inbox");
    await stateOf(page, "Live").waitFor();
    const rows = page.locator("[data-call]");
    await rows.first().waitFor();
    const ids = await rows.evaluateAll((all) => all.map((row) => row.getAttribute("data-call") ?? ""));
    const [first = "", second = ""] = ids;
    await page.locator(`[data-call="${first}"]`).click();
    await panelOf(page).getByLabel("New note").fill("written before");
    await panelOf(page).getByLabel("New note").press("Control+Enter");
    await panelOf(page).getByText("added a note").first().waitFor();
    await untilKept(page);

    await page.context().setOffline(true);
    await page.reload();
    await noticeOf(page)
      .getByText(/^As of \d\d:\d\d, offline/)
      .waitFor();
    await page.locator(`[data-call="${second}"]`).waitFor();
    assert.deepEqual(await rows.evaluateAll((all) => all.map((row) => row.getAttribute("data-call") ?? "")), ids);
    await panelOf(page).getByText("written before").first().waitFor();
    await panelOf(page).getByText("added a note").first().waitFor();
    await page.getByRole("link", { name: /^Inbox.*12/ }).waitFor();
    await assertAccessible(page);

    await panelOf(page).getByLabel("New note").fill("written without a server");
    await panelOf(page).getByLabel("New note").press("Control+Enter");
    await panelOf(page).getByText("Not sent yet").waitFor();
    await page.locator(`[data-call="${second}"]`).focus();
    await page.keyboard.press("e");
    await page.locator(`[data-call="${second}"]`).waitFor({ state: "detached" });
    await stateOf(page, "Offline · 2 to send").waitFor();

    await page.reload();
    await noticeOf(page).waitFor();
    await stateOf(page, "Offline · 2 to send").waitFor();
    await panelOf(page).getByText("written without a server").first().waitFor();
    await page.locator(`[data-call="${second}"]`).waitFor({ state: "detached" });

    const [added = ""] = await app.server.addCalls(1);
    await page.context().setOffline(false);
    await stateOf(page, "Live").waitFor();
    await page.locator(`[data-call="${added}"]`).waitFor();
    await noticeOf(page).waitFor({ state: "detached" });
    await panelOf(page).getByText("Not sent yet").waitFor({ state: "detached" });
    const { accessToken: token } = await app.server.signIn("ann");
    const { data } = await app.server.graphql(
      "query ($a: Float!, $b: Float!) { a: call(id: $a) { notes { content } } b: call(id: $b) { is_archived history { nodes { kind } } } }",
      { variables: { a: Number(first), b: Number(second) }, token },
    );
    assert.deepEqual(
      data.a.notes.map(({ content }: { content: string }) => content),
      ["written without a server", "written before"],
    );
    assert.equal(data.b.is_archived, true);
    assert.equal(data.b.history.nodes.filter(({ kind }: { kind: string }) => kind === "CALL_ARCHIVED").length, 1);
  });

  it("nothing is kept once somebody signs out, or does not want it", async () => {
    const page = await app.open("/inbox", { as: "bob" });
    await stateOf(page, "Live").waitFor();
    await page.locator("[data-call]").first().click();
    await panelOf(page).getByText("Activity").waitFor();
    await untilKept(page);
    await page.goto("/settings");
    await page.getByLabel("Keep calls to read without a connection").uncheck();
    await page.waitForFunction(() => localStorage.getItem("ringback-kept") === null);
    assert.deepEqual(await keptBy(page), []);
    await page.getByLabel("Keep calls to read without a connection").check();
    await page.goto("/inbox");
    await page.locator("[data-call]").first().click();
    await panelOf(page).getByText("Activity").waitFor();
    await untilKept(page);
    await page.getByRole("button", { name: /bob/ }).click();
    await page.getByRole("menuitem", { name: "Sign out" }).click();
    await page.getByLabel("Password", { exact: true }).waitFor();
    assert.deepEqual(await keptBy(page), []);
    await page.context().setOffline(true);
    await page.goto("/inbox");
    await page.getByText("You are offline").waitFor();
  });

  it("a session that ended meanwhile asks for the password over what is read", async () => {
    const page = await app.open("/inbox", { as: "cleo" });
    await stateOf(page, "Live").waitFor();
    await page.locator("[data-call]").first().click();
    await panelOf(page).getByText("Activity").waitFor();
    await untilKept(page);
    await page.context().setOffline(true);
    await page.reload();
    await noticeOf(page).waitFor();
    const { accessToken: token } = await app.server.signIn("cleo");
    await app.server.graphql("mutation { logoutAll }", { token });
    await page.locator("[data-call]").first().waitFor();
    await page.context().setOffline(false);
    const dialog = page.getByRole("dialog", { name: "Your session has ended" });
    await dialog.waitFor();
    assert.deepEqual(await keptBy(page), []);
    await fillSignIn(page, "cleo");
    await dialog.waitFor({ state: "detached" });
    await stateOf(page, "Live").waitFor();
    await noticeOf(page).waitFor({ state: "detached" });
  });
});
