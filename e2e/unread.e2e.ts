import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { before, describe, it } from "node:test";
import type { Page } from "playwright-core";
import type { Source } from "../server/src/domain/source.ts";
import { assertAccessible, useApp } from "./support/app.ts";
import { panelOf, rowOf, rowsOf, stateOf, writeNote } from "./support/inbox.ts";

describe("unread calls", () => {
  const app = useApp({ isFolding: false });
  const source: Source = { id: "pbx", workspaceId: 1, name: "PBX", kind: "generic", createdAtMs: 0 };

  before(async () => {
    await app.server.signIn("sam");
    await app.server.storage.sources.add(source, randomUUID());
  });

  /** Tells of a call that is made now; its id. */
  async function newCall(): Promise<string> {
    const key = randomUUID();
    const facts = {
      direction: "inbound",
      from: "+12025550123",
      to: "+442079460123",
      via: "+442079460123",
      startedAtMs: Date.now(),
      endedAtMs: null,
      durationMs: 0,
      callType: "missed",
      isArchived: null,
      notes: [],
    } as const;
    const delivery = { deliveryKey: key, groupKey: key, raw: "{}", digest: key, facts, problem: null };
    const [verdict] = await app.server.storage.sources.accept(source, [delivery], Date.now());
    return String(verdict?.callId);
  }

  async function openLive(as: string, path = "/inbox"): Promise<Page> {
    const page = await app.open(path, { as });
    await stateOf(page, "Live").waitFor();
    await rowsOf(page).first().waitFor();
    return page;
  }

  const mark = (page: Page, id: string) => rowOf(page, id).getByText("Unread", { exact: true });

  it("a new call is unread for everybody; opening it reads it for oneself, in every tab", async () => {
    const first = await newCall();
    const [ann, sam] = [await openLive("ann"), await openLive("sam")];
    await mark(ann, first).waitFor();
    const second = await newCall();
    await mark(ann, second).waitFor();
    await assertAccessible(ann);
    const tab = await app.openTab(ann, "/inbox");
    await stateOf(tab, "Live").waitFor();
    await mark(tab, second).waitFor();
    await rowOf(ann, second).click();
    await mark(ann, second).waitFor({ state: "detached" });
    await mark(tab, second).waitFor({ state: "detached" });
    await mark(sam, second).waitFor();
    assert.equal(await mark(ann, first).count(), 1);
  });

  it("a note of a colleague makes it unread again, and is read at once where the call is open", async () => {
    const id = await newCall();
    const [ann, sam] = [await openLive("ann"), await openLive("sam")];
    await rowOf(ann, id).click();
    await mark(ann, id).waitFor({ state: "detached" });
    await ann.keyboard.press("Escape");
    await rowOf(sam, id).click();
    await writeNote(sam, "I know her");
    await mark(ann, id).waitFor();
    assert.equal(await mark(sam, id).count(), 0);
    await rowOf(ann, id).click();
    await mark(ann, id).waitFor({ state: "detached" });
    await writeNote(sam, "She will call again");
    await panelOf(ann).getByText("She will call again").first().waitFor();
    await mark(ann, id).waitFor({ state: "detached" });
  });

  it("by keys alone: u marks unread and read, Shift+u reads the whole list, the filter shows what is left", async () => {
    const id = await newCall();
    const page = await openLive("ann");
    await mark(page, id).waitFor();
    await rowOf(page, id).focus();
    await page.keyboard.press("u");
    await mark(page, id).waitFor({ state: "detached" });
    await page.getByRole("status").filter({ hasText: "Marked read" }).waitFor();
    await page.keyboard.press("u");
    await mark(page, id).waitFor();
    await page.keyboard.press("f");
    await page.getByLabel("Seen by you").selectOption({ label: "Unread" });
    await page.getByRole("button", { name: "Apply" }).click();
    await page.getByRole("list", { name: "Filters" }).getByText("Unread").waitFor();
    await mark(page, id).waitFor();
    await rowOf(page, id).focus();
    await page.keyboard.press("Shift+u");
    await page
      .getByText(/^Marked .*read$/)
      .first()
      .waitFor();
    await mark(page, id).waitFor({ state: "detached" });
    await page.reload();
    await page.getByRole("heading", { name: "No call matches" }).waitFor();
  });

  it("the panel has a button for it, and leaves unread what was made so there", async () => {
    const id = await newCall();
    const page = await openLive("ann", `/inbox?call=${id}`);
    await panelOf(page).getByRole("button", { name: "Mark unread" }).click();
    await mark(page, id).waitFor();
    await panelOf(page).getByRole("button", { name: "Mark read" }).waitFor();
    await assertAccessible(page);
  });

  it("the rail counts them for each person as they come and are read, and leads to them alone", async () => {
    await newCall();
    // Who comes has read what is there.
    const page = await openLive("cleo");
    const link = (of: Page, name: string) =>
      of.getByRole("navigation", { name: "Main" }).getByRole("link", { name, exact: true });
    await link(page, "Unread").waitFor();
    const [first, second] = [await newCall(), await newCall()];
    await link(page, "Unread 2").waitFor();
    await page.keyboard.press("g");
    await page.keyboard.press("r");
    await page.getByRole("grid", { name: "Unread" }).waitFor();
    assert.equal(await rowsOf(page).count(), 2);
    await assertAccessible(page);
    const tab = await app.openTab(page, "/inbox");
    await link(tab, "Unread 2").waitFor();
    await rowOf(page, second).click();
    await link(page, "Unread 1").waitFor();
    await link(tab, "Unread 1").waitFor();
    assert.equal(await rowOf(page, second).count(), 1, "what was read stays until the list is fetched again");
    await page.keyboard.press("Escape");
    const third = await newCall();
    await rowOf(page, third).waitFor();
    await rowOf(page, first).focus();
    await page.keyboard.press("Shift+u");
    await link(page, "Unread").waitFor();
    await page.reload();
    await page.getByRole("heading", { name: "You have read everything" }).waitFor();
    await assertAccessible(page);
  });

  it("a phone has the count in its menu", async () => {
    const page = await app.open("/inbox", { as: "dora", viewport: { width: 390, height: 844 } });
    await newCall();
    await page.getByRole("navigation", { name: "Main" }).getByRole("button", { name: "More" }).click();
    await page.getByRole("menuitem", { name: "Unread 1" }).click();
    await page.getByRole("grid", { name: "Unread" }).waitFor();
    assert.equal(await rowsOf(page).count(), 1);
  });
});
