import type { NodeRegister, OpenByKey } from "../domain/node-register.ts";

/** What is open on the other nodes. */
export type OpenElsewhere = {
  /** How many they have open under the key, as they said last. */
  count(key: string): number;
  /** Whatever this yields is what this node has open. */
  tell(open: () => Iterable<readonly [key: string, count: number]>): void;
};

/** How often nodes tell each other, in milliseconds. */
const everyMs = 1_000;

/**
 * Tells the other nodes each second what is open here, and hears it from them; a failure is reported, and what was heard
 * last holds until the next time. `close` says that nothing is open here any more.
 */
export function createOpenElsewhere({
  nodes,
  nodeId,
  report,
}: {
  readonly nodes: NodeRegister;
  readonly nodeId: string;
  readonly report: (error: unknown) => void;
}): OpenElsewhere & { close(): Promise<void> } {
  const told: (() => Iterable<readonly [string, number]>)[] = [];
  let others: readonly OpenByKey[] = [];
  let exchanging: Promise<void> | null = null;
  const timer = setInterval(() => {
    exchanging ??= exchange()
      .catch(report)
      .finally(() => {
        exchanging = null;
      });
  }, everyMs);
  timer.unref();

  return {
    count: (key) => others.reduce((sum, open) => sum + (open[key] ?? 0), 0),
    tell: (open) => void told.push(open),
    async close() {
      clearInterval(timer);
      await exchanging;
      await nodes.leave(nodeId).catch(report);
    },
  };

  async function exchange(): Promise<void> {
    const open: Record<string, number> = {};
    for (const tell of told) for (const [key, count] of tell()) open[key] = count;
    others = await nodes.exchange(nodeId, open);
  }
}
