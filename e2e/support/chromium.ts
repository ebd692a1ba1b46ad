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
  const args = ["--no-sandbox", "--disable-dev-shm-usage"];
  if (found !== undefined && found !== "package") return chromium.launch({ executablePath: found, args });
  const { default: packaged } = await import("@sparticuz/chromium");
  // Without the package's own arguments: they switch off web security, and with it what our server looks at.
  const executablePath = await packaged.executablePath();
  return chromium.launch({ executablePath, args: [...args, "--no-zygote", "--disable-gpu"] });
}
