import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { before, describe, it } from "node:test";
import { useApp } from "./support/app.ts";
import { idOf, panelOf, rowOf, rowsOf, stateOf } from "./support/inbox.ts";
import { type KeyboardUser, keyboardUser } from "./support/keyboard.ts";

describe("the inbox, with the keyboard alone", () => {
  const app = useApp({ calls: 120, isFolding: false });
  let user: KeyboardUser;
  before(async () => {
    user = keyboardUser(await app.open("/inbox"));
  });

  const button = (name: string | RegExp) => user.page.getByRole("button", { name });
  const heading = (name: string) => user.page.getByRole("heading", { name }).waitFor();
  const told = (text: string) => user.page.getByText(text).first().waitFor();
  const bar = () => user.page.getByRole("toolbar", { name: "Selected calls" });
  const chips = () => user.page.getByRole("list", { name: "Filters" });
  const row = () => user.page.locator("[data-call]:focus");
  const open = async (path: string) => {
    await user.goTo(path);
    await stateOf(user.page, "Live").waitFor();
    await rowsOf(user.page).first().waitFor();
  };

  it("goes through the rows by letters, arrows, Home and End, and by whole days", async () => {
    await open("/inbox");
    await user.tabTo(user.page.getByRole("link", { name: "Skip to content" }));
    await user.press("Enter", "j");
    await user.isAt(rowsOf(user.page).first());
    const first = await idOf(row());
    await user.press("j", "j", "k", "ArrowDown", "ArrowUp");
    assert.equal(Number(await idOf(row())), Number(first) - 1);
    await user.press("End");
    await user.isAt(row());
    assert.ok(Number(await idOf(row())) < Number(first) - 20);
    await user.press("Home");
    await user.isAt(rowOf(user.page, first));
    await user.press("]", "[");
    await user.isAt(rowOf(user.page, first));
  });

  it("goes to every view by its keys and by the rail, and takes the focus along", async () => {
    await open("/inbox");
    await user.press("j", "g", "l");
    await user.page.getByRole("grid", { name: "All calls" }).waitFor();
    await user.isAt(rowsOf(user.page).first());
    await user.press("g", "v");
    await heading("All handled");
    await user.use(user.page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: /^Missed/ }));
    await user.page.getByRole("grid", { name: "Missed" }).waitFor();
    await user.press("j");
    await user.isAt(rowsOf(user.page).first());
  });

  it("archives with a key and takes it back with another, or by the button of the message", async () => {
    await open("/inbox");
    await user.press("j", "j");
    const id = await idOf(row());
    await user.press("e");
    await rowOf(user.page, id).waitFor({ state: "detached" });
    await user.isAt(rowOf(user.page, String(Number(id) - 1)));
    await user.press("z");
    await rowOf(user.page, id).waitFor();
    await user.press("k", "e");
    await rowOf(user.page, id).waitFor({ state: "detached" });
    await user.use(button("Undo"));
    await rowOf(user.page, id).waitFor();
    await user.press("j");
    await user.isAt(row());
    await user.press("g", "a");
    await heading("Nothing is archived");
  });

  it("selects one, a range, a day, and nothing again", async () => {
    await open("/inbox");
    await user.press("j", "x", "Shift+J", "Shift+ArrowDown");
    await bar().getByText("3 selected").waitFor();
    await user.press("Escape");
    await bar().waitFor({ state: "detached" });
    await user.isAt(row());
    await user.tabTo(user.page.getByRole("checkbox", { name: /^Select the \d+ calls of/ }).first(), "Shift+Tab");
    await user.press("Space");
    await bar().waitFor();
    await user.use(bar().getByRole("button", { name: "Select nothing" }));
    await bar().waitFor({ state: "detached" });
  });

  it("tags, assigns and archives what is selected, from the bar, and all that match", async () => {
    await open("/inbox");
    await user.press("j", "x", "Shift+J", "t");
    const tag = user.page.getByRole("dialog", { name: "Tag 2 calls" });
    await user.isAt(tag.getByLabel("Tag", { exact: true }));
    await user.write("vip");
    await user.press("Enter");
    await told("Tagged “vip”: 2 calls");
    await user.isAt(row());
    await user.press("x", "a");
    await user.use(button("ann you"));
    await rowsOf(user.page).nth(1).getByText("ann takes care of it").waitFor();
    await user.isAt(row());
    await user.press("x");
    await user.use(bar().getByRole("button", { name: "Archive" }));
    await told("Archived the call");
    await user.press("z");
    await told("Undone");
    await user.press("j", "Control+a");
    await bar()
      .getByText(/^All .*that match$/)
      .waitFor();
    await user.press("e");
    await heading("All handled");
    await told("Archived 120 calls");
    await user.press("z");
    await rowsOf(user.page).first().waitFor();
    await user.press("j");
    await user.isAt(rowsOf(user.page).first());
  });

  it("filters by the form, takes chips away one after the other, and clears", async () => {
    await open("/inbox");
    await user.press("j", "f");
    const dialog = user.page.getByRole("dialog", { name: "Filters" });
    await user.tabTo(dialog.getByLabel("Missed"));
    await user.press("Space");
    await user.choose(dialog.getByLabel("Direction"), "Incoming");
    await user.tabTo(dialog.getByLabel("At least (seconds)"));
    await user.write("10");
    await user.press("Enter");
    await dialog.waitFor({ state: "detached" });
    await chips().getByText("10 s or longer").waitFor();
    await user.use(chips().getByRole("button", { name: "Remove the filter Missed" }));
    await user.isAt(chips().getByRole("button", { name: "Remove the filter Incoming" }));
    await user.press("Enter");
    await user.isAt(chips().getByRole("button", { name: "Remove the filter 10 s or longer" }));
    await user.press("Tab");
    await user.isAt(button("Clear"));
    await user.press("Enter");
    await chips().waitFor({ state: "detached" });
    await user.press("j");
    await user.isAt(row());
  });

  it("searches, goes to what was found, and comes back to an earlier search", async () => {
    await open("/inbox");
    await user.press("/");
    await user.isAt(user.page.getByRole("searchbox"));
    await user.write("555 0123");
    await user.press("Enter");
    await chips().getByText("“555 0123”").waitFor();
    await user.isAt(row());
    await user.use(chips().getByRole("button", { name: "Remove the filter “555 0123”" }));
    await chips().waitFor({ state: "detached" });
    await user.press("/", "ArrowDown");
    await user.isAt(button("555 0123"));
    await user.press("Enter");
    await user.isAt(user.page.getByRole("searchbox"));
    await user.press("Escape", "Escape", "j");
    await user.isAt(row());
  });

  it("says that nothing matches, and leads on", async () => {
    await open("/inbox");
    await user.press("/");
    await user.write("99999999");
    await heading("No call matches");
    await user.use(button("Clear all filters"));
    await rowsOf(user.page).first().waitFor();
    await user.press("j");
    await user.isAt(row());
  });

  it("saves a view, goes to it, and deletes it", async () => {
    await open("/inbox?max=10");
    await user.use(button("Save as view"));
    await user.isAt(user.page.getByLabel("Name of the view"));
    await user.write("Short ones");
    await user.press("Tab", "Space", "Enter");
    const link = user.page.getByRole("link", { name: "Short ones" });
    await link.waitFor();
    await user.press("g", "i");
    await user.page.getByRole("grid", { name: "Inbox" }).waitFor();
    await user.use(link);
    await heading("Short ones");
    await user.use(button("The view Short ones"));
    await user.isAt(user.page.getByRole("menuitem", { name: "Delete" }));
    await user.press("Enter");
    await link.waitFor({ state: "detached" });
    await heading("All calls");
    await rowsOf(user.page).first().waitFor();
    await user.press("j");
    await user.isAt(row());
  });

  it("goes to a day, to newer ones, and back to the newest", async () => {
    await open("/inbox");
    await user.press("g", "d");
    const dialog = user.page.getByRole("dialog", { name: "Go to a day" });
    await user.isAt(dialog.getByLabel("Day", { exact: true }));
    await user.write("07072021");
    await user.press("Enter");
    const strip = user.page.getByRole("group", { name: "Where the list begins" });
    await strip.waitFor();
    await user.isAt(rowsOf(user.page).first());
    await user.tabTo(strip.getByRole("button", { name: "Newest calls" }), "Shift+Tab");
    await user.press("Enter");
    await strip.waitFor({ state: "detached" });
    await user.isAt(rowsOf(user.page).first());
  });

  /** Down a menu that is open from its first choice to the last one named, and takes that. The focus follows each key a little later. */
  async function inMenu(...choices: readonly string[]): Promise<void> {
    for (const [at, name] of choices.entries()) {
      if (at > 0) await user.press("ArrowDown");
      await user.isAt(user.page.getByRole("menuitemradio", { name }));
    }
    await user.press("Enter");
  }

  it("shows pages with numbers, turns them by keys, buttons and number, and lets the list go on again", async () => {
    await open("/inbox");
    await user.use(button("How the list is shown"));
    await inMenu("Folded into one row", "Each a row", "Follow as you scroll", "On pages with numbers");
    const pager = user.page.getByRole("navigation", { name: "Pages" });
    await pager.getByText("1–50 of 120").waitFor();
    await user.press("j", ">");
    await pager.getByText("51–100 of 120").waitFor();
    await user.isAt(rowsOf(user.page).first());
    await user.use(pager.getByRole("button", { name: "Next page" }));
    await pager.getByText("101–120 of 120").waitFor();
    await user.isAt(pager.getByRole("button", { name: "Next page" }));
    await user.tabTo(pager.getByLabel("Page", { exact: true }), "Shift+Tab");
    await user.rewrite("2");
    await user.press("Enter");
    await pager.getByText("51–100 of 120").waitFor();
    await user.press("g");
    await user.choose(pager.getByLabel("Calls a page"), "25");
    await pager.getByText("of 120").waitFor();
    await user.press("g", "b");
    await pager.getByText("1–25 of 120").waitFor();
    await user.press("g", "i");
    await user.use(button("How the list is shown"));
    await inMenu("Folded into one row", "Each a row", "Follow as you scroll");
    await pager.waitFor({ state: "detached" });
  });

  it("folds repeated calls and unfolds them", async () => {
    await open("/inbox");
    await user.use(button("How the list is shown"));
    await user.isAt(user.page.getByRole("menuitemradio", { name: "Folded into one row" }));
    await user.press("Enter");
    await button("16 calls within 15 minutes, show each").first().waitFor();
    await user.press("j", "ArrowRight");
    await button("Fold these 16 calls").waitFor();
    await user.isAt(rowsOf(user.page).first());
    await user.press("ArrowLeft");
    await button("Fold these 16 calls").waitFor({ state: "detached" });
    await user.isAt(rowsOf(user.page).first());
    await user.use(button("How the list is shown"));
    await inMenu("Folded into one row", "Each a row");
  });

  it("shows calls that came meanwhile, by the button over the list", async () => {
    await open("/inbox");
    await user.press("j", "End");
    const [added = ""] = await app.server.addCalls(1);
    await user.tabTo(button("1 new call"), "Shift+Tab");
    await user.press("Enter");
    await user.isAt(rowsOf(user.page).first());
    assert.equal(await idOf(row()), added);
  });

  it("exports what the list shows", async () => {
    await open("/inbox?max=5");
    await user.use(button("How the list is shown"));
    await user.press("End");
    await user.isAt(user.page.getByRole("menuitem", { name: "Export this list" }));
    await user.press("Enter");
    const dialog = user.page.getByRole("dialog", { name: "Export Inbox" });
    await dialog.waitFor();
    await user.tabTo(dialog.getByLabel("Notes", { exact: true }));
    await user.press("Space");
    const begun = user.page.waitForEvent("download");
    await user.use(dialog.getByRole("button", { name: "Download" }));
    const lines = (await readFile(await (await begun).path(), "utf8")).trim().split(/\r?\n/);
    assert.equal(lines.length, 6, "a heading and five calls");
  });

  it("finds every action by its name, and lists the keys", async () => {
    await open("/inbox");
    await user.press("j", "Control+k");
    await user.isAt(user.page.getByRole("combobox", { name: "Action" }));
    await user.write("go to miss");
    await user.press("Enter");
    await user.page.getByRole("grid", { name: "Missed" }).waitFor();
    await user.press("j", "?");
    const sheet = user.page.getByRole("dialog", { name: "Keys" });
    await sheet.getByText("Archive or restore").waitFor();
    await user.tabTo(sheet.getByRole("checkbox"));
    await user.press("Space", "Space", "Escape");
    await sheet.waitFor({ state: "detached" });
    await user.isAt(row());
  });

  it("opens a call, and closes it again with the focus on its row", async () => {
    await open("/inbox");
    await user.press("j", "j", "o");
    const id = await idOf(row());
    await panelOf(user.page).getByLabel("New note").waitFor();
    await user.press("Escape");
    await panelOf(user.page).waitFor({ state: "detached" });
    await user.isAt(rowOf(user.page, id));
  });
});
