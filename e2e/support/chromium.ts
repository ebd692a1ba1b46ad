import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";

const installed = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/**
 * Starts a headless Chromium: the one named by `RINGBACK_CHROMIUM`, or one that is installed, or else (also for
 * `RINGBACK_CHROMIUM=package`) the one that comes as a package.
 */
export async function launchChromium(): Promise<Browser> {
  const named = process.env["RINGBACK_CHROMIUM"];
  const found = named === undefined ? installed.find((path) => existsSync(path)) : named;
  if (found !== undefined && found !== "package") {
    return chromium.launch({ executablePath: found, args: ["--no-sandbox", "--disable-dev-shm-usage"] });
  }
  const { default: packaged } = await import("@sparticuz/chromium");
  const args = packaged.args.filter((arg) => !arg.startsWith("--headless") && arg !== "--single-process");
  return chromium.launch({ executablePath: await packaged.executablePath(), args });
}
