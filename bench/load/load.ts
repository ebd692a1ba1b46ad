import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { cores, pinned } from "../machine/cores.ts";
import type {
  FireJob,
  FireReport,
  HttpJob,
  HttpReport,
  Job,
  OpenSubscribersJob,
  OpenSubscribersReport,
} from "./job.ts";

/** The load process, as the kit drives it: one job at a time. */
export type Load = {
  http(job: Omit<HttpJob, "kind">): Promise<HttpReport>;
  openSubscribers(job: Omit<OpenSubscribersJob, "kind">): Promise<OpenSubscribersReport>;
  fire(job: Omit<FireJob, "kind">): Promise<FireReport>;
  closeSubscribers(): Promise<void>;
  /** Ends the process. */
  stop(): void;
};

export function startLoad(): Load {
  const { file, args } = pinned(cores.load, [process.execPath, join(import.meta.dirname, "main.ts")]);
  const child = spawn(file, args, { stdio: ["ignore", "inherit", "inherit", "ipc"], serialization: "advanced" });
  return {
    http: async (job) => answerTo<HttpReport>(child, { kind: "http", ...job }),
    openSubscribers: async (job) => answerTo<OpenSubscribersReport>(child, { kind: "open-subscribers", ...job }),
    fire: async (job) => answerTo<FireReport>(child, { kind: "fire", ...job }),
    closeSubscribers: async () => answerTo<void>(child, { kind: "close-subscribers" }),
    stop: () => child.disconnect(),
  };
}

async function answerTo<T>(child: ChildProcess, job: Job): Promise<T> {
  return new Promise((resolve, reject) => {
    const onExit = (code: number | null) => reject(new Error(`the load process ended with ${code}`));
    child.once("exit", onExit);
    child.once("message", (message: { result: T } | { error: string }) => {
      child.off("exit", onExit);
      if ("error" in message) reject(new Error(message.error));
      else resolve(message.result);
    });
    child.send(job);
  });
}
