import { numberKey } from "../../../domain/number-key.ts";
import { spans } from "../../spans.ts";
import type { Statements } from "../connection.ts";
import type { Migration } from "../migrate.ts";

/**
 * Which missed calls were returned; see `domain/returns.ts` for what that means and `write-returns.ts` for who keeps it.
 *
 * - `calls.other` is the key of the other end's number, null where it was withheld; `settles` tells which calls settle others.
 * - `calls.returned_by` is null for a call that needs no return, 0 for one that waits, else the call that settled it, of which
 *   `returned_at_ms` and `returned_how` are the time and the way. `return_state` is 0, 1 or 2 for these.
 * - `calls_by_other` has the calls of a number in order, those that settle apart: the next one that settles is one look.
 * - `calls_waiting_by_kind` and `calls_waiting_by_line` are to filters what the indices of all calls are, for calls that wait.
 * - `rollups` counts by `return_state` as well.
 * - `return_work` is what is left of a settling that was too much for one transaction: calls of one number between two places.
 */
export const returns: Migration = {
  version: 3,
  async run(tx) {
    await tx.script(columns);
    await writeKeys(tx);
    await tx.script(
      "CREATE INDEX calls_by_other ON calls (workspace_id, other, settles, created_at_ms, id) WHERE other IS NOT NULL",
    );
    // Not of an empty table: the server would take it for one as long as it had not looked again.
    if ((await tx.get("SELECT FROM calls LIMIT 1")) !== undefined) await tx.script("ANALYZE calls");
    await tx.script(`${settle}; ${waiting}`);
    await tx.script(`TRUNCATE rollups; ${counts}; ${recount}`);
  },
};

const columns = `
ALTER TABLE calls ADD COLUMN other TEXT COLLATE "C", ADD COLUMN returned_by BIGINT, ADD COLUMN returned_at_ms BIGINT,
  ADD COLUMN returned_how TEXT COLLATE "C",
  ADD COLUMN settles INTEGER NOT NULL
    GENERATED ALWAYS AS (CASE WHEN direction = 'outbound' OR call_type = 'answered' THEN 1 ELSE 0 END) STORED,
  ADD COLUMN return_state INTEGER NOT NULL
    GENERATED ALWAYS AS (CASE WHEN returned_by IS NULL THEN 0 WHEN returned_by = 0 THEN 1 ELSE 2 END) STORED;
CREATE TABLE return_work (
  workspace_id BIGINT NOT NULL REFERENCES workspaces (workspace_id),
  other TEXT COLLATE "C" NOT NULL,
  from_ms BIGINT NOT NULL,
  from_id BIGINT NOT NULL,
  before_ms BIGINT NOT NULL,
  before_id BIGINT NOT NULL,
  actor TEXT COLLATE "C" NOT NULL,
  at_ms BIGINT NOT NULL,
  PRIMARY KEY (workspace_id, other)
);
`;

const otherEnd = "CASE direction WHEN 'inbound' THEN caller ELSE callee END";

/** Numbers of one statement. */
const numbersMax = 20_000;

async function writeKeys(tx: Statements): Promise<void> {
  const rows = await tx.all<{ number: string }>(`SELECT DISTINCT ${otherEnd} AS number FROM calls`);
  const keyed = rows.map(({ number }) => ({ number, key: numberKey(number) }));
  for (let from = 0; from < keyed.length; from += numbersMax) {
    // oxlint-disable-next-line no-await-in-loop -- one connection
    await tx.run(
      `UPDATE calls SET other = given.key FROM json_to_recordset($1::text::json) AS given (number text, key text)
        WHERE ${otherEnd} = given.number COLLATE "C"`,
      JSON.stringify(keyed.slice(from, from + numbersMax)),
    );
  }
}

/** Tells every call whether and by which it was returned, as far as it has a key. */
export const settle = `UPDATE calls SET returned_by = coalesce(s.id, 0), returned_at_ms = s.created_at_ms,
  returned_how = CASE s.direction WHEN 'outbound' THEN 'called-back' WHEN 'inbound' THEN 'got-through' END
  FROM calls m LEFT JOIN LATERAL (SELECT n.id, n.created_at_ms, n.direction FROM calls n
    WHERE n.workspace_id = m.workspace_id AND n.other = m.other AND n.settles = 1
      AND (n.created_at_ms, n.id) > (m.created_at_ms, m.id) ORDER BY n.created_at_ms, n.id LIMIT 1) AS s ON true
  WHERE m.settles = 0 AND m.other IS NOT NULL AND calls.workspace_id = m.workspace_id AND calls.id = m.id`;

const waiting = `
CREATE INDEX calls_waiting_by_kind ON calls (workspace_id, call_type, is_archived, created_at_ms DESC, id DESC)
  WHERE returned_by = 0;
CREATE INDEX calls_waiting_by_line ON calls (workspace_id, via, call_type, is_archived, created_at_ms DESC, id DESC)
  WHERE returned_by = 0;
`;

const counts = `
ALTER TABLE rollups ADD COLUMN return_state INTEGER NOT NULL, DROP CONSTRAINT rollups_pkey,
  ADD PRIMARY KEY (workspace_id, span, bucket, direction, call_type, via, is_archived, return_state)`;

/** Fills the empty table of counts from the calls. */
export const recount = spans
  .entries()
  .toArray()
  .toReversed()
  .map(([at, { span, ms }]) => {
    const finer = spans[at + 1];
    const bucket = finer === undefined ? floored("created_at_ms", ms) : floored("bucket", ms / finer.ms);
    return `INSERT INTO rollups (workspace_id, span, bucket, direction, call_type, via, is_archived, return_state, count)
      SELECT workspace_id, ${span}, ${bucket}, direction, call_type, via, is_archived, return_state,
        ${finer === undefined ? "count(*)" : "sum(count)"}
      FROM ${finer === undefined ? "calls" : `rollups WHERE span = ${finer.span}`} GROUP BY 1, 3, 4, 5, 6, 7, 8`;
  })
  .join("; ");

/** A division that rounds down: that of whole numbers rounds towards zero. */
function floored(column: string, size: number): string {
  return Number.isFinite(size) ? `(${column} - ((${column} % ${size} + ${size}) % ${size})) / ${size}` : "0";
}
