import { hash } from "node:crypto";
import { DomainError } from "../domain/errors.ts";
import { createLruMap } from "../domain/lru-map.ts";
import type { Clock } from "../domain/ports.ts";
import { createRateLimit } from "../domain/rate-limit.ts";
import type { Tally } from "../domain/tallies.ts";
import { createBackoff } from "./backoff.ts";

const countersMax = 100_000;
const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** When what is counted is forgotten, if nothing is added to it. */
export const forgetMs = {
  /** Failures of an account from a network. */
  pair: hourMs,
  /** Failures of an account. */
  account: 24 * hourMs,
  /** Attempts of a network. */
  network: minuteMs,
  /** That an account signed in from a network: so long stays it exempt from the account's cooling-off. */
  known: 30 * 24 * hourMs,
};

/** A throttle that lives in this process. It answers at once; see `SignInThrottle` of the domain. */
export type LocalThrottle = {
  check(account: string, network: string): void;
  failed(account: string, network: string): void;
  succeeded(account: string, network: string): void;
  abandoned(account: string, network: string): void;
  /** Whether the account has signed in from the network, not too long ago. */
  isKnown(account: string, network: string): boolean;
  /** Takes over what all nodes have counted. */
  hear(account: string, network: string, counted: Counted): void;
};

/** What was counted of an attempt to sign in; null for nothing. */
export type Counted = Readonly<Record<keyof typeof forgetMs, Tally | null>>;

/**
 * Slows down guessing, the same for names that exist and names that do not. Counters are bounded; they live in memory.
 *
 * - Per account and network: five attempts may fail without a wait, the next ones wait 1, 2, 4 ... 60 seconds.
 * - Per network: `perNetworkPerMinute` attempts a minute.
 * - Per account: after 100 failures in a row one attempt every 15 minutes, from wherever it comes, except from networks where
 *   the account has signed in within 30 days: so nobody can lock a person out. Failures from those count for them alone.
 *
 * Attempts that run at the same time are counted as if they failed once the account has failed there before, so that
 * a burst does not get around the waits.
 */
export function createSignInThrottle(settings: {
  readonly clock: Clock;
  readonly perNetworkPerMinute?: number;
}): LocalThrottle {
  const { clock, perNetworkPerMinute = 30 } = settings;
  const networks = createRateLimit({
    clock,
    countMax: perNetworkPerMinute,
    windowMs: forgetMs.network,
    keysMax: countersMax,
  });
  const pairs = createBackoff({
    clock,
    freeMax: 5,
    delayMs: (failures) => Math.min(1_000 * 2 ** (failures - 5), minuteMs),
    forgetMs: forgetMs.pair,
    keysMax: countersMax,
  });
  const accounts = createBackoff({
    clock,
    freeMax: 100,
    delayMs: () => 15 * minuteMs,
    forgetMs: forgetMs.account,
    keysMax: countersMax,
  });
  const known = createLruMap<string, number>(countersMax);

  return {
    check(account, network) {
      const keys = keysOf(account, network);
      const waitMs = Math.max(
        pairs.wait(keys.pair),
        knows(keys.pair) ? 0 : accounts.wait(keys.account),
        networks.wait(network),
      );
      if (waitMs > 0) {
        const message = "Too many attempts to sign in; wait before the next one.";
        throw new DomainError("RATE_LIMITED", message, { retryAfterMs: waitMs });
      }
      networks.count(network);
      pairs.begin(keys.pair);
      accounts.begin(keys.account);
    },

    failed(account, network) {
      const keys = keysOf(account, network);
      pairs.failed(keys.pair);
      if (knows(keys.pair)) accounts.abandoned(keys.account);
      else accounts.failed(keys.account);
    },

    succeeded(account, network) {
      const keys = keysOf(account, network);
      pairs.succeeded(keys.pair);
      // Signing in where it is known must not give those who guess elsewhere fresh attempts.
      if (knows(keys.pair)) accounts.abandoned(keys.account);
      else accounts.succeeded(keys.account);
      known.set(keys.pair, clock.now());
    },

    abandoned(account, network) {
      const keys = keysOf(account, network);
      pairs.abandoned(keys.pair);
      accounts.abandoned(keys.account);
    },

    isKnown: (account, network) => knows(keysOf(account, network).pair),

    hear(account, network, counted) {
      const keys = keysOf(account, network);
      pairs.hear(keys.pair, counted.pair);
      accounts.hear(keys.account, counted.account);
      if (counted.network !== null) networks.hear(network, counted.network);
      if (counted.known === null) known.delete(keys.pair);
      else known.set(keys.pair, counted.known.endsAtMs - forgetMs.known);
    },
  };

  function knows(pair: string): boolean {
    const sinceMs = known.get(pair);
    return sinceMs !== undefined && clock.now() - sinceMs < forgetMs.known;
  }
}

/** Digests: names may be long, and a hundred thousand of them are kept. */
export function keysOf(account: string, network: string) {
  const name = hash("sha256", account, "base64");
  return { account: name, pair: `${name} ${network}` };
}
