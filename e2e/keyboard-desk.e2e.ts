import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { useApp } from "./support/app.ts";
import { rowsOf } from "./support/inbox.ts";
import { type KeyboardUser, keyboardUser } from "./support/keyboard.ts";

// The calls of the test server are of 4 July 2021.
const days = "from=2021-06-28&to=2021-07-11";

describe("insights, sources and settings, with the keyboard alone", () => {
  const app = useApp({ calls: 30, isFolding: false });
  let user: KeyboardUser;
  before(async () => {
    user = keyboardUser(await app.open("/inbox"));
  });

  const button = (name: string | RegExp) => user.page.getByRole("button", { name });
  const link = (name: string | RegExp) => user.page.getByRole("link", { name });
  const heading = (name: string) => user.page.getByRole("heading", { name }).waitFor();
  const dialog = () => user.page.getByRole("dialog");
  const said = (text: string) => user.page.getByRole("status").filter({ hasText: text }).waitFor();
  const menu = async (name: string, item: string) => {
    await user.use(button(name));
    await user.page.getByRole("menuitem").first().waitFor();
    await user.write(item);
    await user.isAt(user.page.getByRole("menuitem", { name: item }));
    await user.press("Enter");
  };
  const inInsights = async () => {
    await user.goTo(`/insights?${days}`);
    await user.page.getByRole("list", { name: "Figures" }).waitFor();
  };

  it("opens the list of each figure and mark of Insights, and comes back", async () => {
    await inInsights();
    const marks = [
      user.page.getByRole("list", { name: "Figures" }).getByRole("link", { name: /^Missed 100%/ }),
      user.page.getByRole("list", { name: "Calls by day, one bar each" }).getByRole("link").first(),
      user.page.getByRole("group", { name: "When calls come, one field for each hour" }).locator("[tabindex='0']"),
      user.page.getByRole("list", { name: "Calls by line, one bar each" }).getByRole("link").first(),
    ];
    for (const mark of marks) {
      await user.use(mark);
      await user.page.waitForURL((url) => url.pathname === "/all");
      await user.page.getByRole("list", { name: "Filters" }).first().waitFor();
      await user.page.goBack();
      await user.page.getByRole("list", { name: "Figures" }).waitFor();
    }
  });

  it("goes to other days and lines, and shows tables", async () => {
    await inInsights();
    await user.press("[");
    await user.page.waitForURL(/from=2021-06-14/);
    await user.press("]", "t");
    await user.page.getByRole("table", { name: "Calls by day" }).waitFor();
    await user.use(button("Show charts"));
    await user.choose(user.page.getByLabel("Line", { exact: true }), "+44 20 7946 0123");
    await user.page.waitForURL(/line=/);
    await user.choose(user.page.getByLabel("Days", { exact: true }), "Last 7 days");
    await heading("No calls on these days");
  });

  it("adds a source, sends a test call, and opens it", async () => {
    await user.goTo("/inbox");
    await rowsOf(user.page).first().waitFor();
    await user.press("g", "o");
    await user.page.getByRole("article", { name: "test" }).waitFor();
    await user.press("n");
    await user.isAt(dialog().getByLabel("Name"));
    await user.write("Front desk");
    await user.press("Enter");
    await dialog().getByRole("heading", { name: "Front desk is added" }).waitFor();
    await user.use(dialog().getByRole("button", { name: "Go on to the set-up" }));
    await heading("One call");
    await user.use(button("Send a test call"));
    await said("A test call of Front desk arrived");
    await user.use(user.page.getByRole("main").getByRole("link", { name: "Open the call" }));
    await user.page.getByRole("region", { name: "Call" }).getByRole("heading", { name: "+1 202 555 0123" }).waitFor();
  });

  it("looks at deliveries, reads them again, and narrows them down", async () => {
    await user.goTo("/sources");
    await user.use(link("Deliveries of Front desk"));
    const deliveries = user.page.getByRole("list", { name: "Deliveries" });
    await user.use(deliveries.getByRole("button").first());
    await user.use(dialog().getByRole("button", { name: "Read again" }));
    await said("Read again");
    await user.press("Escape");
    await dialog().waitFor({ state: "detached" });
    await user.isAt(deliveries.getByRole("button").first());
    await user.use(button("Read all again"));
    await said("0 calls changed");
    await user.choose(user.page.getByLabel("Show"), "Refused");
    await heading("None: refused");
    await user.use(link("All sources"));
    await user.page.getByRole("article", { name: "Front desk" }).waitFor();
  });

  it("renames a source, makes a new key, disables and enables it", async () => {
    await user.goTo("/sources");
    await menu("More for Front desk", "Rename");
    await user.isAt(dialog().getByLabel("Name"));
    await user.rewrite("Reception");
    await user.press("Enter");
    await user.page.getByRole("article", { name: "Reception" }).waitFor();
    await user.isAt(button("More for Reception"));
    await menu("More for Reception", "Make a new key");
    await user.use(dialog().getByRole("button", { name: "Make a new key" }));
    await user.use(dialog().getByRole("button", { name: "I have kept it" }));
    await user.isAt(button("More for Reception"));
    await menu("More for Reception", "Disable");
    await user.page.getByText("Disabled", { exact: true }).waitFor();
    await user.press("z");
    await user.page.getByText("Disabled", { exact: true }).waitFor({ state: "detached" });
  });

  it("chooses time zone, country, theme and page size for one person", async () => {
    await user.goTo("/inbox");
    await rowsOf(user.page).first().waitFor();
    await user.press("g", "s");
    await heading("Your preferences");
    await user.choose(user.page.getByLabel("Time zone"), "Asia/Tokyo");
    await user.choose(user.page.getByLabel("Country"), "United Kingdom");
    await user.choose(user.page.getByLabel("Calls of a page"), "25");
    await user.choose(user.page.getByLabel("Theme"), "Dark");
    await user.use(button("Save"));
    await said("Your preferences are saved");
    await user.page.waitForFunction(() => document.documentElement.dataset["theme"] === "dark");
    await user.tabTo(user.page.getByLabel("Count of missed calls in the tab"));
    await user.press("Space", "Space");
  });

  it("keeps the workspace's settings", async () => {
    await user.goTo("/settings");
    await heading("Your preferences");
    await user.press("2");
    await user.tabTo(user.page.getByLabel("Name"));
    await user.rewrite("Front office");
    await user.press("Enter");
    await said("The workspace is saved");
    await user.isAt(user.page.getByLabel("Name"));
  });

  it("withdraws an invitation, gives a person another role, and disables somebody", async () => {
    await app.server.signIn("bob");
    await user.goTo("/settings?section=people");
    await user.use(button("Invite somebody"));
    await user.use(dialog().getByRole("button", { name: "Make the link" }));
    await user.use(dialog().getByRole("button", { name: "Done" }));
    await user.use(button("Withdraw"));
    await user.page.getByRole("list", { name: "Open invitations" }).waitFor({ state: "detached" });
    await user.use(button("More for bob"));
    await user.page.getByRole("menuitem").first().waitFor();
    await user.write("Make member");
    await user.press("Enter");
    await user.use(dialog().getByRole("button", { name: "Make member" }));
    const row = user.page.getByRole("list", { name: "People" }).getByRole("listitem").filter({ hasText: "bob" });
    await row.getByText("Member").waitFor();
    await user.isAt(button("More for bob"));
    await menu("More for bob", "Disable");
    await user.use(dialog().getByRole("button", { name: "Disable" }));
    await row.getByText("Disabled").waitFor();
  });

  it("makes a key, copies it, and revokes it", async () => {
    await user.goTo("/settings?section=keys");
    await user.use(button("Create a key"));
    await user.isAt(dialog().getByLabel("Name"));
    await user.write("Reporting");
    await user.press("Enter");
    await user.use(dialog().getByRole("button", { name: "I have kept it" }));
    await user.use(button("Revoke Reporting"));
    await user.use(dialog().getByRole("button", { name: "Revoke the key" }));
    await heading("No program has a key");
    await user.use(button("Create a key"));
    await user.press("Escape");
    await user.isAt(button("Create a key"));
  });

  it("downloads the calls", async () => {
    await user.goTo("/settings?section=export");
    await user.tabTo(user.page.getByRole("radio").first());
    await user.press("ArrowDown", "ArrowDown");
    const begun = user.page.waitForEvent("download");
    await user.use(button("Download"));
    assert.equal((await begun).suggestedFilename(), "calls.ndjson");
  });

  it("switches a key off and gives another its own", async () => {
    await user.goTo("/settings?section=shortcuts");
    await user.tabTo(user.page.getByRole("checkbox", { name: "Next call", exact: true }));
    await user.press("Space");
    await user.page.getByText("Off", { exact: true }).waitFor();
    await user.press("Space");
    await user.use(button("Change the key of Previous call"));
    await user.isAt(dialog().getByLabel("New key"));
    await user.press("b", "Enter");
    await user.page.getByText("yours").waitFor();
    await user.isAt(button("Change the key of Previous call"));
    await user.tabTo(button("Usual keys"), "Shift+Tab");
    await user.press("Enter");
    await user.page.getByText("yours").waitFor({ state: "detached" });
  });

  it("finds the way back from an address that names nothing", async () => {
    await user.goTo("/inbox/nothing");
    await user.use(link("Go to the inbox"));
    await rowsOf(user.page).first().waitFor();
  });
});
