import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { assertAccessible, useApp } from "./support/app.ts";
import { idOf, panelOf, rowOf, rowsOf, stateOf } from "./support/inbox.ts";

describe("together", () => {
  const app = useApp({ calls: 30, isFolding: false });

  async function openLive(as = "ann", path = "/inbox") {
    const page = await app.open(path, { as });
    await stateOf(page, "Live").waitFor();
    await rowsOf(page).first().waitFor();
    return page;
  }

  it("shows on rows and in the panel who is at a call and who writes, and when nobody is any more", async () => {
    const [ann, sam] = [await openLive(), await openLive("sam")];
    await sam.keyboard.press("j");
    await sam.keyboard.press("o");
    const first = rowsOf(ann).first();
    await first.getByText("sam is looking").waitFor();
    await first.click();
    const panel = panelOf(ann);
    await panel.getByText("sam is looking").waitFor();
    await assertAccessible(ann);
    await panelOf(sam).getByText("ann is looking").waitFor();
    await sam.keyboard.press("n");
    await sam.keyboard.type("On the phone with her");
    await panel.getByText("sam is writing a note").waitFor();
    await ann.getByRole("status").filter({ hasText: "sam is writing a note" }).waitFor();
    await sam.keyboard.press("Control+Enter");
    await panel.getByText("sam is looking").waitFor();
    await sam.keyboard.press("Escape");
    await sam.keyboard.press("Escape");
    await first.getByText("sam is looking").waitFor({ state: "detached" });
  });

  it("offers every colleague to whom a call can be given, to a member too", async () => {
    const { accessToken } = await app.server.signIn("ann");
    await app.server.signIn("kim");
    const { data } = await app.server.graphql("{ users { id username } }", { token: accessToken });
    const kim = data.users.find((one: { username: string }) => one.username === "kim").id as string;
    await app.server.graphql(`mutation { setUserRole(userId: "${kim}", role: MEMBER) { id } }`, { token: accessToken });
    const page = await openLive("kim");
    await page.keyboard.press("j");
    await page.keyboard.press("a");
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("button", { name: "kim you" }).waitFor();
    await dialog.getByRole("button", { name: "ann", exact: true }).click();
    await rowsOf(page).first().getByText("ann takes care of it").waitFor();
    await page.keyboard.press("f");
    await page.getByLabel("Who takes care").selectOption({ label: "ann" });
    await page.getByRole("button", { name: "Apply" }).click();
    await page.getByRole("list", { name: "Filters" }).getByText("Of ann").waitFor();
  });

  it("says who was faster with a call, and takes theirs back", async () => {
    const [ann, sam] = [await openLive(), await openLive("sam")];
    const id = await idOf(rowsOf(ann).nth(3));
    const row = rowOf(ann, id);
    await row.focus();
    // Ann has not heard of it when she presses the key.
    await ann.context().setOffline(true);
    await rowOf(sam, id).focus();
    await sam.keyboard.press("e");
    await rowOf(sam, id).waitFor({ state: "detached" });
    await ann.keyboard.press("e");
    await row.waitFor({ state: "detached" });
    await ann.context().setOffline(false);
    await ann
      .getByText(/^sam archived the call with \+1 202 555 0123/)
      .first()
      .waitFor();
    await ann.getByRole("button", { name: "Undo theirs" }).click();
    await rowOf(sam, id).waitFor();
  });

  it("archives all that match by the filter itself, with what it did to take back", async () => {
    await app.server.addCalls(1_020);
    const page = await openLive("ann", "/inbox?type=missed");
    await page.keyboard.press("Control+a");
    const bar = page.getByRole("toolbar", { name: "Selected calls" });
    await bar.getByText(/^All 1,050 that match$/).waitFor();
    await page.keyboard.press("e");
    // Each of them comes back as a live change as well.
    const long = { timeout: 60_000 };
    await page.getByText("Archived 1,050 calls").first().waitFor(long);
    await page.getByRole("heading", { name: "No call matches" }).waitFor(long);
    const { accessToken } = await app.server.signIn("ann");
    const open = "{ paginatedCalls(filter: { archived: false }) { totalCount } }";
    const { data } = await app.server.graphql(open, { token: accessToken });
    assert.equal(data.paginatedCalls.totalCount, 0);
    await page.keyboard.press("z");
    await page.getByText("Undone: 1,050 calls").or(page.getByText("Restored 1,050 calls")).first().waitFor(long);
    await rowsOf(page).first().waitFor();
  });

  it("comes to the end of a list that is archived as fast as its pages are fetched", async () => {
    const page = await openLive("ann", "/inbox?type=missed");
    const long = { timeout: 60_000 };
    const { accessToken: token } = await app.server.signIn("ann");
    const open = "{ calls(first: 100, filter: { archived: false }) { nodes { id } } }";
    const archive = "mutation ($ids: [ID!]!) { setCallsArchived(ids: $ids, archived: true) { results { outcome } } }";
    for (;;) {
      const { data } = await app.server.graphql(open, { token });
      const ids = data.calls.nodes.map(({ id }: { id: string }) => id) as string[];
      if (ids.length === 0) break;
      await app.server.graphql(archive, { token, variables: { ids } });
      // Until what is left is there, so that each round takes a page of its own.
      await page.waitForFunction(
        (gone) => {
          const shown = [...document.querySelectorAll<HTMLElement>("[data-call]")].map(
            (row) => row.dataset["call"] ?? "",
          );
          return gone.length < 100 || (shown.length > 0 && !shown.some((id) => gone.includes(id)));
        },
        ids,
        long,
      );
    }
    await page.getByRole("heading", { name: "No call matches" }).waitFor(long);
  });
});
