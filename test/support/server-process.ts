import { type ChildProcess, spawn, type SpawnOptions } from "node:child_process";
import { guard } from "./guardian.ts";

/** A server of somebody else's that a test runs. */
export type ServerProcess = {
  readonly child: ChildProcess;
  /** Resolves once it has ended, however it did. */
  readonly ended: Promise<void>;
  /** Sends a signal and waits for the end. @throws Error when it has not ended after 30 s: SIGKILL has been sent then. */
  end(signal: NodeJS.Signals): Promise<void>;
};

export type ServerStart = {
  readonly command: string;
  readonly args: readonly string[];
  readonly options?: SpawnOptions;
  /** What it prints (on either stream) when it takes connections. */
  readonly ready: RegExp;
  /** Removed when this process dies without having ended the server. */
  readonly folder: string;
};

/** Starts a server. @throws Error with what it printed when it ends before it is ready, or is not ready after 60 s. */
export async function startServerProcess({
  command,
  args,
  options,
  ready,
  folder,
}: ServerStart): Promise<ServerProcess> {
  const child = spawn(command, args, { ...options, stdio: ["ignore", "pipe", "pipe"] });
  let printed = "";
  let isOver = false;
  const guardian = child.pid === undefined ? null : guard(child.pid, folder);
  const ended = new Promise<void>((resolve) => {
    const over = () => {
      isOver = true;
      guardian?.release();
      resolve();
    };
    child.once("close", over);
    child.once("error", (error) => {
      printed += error.message;
      over();
    });
  });
  const isReady = new Promise<void>((resolve) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding("utf8").on("data", (text: string) => {
        printed = (printed + text).slice(-20_000);
        if (ready.test(printed)) resolve();
      });
    }
  });
  const end = async (signal: NodeJS.Signals) => {
    if (isOver) return;
    child.kill(signal);
    if (await within(30_000, ended)) return;
    child.kill("SIGKILL");
    await ended;
    throw new Error(`${command} did not end by ${signal}:\n${printed}`);
  };
  await within(60_000, Promise.race([isReady, ended]));
  if (ready.test(printed)) return { child, ended, end };
  await end("SIGKILL");
  throw new Error(`${command} did not start:\n${printed}`);
}

/** Whether it came to pass in time. */
async function within(ms: number, event: Promise<void>): Promise<boolean> {
  const late = Promise.withResolvers<boolean>();
  const timer = setTimeout(() => late.resolve(false), ms);
  const inTime = await Promise.race([event.then(() => true), late.promise]);
  clearTimeout(timer);
  return inTime;
}
