import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { assertAccessible, useApp } from "./support/app.ts";
import { rowsOf } from "./support/inbox.ts";

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
