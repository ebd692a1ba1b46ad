import { spawn } from "node:child_process";
import { mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { Page } from "playwright-core";
import { launchChromium } from "./support/chromium.ts";
import { fillSignIn } from "./support/app.ts";

const root = resolve(import.meta.dirname, "..");
const folder = join(root, "docs/screens");

/** What is pictured: a name, where it is, and what is done there first. A new screen adds a row. */
const screens: readonly { name: string; path: string; prepare?: (page: Page) => Promise<unknown> }[] = [
  { name: "inbox", path: "/inbox", prepare: (page) => page.locator("[data-call]").first().waitFor() },
  {
    name: "call",
    path: "/inbox",
    async prepare(page) {
      await page.locator("[data-call]").nth(2).click();
      await page.getByRole("heading", { name: "Notes" }).waitFor();
    },
  },
  { name: "sources", path: "/sources", prepare: (page) => page.getByRole("article").first().waitFor() },
  {
    name: "source",
    path: "/sources",
    async prepare(page) {
      await page
        .getByRole("article")
        .first()
        .getByRole("link", { name: /^Deliveries/ })
        .click();
      await page.getByRole("list", { name: "Deliveries" }).waitFor();
    },
  },
  {
    name: "set-up",
    path: "/sources",
    async prepare(page) {
      await page
        .getByRole("article")
        .first()
        .getByRole("link", { name: /^Set-up/ })
        .click();
      await page.getByRole("heading", { level: 2 }).first().waitFor();
    },
  },
  ...["you", "workspace", "people", "keys", "webhooks", "export", "audit", "shortcuts"].map((section) => ({
    name: `settings-${section}`,
    path: `/settings?section=${section}`,
    prepare: (page: Page) => page.getByRole("heading", { level: 2 }).first().waitFor(),
  })),
  { name: "to-call-back", path: "/callback", prepare: (page) => page.locator("[data-call]").first().waitFor() },
  { name: "pages", path: "/inbox?page=2", prepare: (page) => page.locator("[data-call]").first().waitFor() },
  { name: "voicemail", path: "/voicemail", prepare: (page) => page.locator("[data-call]").first().waitFor() },
  { name: "insights", path: "/insights", prepare: (page) => page.getByRole("list", { name: "Figures" }).waitFor() },
  {
    name: "insights-tables",
    path: "/insights?as=tables&range=7d",
    prepare: (page) => page.getByRole("list", { name: "Figures" }).waitFor(),
  },
  {
    name: "keys",
    path: "/inbox",
    async prepare(page) {
      await page.locator("[data-call]").first().waitFor();
      await page.keyboard.press("?");
      await page.getByRole("dialog", { name: "Keys" }).waitFor();
    },
  },
];

const shapes = {
  wide: { viewport: { width: 1_440, height: 900 } },
  phone: { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true },
} as const;

/** Pictures of every screen of the demo, light and dark, wide and phone, into docs/screens/. */
const demo = spawn(process.execPath, [join(root, "server/bin/ringback.js"), "demo", "--port", "0"], {
  stdio: ["ignore", "pipe", "inherit"],
  // Nobody turns pages as fast as this.
  env: { ...process.env, RINGBACK_COST_PER_SESSION: "999999999", RINGBACK_REQUESTS_PER_NETWORK: "999999999" },
});
try {
  const baseURL = await addressOf(demo.stdout);
  await mkdir(folder, { recursive: true });
  const browser = await launchChromium();
  for (const [shape, options] of Object.entries(shapes)) {
    for (const colorScheme of ["light", "dark"] as const) {
      const context = await browser.newContext({ ...options, baseURL, colorScheme, reducedMotion: "reduce" });
      const page = await context.newPage();
      const shoot = (name: string) => page.screenshot({ path: join(folder, `${name}-${shape}-${colorScheme}.png`) });
      await page.goto("/sign-in");
      await page.getByLabel("Name", { exact: true }).waitFor();
      await shoot("sign-in");
      await fillSignIn(page, "Ada", "demo");
      await page.getByRole("navigation", { name: "Main" }).waitFor();
      for (const { name, path, prepare } of screens) {
        await page.goto(path);
        await prepare?.(page);
        // On a phone it is told only where it is otherwise.
        if (shape === "wide")
          await page.getByRole("button", { name: "Live", exact: true, includeHidden: true }).waitFor();
        await shoot(name);
      }
      await context.close();
    }
  }
  await browser.close();
} finally {
  demo.kill("SIGTERM");
}

async function addressOf(output: AsyncIterable<Buffer>): Promise<string> {
  let text = "";
  for await (const chunk of output) {
    text += chunk.toString();
    const [address] = /http:\/\/[\w.:]+\d/.exec(text) ?? [];
    if (address !== undefined) return address;
  }
  throw new Error("The demo did not say where it listens.");
}
