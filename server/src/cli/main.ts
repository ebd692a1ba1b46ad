#!/usr/bin/env node
import { runCommandLine } from "./program.ts";

// The exit code is set rather than exit() called, so that what was printed is written out first, to pipes as well.
process.exitCode = await runCommandLine(process.argv.slice(2));
