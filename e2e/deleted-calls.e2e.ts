import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { assertAccessible, useApp } from "./support/app.ts";
import { idOf, openCall, panelOf, rowOf, rowsOf, stateOf } from "./support/inbox.ts";

describe("calls that are deleted", () => {
  const app = useApp({ calls: 4, isFolding: false });

  it("leave the list at once, the panel says so, and after a reload there is no such call", async () => {
    const page = await app.open("/inbox");
    await stateOf(page, "Live").waitFor();
    await rowsOf(page).nth(3).waitFor();
    const oldest = await idOf(rowsOf(page).nth(3));
    const newest = await idOf(rowsOf(page).nth(0));
    await openCall(page, oldest);
    const call = await app.server.storage.calls.find(1, Number(oldest));
    const author = { workspaceId: 1, actor: { kind: "system" }, atMs: Date.now() } as const;
    await app.server.storage.retention.deleteOld(author, (call?.createdAtMs ?? 0) + 1, 1);
    await panelOf(page).getByText("This call was deleted").waitFor();
    await rowOf(page, oldest).waitFor({ state: "detached" });
    await assertAccessible(page);
    await page.reload();
    await panelOf(page).getByText("No such call").waitFor();
    await rowOf(page, newest).waitFor();
    assert.equal(await rowOf(page, oldest).count(), 0);
  });
});
