import type { Clock } from "./domain/ports.ts";
import type { Storage } from "./domain/storage.ts";

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** Never forgotten, however old: a client that was away for a quiet year still resumes. */
const changesKeptMin = 100_000;

/**
 * Forgets, once an hour, what need not be kept: changes older than `keptDays` beyond the newest 100,000, and sessions that
 * ended a day ago by themselves. Returns the way to stop; a failure is reported and made up for by the next time.
 */
export function startUpkeep(deps: {
  readonly storage: Storage;
  readonly clock: Clock;
  readonly keptDays: number;
  readonly report: (error: unknown) => void;
}): () => Promise<void> {
  const { storage, clock, keptDays, report } = deps;
  let running = Promise.resolve();
  const timer = setInterval(() => {
    running = tidy().catch(report);
  }, hourMs);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await running;
  };

  async function tidy(): Promise<void> {
    for (const { id } of await storage.workspaces.list()) {
      await storage.changes.prune(id, clock.now() - keptDays * dayMs, changesKeptMin);
    }
    await storage.sessions.prune(clock.now() - dayMs);
  }
}
