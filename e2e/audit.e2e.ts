import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { assertAccessible, useApp } from "./support/app.ts";
import { keyboardUser } from "./support/keyboard.ts";

describe("the audit log", () => {
  const app = useApp({ calls: 2 });

  it("tells by day what was done, of one topic or one person, at an address of its own", async () => {
    const { accessToken: token } = await app.server.signIn("ann");
    await app.server.signIn("bob");
    const { data } = await app.server.graphql("{ users { id username } }", { token });
    const { id } = data.users.find(({ username }: { username: string }) => username === "bob");
    await app.server.graphql(`mutation { setUserRole(userId: "${id}", role: READER) { id } }`, { token });
    await app.server.graphql('mutation { createApiKey(input: { name: "Robot", scopes: [READ] }) { secret } }', {
      token,
    });

    const page = await app.open("/settings?section=audit");
    const today = page.getByRole("list", { name: "Today" });
    await today.getByText("You made bob a reader").waitFor();
    await today.getByText("You created the API key Robot").waitFor();
    await today.getByText("bob signed in").waitFor();
    await page.getByRole("heading", { name: "Today" }).waitFor();
    await assertAccessible(page);

    await page.getByLabel("About").selectOption({ label: "People" });
    await today.getByText("You created the API key Robot").waitFor({ state: "detached" });
    // The list of before is gone at once; the one of the topic has to come.
    await today.getByText("You made bob a reader").waitFor();
    assert.equal(await today.getByRole("listitem").count(), 1);
    assert.equal(new URL(page.url()).searchParams.get("about"), "people");

    await page.getByLabel("Done by").selectOption({ label: "bob" });
    await page.getByRole("heading", { name: "Nothing like that was done" }).waitFor();
    await assertAccessible(page);
    await page.reload();
    await page.getByRole("heading", { name: "Nothing like that was done" }).waitFor();
    await page.getByRole("button", { name: "Show everything" }).click();
    await today.getByText("You made bob a reader").waitFor();
  });

  it("goes on, page after page, with the keyboard alone", async () => {
    const atMs = Date.now();
    for (let at = 0; at < 120; at += 1) {
      await app.server.storage.audit.record({
        workspaceId: 1,
        kind: "sign-in-refused",
        actor: { kind: "stranger" },
        atMs: atMs - at * 60_000 * 30,
        target: { id: "x", name: "eve" },
        details: { network: "192.0.2.0/24", count: String(at + 1) },
      });
    }
    const user = keyboardUser(await app.open("/settings"));
    const { page } = user;
    await page.getByRole("link", { name: "Audit", exact: true }).waitFor();
    await user.press("8");
    const rows = page.getByRole("listitem").filter({ hasText: "could not sign in as eve" });
    const older = page.getByRole("button", { name: "Show older ones" });
    for (const shown of [30, 80]) {
      await rows.nth(shown).waitFor();
      await user.use(older);
    }
    await page.getByText("Somebody could not sign in as eve, 120 more times").waitFor();
    await older.waitFor({ state: "detached" });
    const headings = await page.getByRole("heading", { level: 3 }).allTextContents();
    assert.deepEqual(headings, [...new Set(headings)], "each day has one heading");
  });
});
