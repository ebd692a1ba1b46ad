import type { Clock } from "./domain/ports.ts";
import { deliveriesKeptMs } from "./domain/webhook.ts";
import { deleteExpired, keptFromMs } from "./domain/retention.ts";
import type { Storage } from "./domain/storage.ts";
import type { Tallies } from "./domain/tallies.ts";

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** Never forgotten, however old: a client that was away for a quiet year still resumes. */
const changesKeptMin = 100_000;
/** Bodies, and deliveries, that one transaction forgets, so that other writes get their turn in between. */
const bodiesPerPruning = 1_000;
/** Likewise what was told to webhooks. */
const webhookDeliveriesPerPruning = 1_000;
/** Likewise entries of the audit log. */
const auditPerPruning = 5_000;

/**
 * Forgets, once an hour, what need not be kept: calls that are older than their workspace keeps them, changes older than `keptDays`
 * beyond the newest 100,000, bodies of deliveries older than `bodiesKeptDays`, deliveries older than `deliveriesKeptDays` or than the
 * calls of their workspace may be, what was told to webhooks a month ago, the audit log of before `auditKeptDays`, sessions that ended a
 * day ago by themselves, and what nodes counted together and nobody asks for any more. Returns the way to stop; a failure is reported and
 * made up for by the next time.
 */
export function startUpkeep(deps: {
  readonly storage: Storage;
  /** Null for one node alone. */
  readonly tallies: Tallies | null;
  readonly clock: Clock;
  readonly keptDays: number;
  /** For how long the bodies of deliveries are kept. */
  readonly bodiesKeptDays: number;
  /** For how long it is kept what became of deliveries. */
  readonly deliveriesKeptDays: number;
  /** For how long the audit log is kept. */
  readonly auditKeptDays: number;
  readonly report: (error: unknown) => void;
}): () => Promise<void> {
  const { storage, tallies, clock, keptDays, bodiesKeptDays, deliveriesKeptDays, auditKeptDays, report } = deps;
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
      await deleteExpired(storage, id, clock.now());
      await pruneDeliveries(id);
      await storage.changes.prune(id, clock.now() - keptDays * dayMs, changesKeptMin);
      const auditBeforeMs = clock.now() - auditKeptDays * dayMs;
      while ((await storage.audit.prune(id, auditBeforeMs, auditPerPruning)) === auditPerPruning);
    }
    const bodiesBeforeMs = clock.now() - bodiesKeptDays * dayMs;
    while ((await storage.deliveries.pruneBodies(bodiesBeforeMs, bodiesPerPruning)) === bodiesPerPruning);
    const toldBeforeMs = clock.now() - deliveriesKeptMs;
    while ((await storage.webhooks.prune(toldBeforeMs, webhookDeliveriesPerPruning)) === webhookDeliveriesPerPruning);
    await storage.sessions.prune(clock.now() - dayMs);
    await tallies?.prune(clock.now());
  }

  async function pruneDeliveries(workspaceId: number): Promise<void> {
    const nowMs = clock.now();
    const settings = await storage.settings.workspace(workspaceId);
    const beforeMs = Math.max(
      nowMs - deliveriesKeptDays * dayMs,
      keptFromMs(settings?.callsKeptDays ?? null, nowMs) ?? 0,
    );
    while ((await storage.retention.pruneDeliveries(workspaceId, beforeMs, bodiesPerPruning)) === bodiesPerPruning);
  }
}
