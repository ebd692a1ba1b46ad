import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { cores, pinned } from "../machine/cores.ts";

/** A server process on the server's core. */
export type Child = {
  readonly pid: number;
  /** What it printed that told where it listens. */
  readonly url: string;
  /** `performance.now()` right before it was spawned. */
  readonly spawnedAtMs: number;
  stop(): Promise<void>;
};

const startMsMax = 120_000;

/** Starts a server and resolves when it has printed where it listens: the first `http://127.0.0.1:port` on its output. */
export async function startChild(
  command: readonly string[],
  environment: Readonly<Record<string, string>>,
  folder?: string,
): Promise<Child> {
  const { file, args } = pinned(cores.server, command);
  const spawnedAtMs = performance.now();
  const child = spawn(file, args, {
    cwd: folder,
    env: { ...process.env, NODE_ENV: "production", ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  // A kit that is interrupted leaves no server behind.
  const endWithUs = () => child.kill("SIGKILL");
  process.once("exit", endWithUs);
  const url = await printedUrl(child, command);
  return {
    pid: child.pid ?? 0,
    url,
    spawnedAtMs,
    async stop() {
      process.off("exit", endWithUs);
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, "exit");
      child.kill("SIGTERM");
      // Thousands of open sockets may take a polite server long to say goodbye to; the numbers are in already.
      const impatience = setTimeout(() => child.kill("SIGKILL"), 5_000);
      await ended;
      clearTimeout(impatience);
    },
  };
}

async function printedUrl(child: ChildProcess, command: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    let printed = "";
    const fail = (reason: string) => reject(new Error(`${command.join(" ")} ${reason}\n${printed.slice(-2_000)}`));
    const timer = setTimeout(() => {
      child.kill("SIGKILL");
      fail("did not say where it listens");
    }, startMsMax);
    child.once("error", (error) => fail(error.message));
    child.once("exit", (code) => {
      clearTimeout(timer);
      fail(`ended with ${code}`);
    });
    const read = (text: string) => {
      printed = (printed + text).slice(-10_000);
      const url = /http:\/\/127\.0\.0\.1:\d+/.exec(printed)?.[0];
      if (url === undefined) return;
      clearTimeout(timer);
      resolve(url);
    };
    child.stdout?.setEncoding("utf8").on("data", read);
    child.stderr?.setEncoding("utf8").on("data", (text: string) => (printed = (printed + text).slice(-10_000)));
  });
}
