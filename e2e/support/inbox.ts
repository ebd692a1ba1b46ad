import assert from "node:assert/strict";
import type { Locator, Page } from "playwright-core";

/** What is written about the parts of the inbox by role and label, for the tests of several files. */

/** Rows of the list that are drawn, a folded group being one. */
export const rowsOf = (page: Page) => page.locator("[data-call]");

/** The row of one call. */
export const rowOf = (page: Page, id: string) => page.locator(`[data-call="${id}"]`);

/** The id of the call that a row is of. */
export async function idOf(row: Locator): Promise<string> {
  return (await row.getAttribute("data-call")) ?? assert.fail("the row is of a call");
}

/** The panel of the open call. */
export const panelOf = (page: Page) => page.getByRole("region", { name: "Call", exact: true });

/** What says how the connection stands: `Live`, `Offline · 2 to send`. */
export const stateOf = (page: Page, name: string | RegExp) => page.getByRole("button", { name });

/** Opens a call of the list; resolves once a note can be written. */
export async function openCall(page: Page, id: string): Promise<void> {
  await rowOf(page, id).click();
  await panelOf(page).getByLabel("New note").waitFor();
}

/** Writes a note to the open call and sends it. */
export async function writeNote(page: Page, text: string): Promise<void> {
  await panelOf(page).getByLabel("New note").fill(text);
  await panelOf(page).getByLabel("New note").press("Control+Enter");
}
