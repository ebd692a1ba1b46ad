import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { describe, it } from "node:test";
import { assertAccessible, useApp } from "./support/app.ts";
import { panelOf } from "./support/inbox.ts";

describe("settings", () => {
  const app = useApp({ calls: 3 });

  it("saves what one person prefers, and shows times, theme and keys so, in another browser as well", async () => {
    const page = await app.open("/settings");
    await page.getByRole("heading", { name: "Your preferences" }).waitFor();
    await assertAccessible(page);
    await page.getByLabel("Time zone").selectOption("Asia/Tokyo");
    await page.getByLabel("Theme").selectOption({ label: "Dark" });
    await page.getByLabel("Calls of a page").selectOption("50");
    await page.getByLabel("Single keys act").uncheck();
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByRole("status").filter({ hasText: "Your preferences are saved" }).waitFor();
    await page.waitForFunction(() => document.documentElement.dataset["theme"] === "dark");

    const other = await app.open("/all");
    await other.waitForFunction(() => document.documentElement.dataset["theme"] === "dark");
    // The calls of the test begin at midnight by UTC.
    await other.getByRole("row").filter({ hasText: "09:0" }).first().waitFor();
    await other.keyboard.press("g");
    await other.keyboard.press("s");
    assert.equal(new URL(other.url()).pathname, "/all");
    // This browser knows zone and keys by now: the page is drawn in it at once, not anew when the server has told it.
    const held = Promise.withResolvers<void>();
    await other.route("**/graphql", async (route) => {
      if (route.request().postData()?.includes("query Choices") === true) await held.promise;
      return route.continue();
    });
    await other.reload();
    await other.getByRole("row").filter({ hasText: "09:0" }).first().waitFor();
    await other.keyboard.press("g");
    await other.keyboard.press("s");
    assert.equal(new URL(other.url()).pathname, "/all");
    held.resolve();
    await other.unrouteAll({ behavior: "wait" });
    await other.goto("/settings");
    await other.getByLabel("Single keys act").check();
    await other.getByLabel("Theme").selectOption({ label: "What each device remembers" });
    await other.getByLabel("Time zone").selectOption({ index: 0 });
    await other.getByRole("button", { name: "Save" }).click();
    await other.getByRole("status").filter({ hasText: "Your preferences are saved" }).waitFor();
  });

  it("keeps what holds for all, reached and saved with the keyboard alone", async () => {
    const page = await app.open("/settings");
    await page.getByRole("link", { name: "Workspace", exact: true }).waitFor();
    await page.keyboard.press("2");
    await page.getByRole("heading", { name: "Workspace" }).waitFor();
    assert.equal(new URL(page.url()).searchParams.get("section"), "workspace");
    await assertAccessible(page);
    await page.getByLabel("Name").focus();
    await page.keyboard.press("Control+a");
    await page.keyboard.type("Front office");
    await page.keyboard.press("Enter");
    await page.getByRole("status").filter({ hasText: "The workspace is saved" }).waitFor();
    await page.reload();
    assert.equal(await page.getByLabel("Name").inputValue(), "Front office");
  });

  it("says how many calls go before they are kept for a shorter time", async () => {
    const page = await app.open("/settings?section=workspace");
    await page.getByLabel("Days that calls are kept").fill("36500");
    await page.keyboard.press("Enter");
    const dialog = page.getByRole("dialog", { name: "Delete calls after 36,500 days?" });
    await dialog.getByText("No call is that old yet.").waitFor();
    await assertAccessible(page);
    await dialog.getByRole("button", { name: "Cancel" }).click();
    await page.getByLabel("Days that calls are kept").fill("1");
    await page.keyboard.press("Enter");
    await page.getByRole("dialog", { name: "Delete calls after 1 day?" }).getByText("3 calls are older").waitFor();
    await page.getByRole("button", { name: "Delete and save" }).click();
    await page.getByRole("status").filter({ hasText: "The workspace is saved" }).waitFor();
    await page.reload();
    assert.equal(await page.getByLabel("Days that calls are kept").inputValue(), "1");
    await page.getByLabel("Days that calls are kept").fill("");
    await page.keyboard.press("Enter");
    await page.getByRole("status").filter({ hasText: "The workspace is saved" }).waitFor();
    await page.reload();
    await page.getByLabel("Days that calls are kept").waitFor();
    assert.equal(await page.getByLabel("Days that calls are kept").inputValue(), "");
  });

  it("invites by a link that is shown once and makes an account; roles and disabling are asked about first", async () => {
    const page = await app.open("/settings?section=people");
    await page.getByRole("button", { name: "Invite somebody" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Role").selectOption("READER");
    await assertAccessible(page);
    await dialog.getByRole("button", { name: "Make the link" }).click();
    const link = await dialog.getByLabel("Link", { exact: true }).inputValue();
    await dialog.getByRole("button", { name: "Done" }).click();
    await page.getByRole("list", { name: "Open invitations" }).getByText("Reader").waitFor();
    await assertAccessible(page);

    const guest = await app.open("/", { as: null });
    await guest.goto(link);
    await guest.getByLabel("Name").fill("cleo");
    await guest.getByLabel("Password", { exact: true }).fill("a good password");
    await guest.getByRole("button", { name: "Make my account" }).click();
    await guest.getByRole("navigation", { name: "Main" }).waitFor();
    await guest.goto("/settings");
    await guest.getByRole("link", { name: "Export" }).waitFor();
    assert.equal(await guest.getByRole("link", { name: "People" }).count(), 0);
    await guest.goto("/settings?section=people");
    await guest.getByRole("heading", { name: "These settings are for admins" }).waitFor();

    await page.reload();
    const row = page.getByRole("list", { name: "People" }).getByRole("listitem").filter({ hasText: "cleo" });
    await page.getByRole("button", { name: "More for cleo" }).click();
    await page.getByRole("menuitem", { name: "Make member" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Make member" }).waitFor();
    await assertAccessible(page);
    await page.getByRole("dialog").getByRole("button", { name: "Make member" }).click();
    await row.getByText("Member").waitFor();
    await page.getByRole("button", { name: "More for cleo" }).click();
    await page.getByRole("menuitem", { name: "Disable" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Disable" }).click();
    await row.getByText("Disabled").waitFor();
    // Nobody is shut out by their own hand.
    assert.equal(await page.getByRole("button", { name: "More for ann" }).count(), 0);
  });

  it("creates a key that works, shows it once, and revokes it after a question", async () => {
    const page = await app.open("/settings?section=keys");
    await page.getByRole("heading", { name: "No program has a key" }).waitFor();
    await assertAccessible(page);
    await page.getByRole("button", { name: "Create a key" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Name").fill("Reporting");
    await assertAccessible(page);
    await page.keyboard.press("Enter");
    const secret = await dialog.getByLabel("Key", { exact: true }).inputValue();
    const ask = () => app.server.graphql("{ paginatedCalls { totalCount } }", { token: secret });
    assert.equal((await ask()).data.paginatedCalls.totalCount, 3);
    await dialog.getByRole("button", { name: "I have kept it" }).click();
    const row = page.getByRole("list", { name: "API keys" }).getByRole("listitem").filter({ hasText: "Reporting" });
    await row.getByText("Reads", { exact: true }).waitFor();
    await row.getByText("Ends in 90 days").waitFor();
    await assertAccessible(page);
    await page.getByRole("button", { name: "Revoke Reporting" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Revoke the key" }).click();
    await page.getByRole("heading", { name: "No program has a key" }).waitFor();
    assert.equal((await ask()).errors?.[0]?.extensions.code, "UNAUTHENTICATED");
  });

  it("downloads all calls in the format that was chosen", async () => {
    const page = await app.open("/settings?section=export");
    await page.getByRole("heading", { name: "Export" }).waitFor();
    await assertAccessible(page);
    await page.getByRole("radio", { name: /^NDJSON/ }).check();
    const downloading = page.waitForEvent("download");
    await page.getByRole("button", { name: "Download" }).click();
    const download = await downloading;
    assert.equal(download.suggestedFilename(), "calls.ndjson");
    const lines = (await readFile(await download.path(), "utf8")).trim().split("\n");
    assert.equal(lines.length, 3);
    assert.equal(new URL(page.url()).pathname, "/settings");
  });

  it("fits a window of 320 pixels without scrolling sideways, in every part", async () => {
    const page = await app.open("/settings", { viewport: { width: 320, height: 640 } });
    const parts = page.getByRole("navigation", { name: "Parts of the settings" });
    for (const name of ["Workspace", "People", "API keys", "Webhooks", "Export", "You"]) {
      await parts.getByRole("link", { name, exact: true }).click();
      await page.getByRole("heading", { level: 2 }).first().waitFor();
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(width <= 320, `${name} is ${width} pixels wide`);
    }
  });
});

describe("the first run", () => {
  const app = useApp();

  it("leads an admin from an inbox without calls to a source, and to a test call", async () => {
    const page = await app.open("/inbox");
    await page.getByRole("heading", { name: "Three steps to the first call" }).waitFor();
    await assertAccessible(page);
    await page.getByRole("link", { name: "Add a source" }).click();
    await page.getByRole("dialog").getByLabel("Name").fill("Switchboard");
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Go on to the set-up" }).waitFor();
    await page.keyboard.press("Escape");
    await page.goto("/inbox");
    await page.getByRole("link", { name: "Set up Switchboard" }).click();
    await page.getByRole("button", { name: "Send a test call" }).click();
    await page.getByRole("main").getByRole("link", { name: "Open the call" }).click();
    await panelOf(page).waitFor();
  });
});
