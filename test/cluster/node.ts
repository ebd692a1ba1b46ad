import { join, resolve } from "node:path";
import { freePort } from "../support/free-port.ts";
import { type ServerProcess, startServerProcess } from "../support/server-process.ts";

const main = resolve(import.meta.dirname, "../../server/bin/ringback.js");

/** `ringback serve` in a process of its own, always at one address. */
export type Node = {
  readonly url: string;
  /** SIGTERM, the end that it comes to, and a new start. @throws Error when it did not end with status 0. */
  restart(): Promise<void>;
  stop(): Promise<void>;
};

export type NodeSettings = {
  /** The folder of keys, shared by the nodes of one database. */
  readonly data: string;
  readonly database: string;
  readonly doorbell: string;
};

/** How long a node that was told to stop still takes requests, in milliseconds: several looks of the balancer. */
export const drainMs = 2_000;

export async function startNode({ data, database, doorbell }: NodeSettings): Promise<Node> {
  const port = await freePort();
  const start = () =>
    startServerProcess({
      command: process.execPath,
      args: [main, "serve"],
      options: {
        cwd: data,
        env: {
          PATH: process.env["PATH"],
          RINGBACK_DATA: data,
          RINGBACK_DATABASE: database,
          RINGBACK_DOORBELL: doorbell,
          RINGBACK_PORT: String(port),
          RINGBACK_DRAIN_MS: String(drainMs),
          RINGBACK_DATABASE_CONNECTIONS: "4",
          RINGBACK_LOG: "silent",
          RINGBACK_COST_PER_SESSION: "0",
          RINGBACK_REQUESTS_PER_NETWORK: "0",
        },
      },
      ready: /Ctrl-C\./,
      folder: join(data, "none"),
    });
  let running: ServerProcess = await start();
  const stop = async () => {
    await running.end("SIGTERM");
    if (running.child.exitCode !== 0) throw new Error(`A node ended with status ${running.child.exitCode}.`);
  };
  return {
    url: `http://127.0.0.1:${port}`,
    async restart() {
      await stop();
      running = await start();
    },
    stop,
  };
}
