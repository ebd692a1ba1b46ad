import { hash } from "node:crypto";
import { DomainError } from "../domain/errors.ts";
import { createLruMap } from "../domain/lru-map.ts";
import type { Clock, SignInThrottle } from "../domain/ports.ts";
import { createRateLimit } from "../domain/rate-limit.ts";
import { createBackoff } from "./backoff.ts";

const countersMax = 100_000;
const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** For how long a network where the account signed in stays exempt from the account's cooling-off. */
const knownNetworkMs = 30 * 24 * hourMs;

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
}): SignInThrottle {
  const { clock, perNetworkPerMinute = 30 } = settings;
  const networks = createRateLimit({
    clock,
    countMax: perNetworkPerMinute,
    windowMs: minuteMs,
    keysMax: countersMax,
  });
  const pairs = createBackoff({
    clock,
    freeMax: 5,
    delayMs: (failures) => Math.min(1_000 * 2 ** (failures - 5), minuteMs),
    forgetMs: hourMs,
    keysMax: countersMax,
  });
  const accounts = createBackoff({
    clock,
    freeMax: 100,
    delayMs: () => 15 * minuteMs,
    forgetMs: 24 * hourMs,
    keysMax: countersMax,
  });
  const known = createLruMap<string, number>(countersMax);

  return {
    check(account, network) {
      const keys = keysOf(account, network);
      const waitMs = Math.max(
        pairs.wait(keys.pair),
        isKnown(keys.pair) ? 0 : accounts.wait(keys.account),
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
      if (isKnown(keys.pair)) accounts.abandoned(keys.account);
      else accounts.failed(keys.account);
    },

    succeeded(account, network) {
      const keys = keysOf(account, network);
      pairs.succeeded(keys.pair);
      // Signing in where it is known must not give those who guess elsewhere fresh attempts.
      if (isKnown(keys.pair)) accounts.abandoned(keys.account);
      else accounts.succeeded(keys.account);
      known.set(keys.pair, clock.now());
    },

    abandoned(account, network) {
      const keys = keysOf(account, network);
      pairs.abandoned(keys.pair);
      accounts.abandoned(keys.account);
    },
  };

  function isKnown(pair: string): boolean {
    const sinceMs = known.get(pair);
    return sinceMs !== undefined && clock.now() - sinceMs < knownNetworkMs;
  }
}

/** Digests: names may be long, and a hundred thousand of them are kept. */
function keysOf(account: string, network: string) {
  const name = hash("sha256", account, "base64");
  return { account: name, pair: `${name} ${network}` };
}
