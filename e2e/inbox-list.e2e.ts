import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Page } from "playwright-core";
import { assertAccessible, useApp } from "./support/app.ts";
import { idOf, rowsOf } from "./support/inbox.ts";

const selected = (page: Page) => page.locator("[data-call][aria-selected=true]");

describe("the list of calls", () => {
  const app = useApp({ calls: 120 });

  it("folds repeated calls, and unfolds them with the arrow keys", async () => {
    const page = await app.open("/inbox");
    await rowsOf(page).first().focus();
    const button = rowsOf(page).first().getByRole("button", { name: "16 calls within 15 minutes, show each" });
    await button.waitFor();
    const before = await idOf(rowsOf(page).nth(1));
    await page.keyboard.press("ArrowRight");
    await rowsOf(page).first().getByRole("button", { name: "Fold these 16 calls" }).waitFor();
    assert.notEqual(await idOf(rowsOf(page).nth(1)), before);
    await assertAccessible(page);
    await page.keyboard.press("ArrowLeft");
    await button.waitFor();
  });

  it("selects with keys, tags all that is selected, and takes it back", async () => {
    const page = await app.open("/inbox");
    await rowsOf(page).first().waitFor();
    await page.keyboard.press("j");
    await page.keyboard.press("x");
    await page.keyboard.press("Shift+J");
    assert.equal(await selected(page).count(), 2);
    const bar = page.getByRole("toolbar", { name: "Selected calls" });
    await bar.getByText("32 selected").waitFor();
    await assertAccessible(page);
    await page.keyboard.press("t");
    const dialog = page.getByRole("dialog", { name: "Tag 32 calls" });
    await dialog.getByLabel("Tag", { exact: true }).fill("callback");
    await page.keyboard.press("Enter");
    await rowsOf(page).first().getByText("callback").waitFor();
    await page.getByText("Tagged “callback”: 32 calls").first().waitFor();
    await page.keyboard.press("z");
    await rowsOf(page).first().getByText("callback").waitFor({ state: "detached" });
  });

  it("assigns with a key, and the call is in Mine", async () => {
    const page = await app.open("/inbox");
    await rowsOf(page).first().waitFor();
    await page.keyboard.press("j");
    await page.keyboard.press("a");
    await page.getByRole("button", { name: "ann you" }).click();
    await rowsOf(page).first().getByText("ann takes care of it").waitFor();
    await page.keyboard.press("g");
    await page.keyboard.press("m");
    await page.getByRole("grid", { name: "Mine" }).waitFor();
    await page.getByText("16 calls").first().waitFor();
  });

  it("narrows down by search and form, with chips in sight and all of it in the URL", async () => {
    const page = await app.open("/inbox");
    await rowsOf(page).first().waitFor();
    await page.keyboard.press("f");
    const dialog = page.getByRole("dialog", { name: "Filters" });
    await dialog.getByLabel("Voicemail").check();
    await assertAccessible(page);
    await dialog.getByRole("button", { name: "Apply" }).click();
    await page.getByRole("heading", { name: "No call matches" }).waitFor();
    await assertAccessible(page);
    assert.equal(new URL(page.url()).searchParams.get("type"), "voicemail");
    await page.getByRole("button", { name: "Clear all filters" }).click();
    await rowsOf(page).first().waitFor();
    await page.keyboard.press("/");
    await page.keyboard.type("0202 555 01");
    await page.getByRole("list", { name: "Filters" }).getByText("“0202 555 01”").waitFor();
    await page.reload();
    await page.getByRole("list", { name: "Filters" }).getByText("“0202 555 01”").waitFor();
    await rowsOf(page).first().waitFor();
  });

  it("saves a filter as a view of the rail, and deletes it", async () => {
    const page = await app.open("/inbox?max=10");
    await page.getByRole("button", { name: "Save as view" }).click();
    await page.getByLabel("Name of the view").fill("Short ones");
    await page.keyboard.press("Enter");
    const link = page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Short ones" });
    await link.waitFor();
    await page.getByRole("heading", { name: "Short ones" }).waitFor();
    await page.getByRole("link", { name: "Inbox" }).click();
    await link.click();
    await page.getByRole("heading", { name: "Short ones" }).waitFor();
    assert.equal(new URL(page.url()).searchParams.get("max"), "10");
    assert.equal(await link.getAttribute("aria-current"), "page");
    assert.equal(await page.locator("nav [aria-current=page]").count(), 1);
    await page.getByRole("button", { name: "The view Short ones" }).click();
    await page.getByRole("menuitem", { name: "Delete" }).click();
    await link.waitFor({ state: "detached" });
  });

  it("archives everything that matches, and puts it back", async () => {
    const page = await app.open("/inbox");
    await rowsOf(page).first().waitFor();
    await page.keyboard.press("Control+a");
    await page
      .getByRole("toolbar", { name: "Selected calls" })
      .getByText(/^All .*that match$/)
      .waitFor();
    await page.keyboard.press("e");
    await page.getByRole("heading", { name: "All handled" }).waitFor();
    await page.getByText("Archived 120 calls").first().waitFor();
    await page.keyboard.press("z");
    await rowsOf(page).first().waitFor();
  });
});
