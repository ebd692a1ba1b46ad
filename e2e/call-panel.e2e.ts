import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Page } from "playwright-core";
import { assertAccessible, useApp } from "./support/app.ts";
import { panelOf, rowsOf, stateOf } from "./support/inbox.ts";

describe("the call panel", () => {
  const app = useApp({ calls: 8, isFolding: false });

  async function openCall(index: number, as = "ann") {
    const page = await app.open("/inbox", { as });
    await stateOf(page, "Live").waitFor();
    await rowsOf(page).nth(index).click();
    await panelOf(page).getByRole("heading", { name: "Activity" }).waitFor();
    return page;
  }

  it("shows who, when, which line and what happened, in plain sentences, without complaint of axe", async () => {
    const page = await openCall(0);
    const panel = panelOf(page);
    await panel.getByText("as it came: +12025550123").waitFor();
    await panel.getByRole("list", { name: "Activity, newest first" }).getByText("test sent the call").waitFor();
    await panel.getByText("What the phone system sent").click();
    await panel.getByRole("group", { name: "Body as it came" }).waitFor();
    await assertAccessible(page);
  });

  it("adds, edits and deletes a note by keyboard, says who wrote it, and takes deleting back", async () => {
    const page = await openCall(1);
    const panel = panelOf(page);
    const notes = panel.getByRole("list", { name: "Notes, newest first" });
    await page.keyboard.press("n");
    await page.keyboard.type("Wants an offer");
    await page.keyboard.press("Control+Enter");
    const note = notes.getByRole("listitem").filter({ hasText: "Wants an offer" });
    await note.getByText("ann").waitFor();
    const edit = note.getByRole("button", { name: /^Edit/ });
    await edit.focus();
    await page.keyboard.press("Enter");
    await panel.getByLabel("Text of the note").fill("Wants an offer by Friday");
    await assertAccessible(page);
    await page.keyboard.press("Control+Enter");
    await notes.getByText("· edited").waitFor();
    await notes.getByText("Wants an offer by Friday", { exact: true }).first().waitFor();
    await notes.getByRole("button", { name: /^Delete/ }).focus();
    await page.keyboard.press("Enter");
    await panel.getByText("No notes yet.").waitFor();
    await panel.getByText("You deleted a note").waitFor();
    await page.keyboard.press("z");
    await notes.getByText("Wants an offer by Friday", { exact: true }).first().waitFor();
    await panel.getByText("You brought a note back").waitFor();
  });

  it("says so when a colleague has changed the note meanwhile, and writes nothing before it is decided", async () => {
    const [ann, bob] = [await openCall(2), await openCall(2, "bob")];
    await panelOf(ann).getByLabel("New note").fill("first");
    await panelOf(ann).getByLabel("New note").press("Control+Enter");
    await panelOf(bob).getByRole("button", { name: /^Edit/ }).click();
    await panelOf(ann).getByRole("button", { name: /^Edit/ }).click();
    await panelOf(ann).getByLabel("Text of the note").fill("Ann's text");
    await panelOf(ann).getByRole("button", { name: "Save" }).click();
    await panelOf(ann).getByText("Ann's text", { exact: true }).waitFor();
    await panelOf(bob).getByLabel("Text of the note").fill("Bob's text");
    await panelOf(bob).getByRole("button", { name: "Save" }).click();
    await panelOf(bob).getByText("A colleague changed this note meanwhile.").waitFor();
    await panelOf(bob).getByText("Ann's text", { exact: true }).waitFor();
    await panelOf(bob).getByRole("button", { name: "Save" }).click();
    await panelOf(ann).getByText("Bob's text", { exact: true }).waitFor();
  });

  it("tags and assigns with keys, and shows the same to a colleague at once, with who did it", async () => {
    const [bob, ann] = [await openCall(3, "bob"), await openCall(3)];
    await ann.keyboard.press("t");
    await ann.keyboard.type("vip");
    await ann.keyboard.press("Enter");
    await panelOf(bob).getByRole("list", { name: "Tags" }).getByText("vip").waitFor();
    await panelOf(bob).getByText("ann added the tag").first().waitFor();
    await panelOf(ann).getByLabel("Assignee").selectOption({ label: "bob" });
    await panelOf(bob)
      .getByLabel("Assignee")
      .locator("option:checked", { hasText: "bob (you)" })
      .waitFor({ state: "attached" });
    await panelOf(bob).getByText("ann assigned the call to bob").first().waitFor();
    await panelOf(bob).getByRole("button", { name: "Undo it" }).click();
    await panelOf(ann)
      .getByLabel("Assignee")
      .locator("option:checked", { hasText: "Nobody" })
      .waitFor({ state: "attached" });
    await panelOf(ann).getByRole("button", { name: "Remove the tag vip" }).click();
    await panelOf(bob).getByRole("list", { name: "Tags" }).waitFor({ state: "detached" });
  });

  it("says who was faster when two archive the same call, with Undo theirs and Keep", async () => {
    const [ann, bob] = [await openCall(4), await openCall(4, "bob")];
    const id = new URL(bob.url()).searchParams.get("call");
    // Bob hears nothing of what ann does.
    const held = await holdMutations(bob);
    await panelOf(bob).getByRole("button", { name: "Archive" }).click();
    await panelOf(ann).getByRole("button", { name: "Archive" }).click();
    await ann.locator(`[data-call="${id}"]`).waitFor({ state: "detached" });
    await held.release();
    await panelOf(bob).getByText("ann archived the call").first().waitFor();
    await panelOf(bob).getByRole("button", { name: "Undo it" }).click();
    await panelOf(ann).getByRole("button", { name: "Archive" }).waitFor();
  });

  it("says that there is no such call, and goes back to the list with Escape", async () => {
    const page = await app.open("/inbox?call=99999");
    await panelOf(page).getByRole("heading", { name: "No such call" }).waitFor();
    await assertAccessible(page);
    await page.keyboard.press("Escape");
    await panelOf(page).waitFor({ state: "detached" });
    assert.equal(new URL(page.url()).search, "");
  });

  it("fits 320 px without scrolling sideways", async () => {
    const page = await app.open("/inbox", { viewport: { width: 320, height: 640 } });
    await rowsOf(page).first().click();
    await panelOf(page).getByRole("heading", { name: "Activity" }).waitFor();
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(width <= 320, `${width} px`);
    assert.ok(await panelOf(page).evaluate((panel) => panel.scrollWidth <= panel.clientWidth));
  });
});

/** Mutations of the page wait until they are released. */
async function holdMutations(page: Page) {
  const waiting: (() => Promise<void>)[] = [];
  let isReleased = false;
  await page.route("**/graphql", async (route) => {
    const isMutation = (route.request().postData() ?? "").includes("mutation ");
    if (isReleased || !isMutation) await route.continue();
    else waiting.push(() => route.continue());
  });
  return {
    async release() {
      isReleased = true;
      await Promise.all(waiting.map((go) => go()));
    },
  };
}
