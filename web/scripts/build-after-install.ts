import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

/**
 * Builds the web app when the packages have been installed, so that `npm ci` is all there is to do before a start. Where the
 * build's own packages were left out (`npm ci --omit=dev`) what was built before is kept.
 */
const web = join(import.meta.dirname, "..");
const vite = findVite();
if (vite === null) {
  if (!existsSync(join(web, "dist/index.html")))
    process.stderr.write("The web app is not built: vite is not installed.\n");
} else {
  const { status } = spawnSync(process.execPath, [vite, "build", "--logLevel", "warn"], { cwd: web, stdio: "inherit" });
  process.exitCode = status ?? 1;
}

function findVite(): string | null {
  try {
    const manifest = createRequire(join(web, "package.json")).resolve("vite/package.json");
    return join(manifest, "../bin/vite.js");
  } catch {
    return null;
  }
}
