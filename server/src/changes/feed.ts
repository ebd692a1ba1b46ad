import type { Change, Cursor } from "../domain/change.ts";
import { DomainError } from "../domain/errors.ts";
import type { ChangeFeed, Doorbell, Log } from "../domain/ports.ts";
import { checkResume, resumeGap } from "../domain/resuming.ts";
import type { Storage } from "../domain/storage.ts";
import { batchChangesMax, createTail, type Tail } from "./tail.ts";

export type ChangeFeedDeps = {
  readonly storage: Pick<Storage, "changes">;
  /** Rung by the feed itself for commits of this process; other nodes ring their own. */
  readonly doorbell: Doorbell;
  readonly log: Pick<Log, "warn" | "error">;
  /** How often the log is looked at without a ring: the most that a lost one costs. */
  readonly pollMs?: number;
};

/**
 * The change feed of this process: one reader of the log per workspace that somebody follows, whatever their number. A change
 * reaches followers after the turn in which it was committed, so that whoever made it is answered first.
 *
 * `close` ends all deliveries at once; followers are not told.
 */
export function createChangeFeed({
  storage,
  doorbell,
  log,
  pollMs = 1_000,
}: ChangeFeedDeps): ChangeFeed & { close(): void } {
  const tails = new Map<number, Tail>();
  const unlisten = storage.changes.onCommit((workspaceId, revision) => doorbell.ring(workspaceId, revision));

  // All in one turn, so that a storage which answers questions of one turn together is asked once for all of them.
  const looking = setInterval(() => {
    for (const tail of tails.values()) void tail.look();
  }, pollMs);
  looking.unref();
  let isClosed = false;

  return {
    async follow(workspaceId, after, follower) {
      const { start, head, first } = await findStart(storage, workspaceId, after);
      if (isClosed) throw new DomainError("UNAVAILABLE", "The server is stopping.");
      return tailOf(workspaceId, head).join(start, first, follower);
    },

    close() {
      isClosed = true;
      unlisten();
      clearInterval(looking);
      for (const tail of tails.values()) tail.close();
      tails.clear();
    },
  };

  function tailOf(workspaceId: number, head: Cursor): Tail {
    const known = tails.get(workspaceId);
    if (known?.epoch === head.epoch) return known;
    known?.fail(resumeGap("The workspace's history was replaced"));
    const tail = createTail({ storage, doorbell, log, pollMs, workspaceId, head, onDeserted });
    tails.set(workspaceId, tail);
    return tail;

    function onDeserted() {
      if (tails.get(workspaceId) === tail) tails.delete(workspaceId);
    }
  }
}

/** Where a follower starts, with the first changes after it: reading them shows whether the history is still there. */
async function findStart(storage: Pick<Storage, "changes">, workspaceId: number, after: Cursor | null) {
  const head = await storage.changes.head(workspaceId);
  if (after === null) return { start: head, head, first: [] as readonly Change[] };
  checkResume(after, head);
  const isCurrent = after.revision === head.revision;
  const first = isCurrent ? [] : await storage.changes.after(workspaceId, after.revision, batchChangesMax);
  return { start: after, head, first };
}
