import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { Page } from "playwright-core";
import { type Receiver, startReceiver, status, toldIn } from "../test/support/receiver.ts";
import { assertAccessible, useApp } from "./support/app.ts";
import { keyboardUser } from "./support/keyboard.ts";

const list = "/settings?section=webhooks";

describe("webhooks", () => {
  const app = useApp({ settings: { webhookNetworks: "127.0.0.0/8" } });
  let receiver: Receiver;
  before(async () => {
    receiver = await startReceiver();
  });
  after(() => receiver.close());

  const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });
  const dialogOf = (page: Page) => page.getByRole("dialog");
  const rowOf = (page: Page, name: string) =>
    page.getByRole("list", { name: "Webhooks" }).getByRole("listitem").filter({ hasText: name });
  const deliveries = (page: Page) => page.getByRole("list", { name: "Deliveries" }).getByRole("button");
  const choose = async (page: Page, name: string, item: string) => {
    await button(page, `More for ${name}`).click();
    await page.getByRole("menuitem", { name: item, exact: true }).click();
  };

  it("begins with a next step; an address that may not be told is refused beside it; the secret is shown once", async () => {
    const page = await app.open(list);
    await page.getByRole("heading", { name: "No other program is told of calls yet" }).waitFor();
    await assertAccessible(page);
    await page.keyboard.press("n");
    const dialog = dialogOf(page);
    await dialog.getByLabel("Name").fill("CRM");
    await dialog.getByLabel("Address").fill("http://10.0.0.1/hook");
    await dialog.getByLabel("What it is told of").selectOption("Kinds that I choose");
    await button(page, "Add it").click();
    await dialog.getByText("Choose one kind at least.").waitFor();
    await dialog.getByLabel("What it is told of").selectOption("Every change");
    await button(page, "Add it").click();
    await dialog.getByText(/^The address is refused: .*RINGBACK_WEBHOOK_NETWORKS/).waitFor();
    await assertAccessible(page);
    await dialog.getByLabel("Address").fill(receiver.url);
    await button(page, "Add it").click();
    await dialog.getByRole("heading", { name: "CRM is added" }).waitFor();
    assert.match(await dialog.getByLabel("Signing secret", { exact: true }).inputValue(), /^whsec_/);
    await assertAccessible(page);
    await button(page, "Go on to the webhook").click();
    await page.getByRole("heading", { name: "CRM" }).waitFor();
    await page.getByRole("heading", { name: "Nothing was sent yet" }).waitFor();
    await assertAccessible(page);
    await page.keyboard.press("Escape");
    await rowOf(page, "CRM").getByText("Active").waitFor();
    await assertAccessible(page);
  });

  it("sends a test event and shows the answer as it comes, also by its link", async () => {
    receiver.answer(status(200, "Thank you"));
    const page = await app.open(list);
    await page.getByRole("link", { name: "CRM" }).click();
    await button(page, "Send a test event").click();
    const dialog = page.getByRole("dialog", { name: "Test event for CRM" });
    await dialog.getByText("Delivered", { exact: true }).waitFor();
    await dialog.getByRole("group", { name: "Answer 1" }).getByText("Thank you").waitFor();
    await dialog.getByRole("group", { name: "Payload" }).getByText('"webhook.test"').waitFor();
    assert.deepEqual(
      receiver.received.map(toldIn).map(({ type }) => type),
      ["webhook.test"],
    );
    await assertAccessible(page);
    await page.reload();
    await dialog.getByText("Delivered", { exact: true }).waitFor();
    await button(page, "Done").click();
    await dialog.waitFor({ state: "detached" });
    await deliveries(page).filter({ hasText: "Test event" }).getByText("Delivered").waitFor();
  });

  it("shows each change with its answer, and sends one again under the same id", async () => {
    receiver.answer(status(204));
    const page = await app.open(list);
    await page.getByRole("link", { name: "CRM" }).click();
    const [id] = await app.server.addCalls(1);
    const row = deliveries(page).filter({ hasText: "New call" });
    await row.getByText("Delivered").waitFor();
    await row.click();
    const dialog = page.getByRole("dialog", { name: "Delivery" });
    await dialog.getByRole("group", { name: "Payload" }).getByText('"call.logged"').waitFor();
    await dialog.getByRole("group", { name: "Payload" }).getByText(`"${id}"`).first().waitFor();
    await assertAccessible(page);
    await button(page, "Send it again").click();
    await dialog.getByText("2 attempts, newest first").waitFor();
    await dialog.getByText("Delivered", { exact: true }).waitFor();
    const logged = receiver.received.filter((one) => toldIn(one).type === "call.logged");
    assert.equal(logged.length, 2);
    assert.equal(new Set(logged.map((one) => one.id)).size, 1);
  });

  it("says what does not go through and what is to be done; pauses, goes on and takes that back", async () => {
    receiver.answer(status(500, "We are down"));
    const page = await app.open(list);
    await page.getByRole("link", { name: "CRM" }).click();
    await app.server.addCalls(1);
    await page.getByText(/^Nothing goes through at present/).waitFor();
    await page.getByLabel("Show").selectOption("Waiting");
    await deliveries(page)
      .filter({ hasText: "New call" })
      .getByText(/500 in /)
      .waitFor();
    assert.equal(new URL(page.url()).searchParams.get("state"), "waiting");
    await assertAccessible(page);
    await choose(page, "CRM", "Pause");
    await page.getByText(/^Nothing is sent. What happens meanwhile is kept/).waitFor();
    await page.getByRole("button", { name: "Undo" }).last().click();
    await page.getByText(/^Nothing is sent/).waitFor({ state: "detached" });
    await choose(page, "CRM", "Pause");
    await page.getByRole("link", { name: "All webhooks" }).click();
    await rowOf(page, "CRM").getByText("Paused", { exact: true }).waitFor();
    await assertAccessible(page);
    receiver.answer(status(204));
    await button(page, "Resume CRM").click();
    await rowOf(page, "CRM").getByText("Active").waitFor();
  });

  it("says that a receiver is gone, and what to do", async () => {
    receiver.answer(status(410));
    const page = await app.open(list);
    await app.server.addCalls(1);
    await page.getByText(/^The receiver answered 410 Gone/).waitFor();
    await rowOf(page, "CRM").getByText("Disabled").waitFor();
    await assertAccessible(page);
    receiver.answer(status(204));
    await button(page, "Resume CRM").click();
    await rowOf(page, "CRM").getByText("Active").waitFor();
  });

  it("alters, gives a new secret and deletes with the keyboard alone", async () => {
    const user = keyboardUser(await app.open(list));
    const { page } = user;
    const dialog = page.getByRole("dialog");
    const by = async (item: string) => {
      await user.use(page.getByRole("button", { name: "More for CRM" }));
      await user.isAt(page.getByRole("menuitem").first());
      await user.write(item);
      await user.isAt(page.getByRole("menuitem", { name: item }));
      await user.press("Enter");
    };
    await user.use(page.getByRole("link", { name: "CRM" }));
    await page.getByRole("heading", { name: "CRM" }).waitFor();
    await user.use(page.getByRole("button", { name: "Send a test event" }));
    await dialog.getByText("Delivered", { exact: true }).waitFor();
    await user.press("Escape");
    await dialog.waitFor({ state: "detached" });
    await by("Edit");
    await user.choose(dialog.getByLabel("What it is told of"), "Kinds");
    await user.use(dialog.getByLabel("Note added"), "Space");
    await user.use(dialog.getByRole("button", { name: "Save" }));
    await page.getByRole("definition").filter({ hasText: "Note added" }).waitFor();
    await by("Make a new secret");
    await user.use(dialog.getByRole("button", { name: "Make a new secret" }));
    await dialog.getByLabel("Signing secret", { exact: true }).waitFor();
    await user.use(dialog.getByRole("button", { name: "I have kept it" }));
    await dialog.waitFor({ state: "detached" });
    await by("Delete");
    await user.use(dialog.getByRole("button", { name: "Delete the webhook" }));
    await page.getByRole("heading", { name: "No other program is told of calls yet" }).waitFor();
  });

  it("says what it cannot find, and fits a window of 320 pixels", async () => {
    const { accessToken: token } = await app.server.signIn("ann");
    const { data } = await app.server.graphql(
      `mutation { addWebhook(input: { name: "Chat of the support team", url: "${receiver.url}/${"long/".repeat(30)}", kinds: [NOTE_ADDED] }) { webhook { id } } }`,
      { token },
    );
    const page = await app.open(list, { viewport: { width: 320, height: 640 } });
    const fits = async (what: string) => {
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(width <= 320, `${what} is ${width} pixels wide`);
    };
    await rowOf(page, "Chat").waitFor();
    await fits("the list");
    await page.goto(`${list}&webhook=${data.addWebhook.webhook.id}`);
    await button(page, "Send a test event").click();
    await dialogOf(page).getByText("Delivered", { exact: true }).waitFor();
    await fits("a delivery");
    await button(page, "Done").click();
    await deliveries(page).first().waitFor();
    await fits("one webhook");
    await page.goto(`${list}&webhook=${data.addWebhook.webhook.id}&delivery=none`);
    await page.getByRole("heading", { name: "No such delivery" }).waitFor();
    await page.goto(`${list}&webhook=none`);
    await page.getByRole("heading", { name: "No such webhook" }).waitFor();
  });
});
