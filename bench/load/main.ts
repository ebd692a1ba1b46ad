import { fire } from "./fire.ts";
import { loadHttp } from "./http-load.ts";
import type { Job } from "./job.ts";
import { openSubscribers, type Subscribers } from "./subscribers.ts";

// The load process: one job at a time from the kit, one answer each. It runs on a core of its own.

let subscribers: Subscribers | null = null;

async function run(job: Job): Promise<unknown> {
  switch (job.kind) {
    case "http":
      return loadHttp(job);
    case "open-subscribers": {
      const started = performance.now();
      subscribers = await openSubscribers(job);
      return { seconds: (performance.now() - started) / 1_000 };
    }
    case "fire":
      if (subscribers === null) throw new Error("nobody listens");
      return fire(job, subscribers);
    case "close-subscribers":
      subscribers?.close();
      subscribers = null;
      return null;
  }
}

process.on("message", (job: Job) => {
  run(job).then(
    (result) => process.send?.({ result }),
    (error: unknown) => process.send?.({ error: error instanceof Error ? error.message : String(error) }),
  );
});
process.on("disconnect", () => process.exit(0));
