import type { Clock, SignInThrottle } from "../domain/ports.ts";
import type { Addition, Tallies } from "../domain/tallies.ts";
import { type Counted, forgetMs, keysOf, type LocalThrottle } from "./throttle.ts";

/**
 * A throttle that knows, before each attempt, what has been tried on all nodes, and tells them what came of it before anybody is
 * answered. Attempts that run on other nodes at that very moment are not known of.
 */
export function shareThrottle(
  local: LocalThrottle,
  { tallies, clock }: { readonly tallies: Tallies; readonly clock: Clock },
): SignInThrottle {
  return {
    async check(account, network) {
      local.hear(account, network, await counted(account, network));
      local.check(account, network);
      try {
        await add(account, network, ["network"]);
      } catch (error) {
        local.abandoned(account, network);
        throw error;
      }
    },

    async failed(account, network) {
      const isKnown = local.isKnown(account, network);
      local.failed(account, network);
      await add(account, network, isKnown ? ["pair"] : ["pair", "account"]);
    },

    async succeeded(account, network) {
      const isKnown = local.isKnown(account, network);
      local.succeeded(account, network);
      const keys = sharedKeys(account, network);
      await Promise.all([
        tallies.clear(isKnown ? [keys.pair] : [keys.pair, keys.account]),
        add(account, network, ["known"]),
      ]);
    },

    abandoned: (account, network) => local.abandoned(account, network),
  };

  async function counted(account: string, network: string): Promise<Counted> {
    const keys = sharedKeys(account, network);
    const found = await tallies.read([keys.pair, keys.account, keys.network, keys.known], clock.now());
    const [pair = null, ofAccount = null, ofNetwork = null, known = null] = found;
    return { pair, account: ofAccount, network: ofNetwork, known };
  }

  async function add(account: string, network: string, names: readonly (keyof Counted)[]): Promise<void> {
    const keys = sharedKeys(account, network);
    const additions = names.map((name): Addition => {
      const [end, lastsMs] = [name === "network" ? "stays" : "moves", forgetMs[name]] as const;
      return { key: keys[name], count: 1, end, lastsMs, mostMs: lastsMs };
    });
    await tallies.add(additions, clock.now());
  }
}

function sharedKeys(account: string, network: string): Readonly<Record<keyof Counted, string>> {
  const keys = keysOf(account, network);
  return {
    pair: `failed ${keys.pair}`,
    account: `failed ${keys.account}`,
    network: `tried ${network}`,
    known: `known ${keys.pair}`,
  };
}
