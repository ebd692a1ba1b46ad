import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Page } from "playwright-core";
import { assertAccessible, useApp } from "./support/app.ts";
import { rowsOf, stateOf } from "./support/inbox.ts";

const firstRow = (page: Page) => rowsOf(page).first();

describe("names and numbers in the list", () => {
  const app = useApp({ calls: 4, isFolding: false });

  const ask = async (query: string) => {
    const { accessToken } = await app.server.signIn("ann");
    const { data, errors } = await app.server.graphql(query, { token: accessToken });
    assert.equal(errors, undefined);
    return data;
  };

  it("shows a contact's name as soon as somebody adds it, in list, panel and messages", async () => {
    const page = await app.open("/inbox");
    await stateOf(page, "Live").waitFor();
    await firstRow(page).getByText("+1 202 555 0123", { exact: true }).waitFor();
    await ask(`mutation { addContact(input: { name: "Grace Hopper", numbers: [{ number: "+12025550123" }] }) { id } }`);
    await firstRow(page).getByText("Grace Hopper", { exact: true }).waitFor();
    await firstRow(page).getByText("+1 202 555 0123", { exact: true }).waitFor();
    await firstRow(page).click();
    await page.getByRole("region", { name: "Call" }).getByRole("heading", { name: "Grace Hopper" }).waitFor();
    await assertAccessible(page);
    await page.keyboard.press("Escape");
    await page.keyboard.press("e");
    await page.getByText("Archived the call with Grace Hopper").first().waitFor();
    await page.keyboard.press("z");
  });

  it("writes numbers of the home country as they are dialled there", async () => {
    await ask(`mutation { setPreferences(input: { defaultCountry: "GB" }) { defaultCountry } }`);
    const page = await app.open("/inbox");
    await firstRow(page).getByText("020 7946 0123").waitFor();
    await firstRow(page).getByText("+1 202 555 0123", { exact: true }).waitFor();
    await page.goto("/inbox?line=%2B442079460123");
    await page.getByRole("list", { name: "Filters" }).getByText("Line 020 7946 0123").waitFor();
    await page.goto("/insights");
    await page.getByLabel("Line", { exact: true }).selectOption("020 7946 0123");
    await ask(`mutation { setPreferences(input: { defaultCountry: null }) { defaultCountry } }`);
  });

  it("marks what was searched for, in the note that has it", async () => {
    const { data } = { data: await ask(`{ paginatedCalls(limit: 1) { nodes { id } } }`) };
    const id = data.paginatedCalls.nodes[0].id as string;
    for (const content of ["Wants an offer by Friday", "Called again"])
      await ask(`mutation { addNote(input: { activityId: "${id}", content: "${content}" }) { id } }`);
    const page = await app.open("/inbox?q=fri");
    await firstRow(page).getByText("Wants an offer by").waitFor();
    assert.deepEqual(await firstRow(page).locator("mark").allTextContents(), ["Friday"]);
    await assertAccessible(page);
    await page.goto("/inbox?q=555%20012");
    await firstRow(page).locator("mark").first().waitFor();
    assert.deepEqual(await firstRow(page).locator("mark").allTextContents(), ["555 012"]);
  });

  it("has a search field on a phone whose hint is not cut", async () => {
    const page = await app.open("/inbox", { viewport: { width: 390, height: 844 } });
    assert.equal(await page.getByRole("searchbox").getAttribute("placeholder"), "Search");
  });
});
