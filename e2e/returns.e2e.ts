import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { firstWorkspaceId } from "../server/src/domain/workspace.ts";
import { assertAccessible, useApp } from "./support/app.ts";
import { panelOf, rowsOf, stateOf } from "./support/inbox.ts";

describe("calling back", () => {
  const app = useApp({ isFolding: false });
  const nowMs = Date.now();
  let calls = 0;

  /** A call so many minutes ago. */
  async function addCall(minutesAgo: number, number: string, direction: "inbound" | "outbound" = "inbound") {
    const source = {
      id: "desk",
      workspaceId: firstWorkspaceId,
      name: "desk",
      kind: "generic",
      createdAtMs: 0,
    } as const;
    if (calls === 0) await app.server.storage.sources.add(source, "desk");
    calls += 1;
    const ours = "+442079460123";
    const isInbound = direction === "inbound";
    await app.server.intake.accept(source, [
      {
        deliveryKey: `back-${calls}`,
        groupKey: `back-${calls}`,
        raw: "{}",
        digest: `back-${calls}`,
        problem: null,
        facts: {
          direction,
          from: isInbound ? number : ours,
          to: isInbound ? ours : number,
          via: ours,
          startedAtMs: nowMs - minutesAgo * 60_000,
          endedAtMs: null,
          durationMs: 30_000,
          callType: isInbound ? "missed" : "answered",
          isArchived: false,
          notes: [],
        },
      },
    ]);
  }

  it("lists what waits for a call back, and lets it go live when somebody calls", async () => {
    await addCall(30, "+12025550101");
    await addCall(20, "+12025550102");
    const page = await app.open("/inbox");
    await stateOf(page, "Live").waitFor();
    await page.getByRole("link", { name: "To call back 2" }).waitFor();
    await rowsOf(page).first().waitFor();
    await page.keyboard.press("g");
    await page.keyboard.press("c");
    await page.getByRole("grid", { name: "To call back" }).waitFor();
    assert.equal(await rowsOf(page).count(), 2);
    await rowsOf(page).first().getByText("Call back", { exact: true }).waitFor();
    await rowsOf(page).first().click();
    await page.getByText("Waits for somebody to call back").waitFor();
    await assertAccessible(page);
    await addCall(8, "+12025550102", "outbound");
    const panel = panelOf(page);
    await panel.getByText("Returned after 12 min by").waitFor();
    await rowsOf(page).nth(1).waitFor({ state: "detached" });
    await assertAccessible(page);
    await panel.getByRole("link", { name: "a call of ours" }).click();
    await panel.getByText("Outgoing").first().waitFor();
    await page.goto("/inbox");
    await rowsOf(page).filter({ hasText: "Returned after 12 min" }).waitFor();
  });

  it("counts in Insights what waits and how soon it was returned, by person too; each figure opens its list", async () => {
    const page = await app.open("/insights");
    const figures = page.getByRole("list", { name: "Figures" });
    await figures.getByRole("link", { name: /^To call back ?1/ }).waitFor();
    await figures.getByText("12 min").waitFor();
    await page.getByRole("heading", { name: "Calls by person" }).waitFor();
    await page.getByText("Nobody takes care of any of these calls.").waitFor();
    await assertAccessible(page);
    await page.keyboard.press("t");
    await page
      .getByRole("group", { name: "Calls by person" })
      .getByRole("row", { name: /Nobody/ })
      .waitFor();
    await assertAccessible(page);
    await figures.getByRole("link", { name: /^To call back/ }).click();
    await page.getByRole("list", { name: "Filters" }).getByText("To call back").waitFor();
    await rowsOf(page).first().waitFor();
    assert.equal(await rowsOf(page).count(), 1);
    await page.goto("/insights");
    await figures.getByRole("link", { name: /^Time to call back/ }).click();
    await rowsOf(page).filter({ hasText: "Returned after 12 min" }).waitFor();
    assert.equal(await rowsOf(page).count(), 1);
  });

  it("says when everybody was called back", async () => {
    await addCall(1, "+12025550101", "outbound");
    const page = await app.open("/callback");
    await page.getByRole("heading", { name: "Everybody was called back" }).waitFor();
    await assertAccessible(page);
  });
});
