import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import type { Page } from "playwright-core";
import { requestId, troubleWith } from "./support/answers.ts";
import { assertAccessible, useApp } from "./support/app.ts";
import { panelOf, rowsOf, stateOf } from "./support/inbox.ts";

/** Every screen, the operations that it is made of, and what shows that it is there. A new screen adds a row. */
const screens: readonly {
  readonly name: string;
  readonly path: string;
  readonly operations: RegExp;
  readonly shown: (page: Page) => Promise<unknown>;
}[] = [
  {
    name: "the list",
    path: "/inbox",
    operations: /FirstCalls|CallList/,
    shown: (page) => rowsOf(page).first().waitFor(),
  },
  {
    name: "a page of the list",
    path: "/inbox?page=1",
    operations: /CallsOnPage/,
    shown: (page) => page.getByRole("navigation", { name: "Pages" }).waitFor(),
  },
  {
    name: "an open call",
    path: "/archived?call=3",
    operations: /OneCall/,
    shown: (page) => panelOf(page).getByLabel("New note").waitFor(),
  },
  {
    name: "Insights",
    path: "/insights",
    operations: /InsightsFigures|InsightsCharts/,
    shown: (page) => page.getByRole("list", { name: "Figures" }).waitFor(),
  },
  {
    name: "Sources",
    path: "/sources",
    operations: /Sources/,
    shown: (page) => page.getByRole("article").first().waitFor(),
  },
  {
    name: "Settings, you",
    path: "/settings",
    operations: /Choices/,
    shown: (page) => page.getByRole("heading", { name: "Your preferences", exact: true }).waitFor(),
  },
  {
    name: "Settings, people",
    path: "/settings?section=people",
    operations: /People/,
    shown: (page) => page.getByRole("list", { name: "People" }).waitFor(),
  },
  {
    name: "Settings, API keys",
    path: "/settings?section=keys",
    operations: /ApiKeys/,
    shown: (page) => page.getByRole("heading", { name: "No program has a key" }).waitFor(),
  },
  {
    name: "Settings, webhooks",
    path: "/settings?section=webhooks",
    operations: /Webhooks/,
    shown: (page) => page.getByRole("heading", { name: "No other program is told of calls yet" }).waitFor(),
  },
  {
    name: "Settings, audit",
    path: "/settings?section=audit",
    operations: /AuditEvents/,
    shown: (page) => page.getByRole("list", { name: "Today" }).waitFor(),
  },
];

const failure = { code: "INTERNAL", message: "Something went wrong." };
const hurry = { code: "RATE_LIMITED", message: "Too many requests.", retryAfterMs: 2_000, status: 429 };
const refusal = { code: "FORBIDDEN", message: "You may not do that." };

describe("each screen", () => {
  const app = useApp({ calls: 6, isFolding: false });
  let page: Page;
  before(async () => {
    page = await app.open("/inbox");
  });

  for (const { name, path, operations, shown } of screens) {
    it(`${name} says what went wrong, its code and where to find it, and is there after Retry`, async () => {
      const end = await troubleWith(page, operations, failure);
      await page.goto(path);
      await page.getByText(`${failure.code} · ${requestId}`).waitFor();
      await assertAccessible(page);
      await end();
      await page.getByRole("button", { name: "Retry" }).click();
      await shown(page);
    });
  }

  it("stands in for itself while it is slow, and says so", async () => {
    const all = new RegExp(screens.map(({ operations }) => operations.source).join("|"));
    const end = await troubleWith(page.context(), all, "held");
    // At once, for each takes its time.
    const tabs = await Promise.all(screens.map(({ path }) => app.openTab(page, path)));
    for (const tab of tabs) {
      await tab.getByText("This takes longer than usual.").first().waitFor();
      await assertAccessible(tab);
    }
    await end();
    await Promise.all(screens.map(({ shown }, at) => shown(tabs[at] ?? assert.fail("a tab for each screen"))));
    await Promise.all(tabs.map((tab) => tab.close()));
  });

  for (const { name, path, operations, shown } of screens) {
    it(`${name} counts down where the server asks to wait, and goes on by itself`, async () => {
      const end = await troubleWith(page, operations, hurry);
      await page.goto(path);
      await page.getByRole("button", { name: /^Trying again in [12] s$/ }).waitFor();
      await assertAccessible(page);
      await end();
      await shown(page);
    });
  }
});

describe("what is not there", () => {
  const app = useApp({ calls: 2, isFolding: false });
  const none: readonly { readonly path: string; readonly title: string }[] = [
    { path: "/mine", title: "No call is yours to take care of" },
    { path: "/archived", title: "Nothing is archived" },
    { path: "/voicemail", title: "All handled" },
    { path: "/inbox?q=99999999", title: "No call matches" },
    { path: "/inbox?at=2001-01-01", title: "No calls on that day or before" },
    { path: "/inbox?page=9", title: "This page is empty" },
    { path: "/inbox?call=999999", title: "No such call" },
    { path: "/insights", title: "No calls on these days" },
    { path: "/sources?source=nothing", title: "No such source" },
    { path: "/settings?section=keys", title: "No program has a key" },
    { path: "/settings?section=webhooks&webhook=none", title: "No such webhook" },
    { path: "/unread", title: "You have read everything" },
    { path: "/settings?section=audit&about=keys", title: "Nothing like that was done" },
    { path: "/settings?section=nothing", title: "There is no such part of the settings" },
    { path: "/inbox/nothing", title: "There is nothing here" },
  ];

  it("is said on every screen, without complaint of axe", async () => {
    const page = await app.open("/inbox");
    for (const { path, title } of none) {
      await page.goto(path);
      await page.getByRole("heading", { name: title }).waitFor();
      await assertAccessible(page);
    }
  });
});

describe("who may not", () => {
  const app = useApp({ calls: 3, isFolding: false });
  const roleOf = async (username: string, role: "MEMBER" | "READER") => {
    const { accessToken: token } = await app.server.signIn("ann");
    await app.server.signIn(username);
    const { data } = await app.server.graphql("{ users { id username } }", { token });
    const { id } = data.users.find((one: { username: string }) => one.username === username);
    const query = "mutation ($id: ID!, $role: Role!) { setUserRole(userId: $id, role: $role) { id } }";
    assert.equal((await app.server.graphql(query, { token, variables: { id, role } })).errors, undefined);
  };

  it("change things is told whom to ask, on each screen for admins", async () => {
    await roleOf("mia", "MEMBER");
    const page = await app.open("/inbox", { as: "mia" });
    for (const [path, title] of [
      ["/sources", "Sources are for admins"],
      ["/sources?source=test", "Sources are for admins"],
      ["/settings?section=people", "These settings are for admins"],
      ["/settings?section=keys", "These settings are for admins"],
      ["/settings?section=webhooks", "These settings are for admins"],
      ["/settings?section=workspace", "These settings are for admins"],
      ["/settings?section=audit", "These settings are for admins"],
    ] as const) {
      await page.goto(path);
      await page.getByRole("heading", { name: title }).waitFor();
      await page.getByText("Ask somebody in your team who is an admin").waitFor();
      await assertAccessible(page);
    }
  });

  it("write reads the call, and is told why there is nothing to write with", async () => {
    await roleOf("rob", "READER");
    const page = await app.open("/inbox?call=2", { as: "rob" });
    await panelOf(page).getByText("You can read calls, but not change them.").waitFor();
    await panelOf(page).getByRole("heading", { name: "Activity" }).waitFor();
    assert.equal(await panelOf(page).getByLabel("New note").count(), 0);
    await assertAccessible(page);
  });

  it("change calls is offered no key or button that does, and is told once whom to ask", async () => {
    const page = await app.open("/inbox", { as: "rob" });
    await stateOf(page, "Live").waitFor();
    await rowsOf(page).first().waitFor();
    assert.equal(await page.getByRole("button", { name: /^Archive/ }).count(), 0);
    await page.keyboard.press("j");
    await page.keyboard.press("x");
    const bar = page.getByRole("toolbar", { name: "Selected calls" });
    await bar.getByRole("button", { name: "Export" }).waitFor();
    for (const name of ["Archive", "Tag", "Assign"]) assert.equal(await bar.getByRole("button", { name }).count(), 0);
    await page.keyboard.press("?");
    const sheet = page.getByRole("dialog", { name: "Keys" });
    await sheet.getByText("Mark read or unread").waitFor();
    for (const label of ["Archive or restore", "Tag", "Assign"])
      assert.equal(await sheet.getByText(label, { exact: true }).count(), 0);
    await page.keyboard.press("Escape");
    const told = page.getByRole("group", { name: /^You can read calls, but not change them/ });
    await page.keyboard.press("e");
    await told.waitFor();
    await assertAccessible(page);
    for (const key of ["e", "t", "a"]) await page.keyboard.press(key);
    assert.equal(await told.count(), 1);
    assert.equal(await rowsOf(page).count(), 3);
  });

  it("do it by now, though the page still offers it, loses nothing that was typed", async () => {
    const page = await app.open("/inbox?call=1");
    await panelOf(page).getByLabel("New note").fill("nobody hears");
    const end = await troubleWith(page, /AddNote/, refusal);
    await panelOf(page).getByRole("button", { name: "Add note" }).click();
    await panelOf(page).getByText(`The note was not saved: ${refusal.message}`).waitFor();
    assert.equal(await panelOf(page).getByLabel("New note").inputValue(), "nobody hears");
    await assertAccessible(page);
    await end();
  });
});
