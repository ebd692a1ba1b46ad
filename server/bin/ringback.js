#!/usr/bin/env node
import module from "node:module";
import { fileURLToPath } from "node:url";

const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
if (major < 24 || (major === 24 && minor < 12)) {
  console.error(
    `ringback: this is Node.js ${process.versions.node}, and 24.12 is needed. "npx ringback" brings its own.`,
  );
  process.exit(69);
}

// Types are stripped and code is compiled once, not at each start: half the time, and a third of the memory. It has to come
// before the first line of TypeScript, hence the plain JavaScript here. Not in the system's temporary folder, where others
// could put code; where the folder cannot be written, nothing is kept.
module.enableCompileCache(fileURLToPath(new URL("../../node_modules/.cache/ringback", import.meta.url)));
const { runCommandLine } = await import("../src/cli/program.ts");

// The exit code is set rather than exit() called, so that what was printed is written out first, to pipes as well.
process.exitCode = await runCommandLine(process.argv.slice(2));
