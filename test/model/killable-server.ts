import { join, resolve } from "node:path";
import { freePort } from "../support/free-port.ts";
import { databaseOf } from "../support/test-database.ts";
import { type ServerProcess, startServerProcess } from "../support/server-process.ts";

const main = resolve(import.meta.dirname, "../../server/bin/ringback.js");

/** The product in a process of its own on a data folder, always at one address, that can be killed and comes back. */
export type KillableServer = {
  readonly url: string;
  /** Resolves while it takes connections, else as soon as it does again. Rejects once it could not be started again. */
  readonly isUp: () => Promise<unknown>;
  /** kill -9 in the midst of whatever it does, and a start on the same folder. */
  killAndRestart(): Promise<void>;
  /** Lets what runs finish; there is nothing to come back to then, and {@link isUp} rejects. */
  stop(): Promise<void>;
};

export async function startKillableServer(data: string): Promise<KillableServer> {
  const port = await freePort();
  const database = await databaseOf(data);
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
          RINGBACK_PORT: String(port),
          RINGBACK_LOG: "silent",
          RINGBACK_COST_PER_SESSION: "0",
          RINGBACK_REQUESTS_PER_NETWORK: "0",
        },
      },
      ready: /Ctrl-C\./,
      folder: join(data, "none"),
    });
  let running: Promise<ServerProcess> = start();
  await running;
  return {
    url: `http://127.0.0.1:${port}`,
    isUp: () => running,
    async killAndRestart() {
      const { child, ended } = await running;
      running = ended.then(start);
      running.catch(() => {}); // who waits for it hears of it
      child.kill("SIGKILL");
      await running;
    },
    async stop() {
      const last = await running.catch(() => null);
      running = Promise.reject(new Error("The run is over."));
      running.catch(() => {});
      await last?.end("SIGTERM");
    },
  };
}
