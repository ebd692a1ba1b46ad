import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { assertAccessible, useApp } from "./support/app.ts";
import { panelOf, rowOf, rowsOf } from "./support/inbox.ts";

describe("something that is done to many calls", () => {
  const app = useApp({ calls: 5, isFolding: false });

  it("says how many it failed for and why, keeps those selected, and does them again", async () => {
    const page = await app.open("/inbox");
    await rowsOf(page).first().waitFor();
    const ids = await rowsOf(page).evaluateAll((rows) => rows.map((row) => row.getAttribute("data-call") ?? ""));
    const [first = "", second = "", third = ""] = ids;
    let isRefused = true;
    await page.route("**/graphql", async (route) => {
      const body = route.request().postDataJSON() as { query: string; variables?: { ids?: string[] } };
      if (!isRefused || !body.query.startsWith("mutation SetCallsArchived")) return route.continue();
      isRefused = false;
      // The server has never heard of the second.
      const ids = (body.variables?.ids ?? []).map((id) => (id === second ? "999999" : id));
      const response = await route.fetch({
        postData: JSON.stringify({ ...body, variables: { ...body.variables, ids } }),
      });
      return route.fulfill({ response, body: (await response.text()).replaceAll('"999999"', `"${second}"`) });
    });
    for (const _ of [first, second, third]) {
      await page.keyboard.press("j");
      await page.keyboard.press("x");
    }
    await page.keyboard.press("e");
    const bar = page.getByRole("group", { name: "Progress" });
    await bar.getByText("Archived 2 calls. 1 call left as it was: There is no such call any more.").waitFor();
    const left = page.locator(`[data-call="${second}"]`);
    await left.waitFor();
    assert.equal(await left.getAttribute("aria-selected"), "true");
    assert.equal(await rowsOf(page).count(), 3);
    await assertAccessible(page);
    await bar.getByRole("button", { name: "Retry" }).click();
    await left.waitFor({ state: "detached" });
    await bar.waitFor({ state: "detached" });
    assert.equal(await page.locator("[aria-selected=true]").count(), 0);
  });
});

describe("something that is done to all that match", () => {
  const app = useApp({ calls: 6, isFolding: false });
  const ask = async (query: string) => {
    const { accessToken: token } = await app.server.signIn("ann");
    const { data, errors } = await app.server.graphql(query, { token });
    assert.equal(errors, undefined);
    return data;
  };
  const selectAll = async (path: string) => {
    const page = await app.open(path);
    await rowsOf(page).first().waitFor();
    await page.keyboard.press("Control+a");
    await page
      .getByRole("toolbar", { name: "Selected calls" })
      .getByText(/^All \d+ that match$/)
      .waitFor();
    return page;
  };

  it("tells which calls were left and why, leads to them, and does these alone again", async () => {
    for (let at = 0; at < 20; at += 1) await ask(`mutation { addTag(id: "3", tag: "tag ${at}") { id } }`);
    const page = await selectAll("/inbox");
    await page.keyboard.press("t");
    const dialog = page.getByRole("dialog", { name: "Tag 6 calls" });
    await dialog.getByLabel("Tag", { exact: true }).fill("vip");
    await page.keyboard.press("Enter");
    const bar = page.getByRole("group", { name: "Progress" });
    await bar
      .getByText("Tagged “vip”: 5 calls. 1 call left as it was: It has as many tags as a call can have.")
      .waitFor();
    await rowOf(page, "6").getByText("vip").waitFor();
    await bar.getByRole("button", { name: "Show which" }).click();
    const left = page.getByRole("dialog", { name: "1 call left as it was" });
    await assertAccessible(page);
    await left.getByRole("link").click();
    await panelOf(page).waitFor();
    assert.equal(new URL(page.url()).searchParams.get("call"), "3");
    await ask('mutation { removeTag(id: "3", tag: "tag 0") { id } }');
    await bar.getByRole("button", { name: "Retry" }).click();
    await bar.waitFor({ state: "detached" });
    assert.equal((await ask('{ calls(filter: { tag: ["vip"] }) { totalCount } }')).calls.totalCount, 6);
  });

  it("gives each call back to whoever had it", async () => {
    await app.server.signIn("sam");
    const { colleagues } = await ask("{ colleagues { id username } }");
    const { id: sam } = colleagues.find((one: { username: string }) => one.username === "sam");
    await ask(`mutation { assignCall(id: "2", userId: "${sam}") { id } }`);
    const assignees = async () => {
      const { calls } = await ask("{ calls(first: 6) { nodes { assignee { username } } } }");
      return calls.nodes.map((call: { assignee: { username: string } | null }) => call.assignee?.username ?? null);
    };
    const before = await assignees();
    const page = await selectAll("/inbox");
    await page.keyboard.press("a");
    await page
      .getByRole("dialog", { name: "Who takes care of 6 calls?" })
      .getByRole("button", { name: "ann you" })
      .click();
    await page.getByText("Given to ann: 6 calls").first().waitFor();
    assert.deepEqual(
      await assignees(),
      Array.from({ length: 6 }, () => "ann"),
    );
    await page.keyboard.press("z");
    await page.getByText("Undone: 6 calls").first().waitFor();
    assert.deepEqual(await assignees(), before);
  });

  it("keeps what was selected where the question is not answered", async () => {
    const page = await selectAll("/inbox");
    await page.keyboard.press("t");
    await page.getByRole("dialog", { name: "Tag 6 calls" }).waitFor();
    await page.keyboard.press("Escape");
    await page
      .getByRole("toolbar", { name: "Selected calls" })
      .getByText(/^All 6 that match$/)
      .waitFor();
  });
});
