import type { Migration, Tell } from "../migrate.ts";
import type { DatabaseSync } from "node:sqlite";
import { returnedBy } from "../../../domain/returns.ts";
import type { Direction } from "../../../domain/call.ts";
import { spans } from "../../spans.ts";

/**
 * Which missed calls were returned; see `domain/returns.ts` for what that means and `write-returns.ts` for who keeps it.
 *
 * - `calls.other` is the key of the other end's number, null where it was withheld; `settles` tells which calls settle others.
 * - `calls.returned_by` is null for a call that needs no return, 0 for one that waits, else the call that settled it, of which
 *   `returned_at_ms` and `returned_how` are the time and the way. `return_state` is 0, 1 or 2 for these.
 * - `calls_by_other` has the calls of a number in order, those that settle apart: the next one that settles is one look.
 *   Searches of numbers take it too, so `calls_by_caller` and `calls_by_callee` keep nothing but what it has not: our own end, where that
 *   is not the line, and callers who withheld their number.
 * - `calls_waiting_by_kind` and `calls_waiting_by_line` are to filters what the indices of migration 4 are, for calls that wait.
 * - `rollups` counts by `return_state` as well.
 * - `return_work` is what is left of a settling that was too much for one transaction: calls of one number between two places.
 */
export const returns: Migration = {
  version: 7,
  run(db, { tell }) {
    tell("returns: numbers");
    db.exec(columns);
    db.exec(`UPDATE calls SET other = number_key(CASE direction WHEN 'inbound' THEN caller ELSE callee END)`);
    tell("returns: index by number");
    db.exec(index);
    settleAll(db, tell);
    tell("returns: index of calls that wait");
    db.exec(waiting);
    tell("returns: counts");
    recount(db);
  },
};

const columns = `
ALTER TABLE calls ADD COLUMN other TEXT;
ALTER TABLE calls ADD COLUMN returned_by INTEGER;
ALTER TABLE calls ADD COLUMN returned_at_ms INTEGER;
ALTER TABLE calls ADD COLUMN returned_how TEXT;
ALTER TABLE calls ADD COLUMN settles INTEGER NOT NULL
  GENERATED ALWAYS AS (direction = 'outbound' OR call_type = 'answered') VIRTUAL;
ALTER TABLE calls ADD COLUMN return_state INTEGER NOT NULL
  GENERATED ALWAYS AS (CASE WHEN returned_by IS NULL THEN 0 WHEN returned_by = 0 THEN 1 ELSE 2 END) VIRTUAL;
`;

const index = `
CREATE INDEX calls_by_other ON calls (workspace_id, other, settles, created_at_ms, id) WHERE other IS NOT NULL;
DROP INDEX calls_by_caller;
DROP INDEX calls_by_callee;
CREATE INDEX calls_by_caller ON calls (workspace_id, caller)
  WHERE caller <> via AND (direction <> 'inbound' OR other IS NULL);
CREATE INDEX calls_by_callee ON calls (workspace_id, callee)
  WHERE callee <> via AND (direction = 'inbound' OR other IS NULL);
`;

const waiting = `
CREATE INDEX calls_waiting_by_kind ON calls (workspace_id, call_type, is_archived, created_at_ms DESC, id DESC)
  WHERE returned_by = 0;
CREATE INDEX calls_waiting_by_line ON calls (workspace_id, via, call_type, is_archived, created_at_ms DESC, id DESC)
  WHERE returned_by = 0;

CREATE TABLE return_work (
  workspace_id INTEGER NOT NULL REFERENCES workspaces (id),
  other TEXT NOT NULL,
  from_ms INTEGER NOT NULL,
  from_id INTEGER NOT NULL,
  before_ms INTEGER NOT NULL,
  before_id INTEGER NOT NULL,
  actor TEXT NOT NULL,
  at_ms INTEGER NOT NULL,
  PRIMARY KEY (workspace_id, other)
) STRICT, WITHOUT ROWID;
`;

/** Rows between two words of how far it is. */
const rowsPerTelling = 250_000;

/** From the last call of each number back to its first, with the settling call that was seen last. */
function settleAll(db: DatabaseSync, tell: Tell): void {
  // Sorted whole before the first row comes, so that rows may be written meanwhile.
  const calls = db.prepare(`SELECT row, workspace_id, other, settles, direction, created_at_ms, id FROM calls
    WHERE other IS NOT NULL ORDER BY workspace_id, other, +created_at_ms DESC, +id DESC`);
  const write = db.prepare("UPDATE calls SET returned_by = ?, returned_at_ms = ?, returned_how = ? WHERE row = ?");
  let settling: CallOfNumber | null = null;
  let done = 0;
  for (const each of calls.iterate()) {
    const call = each as CallOfNumber;
    if (settling?.other !== call.other || settling.workspace_id !== call.workspace_id) settling = null;
    if (call.settles === 1) settling = call;
    else if (settling === null) write.run(0, null, null, call.row);
    else write.run(settling.id, settling.created_at_ms, returnedBy(settling.direction), call.row);
    if (++done % rowsPerTelling === 0) tell(`returns: ${done} calls`);
  }
}

type CallOfNumber = {
  readonly row: number;
  readonly workspace_id: number;
  readonly other: string;
  readonly settles: number;
  readonly direction: Direction;
  readonly created_at_ms: number;
  readonly id: number;
};

function recount(db: DatabaseSync): void {
  db.exec(`DROP TABLE rollups;
    CREATE TABLE rollups (
      workspace_id INTEGER NOT NULL,
      span INTEGER NOT NULL,
      bucket INTEGER NOT NULL,
      direction TEXT NOT NULL,
      call_type TEXT NOT NULL,
      via TEXT NOT NULL,
      is_archived INTEGER NOT NULL,
      return_state INTEGER NOT NULL,
      count INTEGER NOT NULL,
      PRIMARY KEY (workspace_id, span, bucket, direction, call_type, via, is_archived, return_state)
    ) STRICT, WITHOUT ROWID;`);
  for (const [at, { span, ms }] of spans.entries().toArray().toReversed()) {
    const finer = spans[at + 1];
    const from = finer === undefined ? "calls" : `rollups WHERE span = ${finer.span}`;
    const bucket = finer === undefined ? floored("created_at_ms", ms) : floored("bucket", ms / finer.ms);
    const count = finer === undefined ? "count(*)" : "sum(count)";
    db.exec(`INSERT INTO rollups
      SELECT workspace_id, ${span}, ${bucket} AS bucket_of_span, direction, call_type, via, is_archived, return_state, ${count}
      FROM ${from} GROUP BY 1, 3, 4, 5, 6, 7, 8`);
  }
}

/** A division that rounds down: that of SQLite rounds towards zero. */
function floored(column: string, size: number): string {
  return Number.isFinite(size) ? `(${column} - ((${column} % ${size} + ${size}) % ${size})) / ${size}` : "0";
}
