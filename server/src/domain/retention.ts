import { authorised } from "./authorisation.ts";
import { DomainError } from "./errors.ts";
import { createOnceAfter } from "./kept-answers.ts";
import { numberKey, type NumberKeys } from "./number-key.ts";
import type { Clock } from "./ports.ts";
import type { IdempotencyKey, Storage, Writing } from "./storage.ts";
import type { CallFacts } from "./source.ts";
import type { Principal } from "./workspace.ts";

const dayMs = 86_400_000;

/**
 * The part of {@link Storage} that deletes. A call that is deleted is gone with all that was made of it: its notes and their history, what
 * sources sent of it, who has read it, its place in counts and searches, and answers that are kept for retries. Its deletion is a
 * change (`call.deleted`), and every earlier change of the call becomes one of that kind too, at its revision and with nothing of the call but its
 * id: so each revision is still told once and in order, and nobody is told any more what the call was.
 *
 * Both ways of deleting take the calls of a number from the oldest on. A call is settled by later ones alone (`returns.ts`), so no call
 * that stays ever loses the one that settled it, and none alters.
 *
 * What comes late of a deleted call is ignored, and nothing of it is kept.
 */
export interface RetentionStore {
  /** Deletes the calls that were made before `beforeMs`, the oldest first, `limit` at most in one transaction; how many. */
  deleteOld(author: Pick<Writing, "workspaceId" | "actor" | "atMs">, beforeMs: number, limit: number): Promise<number>;
  /** Likewise those whose other end has one of these keys (`number-key.ts`). */
  deleteOfNumber(
    author: Pick<Writing, "workspaceId" | "actor" | "atMs">,
    keys: readonly string[],
    limit: number,
  ): Promise<number>;
  /**
   * Forgets deliveries that were received before `beforeMs`, `limit` at most in one transaction; how many. Those of a call of which another
   * one still has its body stay, for the call can be read anew from these only as a whole; so do the facts that a call was folded from.
   */
  pruneDeliveries(workspaceId: number, beforeMs: number, limit: number): Promise<number>;
}

/** Calls that one transaction deletes, so that other writes get their turn in between. */
export const callsPerDeletion = 100;

/** Calls that one request deletes at most. */
export const callsForgottenMax = 1_000;

/** The time before which calls are not kept; null where all are. */
export function keptFromMs(callsKeptDays: number | null, nowMs: number): number | null {
  return callsKeptDays === null ? null : nowMs - callsKeptDays * dayMs;
}

/** Whether a call that is told of now, and was not known, is one that would be deleted at once. */
export function isTooOld({ startedAtMs }: CallFacts, callsKeptDays: number | null, nowMs: number): boolean {
  const fromMs = keptFromMs(callsKeptDays, nowMs);
  return fromMs !== null && startedAtMs !== null && startedAtMs < fromMs;
}

/** Deletes what the workspace does not keep any more, transaction after transaction; how many calls. */
export async function deleteExpired(
  storage: Pick<Storage, "settings" | "retention">,
  workspaceId: number,
  nowMs: number,
): Promise<number> {
  const settings = await storage.settings.workspace(workspaceId);
  const fromMs = keptFromMs(settings?.callsKeptDays ?? null, nowMs);
  if (fromMs === null) return 0;
  const author = { workspaceId, actor: { kind: "system" }, atMs: nowMs } as const;
  return inParts((limit) => storage.retention.deleteOld(author, fromMs, limit), Infinity);
}

/** What a request to forget a number did. */
export type Forgotten = {
  readonly deletedCount: number;
  /** Whether there are more: the same request again deletes them. */
  readonly hasMore: boolean;
};

export type RetentionDeps = {
  readonly storage: Pick<Storage, "retention" | "numbers" | "keptAnswers" | "audit">;
  readonly numberKeys: NumberKeys;
  readonly clock: Clock;
};

/** Deleting as people ask for it. */
export type Retention = ReturnType<typeof createRetention>;

export function createRetention(deps: RetentionDeps) {
  return authorised(useCases(deps), { forgetNumber: "admin" });
}

function useCases({ storage, numberKeys, clock }: RetentionDeps) {
  const onceAfter = createOnceAfter(storage.keptAnswers, clock);
  return {
    /**
     * Deletes the calls whose other end is this number, in any spelling, from the oldest on and 1,000 at most.
     * @throws DomainError BAD_USER_INPUT for what is no number.
     */
    async forgetNumber(principal: Principal, number: string, idempotency?: IdempotencyKey): Promise<Forgotten> {
      const { workspaceId, kind, userId } = principal;
      const keys = await keysOf(workspaceId, number);
      return onceAfter(principal, idempotency, async () => {
        const author = { workspaceId, actor: { kind, id: userId }, atMs: clock.now() } as const;
        const deletedCount = await inParts(
          (limit) => storage.retention.deleteOfNumber(author, keys, limit),
          callsForgottenMax,
        );
        // Each deletion is a change by its actor as well; here it is told to admins that it was asked for.
        const details = { count: String(deletedCount) };
        await storage.audit.record({ ...author, kind: "number-forgotten", details });
        return { deletedCount, hasMore: deletedCount === callsForgottenMax };
      });
    },
  };

  /** As it is read without a country, and in each of those that the workspace's sources are in. */
  async function keysOf(workspaceId: number, number: string): Promise<readonly string[]> {
    const plain = number.length > numberLengthMax ? null : numberKey(number);
    if (plain === null || plain === "") {
      throw new DomainError("BAD_USER_INPUT", "number must be the number of a caller or of somebody who was called.", {
        field: "number",
      });
    }
    const countries = await storage.numbers.countries(workspaceId);
    return [...new Set([plain, ...countries.flatMap(({ country }) => numberKeys(number, country) ?? [])])];
  }
}

const numberLengthMax = 256;

async function inParts(deletePart: (limit: number) => Promise<number>, most: number): Promise<number> {
  let total = 0;
  while (total < most) {
    const limit = Math.min(callsPerDeletion, most - total);
    // oxlint-disable-next-line no-await-in-loop -- one transaction after the other
    const count = await deletePart(limit);
    total += count;
    if (count < limit) break;
  }
  return total;
}
