import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { describe, it } from "node:test";
import { assertAccessible, useApp } from "./support/app.ts";
import { rowsOf } from "./support/inbox.ts";

describe("exporting a list", () => {
  const app = useApp({ calls: 12, isFolding: false });

  it("makes a file of what the filter lets through, with the columns that were chosen", async () => {
    const page = await app.open("/inbox?max=5");
    await rowsOf(page).first().waitFor();
    await page.getByRole("button", { name: "How the list is shown" }).click();
    await page.getByRole("menuitem", { name: "Export this list" }).click();
    const dialog = page.getByRole("dialog", { name: "Export Inbox" });
    await dialog.getByLabel("Time zone").selectOption("Asia/Tokyo");
    for (const column of ["Id", "Notes", "Archived", "Line", "To", "Direction", "Type", "Length"])
      await dialog.getByLabel(column, { exact: true }).uncheck();
    await assertAccessible(page);
    const begun = page.waitForEvent("download");
    await dialog.getByRole("button", { name: "Download" }).click();
    const lines = (await readFile(await (await begun).path(), "utf8")).trim().split(/\r?\n/);
    assert.equal(lines.length, 6, "a heading and five calls");
    assert.match(lines[0] ?? "", /^[^,]*,[^,]*$/);
    assert.match(lines[1] ?? "", /12025550123/);
  });

  it("is offered for all that match", async () => {
    const page = await app.open("/inbox");
    await rowsOf(page).first().waitFor();
    await page.keyboard.press("Control+a");
    const bar = page.getByRole("toolbar", { name: "Selected calls" });
    await bar.getByRole("button", { name: "Export" }).click();
    const dialog = page.getByRole("dialog", { name: "Export Inbox" });
    await dialog.getByText("12 calls of the list").waitFor();
    await dialog.getByLabel("NDJSON").check();
    const begun = page.waitForEvent("download");
    await dialog.getByRole("button", { name: "Download" }).click();
    const lines = (await readFile(await (await begun).path(), "utf8")).trim().split("\n");
    assert.equal(lines.length, 12);
  });
});
