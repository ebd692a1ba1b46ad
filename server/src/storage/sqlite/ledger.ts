import type { DatabaseSync, StatementSync } from "node:sqlite";
import { workspaceNotFound } from "../answers.ts";
import { byHour, type Counted, eachBucket, feedKeys, rollupKeys } from "../counting.ts";
import type { BareCall } from "../rows.ts";
import { createSearchRows } from "./search-rows.ts";

/** What one transaction has counted so far of a workspace. */
type Counters = { revision: number; lastCallId: number; lastNoteId: number };

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
  /** Whether a change of this revision belongs to the write that runs. */
  isOfThisWrite(workspaceId: number, revision: number): boolean;
  /** Counts a call as it is now, having been `before`; null for a call that is new. */
  count(workspaceId: number, before: BareCall | null, after: BareCall): void;
  /** Counts a call no more. @param key that of its other end */
  uncount(workspaceId: number, call: BareCall, key: string | null): void;
  /** Tells the index of searches of a number beside those of calls that are counted. */
  number(workspaceId: number, number: string): void;
  /** Tells the index of searches of a note: see `search-rows.ts`. */
  note(row: number, before: string | null, after: string | null): void;
  /** Writes counters, rollups and the index of searches; the workspaces whose revision this transaction moves. */
  flush(): readonly Revision[];
};

export function createLedger(db: DatabaseSync): Ledger {
  const load = db.prepare("SELECT revision, last_call_id, last_note_id FROM workspaces WHERE id = ?");
  const save = db.prepare("UPDATE workspaces SET revision = ?, last_call_id = ?, last_note_id = ? WHERE id = ?");
  const raiseFeed = db.prepare(`INSERT INTO feed_counts (workspace_id, span, bucket, count) VALUES (?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET count = count + excluded.count`);
  // Lowers what stays above nothing; what does not is removed. More than nine of ten take one statement so.
  const lowerFeed = db.prepare(`UPDATE feed_counts SET count = count - ?4
    WHERE workspace_id = ?1 AND span = ?2 AND bucket = ?3 AND count > ?4`);
  const removeFeed = db.prepare("DELETE FROM feed_counts WHERE workspace_id = ? AND span = ? AND bucket = ?");
  const raiseRollup = db.prepare(`INSERT INTO rollups
      (workspace_id, span, bucket, direction, call_type, via, is_archived, return_state, count) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET count = count + excluded.count`);
  const lowerRollup = db.prepare(`UPDATE rollups SET count = count - ?9 WHERE workspace_id = ?1 AND span = ?2
    AND bucket = ?3 AND direction = ?4 AND call_type = ?5 AND via = ?6 AND is_archived = ?7 AND return_state = ?8 AND count > ?9`);
  const removeRollup = db.prepare(`DELETE FROM rollups WHERE workspace_id = ? AND span = ? AND bucket = ?
    AND direction = ? AND call_type = ? AND via = ? AND is_archived = ? AND return_state = ?`);

  const search = createSearchRows(db);

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
      search.begin();
    },
    mark() {
      search.mark();
      countersAtMark = new Map([...counters].map(([id, known]) => [id, { ...known }]));
      countedAtMark = counted.length;
    },
    revert() {
      search.revert();
      counters = countersAtMark;
      counted.length = countedAtMark;
    },
    nextRevision: (workspaceId) => ++of(workspaceId).revision,
    nextCallId: (workspaceId) => ++of(workspaceId).lastCallId,
    nextNoteId: (workspaceId) => ++of(workspaceId).lastNoteId,
    revision: (workspaceId) => of(workspaceId).revision,
    checkWorkspace: (workspaceId) => void of(workspaceId),
    isOfThisWrite: (workspaceId, revision) =>
      revision > (countersAtMark.get(workspaceId)?.revision ?? begunAt.get(workspaceId) ?? Infinity),
    count(workspaceId, before, after) {
      if (before !== null) counted.push({ workspaceId, call: before, sign: -1 });
      counted.push({ workspaceId, call: after, sign: 1 });
      if (after.from !== before?.from) search.number(workspaceId, after.from);
      if (after.to !== before?.to) search.number(workspaceId, after.to);
    },
    uncount(workspaceId, call, key) {
      counted.push({ workspaceId, call, sign: -1 });
      search.left(workspaceId, [call.from, call.to], key);
    },
    number: (workspaceId, number) => search.number(workspaceId, number),
    note: (row, before, after) => search.note(row, before, after),
    flush() {
      const moved: Revision[] = [];
      for (const [id, { revision, lastCallId, lastNoteId }] of counters) {
        if (revision === begunAt.get(id)) continue;
        save.run(revision, lastCallId, lastNoteId, id);
        moved.push({ workspaceId: id, revision });
      }
      for (const { keys, hours } of byHour(counted, feedKeys)) {
        eachBucket(hours, (span, bucket, delta) => {
          write([keys[0], span, bucket], delta, raiseFeed, lowerFeed, removeFeed);
        });
      }
      for (const { keys, hours } of byHour(counted, rollupKeys)) {
        const [workspaceId, ...dimensions] = keys;
        eachBucket(hours, (span, bucket, delta) => {
          write([workspaceId, span, bucket, ...dimensions], delta, raiseRollup, lowerRollup, removeRollup);
        });
      }
      search.flush();
      return moved;
    },
  };

  function write(
    key: readonly (number | string)[],
    delta: number,
    raise: StatementSync,
    lower: StatementSync,
    remove: StatementSync,
  ): void {
    if (delta > 0) raise.run(...key, delta);
    else if (lower.run(...key, -delta).changes === 0) remove.run(...key);
  }

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
