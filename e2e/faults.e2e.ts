import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, afterEach, before, describe, it } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import type { Page } from "playwright-core";
import { cuttingProxy } from "../test/support/cutting-proxy.ts";
import { type ServeProcess, startServeProcess } from "../test/support/serve-process.ts";
import { type GraphqlResult, startTestServer, type TestServer, testPassword } from "../test/support/server.ts";
import { dropDatabaseOf } from "../test/support/test-database.ts";
import { assertAccessible, fillSignIn, useApp } from "./support/app.ts";
import { idOf, openCall, panelOf, rowOf, rowsOf, stateOf, writeNote } from "./support/inbox.ts";

/** Asks a server over its API, as ann. */
function asker(url: () => string) {
  const post = async (query: string, variables: object, token?: string) => {
    const response = await fetch(`${url()}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json", ...(token !== undefined && { authorization: `Bearer ${token}` }) },
      body: JSON.stringify({ query, variables }),
    });
    const { data, errors } = (await response.json()) as GraphqlResult;
    assert.equal(errors, undefined);
    return data;
  };
  return async (query: string, variables: object = {}) => {
    const login = "mutation ($input: LoginInput!) { login(input: $input) { access_token } }";
    const { login: session } = await post(login, { input: { username: "ann", password: testPassword } });
    return post(query, variables, session.access_token);
  };
}

type Ask = ReturnType<typeof asker>;

/** Resolves once the list shows what the API says of it, in this order; fails with both where that does not come to pass. */
async function listIsTrue(page: Page, ask: Ask, shown: number) {
  const { calls } = await ask(
    "query ($first: Int!) { calls(first: $first, filter: { archived: false }) { nodes { id } } }",
    {
      first: shown,
    },
  );
  const ids = calls.nodes.map(({ id }: { id: string }) => id);
  await page
    .waitForFunction(
      (expected: readonly string[]) => {
        const rows = [...document.querySelectorAll("[data-call]")].map((row) => row.getAttribute("data-call"));
        return expected.every((id, at) => rows[at] === id) && (expected.length > 0 || rows.length === 0);
      },
      ids,
      { timeout: 20_000 },
    )
    .catch(async () => {
      const rows = await page
        .locator("[data-call]")
        .evaluateAll((all) => all.map((row) => row.getAttribute("data-call")));
      assert.deepEqual(rows.slice(0, ids.length), ids);
    });
}

async function notesOf(ask: Ask, id: string): Promise<string[]> {
  const { call } = await ask("query ($id: Float!) { call(id: $id) { notes { content } } }", { id: Number(id) });
  return call.notes.map(({ content }: { content: string }) => content);
}

/** How often each kind of change was made after a cursor. */
async function changesAfter(ask: Ask, after: string): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (let cursor = after, isMore = true; isMore;) {
    const { changes } = await ask(
      "query ($after: Cursor!) { changes(after: $after, first: 1000) { changes { kind } cursor hasMore } }",
      { after: cursor },
    );
    for (const { kind } of changes.changes as { kind: string }[]) counts[kind] = (counts[kind] ?? 0) + 1;
    ({ cursor, hasMore: isMore } = changes);
  }
  return counts;
}

describe("a server that is killed", () => {
  const app = useApp({ isFolding: false });
  let data = "";
  let server: ServeProcess;
  const ask = asker(() => server.url);
  before(async () => {
    data = await mkdtemp(join(tmpdir(), "ringback-killed-"));
    const first = await startTestServer({ data });
    await first.signIn("ann");
    await first.addCalls(900);
    await first.close();
    server = await startServeProcess(data);
  });
  after(async () => {
    await server.stop();
    await dropDatabaseOf(data);
    await rm(data, { recursive: true, force: true });
  });
  const open = async () => {
    const page = await app.open("/", { as: null, baseURL: server.url });
    await fillSignIn(page, "ann");
    await stateOf(page, "Live").waitFor();
    return page;
  };

  it("archives each of 900 calls once, whatever it had done of them, and a note that is half written stays", async () => {
    const page = await open();
    const { cursor } = await ask("{ cursor }");
    await openCall(page, "900");
    await panelOf(page).getByLabel("New note").fill("half a tho");
    await panelOf(page).getByLabel("New note").press("Escape");
    const sent = page.waitForRequest((request) => request.postData()?.includes("setCallsArchived") === true);
    await page.keyboard.press("Control+a");
    await page
      .getByRole("toolbar", { name: "Selected calls" })
      .or(page.getByText(/^900 selected|^All 900/))
      .first()
      .waitFor();
    await page.keyboard.press("e");
    // Done or not, or half of it: nobody hears.
    await sent;
    await server.killAndRestart(() => stateOf(page, /^Reconnecting.*to send/).waitFor());
    await stateOf(page, "Live").waitFor();
    await page.getByText("Archived 900 calls").first().waitFor();
    await listIsTrue(page, ask, 20);
    assert.deepEqual(await changesAfter(ask, cursor), { CALL_ARCHIVED: 900 });
    assert.equal(await panelOf(page).getByLabel("New note").inputValue(), "half a tho");
  });

  it("is followed from where a tab fell asleep, killed and started again meanwhile", async () => {
    const page = await open();
    const devTools = await page.context().newCDPSession(page);
    await devTools.send("Page.setWebLifecycleState", { state: "frozen" });
    await server.killAndRestart();
    for (const id of ["3", "5", "8"])
      await ask(
        "mutation ($id: ID!) { restoreCall: setCallsArchived(ids: [$id], archived: false) { results { outcome } } }",
        { id },
      );
    await devTools.send("Page.setWebLifecycleState", { state: "active" });
    await stateOf(page, "Live").waitFor();
    await listIsTrue(page, ask, 20);
  });
});

describe("a network that breaks", () => {
  const app = useApp({ calls: 30, isFolding: false });
  let proxy: Awaited<ReturnType<typeof cuttingProxy>>;
  const ask = asker(() => app.server.url);
  before(async () => {
    proxy = await cuttingProxy(app.server.url);
  });
  after(() => proxy.close());

  it("loses no note and doubles none, whenever it breaks, and they come in order", async () => {
    const page = await app.open("/", { as: null, baseURL: proxy.url });
    await fillSignIn(page, "ann");
    await stateOf(page, "Live").waitFor();
    const { cursor } = await ask("{ cursor }");
    await openCall(page, "30");
    const texts = Array.from({ length: 8 }, (_, at) => `note ${at + 1}`);
    for (const [at, text] of texts.entries()) {
      const sent = page.waitForRequest((request) => request.postData()?.includes("addNote") === true);
      await writeNote(page, text);
      // Now and then right when one is on its way, now and then when it is answered.
      if (at === 0) await sent;
      proxy.cut();
    }
    await panelOf(page).getByText("Not sent yet").first().waitFor({ state: "detached" });
    // What has got through tells that the connection may, too: it does not wait as long as the last attempts would have it.
    await stateOf(page, "Live").waitFor();
    // The last one may be on its way still, for the first time.
    for (let turn = 0; turn < 100 && (await notesOf(ask, "30")).length < texts.length; turn += 1) await wait(100);
    assert.deepEqual(await notesOf(ask, "30"), texts.toReversed());
    assert.deepEqual(await changesAfter(ask, cursor), { NOTE_ADDED: 8 });
    await listIsTrue(page, ask, 20);
  });

  it("is caught up with, too, where it breaks again before the page knows how much there is to catch up with", async () => {
    const page = await app.open("/", { as: null, baseURL: proxy.url });
    await fillSignIn(page, "ann");
    await stateOf(page, "Live").waitFor();
    const asked = Promise.withResolvers<void>();
    const held = Promise.withResolvers<void>();
    let answer: Promise<void> | null = null;
    await page.route("**/graphql", (route) => {
      const isEnd = (route.request().postData() ?? "").includes("query LogEnd");
      if (!isEnd || answer !== null) return route.continue();
      answer = held.promise.then(() => route.fulfill({ json: { data: { cursor: "told too late" } } }));
      asked.resolve();
      return answer;
    });
    proxy.cut();
    await asked.promise;
    await stateOf(page, /^Catching up/).waitFor();
    proxy.cut();
    await stateOf(page, /^Reconnecting/).waitFor();
    held.resolve();
    await stateOf(page, "Live").waitFor();
  });

  it("keeps what was archived without it over a reload without it, and sends it when it is there", async () => {
    const page = await app.open("/inbox");
    await stateOf(page, "Live").waitFor();
    await page.evaluate(() => navigator.serviceWorker.ready);
    const { cursor } = await ask("{ cursor }");
    await page.context().setOffline(true);
    await stateOf(page, "Offline").waitFor();
    await rowOf(page, "29").click();
    await page.keyboard.press("e");
    await rowOf(page, "29").waitFor({ state: "detached" });
    await stateOf(page, "Offline · 1 to send").waitFor();
    await page.reload();
    await page.getByRole("heading", { name: "You are offline" }).waitFor();
    await assertAccessible(page);
    await page.context().setOffline(false);
    await stateOf(page, "Live").waitFor();
    await listIsTrue(page, ask, 20);
    await page.waitForFunction(() => document.querySelector('[data-call="29"]') === null);
    assert.deepEqual(await changesAfter(ask, cursor), { CALL_ARCHIVED: 1 });
  });
});

describe("a token that ends", () => {
  const app = useApp();
  let skewMs = 0;
  let server: TestServer;
  const ask = asker(() => server.url);
  before(async () => {
    server = await startTestServer({}, { clock: { now: () => Date.now() + skewMs } });
    await server.signIn("ann");
    await server.addCalls(8);
  });
  after(() => server.close());
  afterEach(() => {
    skewMs = 0;
  });

  it("is renewed without a word: what is done then goes through, and changes still come", async () => {
    const page = await app.open("/", { as: null, baseURL: server.url });
    await fillSignIn(page, "ann");
    await stateOf(page, "Live").waitFor();
    const renewed = page.waitForResponse("**/session/refresh");
    skewMs = 11 * 60_000;
    await page.getByRole("grid", { name: "Inbox" }).waitFor();
    await page.keyboard.press("j");
    await page.keyboard.press("o");
    await writeNote(page, "after ten minutes");
    await renewed;
    await panelOf(page).getByRole("listitem").filter({ hasText: "after ten minutes" }).first().waitFor();
    await panelOf(page).getByText("Not sent yet").waitFor({ state: "detached" });
    assert.equal(await page.getByRole("dialog").count(), 0);
    const [added = ""] = await server.addCalls(1);
    await stateOf(page, "Live").waitFor();
    const { call } = await ask("query ($id: Float!) { call(id: $id) { id } }", { id: Number(added) });
    assert.equal(call.id, added);
    await page
      .getByText(/1 new call|×9|×10/)
      .first()
      .waitFor();
  });

  it("and a session that ends with it asks once, over the page, and goes on with what was typed and done", async () => {
    const page = await app.open("/", { as: null, baseURL: server.url });
    await fillSignIn(page, "ann");
    await stateOf(page, "Live").waitFor();
    const { cursor } = await ask("{ cursor }");
    await page.keyboard.press("j");
    await page.keyboard.press("o");
    // It ends with the note on its way: any other request that came first would ask over the page before the note is sent.
    await page.route("**/graphql", (route) => {
      if (route.request().postData()?.includes("typed before") === true) skewMs = 3 * 3_600_000;
      return route.continue();
    });
    await writeNote(page, "typed before");
    const dialog = page.getByRole("dialog", { name: "Your session has ended" });
    await dialog.waitFor();
    await assertAccessible(page);
    const noted = page.waitForResponse(
      async (response) =>
        (response.request().postData() ?? "").includes("typed before") && (await response.text()).includes('"notes"'),
    );
    await fillSignIn(page, "ann");
    await dialog.waitFor({ state: "detached" });
    await noted;
    await stateOf(page, "Live").waitFor();
    assert.deepEqual(await changesAfter(ask, cursor), { NOTE_ADDED: 1 });
  });
});

describe("a server that is slow, refuses, or is another one by now", () => {
  const app = useApp({ calls: 250, isFolding: false });
  const isList = (text: string | null) => /query (FirstCalls|CallList)/.test(text ?? "");

  it("says after three seconds that it takes longer than usual, and shows the list when it is there", async () => {
    const page = await app.open("/settings");
    const held = Promise.withResolvers<void>();
    await page.route("**/graphql", async (route) => {
      if (isList(route.request().postData())) await held.promise;
      return route.continue();
    });
    await page.goto("/inbox");
    await page.getByText("This takes longer than usual.").waitFor();
    await assertAccessible(page);
    held.resolve();
    await rowsOf(page).first().waitFor();
  });

  it("counts down where it is asked to wait, then tries again by itself", async () => {
    const page = await app.open("/settings");
    let refusals = 1;
    await page.route("**/graphql", async (route) => {
      if (!isList(route.request().postData()) || refusals === 0) return route.continue();
      refusals -= 1;
      const extensions = { code: "RATE_LIMITED", requestId: "request-7", retryAfterMs: 3_000 };
      return route.fulfill({ status: 429, json: { errors: [{ message: "Too many requests.", extensions }] } });
    });
    await page.goto("/inbox");
    await page.getByText("RATE_LIMITED · request-7").waitFor();
    await page.getByRole("button", { name: /^Trying again in [123] s$/ }).waitFor();
    await assertAccessible(page);
    await rowsOf(page).first().waitFor();
  });

  it("shows the list, and no count that is not known, where counting takes too long", async () => {
    const page = await app.open("/settings");
    const extensions = { code: "TIMEOUT", requestId: "request-8" };
    await page.route("**/graphql", (route) =>
      (route.request().postData() ?? "").includes("callCounts(")
        ? route.fulfill({ json: { data: null, errors: [{ message: "It took too long.", extensions }] } })
        : route.continue(),
    );
    await page.goto("/inbox");
    await rowsOf(page).first().waitFor();
    await stateOf(page, "Live").waitFor();
    await page.getByRole("link", { name: "Unread", exact: true }).waitFor();
  });

  it("fetches an older page by itself after what kept it away has passed", async () => {
    const page = await app.open("/inbox");
    await rowsOf(page).first().waitFor();
    await page.route("**/graphql", async (route) =>
      /query CallList/.test(route.request().postData() ?? "") ? route.abort("connectionreset") : route.continue(),
    );
    await scrollToEnd(page);
    const bar = page.getByRole("alert").filter({ hasText: "Older calls could not be fetched" });
    await bar.waitFor();
    await page.unroute("**/graphql");
    await bar.waitFor({ state: "detached" });
    await scrollToOldest(page);
  });

  it("shows a call as it was told, though its page was read before and came in after", async () => {
    const page = await app.open("/inbox");
    await stateOf(page, "Live").waitFor();
    await rowsOf(page).first().waitFor();
    const isRead = Promise.withResolvers<void>();
    const held = Promise.withResolvers<void>();
    await page.route("**/graphql", async (route) => {
      if (!/query CallList/.test(route.request().postData() ?? "")) return route.continue();
      const response = await route.fetch();
      isRead.resolve();
      await held.promise;
      return route.fulfill({ response });
    });
    await scrollToEnd(page);
    await isRead.promise;
    // The first page ends with it; the third one after it is on the next.
    const last = Number(await idOf(rowsOf(page).last()));
    const { accessToken } = await app.server.signIn("ann");
    for (const id of [last - 3, last]) {
      const archive = `mutation { setCallsArchived(ids: ["${id}"], archived: true) { results { outcome } } }`;
      await app.server.graphql(archive, { token: accessToken });
    }
    // Changes are told in their order: the other one is known by then.
    await rowOf(page, String(last)).waitFor({ state: "detached" });
    held.resolve();
    await page.unrouteAll({ behavior: "wait" });
    await rowOf(page, String(last - 2)).waitFor();
    await rowOf(page, String(last - 4)).waitFor();
    assert.equal(await rowOf(page, String(last - 3)).count(), 0);
  });

  it("keeps what is there when an older page fails, and fetches it with Retry", async () => {
    const page = await app.open("/inbox");
    await rowsOf(page).first().waitFor();
    const extensions = { code: "INTERNAL_SERVER_ERROR", requestId: "request-9" };
    await page.route("**/graphql", async (route) =>
      /query CallList/.test(route.request().postData() ?? "")
        ? route.fulfill({ json: { data: null, errors: [{ message: "Internal server error", extensions }] } })
        : route.continue(),
    );
    await scrollToEnd(page);
    const bar = page.getByRole("alert").filter({ hasText: "Older calls could not be fetched" });
    await bar.waitFor();
    await assertAccessible(page);
    await page.unroute("**/graphql");
    await bar.getByRole("button", { name: "Retry" }).click();
    await bar.waitFor({ state: "detached" });
    await scrollToOldest(page);
  });

  it("offers to load the page anew when the server was updated, and leaves it to the person", async () => {
    const page = await app.open("/inbox");
    await stateOf(page, "Live").waitFor();
    await page.route(
      (url) => url.pathname === "/",
      (route) =>
        route.fulfill({ contentType: "text/html", body: '<script type="module" src="/assets/other.js"></script>' }),
    );
    await page.context().setOffline(true);
    await stateOf(page, "Offline").waitFor();
    await page.context().setOffline(false);
    const offer = page.getByRole("group", { name: "New version" });
    await offer.waitFor();
    await assertAccessible(page);
    await page.unrouteAll();
    await offer.getByRole("button", { name: "Reload" }).click();
    await stateOf(page, "Live").waitFor();
    assert.equal(await offer.count(), 0);
  });
});

async function scrollToEnd(page: Page): Promise<void> {
  await page.getByRole("grid", { name: "Inbox" }).evaluate((grid) => {
    grid.parentElement?.scrollTo(0, grid.scrollHeight);
  });
}

async function scrollToOldest(page: Page): Promise<void> {
  // Each page that comes makes the list longer.
  for (let turn = 0; turn < 50 && (await rowOf(page, "1").count()) === 0; turn += 1) {
    await scrollToEnd(page);
    await wait(200);
  }
  await rowOf(page, "1").waitFor();
}
