import { type ApiKey, keySessionId } from "./api-key.ts";
import { DomainError, unauthenticated } from "./errors.ts";
import { createLruMap } from "./lru-map.ts";
import type { Clock, Secrets } from "./ports.ts";
import { createRateLimit, type RateLimit } from "./rate-limit.ts";
import type { Share } from "./shared-limits.ts";
import type { Storage } from "./storage.ts";
import type { Principal } from "./workspace.ts";

/** Programs that sign in by key. */
export type ApiKeys = {
  /**
   * Who a key speaks for, now. What another process revokes is seen by the next call. @throws DomainError UNAUTHENTICATED
   */
  authenticate(secret: string): Promise<Principal>;
  /** Counts one more request of a key that was authenticated; those of people are not counted. @throws RATE_LIMITED */
  admit(principal: Principal): void;
};

const minuteMs = 60_000;
const keysCountedMax = 10_000;
/** Above the limit of a browser's clock; for keys without an end. */
const neverMs = Number.MAX_SAFE_INTEGER;

export function createApiKeys(deps: {
  readonly storage: Pick<Storage, "apiKeys">;
  readonly secrets: Secrets;
  readonly clock: Clock;
  /** Is told of a last use that could not be written: no reason to refuse the request. */
  readonly report: (error: unknown) => void;
  /** Settles the requests of keys with other nodes. */
  readonly share?: Share | undefined;
}): ApiKeys {
  const { storage, secrets, clock, report, share } = deps;
  const shared = share && { name: "key", share };
  const limits = createLruMap<string, RateLimit>(keysCountedMax);
  const noted = createRateLimit({ clock, countMax: 1, windowMs: minuteMs, keysMax: keysCountedMax });

  return {
    async authenticate(secret) {
      const key = await storage.apiKeys.byHash(secrets.digest(secret));
      const nowMs = clock.now();
      if (key === null || key.revokedAtMs !== null || (key.expiresAtMs ?? neverMs) <= nowMs) throw unauthenticated();
      limitOf(key);
      noteUse(key, nowMs);
      return {
        kind: "key",
        workspaceId: key.workspaceId,
        userId: key.id,
        username: key.name,
        role: key.scopes.includes("write") ? "member" : "reader",
        scopes: key.scopes,
        sessionId: keySessionId(key.id),
        expiresAtMs: key.expiresAtMs ?? neverMs,
      };
    },

    admit({ kind, userId }) {
      const limit = kind === "key" ? limits.get(userId) : undefined;
      if (limit !== undefined) count(userId, limit);
    },
  };

  function limitOf({ id, requestsPerMinute }: ApiKey): RateLimit {
    const known = limits.get(id);
    if (known !== undefined) return known;
    const limit = createRateLimit({ clock, countMax: requestsPerMinute, windowMs: minuteMs, keysMax: 1, shared });
    limits.set(id, limit);
    return limit;
  }

  function count(keyId: string, limit: RateLimit): void {
    const waitMs = limit.wait(keyId);
    if (waitMs > 0) {
      throw new DomainError("RATE_LIMITED", "This key has made too many requests within a minute.", {
        retryAfterMs: waitMs,
      });
    }
    limit.count(keyId);
  }

  /** Not waited for: whoever asks something should not pay for a write. */
  function noteUse({ id, lastUsedAtMs }: ApiKey, nowMs: number): void {
    if (lastUsedAtMs !== null && nowMs - lastUsedAtMs < minuteMs) return;
    if (noted.wait(id) > 0) return;
    noted.count(id);
    storage.apiKeys.noteUse(id, nowMs).catch(report);
  }
}
