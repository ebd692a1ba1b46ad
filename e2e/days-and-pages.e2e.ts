import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Page } from "playwright-core";
import { firstWorkspaceId } from "../server/src/domain/workspace.ts";
import { assertAccessible, useApp } from "./support/app.ts";
import { rowsOf, stateOf } from "./support/inbox.ts";

const focused = (page: Page) => page.locator("[data-call]:focus");

describe("days and pages of the list", () => {
  const app = useApp({ isFolding: false });
  const start = Date.UTC(2026, 2, 1, 12);

  /** Three calls a day on each of 40 days from the 1st of March, at noon by UTC. */
  async function addDays() {
    const source = {
      id: "days",
      workspaceId: firstWorkspaceId,
      name: "days",
      kind: "generic",
      createdAtMs: 0,
    } as const;
    await app.server.storage.sources.add(source, "days");
    await app.server.intake.accept(
      source,
      Array.from({ length: 120 }, (_, at) => ({
        deliveryKey: `day-${at}`,
        groupKey: `day-${at}`,
        raw: "{}",
        digest: `day-${at}`,
        problem: null,
        facts: {
          direction: "inbound",
          from: `+1202555${String(1_000 + at)}`,
          to: "+442079460123",
          via: "+442079460123",
          startedAtMs: start + Math.floor(at / 3) * 86_400_000 + (at % 3) * 60_000,
          endedAtMs: null,
          durationMs: 5_000,
          callType: "missed",
          isArchived: false,
          notes: [],
        },
      })),
    );
  }

  it("goes to a day with the keyboard, and from there to newer days and back to the newest", async () => {
    await addDays();
    const page = await app.open("/inbox");
    await rowsOf(page).first().waitFor();
    await page.keyboard.press("g");
    await page.keyboard.press("d");
    const dialog = page.getByRole("dialog", { name: "Go to a day" });
    await dialog.getByLabel("Day", { exact: true }).fill("2026-03-10");
    await assertAccessible(page);
    await page.keyboard.press("Enter");
    const strip = page.getByRole("group", { name: "Where the list begins" });
    await strip.getByText("Tuesday 10 March").waitFor();
    await focused(page).waitFor();
    assert.equal(
      await rowsOf(page)
        .first()
        .getByRole("time")
        .or(rowsOf(page).first().locator("time"))
        .first()
        .getAttribute("datetime"),
      "2026-03-10T12:02:00.000Z",
    );
    assert.equal(new URL(page.url()).searchParams.get("at"), "2026-03-10");
    await assertAccessible(page);
    await page.keyboard.press("[");
    await strip.getByText("Wednesday 11 March").waitFor();
    await page.reload();
    await strip.getByText("Wednesday 11 March").waitFor();
    await rowsOf(page).first().waitFor();
    await page.keyboard.press("j");
    await page.keyboard.press("]");
    await focused(page).waitFor();
    assert.equal(await focused(page).locator("time").getAttribute("datetime"), "2026-03-10T12:02:00.000Z");
    await strip.getByRole("button", { name: "Newest calls" }).click();
    await strip.waitFor({ state: "detached" });
    await page.goBack();
    await strip.getByText("Wednesday 11 March").waitFor();
  });

  it("says when there is nothing so far back", async () => {
    const page = await app.open("/inbox?at=2020-01-01");
    await page.getByRole("heading", { name: "No calls on that day or before" }).waitFor();
    await assertAccessible(page);
    await page.getByRole("button", { name: "Newest calls" }).last().click();
    await rowsOf(page).first().waitFor();
  });

  it("has pages with numbers, which the URL names and keys turn", async () => {
    const page = await app.open("/inbox");
    await rowsOf(page).first().waitFor();
    await page.getByRole("button", { name: "How the list is shown" }).click();
    await page.getByRole("menuitemradio", { name: "On pages with numbers" }).click();
    const pager = page.getByRole("navigation", { name: "Pages" });
    await pager.getByText("1–50 of 120").waitFor();
    await assertAccessible(page);
    await page.keyboard.press(">");
    await pager.getByText("51–100 of 120").waitFor();
    assert.equal(new URL(page.url()).searchParams.get("page"), "2");
    await page.keyboard.press("g");
    await page.keyboard.press("e");
    await pager.getByText("101–120 of 120").waitFor();
    await pager.getByLabel("Page", { exact: true }).fill("2");
    await page.keyboard.press("Enter");
    await pager.getByText("51–100 of 120").waitFor();
    await page.reload();
    await pager.getByText("51–100 of 120").waitFor();
    await pager.getByRole("button", { name: "First page" }).click();
    await pager.getByText("1–50 of 120").waitFor();
    await pager.getByLabel("Calls a page").selectOption("25");
    await pager.getByText("1–25 of 120").waitFor();
    await page.keyboard.press("g");
    await page.keyboard.press("d");
    await page.getByRole("dialog").getByLabel("Day", { exact: true }).fill("2026-03-10");
    await page.keyboard.press("Enter");
    await pager.getByText("76–100 of 120").waitFor();
    await page.goto("/inbox?page=9");
    await page.getByRole("heading", { name: "This page is empty" }).waitFor();
    await assertAccessible(page);
    await page.getByRole("button", { name: "Last page", exact: true }).last().waitFor();
    await page.getByRole("button", { name: "Last page", exact: true }).first().click();
    await pager.getByText("101–120 of 120").waitFor();
  });

  it("takes a call off its page when it is archived, and shows one that comes in", async () => {
    const page = await app.open("/inbox?page=1");
    await rowsOf(page).first().waitFor();
    await stateOf(page, "Live").waitFor();
    await page.keyboard.press("j");
    await page.keyboard.press("e");
    const pager = page.getByRole("navigation", { name: "Pages" });
    await pager.getByText("1–25 of 119").waitFor();
    await app.server.addCalls(1);
    await pager.getByText("1–25 of 120").waitFor();
  });
});
