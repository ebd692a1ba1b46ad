import type { AuditEntry, AuditStore } from "./audit.ts";
import type { Clock } from "./ports.ts";
import type { User } from "./workspace.ts";

/** Tells the audit log of sign-ins that were refused. */
export type RefusedSignIns = {
  /** Of somebody who gave this account's name and not its password, or whose account is disabled. Never waits and never fails. */
  refused(user: User, network: string): void;
  /** Writes what has been gathered; nothing is gathered any more afterwards. */
  close(): Promise<void>;
};

/** Attempts of one account and network are gathered for so long after the one that is told at once. */
const gatheredMs = 10 * 60_000;
/** Accounts and networks that are gathered for at once; beyond them the oldest is told before its time. */
const gatheredMax = 1_000;

type Gathered = { readonly user: User; readonly network: string; readonly sinceMs: number; count: number };

/**
 * A flood of attempts costs the log two entries in ten minutes for each account and network, and fewer where the throttle keeps them
 * from being looked at at all. The first is told at once, and how many more there were when ten minutes are over. Names that nobody has
 * are not told: they belong to no workspace, and people type passwords in their place. Nobody waits for any of it, so that known and
 * unknown names are answered in the same time; what was gathered when the process is killed is lost.
 */
export function createRefusedSignIns(deps: {
  readonly audit: Pick<AuditStore, "record">;
  readonly clock: Clock;
  /** Is told of entries that could not be written. */
  readonly report: (error: unknown) => void;
}): RefusedSignIns {
  const { audit, clock, report } = deps;
  // In the order of their beginning.
  const gathered = new Map<string, Gathered>();
  const running = new Set<Promise<void>>();
  let isClosed = false;
  const timer = setInterval(() => tellOlderThan(clock.now() - gatheredMs), 60_000);
  timer.unref();

  return {
    refused(user, network) {
      if (isClosed) return;
      const nowMs = clock.now();
      tellOlderThan(nowMs - gatheredMs);
      const key = `${user.id} ${network}`;
      const known = gathered.get(key);
      if (known !== undefined) {
        known.count += 1;
        return;
      }
      const [oldest] = gathered.keys();
      if (oldest !== undefined && gathered.size >= gatheredMax) tellRest(oldest);
      gathered.set(key, { user, network, sinceMs: nowMs, count: 0 });
      tell(entryOf(user, network, nowMs, 1));
    },

    async close() {
      isClosed = true;
      clearInterval(timer);
      tellOlderThan(Number.MAX_SAFE_INTEGER);
      await Promise.all(running);
    },
  };

  function tellOlderThan(beforeMs: number): void {
    for (const [key, { sinceMs }] of gathered) {
      if (sinceMs > beforeMs) return;
      tellRest(key);
    }
  }

  function tellRest(key: string): void {
    const rest = gathered.get(key);
    gathered.delete(key);
    if (rest !== undefined && rest.count > 0) tell(entryOf(rest.user, rest.network, clock.now(), rest.count));
  }

  function tell(entry: AuditEntry): void {
    const telling = audit
      .record(entry)
      .catch(report)
      .finally(() => running.delete(telling));
    running.add(telling);
  }
}

function entryOf({ workspaceId, id, username: name }: User, network: string, atMs: number, count: number): AuditEntry {
  const details = { network, count: String(count) };
  return { workspaceId, kind: "sign-in-refused", actor: { kind: "stranger" }, atMs, target: { id, name }, details };
}
