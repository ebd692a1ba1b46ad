import type { DatabaseSync } from "node:sqlite";
import { workspaceNotFound } from "../answers.ts";
import type { BareCall } from "./rows.ts";
import { bucketOf, spans } from "./spans.ts";

/** What one transaction has counted so far of a workspace. */
type Counters = { revision: number; lastCallId: number; lastNoteId: number };

type Counted = { readonly workspaceId: number; readonly call: BareCall; readonly sign: 1 | -1 };

type Revision = { readonly workspaceId: number; readonly revision: number };

/**
 * The numbers of one transaction: ids and revisions are read at its first use of a workspace (another process may have moved
 * them) and written back once, with the sum of what it changed in the rollups, right before the commit.
 */
export type Ledger = {
  /** Forgets everything: a transaction begins. */
  begin(): void;
  /** Remembers the present state as the one that {@link Ledger.revert} goes back to: a write begins. */
  mark(): void;
  /** Forgets what the write counted: its savepoint was rolled back. */
  revert(): void;
  /** The next numbers of a workspace. @throws DomainError NOT_FOUND when there is no such workspace. */
  nextRevision(workspaceId: number): number;
  nextCallId(workspaceId: number): number;
  nextNoteId(workspaceId: number): number;
  /** The revision that the transaction has come to. */
  revision(workspaceId: number): number;
  /** @throws DomainError NOT_FOUND */
  checkWorkspace(workspaceId: number): void;
  /** Counts a call as it is now, having been `before`; null for a call that is new. */
  count(workspaceId: number, before: BareCall | null, after: BareCall): void;
  /** Writes counters and rollups; the workspaces whose revision this transaction moves. */
  flush(): readonly Revision[];
};

export function createLedger(db: DatabaseSync): Ledger {
  const load = db.prepare("SELECT revision, last_call_id, last_note_id FROM workspaces WHERE id = ?");
  const save = db.prepare("UPDATE workspaces SET revision = ?, last_call_id = ?, last_note_id = ? WHERE id = ?");
  const addToFeed = db.prepare(`INSERT INTO feed_counts (workspace_id, span, bucket, count) VALUES (?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET count = count + excluded.count RETURNING count`);
  const emptyFeed = db.prepare("DELETE FROM feed_counts WHERE workspace_id = ? AND span = ? AND bucket = ?");
  const addToRollup = db.prepare(`INSERT INTO rollups
      (workspace_id, span, bucket, direction, call_type, via, is_archived, count) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET count = count + excluded.count RETURNING count`);
  const emptyRollup = db.prepare(`DELETE FROM rollups WHERE workspace_id = ? AND span = ? AND bucket = ?
    AND direction = ? AND call_type = ? AND via = ? AND is_archived = ?`);

  let counters = new Map<number, Counters>();
  let countersAtMark = counters;
  let counted: Counted[] = [];
  let countedAtMark = 0;
  let begunAt = new Map<number, number>();

  return {
    begin() {
      counters = new Map();
      counted = [];
      begunAt = new Map();
    },
    mark() {
      countersAtMark = new Map([...counters].map(([id, known]) => [id, { ...known }]));
      countedAtMark = counted.length;
    },
    revert() {
      counters = countersAtMark;
      counted.length = countedAtMark;
    },
    nextRevision: (workspaceId) => ++of(workspaceId).revision,
    nextCallId: (workspaceId) => ++of(workspaceId).lastCallId,
    nextNoteId: (workspaceId) => ++of(workspaceId).lastNoteId,
    revision: (workspaceId) => of(workspaceId).revision,
    checkWorkspace: (workspaceId) => void of(workspaceId),
    count(workspaceId, before, after) {
      if (before !== null) counted.push({ workspaceId, call: before, sign: -1 });
      counted.push({ workspaceId, call: after, sign: 1 });
    },
    flush() {
      const moved: Revision[] = [];
      for (const [id, { revision, lastCallId, lastNoteId }] of counters) {
        if (revision === begunAt.get(id)) continue;
        save.run(revision, lastCallId, lastNoteId, id);
        moved.push({ workspaceId: id, revision });
      }
      for (const { key, delta } of sums(counted, feedKeys)) {
        if ((addToFeed.get(...key, delta) as { count: number }).count === 0) emptyFeed.run(...key);
      }
      for (const { key, delta } of sums(counted, rollupKeys)) {
        if ((addToRollup.get(...key, delta) as { count: number }).count === 0) emptyRollup.run(...key);
      }
      return moved;
    },
  };

  function of(workspaceId: number): Counters {
    const known = counters.get(workspaceId);
    if (known !== undefined) return known;
    const row = load.get(workspaceId) as { revision: number; last_call_id: number; last_note_id: number } | undefined;
    if (row === undefined) throw workspaceNotFound();
    const loaded = { revision: row.revision, lastCallId: row.last_call_id, lastNoteId: row.last_note_id };
    counters.set(workspaceId, loaded);
    begunAt.set(workspaceId, row.revision);
    return loaded;
  }
}

type Key = readonly (number | string)[];

function feedKeys({ workspaceId, call }: Counted): readonly Key[] {
  return spans.map(({ span, ms }) => [workspaceId, span, bucketOf(call.createdAtMs, ms)]);
}

function rollupKeys({ workspaceId, call }: Counted): readonly Key[] {
  const { direction, callType, via, isArchived } = call;
  return spans.map(({ span, ms }) => [
    workspaceId,
    span,
    bucketOf(call.createdAtMs, ms),
    direction,
    callType,
    via,
    isArchived ? 1 : 0,
  ]);
}

/** One row for each key whose count changes, so that a batch of a thousand calls writes each total once. */
function sums(
  counted: readonly Counted[],
  keysOf: (one: Counted) => readonly Key[],
): readonly { readonly key: Key; readonly delta: number }[] {
  const deltas = new Map<string, { readonly key: Key; delta: number }>();
  for (const one of counted) {
    for (const key of keysOf(one)) {
      const name = key.join("\u0000");
      const known = deltas.get(name);
      if (known === undefined) deltas.set(name, { key, delta: one.sign });
      else known.delta += one.sign;
    }
  }
  return [...deltas.values()].filter(({ delta }) => delta !== 0);
}
