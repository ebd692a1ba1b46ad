import { DomainError } from "./errors.ts";
import { createLruMap } from "./lru-map.ts";
import { networkOf } from "./network.ts";
import type { Clock } from "./ports.ts";
import { partUntold, type Share, type SharedLimit } from "./shared-limits.ts";
import type { Addition, Tally } from "./tallies.ts";

/**
 * How much may be spent: `quota` at once, and as much again over each window, evenly. `session`: points of cost by whoever
 * is signed in. `network`: requests of callers who are not.
 */
export type RatePolicy = {
  readonly name: "session" | "network";
  readonly unit: "cost" | "requests";
  readonly quota: number;
  readonly windowMs: number;
};

/** What each session may ask for, and each network (/24, or /64 on IPv6) without being signed in. Null: as much as it likes. */
export type Budgets = {
  readonly session: (sessionId: string) => Budget | null;
  readonly network: (address: string) => Budget | null;
};

/** The window of both policies. */
export const rateWindowMs = 60_000;

/** Budgets that are remembered of each kind. The one that was used least recently is forgotten first, and then starts afresh. */
const budgetsMax = 100_000;

/**
 * Budgets in memory, of a bounded number. A quota of 0 limits nothing.
 * @param settings.share settles them with other nodes: each may spend a tenth of a quota more than there is, and what it spends
 *   while it settles.
 */
export function createBudgets(settings: {
  readonly clock: Clock;
  readonly sessionCostPerMinute: number;
  readonly networkRequestsPerMinute: number;
  readonly budgetsMax?: number;
  readonly share?: Share | undefined;
}): Budgets {
  const { clock, budgetsMax: kept = budgetsMax, share = null } = settings;
  const window = { windowMs: rateWindowMs };
  const session = book({ name: "session", unit: "cost", quota: settings.sessionCostPerMinute, ...window });
  const network = book({ name: "network", unit: "requests", quota: settings.networkRequestsPerMinute, ...window });
  return { session, network: (address) => network(networkOf(address)) };

  function book(policy: RatePolicy): (key: string) => Budget | null {
    if (policy.quota === 0) return () => null;
    const budgets = createLruMap<string, Budget>(kept);
    return (key) => {
      const known = budgets.get(key);
      if (known !== undefined) return known;
      const budget = new Budget(policy, clock, `${policy.name} ${key}`, share);
      budgets.set(key, budget);
      // What was spent of it elsewhere is known soon.
      share?.(budget);
      return budget;
    };
  }
}

/**
 * A token bucket, kept as the one moment at which it will be full again. A class, because there is one for each session and
 * each request spends from one.
 */
export class Budget implements SharedLimit {
  readonly policy: RatePolicy;
  readonly key: string;
  readonly #clock: Clock;
  readonly #share: Share | null;
  /** When nothing will be missing any more. */
  #fullAtMs = 0;
  /** What the other nodes have not been told of: by how much later it will be full for it. */
  #untoldMs = 0;

  constructor(policy: RatePolicy, clock: Clock, key: string, share: Share | null) {
    this.policy = policy;
    this.key = key;
    this.#clock = clock;
    this.#share = share;
  }

  /**
   * Takes so much, or nothing at all. What costs more than the whole quota is taken for the whole quota.
   * @throws DomainError RATE_LIMITED with the time after which there is enough, if nobody else spends until then.
   */
  spend(amount: number): void {
    const { quota, windowMs } = this.policy;
    const spentMs = (Math.min(amount, quota) * windowMs) / quota;
    const nextFullInMs = this.fullInMs + spentMs;
    const waitMs = Math.ceil(nextFullInMs - windowMs - rounding);
    if (waitMs > 0) {
      const message =
        this.policy.name === "session"
          ? "This session has asked for too much in the last minute; wait before the next request."
          : "Too many requests of this network without being signed in; wait before the next one.";
      throw new DomainError("RATE_LIMITED", message, { retryAfterMs: waitMs });
    }
    this.#fullAtMs = this.#clock.now() + nextFullInMs;
    if (this.#share === null) return;
    this.#untoldMs += spentMs;
    if (this.#untoldMs >= windowMs * partUntold) this.#share(this);
  }

  due(): Addition | null {
    // What has been made up for since is nobody's business.
    const lastsMs = Math.min(this.#untoldMs, this.fullInMs);
    this.#untoldMs = 0;
    return lastsMs === 0 ? null : { key: this.key, count: 1, end: "grows", lastsMs, mostMs: this.policy.windowMs };
  }

  heard(tally: Tally | null): void {
    if (tally !== null) this.#fullAtMs = Math.max(this.#fullAtMs, tally.endsAtMs + this.#untoldMs);
  }

  /** What is left now: whole, from 0 to the quota. */
  get left(): number {
    const { quota, windowMs } = this.policy;
    return Math.floor(quota - (this.fullInMs * quota) / windowMs + rounding);
  }

  /** How long until the whole quota is there again, in milliseconds. */
  get fullInMs(): number {
    const nowMs = this.#clock.now();
    // More than a window ahead means that the clock was set back: nobody should wait for a time that is far ahead.
    this.#fullAtMs = Math.min(this.#fullAtMs, nowMs + this.policy.windowMs);
    return Math.max(0, this.#fullAtMs - nowMs);
  }
}

/** Sums of fractions of milliseconds miss whole numbers by a little. */
const rounding = 1e-3;
