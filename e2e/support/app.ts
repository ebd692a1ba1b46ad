import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before } from "node:test";
import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core";
import { startTestServer, testPassword, type TestServer } from "../../test/support/server.ts";
import { launchChromium } from "./chromium.ts";

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

export type OpenOptions = BrowserContextOptions & {
  /** Who is signed in before the page opens; null for nobody. Default `ann`. */
  readonly as?: string | null;
};

export type E2e = {
  readonly server: TestServer;
  /**
   * A page of a browser of its own (cookies and storage shared with nobody), signed in, at a path of the app. Whatever a page
   * logs as an error fails the test at its end, refused connections aside.
   */
  open(path?: string, options?: OpenOptions): Promise<Page>;
  /** One more tab of the page's browser. */
  openTab(page: Page, path?: string): Promise<Page>;
};

type AppUse = {
  /** Calls that are there at the start. */
  readonly calls?: number;
  /** Whether repeated calls are one row of the list. */
  readonly isFolding?: boolean;
  /** Settings of the server, as the environment has them. */
  readonly settings?: Parameters<typeof startTestServer>[0];
};

/**
 * For the top of a `describe`: one real server and one real Chromium for its tests, closed after them. The server is at its
 * start when the first test runs; tests of one `describe` share its data. The calls are of one number, so that the list folds them.
 */
export function useApp({ calls = 0, isFolding = true, settings = {} }: AppUse = {}): E2e {
  let server: TestServer | undefined;
  let browser: Browser | undefined;
  const contexts: BrowserContext[] = [];
  const complaints: string[] = [];

  before(async () => {
    [server, browser] = await Promise.all([startTestServer(settings), launchChromium()]);
    await server.signIn("ann");
    if (calls > 0) await server.addCalls(calls);
  });
  after(async () => {
    await Promise.all(contexts.map((context) => context.close()));
    await Promise.all([browser?.close(), server?.close()]);
    assert.deepEqual(complaints, [], "the pages logged no error");
  });

  const app: E2e = {
    get server() {
      return server ?? assert.fail("the server runs while tests do");
    },

    async open(path = "/", { as = "ann", ...options } = {}) {
      const context = await (browser ?? assert.fail("the browser runs while tests do")).newContext({
        baseURL: app.server.url,
        locale: "en-GB",
        timezoneId: "Europe/Berlin",
        viewport: { width: 1_440, height: 900 },
        reducedMotion: "reduce",
        ...options,
      });
      context.setDefaultTimeout(20_000);
      contexts.push(context);
      if (!isFolding) await context.addInitScript(() => localStorage.setItem("ringback-folding", "off"));
      const page = await newPage(context);
      if (as !== null) {
        await app.server.signIn(as);
        await page.goto("/sign-in");
        await fillSignIn(page, as);
        await page.getByRole("navigation", { name: "Main" }).waitFor();
      }
      await page.goto(path);
      return page;
    },

    async openTab(page, path = "/") {
      const tab = await newPage(page.context());
      await tab.goto(path);
      return tab;
    },
  };
  return app;

  async function newPage(context: BrowserContext): Promise<Page> {
    const page = await context.newPage();
    page.on("pageerror", (error) => complaints.push(String(error)));
    page.on("console", (message) => {
      // A refused or broken request is logged by the browser itself, and is what some tests are about.
      if (message.type() === "error" && !/Failed to load resource|WebSocket connection/.test(message.text())) {
        complaints.push(message.text());
      }
    });
    return page;
  }
}

/** Fills in the form of the page `/sign-in` and sends it. */
export async function fillSignIn(page: Page, username: string, password = testPassword): Promise<void> {
  const name = page.getByLabel("Name", { exact: true });
  if (await name.isEditable()) await name.fill(username);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
}

/** Fails with what axe-core finds wrong with the page as it is, in light and in dark. */
export async function assertAccessible(page: Page): Promise<void> {
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await painted(page);
    // Evaluated, not added as an element: the page's policy lets no foreign script in.
    await page.evaluate(axeSource);
    const violations = await page.evaluate(async () => {
      const { axe } = window as unknown as { axe: { run(): Promise<{ violations: Violation[] }> } };
      type Violation = { id: string; nodes: { html: string; failureSummary?: string }[] };
      const found = (await axe.run()).violations;
      return found.map(
        ({ id, nodes }) => `${id}: ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`).join("\n")}`,
      );
    });
    assert.deepEqual(violations, [], `axe finds nothing wrong in ${colorScheme}`);
  }
  await page.emulateMedia({ colorScheme: null });
}

/**
 * Resolves once the page shows the colours that it has come to, not those on the way. An element that inherits a colour begins its
 * own transition when its parent's moves, so that none may be left over two frames in a row.
 */
async function painted(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const transitions = () => document.getAnimations().filter((animation) => animation instanceof CSSTransition);
    for (let still = 0; still < 2; still += 1) {
      await new Promise(requestAnimationFrame);
      if (transitions().length === 0) continue;
      still = -1;
      // One that is cancelled has ended as well.
      await Promise.allSettled(transitions().map(({ finished }) => finished));
    }
  });
}
