import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Page } from "playwright-core";
import { assertAccessible, useApp } from "./support/app.ts";

const kept = { name: "I have kept it" };

describe("sources", () => {
  const app = useApp();
  let key = "";

  it("begins with a next step, adds a source by keyboard alone, shows its key once, and goes on to the set-up", async () => {
    const page = await app.open("/sources");
    await page.getByRole("heading", { name: "No phone system sends calls yet" }).waitFor();
    await assertAccessible(page);
    await page.keyboard.press("n");
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("heading", { name: "Add a source" }).waitFor();
    await assertAccessible(page);
    await dialog.getByLabel("Name").focus();
    await page.keyboard.type("Front desk");
    await page.keyboard.press("Enter");
    await dialog.getByRole("heading", { name: "Front desk is added" }).waitFor();
    await assertAccessible(page);
    key = await dialog.getByLabel("Key", { exact: true }).inputValue();
    assert.match(key, /^rbk_|^rbs_/);
    await dialog.getByRole("button", { name: "Go on to the set-up" }).focus();
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Front desk" }).waitFor();
    await page.getByRole("heading", { name: "One call" }).waitFor();
    // The example names this very server.
    await page.getByText(`curl ${app.server.url}/ingest/calls`).first().waitFor();
    await assertAccessible(page);
    await page.keyboard.press("Escape");
    await page.getByRole("list", { name: "Sources" }).getByRole("article", { name: "Front desk" }).waitFor();
  });

  it("sends a test call, counts it at once, and leads to it in the list", async () => {
    const page = await app.open("/sources");
    const card = page.getByRole("article", { name: "Front desk" });
    await fact(card, "Last event", "Nothing yet").waitFor();
    await card.getByRole("button", { name: "Send a test call" }).click();
    await page.getByRole("status").filter({ hasText: "A test call of Front desk arrived" }).waitFor();
    await fact(card, "Last event", "just now").waitFor();
    await fact(card, "Last hour", "1").waitFor();
    await assertAccessible(page);
    await card.getByRole("link", { name: "Open the call" }).click();
    await page.getByRole("region", { name: "Call" }).getByRole("heading", { name: "+1 202 555 0123" }).waitFor();
    assert.match(page.url(), /\/all\?call=\d+$/);
  });

  it("shows what was refused, why, and its body; the filter and the open delivery are in the URL", async () => {
    const refused = await fetch(`${app.server.url}/ingest/calls`, {
      method: "POST",
      headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
      body: JSON.stringify({ direction: "sideways" }),
    });
    await refused.arrayBuffer();
    const page = await app.open("/sources");
    await page.getByRole("link", { name: "Deliveries of Front desk" }).click();
    await page.getByRole("list", { name: "Deliveries" }).getByRole("button").nth(1).waitFor();
    await assertAccessible(page);
    await page.getByLabel("Show").selectOption({ label: "Refused" });
    const row = page.getByRole("list", { name: "Deliveries" }).getByRole("button", { name: /^Refused/ });
    await row.click();
    const dialog = page.getByRole("dialog", { name: "Delivery" });
    await dialog.getByRole("group", { name: "Body" }).getByText('"direction": "sideways"').waitFor();
    await assertAccessible(page);
    await page.reload();
    await dialog.getByText('"sideways"').waitFor();
    await dialog.getByRole("button", { name: "Read again" }).click();
    await page.getByRole("status").filter({ hasText: "Read again: refused" }).waitFor();
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
    assert.equal(new URL(page.url()).searchParams.get("verdict"), "refused");
    await page.getByLabel("Show").selectOption({ label: "Conflicting" });
    await page.getByRole("heading", { name: "None: conflicting" }).waitFor();
  });

  it("reads all of a source again and says what that came to", async () => {
    const page = await app.open("/sources");
    await page.getByRole("link", { name: "Deliveries of Front desk" }).click();
    await page.getByRole("button", { name: "Read all again" }).click();
    await page
      .getByRole("status")
      .filter({ hasText: /deliver(y|ies) read again, 0 calls changed/ })
      .waitFor();
  });

  it("disables with Undo, renames, and makes a new key after a question", async () => {
    const page = await app.open("/sources");
    const more = page.getByRole("button", { name: "More for Front desk" });
    const card = page.getByRole("article", { name: "Front desk" });
    await more.click();
    await page.getByRole("menuitem", { name: "Disable" }).click();
    await card.getByText("Disabled").waitFor();
    await page.getByRole("button", { name: "Undo" }).click();
    await card.getByText("Disabled").waitFor({ state: "detached" });

    await more.focus();
    await page.keyboard.press("Enter");
    await page.getByRole("menuitem", { name: "Make a new key" }).focus();
    await page.keyboard.press("Enter");
    await page.getByRole("dialog", { name: "Make a new key for Front desk?" }).waitFor();
    await assertAccessible(page);
    await page.keyboard.press("Escape");
    await page.waitForFunction(() => document.activeElement?.getAttribute("aria-label") === "More for Front desk");
    await more.click();
    await page.getByRole("menuitem", { name: "Make a new key" }).click();
    await page.getByRole("button", { name: "Make a new key" }).click();
    const next = await page.getByRole("dialog").getByLabel("Key", { exact: true }).inputValue();
    assert.notEqual(next, key);
    await page.getByRole("button", kept).click();

    await more.click();
    await page.getByRole("menuitem", { name: "Rename" }).click();
    await page.getByRole("dialog").getByLabel("Name").fill("Reception");
    await page.keyboard.press("Enter");
    await page.getByRole("article", { name: "Reception" }).waitFor();
  });

  it("tells who is no admin whom to ask, and says when a source is not there", async () => {
    const page = await app.open("/sources?source=nothing");
    await page.getByRole("heading", { name: "No such source" }).waitFor();
    await assertAccessible(page);
    await app.server.signIn("bob");
    await setRole("bob", "MEMBER");
    const bob = await app.open("/sources", { as: "bob" });
    await bob.getByRole("heading", { name: "Sources are for admins" }).waitFor();
    await assertAccessible(bob);
  });

  it("fits a window of 320 pixels without scrolling sideways", async () => {
    const page = await app.open("/sources", { viewport: { width: 320, height: 640 } });
    await page.getByRole("article", { name: "Reception" }).waitFor();
    await assertNoSidewaysScroll(page);
    for (const part of ["Deliveries", "Set-up"]) {
      await page.getByRole("link", { name: `${part} of Reception` }).click();
      await page
        .getByRole("navigation", { name: "Parts of the source" })
        .getByRole("link", { name: part, exact: true })
        .waitFor();
      await assertNoSidewaysScroll(page);
      await page.getByRole("link", { name: "All sources" }).click();
    }
  });

  async function setRole(username: string, role: string): Promise<void> {
    const { accessToken: token } = await app.server.signIn("ann");
    const { data } = await app.server.graphql("{ users { id username } }", { token });
    const { id } = (data.users as { id: string; username: string }[]).find((user) => user.username === username) ?? {};
    const query = "mutation ($id: ID!, $role: Role!) { setUserRole(userId: $id, role: $role) { id } }";
    const { errors } = await app.server.graphql(query, { token, variables: { id, role } });
    assert.equal(errors, undefined);
  }
});

function fact(card: ReturnType<Page["getByRole"]>, name: string, value: string) {
  return card.locator("div", { has: card.page().getByText(name, { exact: true }) }).getByText(value, { exact: true });
}

async function assertNoSidewaysScroll(page: Page): Promise<void> {
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  assert.ok(width <= 320, `the page is ${width} pixels wide`);
}
