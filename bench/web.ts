import { readFileSync } from "node:fs";
import { loadavg } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { BrowserContext, Page } from "playwright-core";
import { launchChromium } from "../e2e/support/chromium.ts";
import { median, quantile } from "./report/statistics.ts";
import { ringback, user } from "./targets/ringback.ts";

// What a person waits for in the web app, in a real Chromium against the server as anybody runs it.
//   node bench/web.ts [--quick] [--sizes 100000,1000000] [--rounds 15]
// Needs web/dist (npm run build). The data of a size is made once and kept in bench/.data.

const { values: options } = parseArgs({
  options: { quick: { type: "boolean", default: false }, sizes: { type: "string" }, rounds: { type: "string" } },
});
const sizes = (options.sizes ?? (options.quick ? "10000" : "100000,1000000")).split(",").map(Number);
const rounds = Number(options.rounds ?? (options.quick ? 5 : 15));
const keyPresses = options.quick ? 60 : 200;
const openings = options.quick ? 10 : 40;
const rowsWanted = options.quick ? 1_000 : 10_000;
const scrollMs = options.quick ? 2_000 : 6_000;

const assets = join(import.meta.dirname, "../web/dist");

type Measured = {
  readonly size: number;
  readonly firstListMs: readonly number[];
  readonly moveMs: readonly number[];
  readonly openMs: readonly number[];
  readonly frames: Frames;
  readonly scriptBytes: number;
};

type Frames = { readonly rows: number; readonly perSecond: number; readonly slowMs: number };

const loadBefore = loadavg()[0] ?? Number.NaN;
const measured: Measured[] = [];
for (const size of sizes) measured.push(await measure(size));
process.stdout.write(tableOf(measured));
process.stdout.write(
  `\nLoad of the machine (1 minute): ${loadBefore.toFixed(1)} before, ${(loadavg()[0] ?? Number.NaN).toFixed(1)} after. Browser, server and this program share it.\n`,
);

async function measure(size: number): Promise<Measured> {
  await ringback.prepare?.(size);
  const server = await ringback.start(size);
  const browser = await launchChromium();
  try {
    const baseURL = new URL(server.url).origin;
    const context = await browser.newContext({ baseURL, viewport: { width: 1_440, height: 900 } });
    context.setDefaultTimeout(120_000);
    await signIn(context);
    const firstListMs: number[] = [];
    let scripts: readonly string[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const loaded = await coldLoad(context);
      firstListMs.push(loaded.ms);
      scripts = loaded.scripts;
    }
    const page = await context.newPage();
    await page.goto("/all");
    await page.locator("[data-call]").first().waitFor();
    // The first press is another thing: it puts the focus into the list.
    await page.keyboard.press("j");
    const moveMs = await pressed(page, keyPresses, ["j"]);
    const openMs = await pressed(page, openings, ["o", "Escape"]);
    const frames = await scrolled(page, Math.min(rowsWanted, size));
    const scriptBytes = scripts.reduce((sum, path) => sum + gzipBytes(path), 0);
    return { size, firstListMs, moveMs, openMs, frames, scriptBytes };
  } finally {
    await browser.close();
    await server.stop();
  }
}

async function signIn(context: BrowserContext): Promise<void> {
  const page = await context.newPage();
  await page.goto("/sign-in");
  await page.getByLabel("Name", { exact: true }).fill(user.username);
  await page.getByLabel("Password", { exact: true }).fill(user.password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.getByRole("navigation", { name: "Main" }).waitFor();
  await page.close();
}

/** A new tab without a cache of HTTP: from the start of the navigation to the frame that has the first rows, and what was run. */
async function coldLoad(context: BrowserContext): Promise<{ ms: number; scripts: readonly string[] }> {
  const page = await context.newPage();
  const protocol = await context.newCDPSession(page);
  await protocol.send("Network.clearBrowserCache");
  await page.addInitScript(() => {
    const observer = new MutationObserver(() => {
      if (document.querySelector("[data-call]") === null) return;
      observer.disconnect();
      // A message that is sent right before a frame is drawn is handled right after it.
      const { port1, port2 } = new MessageChannel();
      port1.addEventListener("message", () => ((window as { firstListMs?: number }).firstListMs = performance.now()));
      port1.start();
      requestAnimationFrame(() => port2.postMessage(null));
    });
    observer.observe(document, { childList: true, subtree: true });
  });
  await page.goto("/inbox");
  const painted = await page.waitForFunction(() => {
    const { firstListMs } = window as { firstListMs?: number };
    if (firstListMs === undefined) return null;
    const scripts = performance
      .getEntriesByType("resource")
      .filter(({ name, startTime }) => name.endsWith(".js") && startTime < firstListMs);
    return { ms: firstListMs, scripts: scripts.map(({ name }) => new URL(name).pathname) };
  });
  const result = await painted.jsonValue();
  await page.close();
  if (result === null) throw new Error("The list was painted without a time.");
  return result;
}

/** Presses keys in turn, so many in all: from the event to the frame after it. */
async function pressed(page: Page, times: number, names: readonly string[]): Promise<readonly number[]> {
  await page.evaluate(() => {
    const store = window as { pressMs?: number[]; isMeasuring?: boolean };
    store.pressMs = [];
    if (store.isMeasuring === true) return;
    store.isMeasuring = true;
    const starts: number[] = [];
    const { port1, port2 } = new MessageChannel();
    port1.addEventListener("message", () => store.pressMs?.push(performance.now() - (starts.shift() ?? Number.NaN)));
    port1.start();
    document.addEventListener(
      "keydown",
      ({ timeStamp }) => {
        starts.push(timeStamp);
        requestAnimationFrame(() => port2.postMessage(null));
      },
      { capture: true },
    );
  });
  for (let at = 0; at < times; at += 1) {
    await page.keyboard.press(names[at % names.length] ?? "j");
    await page.waitForFunction((count) => ((window as { pressMs?: number[] }).pressMs?.length ?? 0) >= count, at + 1);
  }
  return page.evaluate(() => (window as { pressMs?: number[] }).pressMs ?? []);
}

/** Has so many rows fetched, goes back to the top, then scrolls down over them, a row and a half each frame. */
async function scrolled(page: Page, rows: number): Promise<Frames> {
  return page.evaluate(
    async ({ wanted, forMs }) => {
      const frame = () => new Promise<number>((resolve) => void requestAnimationFrame(resolve));
      const list = scrollerOf(document.querySelector("[role=grid]"));
      const rowHeight = document.querySelector("[data-call]")?.getBoundingClientRect().height ?? 44;
      const loaded = () => Math.round(list.scrollHeight / rowHeight);
      for (let still = 0, before = 0; loaded() < wanted && still < 600;) {
        list.scrollTop = list.scrollHeight;
        await frame();
        still = loaded() === before ? still + 1 : 0;
        before = loaded();
      }
      list.scrollTop = 0;
      await frame();
      const lengths: number[] = [];
      const start = await frame();
      let last = start;
      while (last - start < forMs) {
        list.scrollTop += rowHeight * 1.5;
        const now = await frame();
        lengths.push(now - last);
        last = now;
      }
      lengths.sort((a, b) => a - b);
      const slowMs = lengths[Math.ceil(lengths.length * 0.99) - 1] ?? Number.NaN;
      return { rows: loaded(), perSecond: (1_000 * lengths.length) / (last - start), slowMs };

      function scrollerOf(from: Element | null): Element {
        for (let one = from; one !== null; one = one.parentElement) {
          if (one.scrollHeight > one.clientHeight && /auto|scroll/.test(getComputedStyle(one).overflowY)) return one;
        }
        throw new Error("The list does not scroll.");
      }
    },
    { wanted: rows, forMs: scrollMs },
  );
}

function gzipBytes(path: string): number {
  return readFileSync(join(assets, `${path}.gz`)).length;
}

function tableOf(all: readonly Measured[]): string {
  const ms = (value: number) => `${value.toFixed(value < 100 ? 1 : 0)} ms`;
  const rows: readonly (readonly string[])[] = [
    ["", "goal", ...all.map(({ size }) => `${size.toLocaleString("en")} calls`)],
    [
      `first list painted, cold load, median of ${rounds}`,
      "< 1,000 ms",
      ...all.map((one) => ms(median(one.firstListMs))),
    ],
    ["  the slowest of them", "", ...all.map((one) => ms(Math.max(...one.firstListMs)))],
    [`next call (j) to paint, p95 of ${keyPresses}`, "< 50 ms", ...all.map((one) => ms(quantile(one.moveMs, 0.95)))],
    [
      `open and close (o, Escape) to paint, p95 of ${openings}`,
      "< 50 ms",
      ...all.map((one) => ms(quantile(one.openMs, 0.95))),
    ],
    ["frames a second while scrolling", ">= 55", ...all.map(({ frames }) => frames.perSecond.toFixed(1))],
    ["  the slowest hundredth of them", "", ...all.map(({ frames }) => ms(frames.slowMs))],
    [
      "  rows that were loaded",
      rowsWanted.toLocaleString("en"),
      ...all.map(({ frames }) => frames.rows.toLocaleString("en")),
    ],
    ["script of the inbox route, gzip", "< 200 kB", ...all.map((one) => `${(one.scriptBytes / 1_000).toFixed(1)} kB`)],
  ];
  return rows
    .map(
      ([title = "", goal = "", ...cells]) =>
        `${title.padEnd(50)}${goal.padStart(12)}${cells.map((cell) => cell.padStart(18)).join("")}\n`,
    )
    .join("");
}
