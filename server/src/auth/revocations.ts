import type { Clock, Revocations } from "../domain/ports.ts";
import { accessLifetimeMs } from "../domain/session.ts";
import type { SessionStore } from "../domain/storage.ts";

/** How long a revoked session is remembered: no access token of it lives longer, leeway and a slow answer included. */
const rememberedMs = accessLifetimeMs + 60_000;
/** How far back each look overlaps the one before: commits that were stamped early and became visible late. */
const overlapMs = 30_000;

/**
 * The sessions revoked within the last eleven minutes, in memory: those of this process at once, those of other processes
 * on the same database by looking every `pollMs`.
 */
export type RevocationList = Revocations & {
  /** Looks at the database now. Failures go to `report`. */
  poll(): Promise<void>;
  /** Stops looking. Listeners hear nothing more. */
  close(): void;
};

/**
 * Resolves when what the database knows is loaded; only then may tokens be accepted.
 * @throws what storage throws.
 */
export async function createRevocations(deps: {
  readonly sessions: Pick<SessionStore, "revokedSince">;
  readonly clock: Clock;
  /** 1,000 where another process may revoke. */
  readonly pollMs: number;
  /** Is told of looks that failed (the next one makes up for it) and of listeners that threw. */
  readonly report: (error: unknown) => void;
}): Promise<RevocationList> {
  const { sessions, clock, pollMs, report } = deps;
  /** Until when each is remembered, oldest first. */
  const until = new Map<string, number>();
  const listeners = new Set<(sessionId: string) => void>();
  let isClosed = false;
  let isPolling = false;
  let lookedAtMs = clock.now();

  await look(lookedAtMs - rememberedMs);
  const timer = setInterval(() => void poll(), pollMs);
  timer.unref();

  return {
    has: (sessionId) => until.has(sessionId),
    announce,
    onRevoked(listener) {
      const own = (sessionId: string) => listener(sessionId);
      listeners.add(own);
      return () => void listeners.delete(own);
    },
    poll,
    close() {
      isClosed = true;
      clearInterval(timer);
      listeners.clear();
    },
  };

  async function poll(): Promise<void> {
    if (isPolling || isClosed) return;
    isPolling = true;
    try {
      const nowMs = clock.now();
      // A clock that was set back may have let entries go that matter again.
      const wasSetBack = nowMs < lookedAtMs;
      await look(wasSetBack ? nowMs - rememberedMs : lookedAtMs - overlapMs);
      lookedAtMs = nowMs;
      forgetOld(nowMs);
    } catch (error) {
      if (!isClosed) report(error);
    } finally {
      isPolling = false;
    }
  }

  async function look(sinceMs: number): Promise<void> {
    const revoked = await sessions.revokedSince(sinceMs);
    if (!isClosed) announce(revoked.map(({ sessionId }) => sessionId));
  }

  function announce(sessionIds: readonly string[]): void {
    for (const sessionId of sessionIds) {
      if (until.has(sessionId)) continue;
      until.set(sessionId, clock.now() + rememberedMs);
      for (const listener of listeners) tell(listener, sessionId);
    }
  }

  function tell(listener: (sessionId: string) => void, sessionId: string): void {
    try {
      listener(sessionId);
    } catch (error) {
      report(error);
    }
  }

  function forgetOld(nowMs: number): void {
    for (const [sessionId, untilMs] of until) {
      if (untilMs > nowMs) return;
      until.delete(sessionId);
    }
  }
}
