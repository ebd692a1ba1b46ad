import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { useApp } from "./support/app.ts";
import { panelOf, rowOf, stateOf } from "./support/inbox.ts";
import { type KeyboardUser, keyboardUser } from "./support/keyboard.ts";

describe("an open call, with the keyboard alone", () => {
  const app = useApp({ calls: 12, isFolding: false });
  let user: KeyboardUser;
  before(async () => {
    user = keyboardUser(await app.open("/inbox"));
  });

  const panel = () => panelOf(user.page);
  const noteField = () => panel().getByLabel("New note");
  const notes = () => panel().getByRole("list", { name: "Notes, newest first" });
  const open = async (path: string) => {
    await user.goTo(path);
    await stateOf(user.page, "Live").waitFor();
    await panel().getByRole("heading", { name: "Activity" }).waitFor();
  };

  it("takes notes by key and by button, changes one, gives a change up, and deletes with a way back", async () => {
    await open("/inbox?call=12");
    await user.press("n");
    await user.isAt(noteField());
    await user.write("first");
    await user.press("Control+Enter");
    await notes().getByText("first", { exact: true }).first().waitFor();
    await user.isAt(noteField());
    await user.write("second");
    await user.press("Tab");
    await user.isAt(panel().getByRole("button", { name: "Add note" }));
    await user.press("Enter");
    await notes().getByText("second", { exact: true }).first().waitFor();
    await panel().getByText("Sending").waitFor({ state: "detached" });
    const edit = (text: string) => notes().getByRole("button", { name: `Edit the note ${text}` });
    await user.use(edit("second"));
    const field = panel().getByLabel("Text of the note");
    await user.isAt(field);
    await user.press("End");
    await user.write(" thought");
    await user.press("Control+Enter");
    await notes().getByText("second thought", { exact: true }).first().waitFor();
    await user.isAt(edit("second thought"));
    await user.press("Enter");
    await user.isAt(field);
    await user.press("Escape");
    await user.isAt(edit("second thought"));
    await user.press("Tab");
    await user.isAt(notes().getByRole("button", { name: "Delete the note second thought" }));
    await user.press("Enter");
    await user.isAt(edit("first"));
    await user.press("z");
    await notes().getByText("second thought", { exact: true }).first().waitFor();
  });

  it("gives the field of a new note the focus that was asked for before the panel was there", async () => {
    const page = await app.open("/sign-in");
    const asked = Promise.withResolvers<void>();
    await page.route(/\/assets\/call-panel-/, async (route) => {
      await asked.promise;
      await route.continue();
    });
    await page.goto("/inbox");
    await stateOf(page, "Live").waitFor();
    await rowOf(page, "12").waitFor();
    await page.keyboard.press("j");
    await page.keyboard.press("o");
    await page.waitForURL(/call=12/);
    await page.keyboard.press("n");
    asked.resolve();
    const field = panelOf(page).getByLabel("New note");
    await field.waitFor();
    await page.waitForFunction(() => document.activeElement?.matches("textarea"));
    await page.keyboard.type("right away");
    assert.equal(await field.inputValue(), "right away");
  });

  it("keeps a draft over a look at another call", async () => {
    await open("/inbox?call=11");
    await user.press("n");
    await user.write("wants an offer");
    await user.press("Escape");
    await user.page.locator("[data-panel]:focus").waitFor();
    await user.press("Escape");
    await panel().waitFor({ state: "detached" });
    await user.isAt(rowOf(user.page, "11"));
    await user.press("j", "o");
    await panel().getByRole("heading", { name: "Activity" }).waitFor();
    assert.equal(await noteField().inputValue(), "");
    await user.press("k", "o");
    await panel().getByRole("heading", { name: "Activity" }).waitFor();
    await user.page.waitForFunction(() => document.querySelector("textarea")?.value === "wants an offer");
  });

  it("tags, takes tags off, assigns, and takes that back", async () => {
    await open("/inbox?call=10");
    await user.press("t");
    await user.isAt(panel().getByLabel("Add a tag"));
    await user.write("vip");
    await user.press("Enter");
    await user.write("offer");
    await user.press("Enter", "Escape");
    const tags = panel().getByRole("list", { name: "Tags" });
    await tags.getByText("offer").waitFor();
    await user.use(panel().getByRole("button", { name: "Remove the tag offer" }));
    await user.isAt(panel().getByRole("button", { name: "Remove the tag vip" }));
    await user.press("Enter");
    await tags.waitFor({ state: "detached" });
    await user.press("a");
    const assignee = panel().getByLabel("Assignee");
    await user.isAt(assignee);
    await user.write("ann");
    await assignee.locator("option:checked", { hasText: "ann" }).waitFor({ state: "attached" });
    await user.press("Tab", "Escape", "z");
    await assignee.locator("option:checked", { hasText: "Nobody" }).waitFor({ state: "attached" });
  });

  it("archives and restores it, by key and by button", async () => {
    await open("/inbox?call=9");
    await user.use(panel().getByRole("button", { name: "Archive" }));
    await user.isAt(panel().getByRole("button", { name: "Restore" }));
    await user.press("Enter");
    await panel().getByRole("button", { name: "Archive" }).waitFor();
    await user.press("e");
    await panel().getByText("Archived", { exact: true }).waitFor();
    await user.press("z");
    await panel().getByRole("button", { name: "Archive" }).waitFor();
  });

  it("copies the number, opens what the phone system sent, and goes on to another call with this number", async () => {
    await user.page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await open("/inbox?call=8");
    await user.press("c");
    await user.page.getByText("Copied +12025550123").first().waitFor();
    await user.use(panel().locator("summary", { hasText: "What the phone system sent" }));
    await panel().getByRole("group", { name: "Body as it came" }).waitFor();
    await user.use(
      panel()
        .getByRole("list", { name: /^Other calls/ })
        .getByRole("link")
        .first(),
    );
    await user.page.waitForURL((url) => url.searchParams.get("call") !== "8");
    await panel().getByRole("heading", { name: "Activity" }).waitFor();
  });

  it("answers a colleague who was faster", async () => {
    await open("/inbox?call=7");
    const { accessToken: token } = await app.server.signIn("bob");
    const archive = () =>
      app.server.graphql("mutation { setCallsArchived(ids: [7], archived: true) { results { id } } }", { token });
    await archive();
    await user.use(panel().getByRole("button", { name: "Undo it" }));
    await panel().getByRole("button", { name: "Archive" }).waitFor();
    await archive();
    await user.use(panel().getByRole("button", { name: "Keep" }));
    await panel().getByText("Archived", { exact: true }).waitFor();
  });

  it("has the page of a phone for itself, and gives it back", async () => {
    const phone = keyboardUser(await app.open("/inbox", { viewport: { width: 390, height: 844 } }));
    await phone.page.locator("[data-call]").first().waitFor();
    await phone.press("j", "o");
    await panelOf(phone.page).getByRole("heading", { name: "Activity" }).waitFor();
    await phone.press("Tab");
    await phone.isAt(panelOf(phone.page).getByRole("button", { name: "Close the call" }));
    await phone.press("Enter");
    await phone.isAt(phone.page.locator("[data-call]").first());
  });
});
