import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { assertAccessible, fillSignIn, useApp } from "./support/app.ts";
import { idOf, rowOf, rowsOf, stateOf } from "./support/inbox.ts";

describe("signing in", () => {
  const app = useApp({ calls: 3 });

  it("says what is wrong in place, and goes on to the page that was asked for", async () => {
    const page = await app.open("/missed", { as: null });
    await page.getByRole("heading", { name: "Sign in" }).waitFor();
    await assertAccessible(page);
    await fillSignIn(page, "ann", "wrong");
    await page.getByText("Name and password do not go together.").waitFor();
    await fillSignIn(page, "ann");
    await page.getByRole("heading", { name: "Missed" }).waitFor();
    assert.equal(new URL(page.url()).pathname, "/missed");
  });

  it("survives a reload, and a second tab is signed in as well", async () => {
    const page = await app.open("/inbox");
    await page.getByRole("grid", { name: "Inbox" }).waitFor();
    await page.reload();
    await page.getByRole("grid", { name: "Inbox" }).waitFor();
    const tab = await app.openTab(page, "/all");
    await tab.getByRole("grid", { name: "All calls" }).waitFor();
  });

  it("is over in all tabs with signing out", async () => {
    const page = await app.open("/inbox");
    const tab = await app.openTab(page, "/inbox");
    await tab.getByRole("grid", { name: "Inbox" }).waitFor();
    await page.getByRole("button", { name: /^ann ?, account$/ }).click();
    await page.getByRole("menuitem", { name: "Sign out" }).click();
    await page.getByRole("heading", { name: "Sign in" }).waitFor();
    await tab.getByRole("heading", { name: "Sign in" }).waitFor();
  });
});

describe("the inbox", () => {
  const app = useApp({ calls: 240 });

  it("opens a call in the panel, keeps it in the URL, and has nothing that axe complains about", async () => {
    const page = await app.open("/inbox");
    const row = page.getByRole("row", { name: /Missed/ }).first();
    await row.click();
    await page.getByRole("region", { name: "Call" }).getByRole("heading", { name: "+1 202 555 0123" }).waitFor();
    const url = new URL(page.url());
    assert.match(url.search, /^\?call=\d+$/);
    await assertAccessible(page);
    await page.reload();
    await page.getByRole("region", { name: "Call" }).getByRole("heading", { name: "+1 202 555 0123" }).waitFor();
  });

  it("takes a note, at once, and keeps a draft over a reload", async () => {
    const page = await app.open("/inbox");
    await page.getByRole("grid", { name: "Inbox" }).waitFor();
    await page.keyboard.press("j");
    await page.keyboard.press("o");
    const panel = page.getByRole("region", { name: "Call" });
    await panel.getByRole("heading", { name: "Notes" }).waitFor();
    await page.keyboard.press("n");
    await page.keyboard.type("Wants an offer by Friday");
    await page.reload();
    assert.equal(await panel.getByLabel("New note").inputValue(), "Wants an offer by Friday");
    await panel.getByLabel("New note").press("Control+Enter");
    await panel.getByRole("listitem").filter({ hasText: "Wants an offer by Friday" }).waitFor();
    assert.equal(await panel.getByLabel("New note").inputValue(), "");
    await page.getByRole("status").filter({ hasText: "Note added" }).waitFor();
  });

  it("archives with a key, moves on to the next call, and takes it back with Undo", async () => {
    const page = await app.open("/inbox");
    const grid = page.getByRole("grid", { name: "Inbox" });
    await grid.waitFor();
    await page.keyboard.press("j");
    const first = await idOf(page.locator("[data-call]:focus"));
    await page.keyboard.press("e");
    await grid.locator(`[data-call="${first}"]`).waitFor({ state: "detached" });
    await page.locator("[data-call]:focus").waitFor();
    await page.getByRole("button", { name: "Undo" }).click();
    await grid.locator(`[data-call="${first}"]`).waitFor();
  });

  it("shows in a second browser what is done in the first, and calls as they come in", async () => {
    const [ann, bob] = await Promise.all([app.open("/inbox"), app.open("/inbox", { as: "bob" })]);
    for (const page of [ann, bob]) await stateOf(page, "Live").waitFor();
    const id = await idOf(rowsOf(ann).first());
    await rowOf(ann, id).focus();
    await ann.keyboard.press("e");
    await rowOf(bob, id).waitFor({ state: "detached" });
    const [added = ""] = await app.server.addCalls(1);
    for (const page of [ann, bob]) await rowOf(page, added).waitFor();
  });
});
