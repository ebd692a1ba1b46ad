import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { describe, it } from "node:test";
import type { Page } from "playwright-core";
import type { Source } from "../server/src/domain/source.ts";
import { assertAccessible, useApp } from "./support/app.ts";
import { idOf, panelOf, rowOf, rowsOf, stateOf } from "./support/inbox.ts";

describe("everybody's own ways", () => {
  const app = useApp({ calls: 6, isFolding: false });
  const source: Source = { id: "pbx", workspaceId: 1, name: "PBX", kind: "generic", createdAtMs: 0 };

  async function logCall(line: string): Promise<void> {
    const key = randomUUID();
    const facts = {
      direction: "inbound",
      from: "+12025550123",
      to: line,
      via: line,
      startedAtMs: Date.now(),
      endedAtMs: null,
      durationMs: 0,
      callType: "missed",
      isArchived: null,
      notes: [],
    } as const;
    const delivery = { deliveryKey: key, groupKey: key, raw: "{}", digest: key, facts, problem: null };
    await app.server.storage.sources.accept(source, [delivery], Date.now());
  }

  it("switches one key off, gives another its own, and refuses one that is taken", async () => {
    const page = await app.open("/settings?section=shortcuts");
    const row = (name: string) =>
      page.getByRole("listitem").filter({ has: page.getByRole("checkbox", { name, exact: true }) });
    await row("Next call").getByRole("checkbox").waitFor();
    await assertAccessible(page);
    await row("Next call").getByRole("checkbox").uncheck();
    await row("Next call").getByText("Off").waitFor();
    await page.getByRole("button", { name: "Change the key of Previous call" }).focus();
    await page.keyboard.press("Enter");
    const dialog = page.getByRole("dialog", { name: "Key of “Previous call”" });
    await dialog.getByLabel("New key").waitFor();
    await page.keyboard.press("x");
    await dialog.getByText("“Select the call” has X already.").waitFor();
    await assertAccessible(page);
    await page.keyboard.press("b");
    assert.equal(await dialog.getByLabel("New key").inputValue(), "B");
    await page.keyboard.press("Enter");
    await row("Previous call").getByText("yours").waitFor();
    await page.goto("/inbox");
    await rowsOf(page).nth(1).focus();
    await page.keyboard.press("j");
    await page.keyboard.press("k");
    assert.equal(
      await rowsOf(page)
        .nth(1)
        .evaluate((one) => one === document.activeElement),
      true,
    );
    await page.keyboard.press("b");
    await page.locator("[data-call]:focus").waitFor();
    assert.equal(
      await rowsOf(page)
        .first()
        .evaluate((one) => one === document.activeElement),
      true,
    );
    await page.keyboard.press("?");
    await page.getByRole("dialog", { name: "Keys" }).getByText("Previous call").waitFor();
    await page.keyboard.press("Escape");
    await page.goto("/settings?section=shortcuts");
    await row("Next call").getByRole("checkbox").check();
    await page.getByRole("button", { name: "Usual keys" }).click();
    await row("Previous call").getByText("yours").waitFor({ state: "detached" });
  });

  it("counts unhandled missed calls in the tab's title, unless that is switched off", async () => {
    const page = await app.open("/inbox");
    await page.waitForFunction(() => document.title === "(6) Inbox · Ringback");
    await page.goto("/settings");
    await page.getByLabel("Count of missed calls in the tab").uncheck();
    await page.waitForFunction(() => document.title === "Settings · Ringback");
    await page.getByLabel("Count of missed calls in the tab").check();
    await page.waitForFunction(() => document.title.startsWith("(6) "));
  });

  it("tells a missed call by the system while nobody looks, once that is allowed", async () => {
    const page = await app.open("/settings");
    await page.context().grantPermissions(["notifications"]);
    // It is on once the browser has said that it may be.
    await page.getByLabel("Notices of missed calls and voicemails").click();
    await page.waitForFunction(() => localStorage.getItem("ringback-notices") === "on");
    await page.goto("/inbox");
    await stateOf(page, "Live").waitFor();
    await heedNotices(page);
    await app.server.addCalls(1);
    assert.deepEqual(await noticesOf(page), ["Missed call from +1 202 555 0123: on +44 20 7946 0123"]);
    await page.evaluate(() =>
      (window as unknown as { lastNotice: EventTarget }).lastNotice.dispatchEvent(new Event("click")),
    );
    await panelOf(page).waitFor();
  });

  it("tells the calls of chosen lines alone, and of all again", async () => {
    const page = await app.open("/settings");
    await page.context().grantPermissions(["notifications"]);
    await page.getByLabel("Notices of missed calls and voicemails").click();
    const which = page.getByLabel("Of which lines");
    await which.waitFor();
    await which.selectOption("Lines that I choose");
    await page.getByText("None is chosen: nothing is told.").waitFor();
    await assertAccessible(page);
    await page.getByRole("group", { name: "Lines" }).getByLabel("+44 20 7946 0123").check();
    await page.getByText("None is chosen: nothing is told.").waitFor({ state: "detached" });
    await page.reload();
    assert.equal(await page.getByLabel("+44 20 7946 0123").isChecked(), true);
    const inbox = await app.openTab(page, "/inbox");
    await stateOf(inbox, "Live").waitFor();
    await heedNotices(inbox);
    await app.server.storage.sources.add(source, randomUUID());
    // Had both been told, they would be told as one.
    await logCall("+442079460199");
    await logCall("+442079460123");
    assert.deepEqual(await noticesOf(inbox), ["Missed call from +1 202 555 0123: on +44 20 7946 0123"]);
    await page.bringToFront();
    await which.selectOption("All lines");
    await page.waitForFunction(() => localStorage.getItem("ringback-notice-lines") === null);
  });

  it("counts Mine and Unassigned in the rail", async () => {
    const page = await app.open("/inbox");
    const main = page.getByRole("navigation", { name: "Main" });
    await main.getByRole("link", { name: "Unassigned 9" }).waitFor();
  });

  it("offers earlier searches in the empty field, by keyboard, and forgets them", async () => {
    const page = await app.open("/inbox");
    await rowsOf(page).first().waitFor();
    await page.keyboard.press("/");
    await page.keyboard.type("555 0123");
    await page.keyboard.press("Enter");
    await page.getByRole("list", { name: "Filters" }).getByText("“555 0123”").waitFor();
    await page.getByRole("button", { name: "Clear", exact: true }).click();
    await page.keyboard.press("/");
    const recent = page.getByRole("group", { name: "Recent searches" });
    await recent.waitFor();
    await assertAccessible(page);
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.getByRole("list", { name: "Filters" }).getByText("“555 0123”").waitFor();
    await page.getByRole("searchbox").fill("");
    await recent.getByRole("button", { name: "Forget these" }).click();
    await recent.waitFor({ state: "detached" });
  });

  it("archives with a swipe on a phone, with a button for the same beside it", async () => {
    const page = await app.open("/inbox", { viewport: { width: 390, height: 844 }, hasTouch: true });
    const row = rowsOf(page).first();
    await row.waitFor();
    const id = await idOf(row);
    await row.getByRole("button", { name: /^Archive the call with/ }).waitFor();
    const box = (await row.boundingBox()) ?? assert.fail();
    const session = await page.context().newCDPSession(page);
    const touch = (type: "touchStart" | "touchMove" | "touchEnd", x: number) =>
      session.send("Input.dispatchTouchEvent", {
        type,
        touchPoints: type === "touchEnd" ? [] : [{ x, y: box.y + box.height / 2 }],
      });
    await touch("touchStart", 250);
    for (const x of [230, 200, 160, 120]) await touch("touchMove", x);
    await touch("touchEnd", 120);
    await rowOf(page, id).waitFor({ state: "detached" });
    await page.getByText("Archived the call with").first().waitFor();
    assert.equal(new URL(page.url()).searchParams.get("call"), null);
    await page.getByRole("button", { name: "Undo" }).click();
    await rowOf(page, id).waitFor();
  });
});

/** What the page tells through the system from now on, as nobody looks at it. */
async function heedNotices(page: Page): Promise<void> {
  await page.evaluate(() => {
    const told: string[] = [];
    Object.assign(window, {
      told,
      Notification: class extends EventTarget {
        static permission = "granted";
        constructor(title: string, { body }: { body: string }) {
          super();
          told.push(`${title}: ${body}`);
          Object.assign(window, { lastNotice: this });
        }
        close() {}
      },
    });
    document.hasFocus = () => false;
  });
}

/** What was told, once anything was. */
async function noticesOf(page: Page): Promise<readonly string[]> {
  const told = await page.waitForFunction(() => {
    const { told: texts } = window as unknown as { told: string[] };
    return texts.length > 0 && texts;
  });
  return (await told.jsonValue()) as string[];
}
