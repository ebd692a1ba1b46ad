import { execFileSync } from "node:child_process";
import { mkdtempSync, rmdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestContext } from "node:test";

/** A disk of so many mebibytes for one test; null where this user may not mount one. */
export function smallDisk(t: TestContext, mebibytes: number) {
  const folder = mkdtempSync(join(tmpdir(), "ringback-disk-"));
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", `size=${mebibytes}m,mode=0700`, "none", folder], { stdio: "ignore" });
  } catch {
    rmdirSync(folder);
    return null;
  }
  t.after(() => {
    // Lazily: a process that a failed test left behind must not keep it.
    execFileSync("umount", ["-l", folder]);
    rmdirSync(folder);
  });
  return {
    folder,
    makeReadOnly: () => execFileSync("mount", ["-o", "remount,ro", folder]),
    fill() {
      try {
        writeFileSync(join(folder, "filler"), Buffer.alloc(mebibytes * 1_048_576));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "ENOSPC") throw error;
      }
    },
  };
}
