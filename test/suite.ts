import { spawn } from "node:child_process";
import { once } from "node:events";
import { globSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, matchesGlob, resolve } from "node:path";
import type { TestSummary } from "./support/summary-reporter.ts";

/**
 * `npm test`: every test there is, with data in SQLite files. `RINGBACK_TEST_DATABASE=postgres` keeps them in a real PostgreSQL, one
 * server for all and a database each; `both` does one after the other, the second time of what asks a database. Arguments are globs of
 * the files to run, or options of `node --test`.
 */
const everything = [
  "server/src/**/*.test.ts",
  "web/src/**/*.test.ts",
  "test/**/*.test.ts",
  "e2e/**/*.e2e.ts",
  "bench/{capacity,data,load,workloads,report}/*.test.ts",
];

/** What is about a SQLite file, and so never about PostgreSQL. */
const aboutTheFile: Readonly<Record<string, string>> = {
  "server/src/storage/sqlite/**": "the storage on the file itself; the contract it shares runs on both in any case",
  "test/cli/serve.test.ts": "who holds the data folder, full disks, files that are damaged or newer",
  "test/cli/demo.test.ts": "the demo is a file of its own that is gone afterwards",
  "bench/data/peer-sqlite.test.ts": "what the benchmark's peers are given to read",
};

/** What is the same on either database, so that seeing it once is enough. */
const alike: Readonly<Record<string, string>> = {
  "server/src/**": "parts without a database, and storage, which brings both by itself",
  "web/src/**": "parts of the web app",
  "bench/**": "parts of the benchmark",
  "test/cluster/**": "always on PostgreSQL",
  "test/{architecture,operations}.test.ts": "about files of the repository",
  "test/cli/{copy,doorbell,keys,postgres,usage}.test.ts": "always on PostgreSQL, or without a database",
  "test/sources/kamailio.test.ts": "about what Kamailio sends, which the other tests of sources have on both",
  "e2e/!(inbox|faults|together).e2e.ts": "about what people see: the same answers look the same",
};

const root = resolve(import.meta.dirname, "..");
const options = process.argv.slice(2).filter((argument) => argument.startsWith("--"));
const asked = process.argv.slice(2).filter((argument) => !argument.startsWith("--"));
const wanted = process.env["RINGBACK_TEST_DATABASE"] ?? "";
const onPostgres = everythingBut(aboutTheFile);
const plans = {
  sqlite: [{ database: "", files: everythingBut({}) }],
  postgres: [{ database: "postgres", files: onPostgres }],
  both: [
    { database: "", files: everythingBut({}) },
    { database: "postgres", files: onPostgres.filter((file) => !isOneOf(alike, file)) },
  ],
}[wanted === "" ? "sqlite" : wanted];
if (plans === undefined) throw new Error("RINGBACK_TEST_DATABASE is sqlite, postgres or both.");

const summaries: TestSummary[] = [];
for (const { database, files } of plans) {
  console.log(`${files.length} files of tests, on ${database === "" ? "SQLite" : "PostgreSQL"}`);
  // oxlint-disable-next-line no-await-in-loop -- a machine has just so many cores
  summaries.push(await (database === "" ? runFiles(files, {}) : runOnPostgres(files)));
}
if (summaries.length > 1) {
  const sum = (name: keyof TestSummary["counts"]) => summaries.reduce((total, { counts }) => total + counts[name], 0);
  console.log("ℹ both databases");
  for (const name of ["tests", "suites", "passed", "failed", "cancelled", "skipped", "todo"] as const) {
    console.log(`ℹ ${{ passed: "pass", failed: "fail" }[name as string] ?? name} ${sum(name)}`);
  }
}
if (summaries.some(({ success }) => !success)) process.exitCode = 1;

function everythingBut(others: Readonly<Record<string, string>>): readonly string[] {
  return globSync(everything, { cwd: root })
    .filter((file) => !isOneOf(others, file) && (asked.length === 0 || asked.some((glob) => matchesGlob(file, glob))))
    .toSorted();
}

function isOneOf(globs: Readonly<Record<string, string>>, file: string): boolean {
  return Object.keys(globs).some((glob) => matchesGlob(file, glob));
}

async function runOnPostgres(files: readonly string[]): Promise<TestSummary> {
  const { openPostgres } = await import("./support/postgres.ts");
  const server = await openPostgres({ settings: { max_connections: "300" } });
  try {
    return await runFiles(files, { RINGBACK_TEST_DATABASE: "postgres", RINGBACK_TEST_POSTGRES: server.url });
  } finally {
    await server.stop();
  }
}

async function runFiles(files: readonly string[], env: Readonly<Record<string, string>>): Promise<TestSummary> {
  const folder = mkdtempSync(join(tmpdir(), "ringback-suite-"));
  try {
    const summary = join(folder, "summary.json");
    const { RINGBACK_TEST_DATABASE: _, ...others } = process.env;
    const child = spawn(
      process.execPath,
      [
        "--test",
        "--test-concurrency=2",
        "--test-reporter=spec",
        "--test-reporter-destination=stdout",
        `--test-reporter=${new URL("support/summary-reporter.ts", import.meta.url).href}`,
        `--test-reporter-destination=${summary}`,
        ...options,
        ...files,
      ],
      { cwd: root, env: { ...others, ...env }, stdio: "inherit" },
    );
    await once(child, "close");
    return JSON.parse(readFileSync(summary, "utf8")) as TestSummary;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
