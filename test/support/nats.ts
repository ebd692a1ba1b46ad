import { spawnSync } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "./free-port.ts";
import { removeFolder } from "./guardian.ts";
import { startServerProcess } from "./server-process.ts";

/** Debian keeps the server out of the path of ordinary users. */
const environment = { ...process.env, PATH: `${process.env["PATH"] ?? ""}:/usr/sbin:/usr/local/sbin` };

/** Why no NATS server can be started on this machine, or null when one can. */
export function whyNoNats(): string | null {
  const isThere = spawnSync("nats-server", ["--version"], { env: environment }).error === undefined;
  return isThere ? null : "nats-server is not installed (Debian: nats-server)";
}

/** A NATS server on loopback. */
export type TestNats = {
  readonly host: string;
  readonly port: number;
  /** Its address without credentials. */
  readonly url: string;
  /** kill -9. */
  kill(): Promise<void>;
  /** Starts it again on the same port. */
  start(): Promise<void>;
  /** Ends it as an operator does, and removes what it left. */
  stop(): Promise<void>;
};

/**
 * Starts a real `nats-server` on a free port. Whoever starts it stops it; it does not outlive this process in any case.
 * @param args more of its command line, such as `--user` and `--pass`.
 */
export async function startNats(args: readonly string[] = []): Promise<TestNats> {
  const host = "127.0.0.1";
  const folder = mkdtempSync(join(tmpdir(), "ringback-nats-"));
  const startAt = (port: number) =>
    startServerProcess({
      command: "nats-server",
      args: ["--addr", host, "--port", String(port), ...args],
      options: { env: environment, cwd: folder },
      ready: /Server is ready/,
      folder,
    });
  let port = await freePort();
  let running = await startAt(port).catch(async () => startAt((port = await freePort()))); // somebody else took it
  return {
    host,
    port,
    url: `nats://${host}:${port}`,
    kill: () => running.end("SIGKILL"),
    async start() {
      running = await startAt(port);
    },
    async stop() {
      await running.end("SIGTERM");
      removeFolder(folder);
    },
  };
}
