import { execFileSync } from "node:child_process";
import { closeSync, mkdtempSync, openSync, rmSync } from "node:fs";
import { open } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * Occupies the threads that this process hashes, signs and reads files with, until they are let go: each waits in the
 * opening of a named pipe that nobody writes to. Whatever is handed to them afterwards waits for `letGo`.
 */
export function holdThreads(): { letGo(): Promise<void> } {
  const folder = mkdtempSync(join(tmpdir(), "ringback-hold-"));
  const pipe = join(folder, "pipe");
  execFileSync("mkfifo", [pipe]);
  const count = Number(process.env["UV_THREADPOOL_SIZE"] ?? 4);
  const openings = Array.from({ length: count }, () => open(pipe, "r"));
  return {
    async letGo() {
      const writer = openSync(pipe, "r+"); // with a writer there, every opening for reading succeeds
      for (const handle of await Promise.all(openings)) await handle.close();
      closeSync(writer);
      rmSync(folder, { recursive: true });
    },
  };
}
