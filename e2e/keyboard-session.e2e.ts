import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { startTestServer, type TestServer, testPassword } from "../test/support/server.ts";
import { useApp } from "./support/app.ts";
import { stateOf } from "./support/inbox.ts";
import { type KeyboardUser, keyboardUser } from "./support/keyboard.ts";

const nameOf = ({ page }: KeyboardUser) => page.getByLabel("Name", { exact: true });
const passwordOf = ({ page }: KeyboardUser) => page.getByLabel("Password", { exact: true });
const mainOf = ({ page }: KeyboardUser) => page.getByRole("navigation", { name: "Main" });

describe("the session, with the keyboard alone", () => {
  const app = useApp({ calls: 3 });
  let fresh: TestServer;
  before(async () => {
    fresh = await startTestServer();
  });
  after(() => fresh.close());

  it("makes the first account by the one-time link, and leads from there to a source", async () => {
    const user = keyboardUser(await app.open("/", { as: null, baseURL: fresh.url }));
    await user.goTo(fresh.setupUrl ?? assert.fail("nobody has an account"));
    await user.isAt(nameOf(user));
    await user.write("olga");
    await user.press("Tab");
    await user.isAt(passwordOf(user));
    await user.write("short");
    await user.press("Enter");
    await user.rewrite("a good password");
    await user.use(user.page.getByRole("button", { name: "Show password" }), "Space");
    assert.equal(await passwordOf(user).getAttribute("type"), "text");
    await user.use(user.page.getByRole("button", { name: "Make the account" }));
    await user.page.getByRole("heading", { name: "Three steps to the first call" }).waitFor();
    await user.use(user.page.getByRole("main").getByRole("link", { name: "Add a source" }));
    const dialog = user.page.getByRole("dialog", { name: "Add a source" });
    await user.tabTo(dialog.getByLabel("Name"));
    await user.press("Escape");
    await dialog.waitFor({ state: "detached" });
  });

  it("signs in after a wrong password, and out again", async () => {
    const user = keyboardUser(await app.open("/missed", { as: null }));
    await user.isAt(nameOf(user));
    await user.write("ann");
    await user.press("Tab");
    await user.write("wrong");
    await user.press("Enter");
    await user.page.getByText("Name and password do not go together.").waitFor();
    await user.isAt(passwordOf(user));
    await user.rewrite(testPassword);
    await user.press("Enter");
    await user.page.getByRole("heading", { name: "Missed" }).waitFor();
    await user.use(mainOf(user).getByRole("button", { name: /^ann ?, account$/ }));
    await user.isAt(user.page.getByRole("menuitemradio", { name: "As the system" }));
    await user.press("End");
    await user.isAt(user.page.getByRole("menuitem", { name: "Sign out" }));
    await user.press("Enter");
    await user.isAt(nameOf(user));
  });

  it("takes up an invitation", async () => {
    const admin = keyboardUser(await app.open("/settings?section=people"));
    await admin.use(admin.page.getByRole("button", { name: "Invite somebody" }));
    const dialog = admin.page.getByRole("dialog");
    await admin.choose(dialog.getByLabel("Role"), "Reader");
    await admin.use(dialog.getByRole("button", { name: "Make the link" }));
    const link = await dialog.getByLabel("Link", { exact: true }).inputValue();
    await admin.use(dialog.getByRole("button", { name: "Done" }));
    await admin.isAt(admin.page.getByRole("button", { name: "Invite somebody" }));

    const guest = keyboardUser(await app.open("/", { as: null }));
    await guest.goTo(link);
    await guest.isAt(nameOf(guest));
    await guest.write("cleo");
    await guest.press("Tab");
    await guest.write("a good password");
    await guest.press("Enter");
    await mainOf(guest).waitFor();
    await guest.press("g", "s");
    await guest.page.getByRole("heading", { name: "Your preferences" }).waitFor();
  });

  it("goes on in the same place once the session has ended", async () => {
    const user = keyboardUser(await app.open("/inbox", { as: "bob" }));
    await stateOf(user.page, "Live").waitFor();
    await user.press("j", "o");
    await user.page.getByLabel("New note").waitFor();
    await user.press("n");
    await user.write("half a tho");
    const { accessToken: token } = await app.server.signIn("bob");
    await app.server.graphql("mutation { logoutAll }", { token });
    const dialog = user.page.getByRole("dialog", { name: "Your session has ended" });
    await user.isAt(dialog.getByLabel("Password", { exact: true }));
    await user.write(testPassword);
    await user.press("Enter");
    await dialog.waitFor({ state: "detached" });
    await user.isAt(user.page.getByLabel("New note"));
    await user.write("ught");
    assert.equal(await user.page.getByLabel("New note").inputValue(), "half a thought");
  });
});
