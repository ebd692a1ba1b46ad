import { digitRuns } from "../../domain/digits.ts";
import { workspaceNotFound } from "../answers.ts";
import { byHour, type Counted, eachBucket, feedKeys, rollupKeys } from "../counting.ts";
import type { BareCall } from "../rows.ts";
import type { Spans } from "../settling.ts";
import type { Statements } from "./connection.ts";
import { forgetUnused, type Gone } from "./unused-numbers.ts";

/** What a transaction has come to in its workspace. */
export type Counters = { readonly revision: number; readonly lastCallId: number; readonly lastNoteId: number };

/**
 * The numbers of one transaction on one workspace, whose row it has locked: ids and revisions are given from there, and written
 * back once, with the sum of what it changed in the rollups, right before the commit.
 */
export type Ledger = {
  /** The next numbers. @throws DomainError NOT_FOUND when there is no such workspace. */
  nextRevision(): number;
  nextCallId(): number;
  nextNoteId(): number;
  /** The revision that the transaction has come to. */
  revision(): number;
  /** @throws DomainError NOT_FOUND */
  checkWorkspace(): void;
  /** Counts a call as it is now, having been `before`; null for a call that is new. Searches know its numbers then. */
  count(before: BareCall | null, after: BareCall): void;
  /** Counts a call no more. @param key that of its other end */
  uncount(call: BareCall, key: string | null): void;
  /** Calls that settle others, or did, as the write has told them so far; see `write-returns.ts`. */
  readonly touched: Spans;
  /** Whether a change of this revision belongs to the write that runs. */
  isOfThisWrite(revision: number): boolean;
  /** Remembers the present state; the returned function goes back to it, when the write's savepoint is rolled back. */
  mark(): () => void;
  /** Writes counters, rollups and the dictionary of numbers; the revision, or null when the transaction does not move it. */
  flush(tx: Statements): Promise<number | null>;
};

/** @param start what the locked row says; null when there is no such workspace. */
export function createLedger(workspaceId: number, start: Counters | null): Ledger {
  let counters = start;
  const counted: Counted[] = [];
  const gone: Gone[] = [];
  const touched: Spans = new Map();
  let countersAtMark = start;

  return {
    nextRevision: () => move("revision"),
    nextCallId: () => move("lastCallId"),
    nextNoteId: () => move("lastNoteId"),
    revision: () => known().revision,
    checkWorkspace: () => void known(),
    count(before, after) {
      if (before !== null) counted.push({ workspaceId, call: before, sign: -1 });
      counted.push({ workspaceId, call: after, sign: 1 });
    },
    uncount(call, key) {
      counted.push({ workspaceId, call, sign: -1 });
      gone.push({ numbers: [call.from, call.to], key });
    },
    touched,
    isOfThisWrite: (revision) => revision > (countersAtMark?.revision ?? Infinity),
    mark() {
      countersAtMark = counters;
      touched.clear();
      const [countersBefore, countedBefore, goneBefore] = [counters, counted.length, gone.length];
      return () => {
        counters = countersBefore;
        counted.length = countedBefore;
        gone.length = goneBefore;
      };
    },
    async flush(tx) {
      if (counters === null || counters.revision === start?.revision) return null;
      const { revision, lastCallId, lastNoteId } = counters;
      await Promise.all([
        tx.run(saveCounters, workspaceId, revision, lastCallId, lastNoteId),
        ...writeNumbers(tx),
        ...writeCounts(tx, feedDeltas(), raiseFeed, emptyFeed),
        ...writeCounts(tx, rollupDeltas(), raiseRollups, emptyRollups),
      ]);
      if (gone.length > 0) await forgetUnused(tx, workspaceId, gone);
      return revision;
    },
  };

  function known(): Counters {
    if (counters === null) throw workspaceNotFound();
    return counters;
  }

  function move(which: keyof Counters): number {
    const before = known();
    const next = before[which] + 1;
    counters = { ...before, [which]: next };
    return next;
  }

  function writeCounts(tx: Statements, deltas: readonly Delta[], raise: string, empty: string): Promise<unknown>[] {
    if (deltas.length === 0) return [];
    const lowered = deltas.filter(({ delta }) => delta < 0);
    const writes = [tx.run(raise, workspaceId, JSON.stringify(deltas))];
    if (lowered.length > 0) writes.push(tx.run(empty, workspaceId, JSON.stringify(lowered)));
    return writes;
  }

  /** The numbers that calls were given, for searches; those that were there before are left alone. */
  function writeNumbers(tx: Statements): Promise<unknown>[] {
    const numbers = new Set(counted.flatMap(({ call, sign }) => (sign > 0 ? [call.from, call.to] : [])));
    return numbers.size === 0 ? [] : [tellNumbers(tx, workspaceId, numbers)];
  }

  function feedDeltas(): readonly Delta[] {
    const deltas: Delta[] = [];
    for (const { hours } of byHour(counted, feedKeys)) {
      eachBucket(hours, (span, bucket, delta) => deltas.push({ span, bucket, delta }));
    }
    return deltas;
  }

  function rollupDeltas(): readonly Delta[] {
    const deltas: Delta[] = [];
    for (const { keys, hours } of byHour(counted, rollupKeys)) {
      const [, direction, type, via, archived, returned] = keys;
      const what = { direction, type, via, archived, returned };
      eachBucket(hours, (span, bucket, delta) => deltas.push({ span, bucket, delta, ...what }));
    }
    return deltas;
  }
}

type Delta = Readonly<Record<string, unknown>> & { readonly delta: number };

const saveCounters = `UPDATE workspaces SET revision = $2, last_call_id = $3, last_note_id = $4 WHERE workspace_id = $1`;

/** Lets searches know numbers by their digits; those that were there before are left alone. */
export async function tellNumbers(tx: Statements, workspaceId: number, numbers: Iterable<string>): Promise<void> {
  const given = [...numbers].flatMap((number) => {
    const runs = digitRuns(number);
    return runs.length === 0 ? [] : [{ number, runs }];
  });
  if (given.length > 0) await tx.run(addNumbers, workspaceId, JSON.stringify(given));
}

/**
 * Makes numbers known to searches: a workspace, and JSON of `{number, runs}`. The first of a number's runs is the whole of its digits: where
 * that is, the others are.
 */
const addNumbers = `INSERT INTO number_runs (workspace_id, run, number)
  SELECT $1::bigint, run, number FROM json_to_recordset($2::text::json) AS given (number text, runs json),
    json_array_elements_text(runs) AS run
  WHERE NOT EXISTS (SELECT FROM number_runs known
    WHERE known.workspace_id = $1 AND known.run = given.runs->>0 AND known.number = given.number)
  ON CONFLICT DO NOTHING`;

const raiseFeed = `INSERT INTO feed_counts (workspace_id, span, bucket, count)
  SELECT $1::bigint, span, bucket, delta
  FROM json_to_recordset($2::text::json) AS given (span integer, bucket bigint, delta bigint)
  ON CONFLICT (workspace_id, span, bucket) DO UPDATE SET count = feed_counts.count + excluded.count`;

const emptyFeed = `DELETE FROM feed_counts USING json_to_recordset($2::text::json) AS given (span integer, bucket bigint)
  WHERE workspace_id = $1 AND feed_counts.span = given.span AND feed_counts.bucket = given.bucket AND count = 0`;

const rollupFields =
  "span integer, bucket bigint, direction text, type text, via text, archived integer, returned integer";

const raiseRollups = `INSERT INTO rollups
    (workspace_id, span, bucket, direction, call_type, via, is_archived, return_state, count)
  SELECT $1::bigint, span, bucket, direction, type, via, archived, returned, delta
  FROM json_to_recordset($2::text::json) AS given (${rollupFields}, delta bigint)
  ON CONFLICT (workspace_id, span, bucket, direction, call_type, via, is_archived, return_state)
    DO UPDATE SET count = rollups.count + excluded.count`;

const emptyRollups = `DELETE FROM rollups USING json_to_recordset($2::text::json) AS given (${rollupFields})
  WHERE workspace_id = $1 AND rollups.span = given.span AND rollups.bucket = given.bucket
    AND rollups.direction = given.direction AND call_type = given.type AND rollups.via = given.via
    AND is_archived = given.archived AND return_state = given.returned AND count = 0`;
