import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { assertAccessible, useApp } from "./support/app.ts";
import { idOf, openCall, panelOf, rowOf, rowsOf, stateOf } from "./support/inbox.ts";

describe("calls that are deleted", () => {
  const app = useApp({ calls: 4, isFolding: false });

  it("leave the list at once, the panel says so, and after a reload there is no such call", async () => {
    const page = await app.open("/inbox");
    await stateOf(page, "Live").waitFor();
    await rowsOf(page).nth(3).waitFor();
    const oldest = await idOf(rowsOf(page).nth(3));
    const newest = await idOf(rowsOf(page).nth(0));
    await openCall(page, oldest);
    const call = await app.server.storage.calls.find(1, Number(oldest));
    const author = { workspaceId: 1, actor: { kind: "system" }, atMs: Date.now() } as const;
    await app.server.storage.retention.deleteOld(author, (call?.createdAtMs ?? 0) + 1, 1);
    await panelOf(page).getByText("This call was deleted").waitFor();
    await rowOf(page, oldest).waitFor({ state: "detached" });
    await assertAccessible(page);
    await page.reload();
    await panelOf(page).getByText("No such call").waitFor();
    await rowOf(page, newest).waitFor();
    assert.equal(await rowOf(page, oldest).count(), 0);
  });

  it("deletes all calls with a number when an admin asks for it, and says so first", async () => {
    const list = await app.open("/all");
    await rowsOf(list).first().waitFor();
    const page = await app.open("/settings?section=workspace");
    const form = page.getByRole("region", { name: "Forget a number" });
    await form.getByLabel("Number").fill("no number");
    await page.keyboard.press("Enter");
    const wrong = page.getByRole("dialog", { name: "Delete all calls with no number?" });
    await wrong.getByRole("button", { name: "Delete" }).click();
    await wrong.getByRole("alert").getByText("No call can have this number.").waitFor();
    await wrong.getByRole("button", { name: "Cancel" }).click();
    await form.getByLabel("Number").fill("+1 202 555 0123");
    await form.getByRole("button", { name: "Delete its calls" }).click();
    const dialog = page.getByRole("dialog", { name: "Delete all calls with +1 202 555 0123?" });
    await dialog.getByText("This cannot be undone.").waitFor();
    await assertAccessible(page);
    await dialog.getByRole("button", { name: "Delete" }).click();
    await page
      .getByRole("status")
      .getByText(/^Deleted \d+ calls? with \+1 202 555 0123$/)
      .waitFor();
    await dialog.waitFor({ state: "detached" });
    await rowsOf(list).first().waitFor({ state: "detached" });
  });
});
