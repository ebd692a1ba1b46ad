import type { Addition, Tallies, Tally } from "../../domain/tallies.ts";
import { type Statements, textList } from "./connection.ts";

/** The port `Tallies`: one statement each, and each its own transaction. */
export function createTallies(statements: Statements) {
  return {
    add: async (additions: readonly Addition[], atMs: number) => {
      if (additions.length === 0) return [];
      const rows = await statements.all<TallyRow>(add, JSON.stringify(additions), atMs);
      const found = new Map(rows.map((row) => [row.key, tallyOf(row)]));
      return additions.map(({ key }) => found.get(key) ?? missing());
    },
    read: async (keys: readonly string[], atMs: number) => {
      if (keys.length === 0) return [];
      const rows = await statements.all<TallyRow>(read, textList(keys), atMs);
      const found = new Map(rows.map((row) => [row.key, tallyOf(row)]));
      return keys.map((key) => found.get(key) ?? null);
    },
    clear: async (keys: readonly string[]) => void (await statements.run(clear, textList(keys))),
    prune: (beforeMs: number) => statements.run("DELETE FROM tallies WHERE ends_at_ms < $1", beforeMs),
  } satisfies Tallies;
}

type TallyRow = { readonly key: string; readonly count: number; readonly ends_at_ms: number };

function tallyOf({ count, ends_at_ms: endsAtMs }: TallyRow): Tally {
  return { count, endsAtMs };
}

function missing(): never {
  throw new Error("PostgreSQL told nothing of a tally that was added to.");
}

// In the order of keys, so that nodes that add to the same ones wait for each other in one direction only. What is inserted ends
// `lasts` after the moment for every way; `endAfter` of the domain says what becomes of an end that is there already.
const add = `INSERT INTO tallies AS t (key, way, most_ms, count, ends_at_ms)
  SELECT key, "end", "mostMs", count, $2::float8 + least("lastsMs", "mostMs")
    FROM json_to_recordset($1::text::json) AS given (key text, count bigint, "end" text, "lastsMs" float8, "mostMs" float8)
    ORDER BY key
  ON CONFLICT (key) DO UPDATE SET
    count = CASE WHEN t.ends_at_ms > $2 THEN t.count ELSE 0 END + excluded.count,
    ends_at_ms = CASE WHEN t.ends_at_ms <= $2 OR excluded.way = 'moves' THEN excluded.ends_at_ms
      WHEN excluded.way = 'stays' THEN least(t.ends_at_ms, $2 + excluded.most_ms)
      ELSE least(t.ends_at_ms + (excluded.ends_at_ms - $2), $2 + excluded.most_ms) END
  RETURNING key, count, ends_at_ms`;

const read = "SELECT key, count, ends_at_ms FROM tallies WHERE key = ANY($1::text::text[]) AND ends_at_ms > $2";

// Locked in the order of keys as well.
const clear = `DELETE FROM tallies WHERE key IN
  (SELECT key FROM tallies WHERE key = ANY($1::text::text[]) ORDER BY key FOR UPDATE)`;
