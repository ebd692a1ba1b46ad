import { spawn } from "node:child_process";
import { rmSync } from "node:fs";
import type { Socket } from "node:net";

/**
 * Sees to it that a server which a test started does not outlive the test's process, however that ends: kill -9 included. A
 * shell waits for the end of a pipe that only this process holds, then ends the server and removes its folder.
 */
export function guard(pid: number, folder: string): { release(): void } {
  const guardian = spawn(
    "/bin/sh",
    ["-c", 'read -r _; kill -QUIT "$0" 2>/dev/null; sleep 1; rm -rf "$1"', String(pid), folder],
    {
      stdio: ["pipe", "ignore", "ignore"],
      detached: true, // a signal to our group must not end it before its work
    },
  );
  guardian.unref();
  (guardian.stdin as Socket).unref();
  return {
    release: () => void guardian.kill("SIGKILL"),
  };
}

/** Removes a folder that servers may still be leaving. */
export function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
}
