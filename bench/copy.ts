import { spawn } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as later } from "node:timers/promises";
import { parseArgs } from "node:util";
import { DomainError } from "../server/src/domain/errors.ts";
import type { Storage } from "../server/src/domain/storage.ts";
import { openPostgresStorage } from "../server/src/storage/postgres/open.ts";
import { openSqliteStorage } from "../server/src/storage/sqlite/open.ts";
import { openPostgres } from "../test/support/postgres.ts";
import { freshCopy, preparedFolder } from "./data/folder.ts";
import { writeRingbackDatabase } from "./data/ringback-sqlite.ts";

// What `ringback copy` costs while people write: the pause of writes, the whole time, and whether anything acknowledged is missing
// afterwards. From SQLite to PostgreSQL (one that is started for it, or the one that RINGBACK_TEST_POSTGRES names) and, with --back, to
// SQLite again.
//   node bench/copy.ts [--calls 1000000] [--writes 100] [--back]

const { values: options } = parseArgs({
  options: {
    calls: { type: "string", default: "1000000" },
    /** A second, of notes and archivings on calls all over the list. */
    writes: { type: "string", default: "100" },
    back: { type: "boolean", default: false },
  },
});
const calls = Number(options.calls);
const betweenWritesMs = 1_000 / Number(options.writes);
const main = join(import.meta.dirname, "../server/bin/ringback.js");
const clock = { now: Date.now };

const prepared = await preparedFolder("ringback-sqlite-copy", calls, (folder) => {
  writeRingbackDatabase(join(folder, "ringback.sqlite"), calls);
});
const server = await openPostgres({ settings: { shared_buffers: "256MB", max_wal_size: "4GB" } });
const data = freshCopy(prepared);
const back = `${data.folder}-back`;
try {
  const { url } = await server.createDatabase();
  const openFile = (folder: string) => openSqliteStorage({ file: join(folder, "ringback.sqlite"), clock });
  const openUrl = () => openPostgresStorage({ url, clock });
  await measured("SQLite to PostgreSQL", await openFile(data.folder), openUrl, data.folder, url);
  if (options.back) await measured("PostgreSQL to SQLite", await openUrl(), () => openFile(back), url, back);
} finally {
  data.remove();
  rmSync(back, { recursive: true, force: true });
  await server.stop();
}

async function measured(
  title: string,
  old: Storage,
  openNew: () => Promise<Storage>,
  from: string,
  to: string,
): Promise<void> {
  const writers = startWriters(old);
  const startedAtMs = performance.now();
  const printed = await ringback(["copy", "--from", from, "--to", to]);
  const seconds = (performance.now() - startedAtMs) / 1_000;
  const { acknowledged, longestMs } = await writers.ended;
  await old.close();
  const fresh = await openNew();
  let missing = 0;
  for (const [callId, contents] of Map.groupBy(acknowledged, (note) => note.callId)) {
    const call = await fresh.calls.find(1, callId);
    const found = new Set(call?.notes.map(({ content }) => content));
    missing += contents.filter(({ content }) => !found.has(content)).length;
  }
  await fresh.close();
  process.stdout.write(`${title}, ${calls} calls, ${Math.round(acknowledged.length / seconds)} writes a second:
  ${printed
    .split("\n")
    .filter((line) => /waited|came after/.test(line))
    .join("\n  ")}
  the longest that an acknowledged write took: ${longestMs.toFixed(0)} ms
  acknowledged ${acknowledged.length}, missing afterwards ${missing}\n`);
  if (missing > 0) process.exitCode = 1;
}

/** Notes on calls all over the list, at a steady pace, until the database refuses them. */
function startWriters(storage: Storage) {
  const acknowledged: { readonly callId: number; readonly content: string }[] = [];
  let longestMs = 0;
  let last = 0;
  const ended = Promise.all(Array.from({ length: 10 }, work)).then(() => ({ acknowledged, longestMs }));
  return { ended };

  async function work(): Promise<void> {
    for (;;) {
      const number = (last += 1);
      const callId = 1 + ((number * 7_919) % calls);
      const content = `written meanwhile, ${number}`;
      const askedAtMs = performance.now();
      try {
        const by = { workspaceId: 1, actor: { kind: "user", id: "bench" }, atMs: Date.now() } as const;
        await storage.calls.addNote(by, callId, content);
        acknowledged.push({ callId, content });
        longestMs = Math.max(longestMs, performance.now() - askedAtMs);
        if (number % 5 === 0) await storage.calls.toggleArchived(by, callId);
      } catch (error) {
        if (error instanceof DomainError && /moved/.test(error.message)) return;
        if (!(error instanceof DomainError && error.code === "UNAVAILABLE")) throw error;
      }
      await later(betweenWritesMs * 10);
    }
  }
}

/** Runs the real command line; what it printed. */
function ringback(args: readonly string[]): Promise<string> {
  const child = spawn(process.execPath, [main, ...args], { stdio: ["ignore", "pipe", "inherit"] });
  let text = "";
  child.stdout.setEncoding("utf8").on("data", (piece: string) => (text += piece));
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (status) =>
      status === 0 ? resolve(text) : reject(new Error(`ringback copy: status ${status}`)),
    );
  });
}
