import { setTimeout } from "node:timers/promises";
import { cores } from "./cores.ts";
import { busySecondsOf, usageOf } from "./usage.ts";

const foreignShareMax = 0.06;
const waitsMax = 20;
const windowMs = 250;

/** Waits until others leave the server's core alone, five seconds at most; at once where that cannot be seen. */
export async function waitForQuiet(): Promise<void> {
  const core = cores.server;
  if (core === null) return;
  for (let wait = 0; wait < waitsMax; wait++) {
    const before = busySecondsOf(core);
    await setTimeout(windowMs);
    const after = busySecondsOf(core);
    if (before === null || after === null) return;
    if ((after - before) / (windowMs / 1_000) <= foreignShareMax) return;
  }
}

/** What a stretch of work cost the server's processes, and how much of their core others used meanwhile. */
export type Cost = {
  /** CPU seconds of the server's processes; null where it cannot be seen. */
  readonly cpuSeconds: number | null;
  readonly rssBytes: number | null;
  /** From 0 to 1: the part of the server's core that other programs used. */
  readonly foreignShare: number | null;
};

/** Runs `work` and tells what it cost these processes (with their descendants). */
export async function costOf<T>(
  pids: readonly number[],
  work: () => Promise<T>,
): Promise<{ readonly result: T; readonly cost: Cost }> {
  const core = cores.server;
  const busyBefore = core === null ? null : busySecondsOf(core);
  const before = usageOf(pids);
  const started = performance.now();
  const result = await work();
  const seconds = (performance.now() - started) / 1_000;
  const after = usageOf(pids);
  const busyAfter = core === null ? null : busySecondsOf(core);
  const cpuSeconds = before === null || after === null ? null : after.cpuSeconds - before.cpuSeconds;
  const foreign =
    busyBefore === null || busyAfter === null || cpuSeconds === null ? null : busyAfter - busyBefore - cpuSeconds;
  return {
    result,
    cost: {
      cpuSeconds,
      rssBytes: after?.rssBytes ?? null,
      foreignShare: foreign === null ? null : Math.max(0, foreign / seconds),
    },
  };
}

/** Whether others disturbed a measurement so much that it ought to be repeated. */
export function isDisturbed(cost: Cost): boolean {
  return cost.foreignShare !== null && cost.foreignShare > foreignShareMax;
}
