import { readFileSync } from "node:fs";
import { loadavg } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { Browser, BrowserContext, Page } from "playwright-core";
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

/** `cpuMs` is what the processes of pages took of a processor meanwhile, which says more where the machine is not ours alone. */
type Measured = {
  readonly size: number;
  readonly firstListMs: readonly number[];
  readonly firstListCpuMs: readonly number[];
  readonly moveMs: readonly number[];
  readonly moveCpuMs: number;
  readonly openMs: readonly number[];
  readonly openCpuMs: number;
  readonly frames: Frames;
  readonly frameCpuMs: number;
  readonly scriptBytes: number;
};

type Frames = { readonly rows: number; readonly count: number; readonly perSecond: number; readonly slowMs: number };

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
    // Without the service worker, which keeps the app: each load is that of somebody who comes for the first time.
    const context = await browser.newContext({
      baseURL,
      viewport: { width: 1_440, height: 900 },
      serviceWorkers: "block",
    });
    context.setDefaultTimeout(120_000);
    await signIn(context);
    const cpu = await cpuOfPages(browser);
    const firstListMs: number[] = [];
    const firstListCpuMs: number[] = [];
    let scripts: readonly string[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const before = await cpu();
      const loaded = await coldLoad(context);
      firstListMs.push(loaded.ms);
      firstListCpuMs.push((await cpu()) - before);
      await loaded.page.close();
      scripts = loaded.scripts;
    }
    const page = await context.newPage();
    await page.goto("/all");
    await page.locator("[data-call]").first().waitFor();
    // The first press is another thing: it puts the focus into the list.
    await page.keyboard.press("j");
    const started = await cpu();
    const moveMs = await pressed(page, keyPresses, ["j"]);
    const moved = await cpu();
    const openMs = await pressed(page, openings, ["o", "Escape"]);
    const opened = await cpu();
    await loadRows(page, Math.min(rowsWanted, size));
    const loaded = await cpu();
    const frames = await scrolled(page);
    const frameCpuMs = ((await cpu()) - loaded) / frames.count;
    const moveCpuMs = (moved - started) / keyPresses;
    const openCpuMs = (opened - moved) / openings;
    const scriptBytes = scripts.reduce((sum, path) => sum + gzipBytes(path), 0);
    const fastMs = { firstListMs, firstListCpuMs, moveMs, moveCpuMs, openMs, openCpuMs };
    return { size, ...fastMs, frames, frameCpuMs, scriptBytes };
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

/** How to read what the processes of pages have taken of a processor so far, in ms. */
async function cpuOfPages(browser: Browser): Promise<() => Promise<number>> {
  const protocol = await browser.newBrowserCDPSession();
  return async () => {
    const { processInfo } = await protocol.send("SystemInfo.getProcessInfo");
    const pages = processInfo.filter(({ type }) => type === "renderer");
    return 1_000 * pages.reduce((sum, { cpuTime }) => sum + cpuTime, 0);
  };
}

/** A new tab without a cache of HTTP: from the start of the navigation to the frame that has the first rows, and what was run. */
async function coldLoad(context: BrowserContext): Promise<{ ms: number; scripts: readonly string[]; page: Page }> {
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
  if (result === null) throw new Error("The list was painted without a time.");
  return { ...result, page };
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

/** Has so many rows fetched, and goes back to the top. */
async function loadRows(page: Page, wanted: number): Promise<void> {
  const loaded = await page.evaluate(async (rows) => {
    const frame = () => new Promise<number>((resolve) => void requestAnimationFrame(resolve));
    const list = document.querySelector("[role=grid]")?.parentElement ?? document.body;
    const rowHeight = document.querySelector("[data-call]")?.getBoundingClientRect().height ?? 44;
    const count = () => Math.round(list.scrollHeight / rowHeight);
    for (let still = 0, before = 0; count() < rows && still < 600;) {
      list.scrollTop = list.scrollHeight;
      await frame();
      still = count() === before ? still + 1 : 0;
      before = count();
    }
    list.scrollTop = 0;
    await frame();
    return count();
  }, wanted);
  if (loaded < wanted) throw new Error(`The list stopped at ${loaded} rows.`);
}

/** Scrolls down over the rows that are there, a row and a half each frame. */
async function scrolled(page: Page): Promise<Frames> {
  return page.evaluate(async (forMs) => {
    const frame = () => new Promise<number>((resolve) => void requestAnimationFrame(resolve));
    const list = document.querySelector("[role=grid]")?.parentElement ?? document.body;
    const rowHeight = document.querySelector("[data-call]")?.getBoundingClientRect().height ?? 44;
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
    const rows = Math.round(list.scrollHeight / rowHeight);
    return { rows, count: lengths.length, perSecond: (1_000 * lengths.length) / (last - start), slowMs };
  }, scrollMs);
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
    ["  processor, median", "", ...all.map((one) => ms(median(one.firstListCpuMs)))],
    [`next call (j) to paint, p95 of ${keyPresses}`, "< 50 ms", ...all.map((one) => ms(quantile(one.moveMs, 0.95)))],
    ["  processor, mean", "", ...all.map((one) => ms(one.moveCpuMs))],
    [
      `open and close (o, Escape) to paint, p95 of ${openings}`,
      "< 50 ms",
      ...all.map((one) => ms(quantile(one.openMs, 0.95))),
    ],
    ["  processor, mean", "", ...all.map((one) => ms(one.openCpuMs))],
    ["frames a second while scrolling", ">= 55", ...all.map(({ frames }) => frames.perSecond.toFixed(1))],
    ["  the slowest hundredth of them", "", ...all.map(({ frames }) => ms(frames.slowMs))],
    ["  processor, each frame", "", ...all.map((one) => ms(one.frameCpuMs))],
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
