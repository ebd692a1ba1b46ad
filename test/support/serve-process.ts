import { join, resolve } from "node:path";
import { freePort } from "./free-port.ts";
import { type ServerProcess, startServerProcess } from "./server-process.ts";
import { databaseOf } from "./test-database.ts";

const program = resolve(import.meta.dirname, "../../server/bin/ringback.js");

/** `ringback serve` in a process of its own, always at one address, that can end in any way and comes back. */
export type ServeProcess = {
  readonly url: string;
  /** Resolves while it takes connections, else as soon as it does again. Rejects where it does not come back. */
  readonly isUp: () => Promise<unknown>;
  /** SIGTERM, the end that it comes to, and a new start. @throws Error when it did not end with status 0 */
  restart(): Promise<void>;
  /** kill -9 in the midst of whatever it does, and a new start. `meanwhile` is waited for between the two. */
  killAndRestart(meanwhile?: () => Promise<unknown>): Promise<void>;
  /** SIGTERM, and nothing to come back to: {@link isUp} rejects. @throws Error when it did not end with status 0 */
  stop(): Promise<void>;
};

/** Starts it on a folder of data and the database that goes with it, silent and without limits. `settings` are further ones, by the names of the environment. */
export async function startServeProcess(
  data: string,
  settings: Readonly<Record<`RINGBACK_${string}`, string>> = {},
): Promise<ServeProcess> {
  const port = await freePort();
  const database = settings["RINGBACK_DATABASE"] ?? (await databaseOf(data));
  const start = () =>
    startServerProcess({
      command: process.execPath,
      args: [program, "serve"],
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
          ...settings,
        },
      },
      ready: /Ctrl-C\./,
      folder: join(data, "none"),
    });
  let running = start();
  await running;
  const becomes = (next: Promise<ServerProcess>) => {
    running = next;
    next.catch(() => {}); // who waits for it hears of it
  };
  return {
    url: `http://127.0.0.1:${port}`,
    isUp: () => running,
    async restart() {
      becomes(running.then(endByItself).then(start));
      await running;
    },
    async killAndRestart(meanwhile) {
      const { child, ended } = await running;
      becomes(ended.then(meanwhile).then(start));
      child.kill("SIGKILL");
      await running;
    },
    async stop() {
      const last = await running.catch(() => null);
      becomes(Promise.reject(new Error("It was stopped.")));
      if (last !== null) await endByItself(last);
    },
  };
}

/** @throws Error when it does not end by SIGTERM, or with another status than 0 */
async function endByItself(server: ServerProcess): Promise<void> {
  await server.end("SIGTERM");
  if (server.child.exitCode !== 0) throw new Error(`The server ended with status ${server.child.exitCode}.`);
}
