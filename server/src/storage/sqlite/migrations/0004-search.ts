import type { DatabaseSync } from "node:sqlite";
import type { Migration, Tell } from "../migrate.ts";
import { runsText, wordsText } from "../search-rows.ts";

/**
 * What filters and searches rest on, all of it derived from `calls` and `notes`. Indices are kept by SQLite, the tables by
 * `search-rows.ts` in the transaction of each write.
 *
 * - `calls_by_kind` and `calls_by_line` end in the order of the feed: any filter on direction, type, line and archived state is a
 *   union of a few ranges of them, each in order.
 * - `numbers` has every number once that a call ever had, `number_runs` under its row each of its digits' ends, so that a run of
 *   digits anywhere in a number begins one of them. Numbers come again and again, calls are many.
 * - `calls_by_caller` and `calls_by_callee` lead from a number to its calls. Nearly every call has the number of its line as one of
 *   the two, and `calls_by_line` has that already.
 * - `note_words` has the words of each note under the note's row.
 *
 * The tokenizer is `ascii` because digits and words have been taken apart and folded before: it leaves all beyond ASCII as it is.
 */
export const search: Migration = {
  version: 4,
  run(db, { tell }) {
    for (const [name, sql] of indices) {
      tell(`index ${name}`);
      db.exec(sql);
    }
    db.exec(tables);
    fillNumbers(db, tell);
    fillWords(db, tell);
  },
};

const indices = [
  [
    "by kind",
    `CREATE INDEX calls_by_kind ON calls
    (workspace_id, direction, call_type, is_archived, created_at_ms DESC, id DESC)`,
  ],
  [
    "by line",
    `CREATE INDEX calls_by_line ON calls
    (workspace_id, via, direction, call_type, is_archived, created_at_ms DESC, id DESC)`,
  ],
  ["by caller", "CREATE INDEX calls_by_caller ON calls (workspace_id, caller) WHERE caller <> via"],
  ["by called number", "CREATE INDEX calls_by_callee ON calls (workspace_id, callee) WHERE callee <> via"],
] as const;

const tables = `
CREATE TABLE numbers (
  row INTEGER PRIMARY KEY,
  workspace_id INTEGER NOT NULL REFERENCES workspaces (id),
  number TEXT NOT NULL,
  UNIQUE (workspace_id, number)
) STRICT;

CREATE VIRTUAL TABLE number_runs USING fts5
  (runs, content = '', columnsize = 0, detail = none, tokenize = 'ascii');

CREATE VIRTUAL TABLE note_words USING fts5
  (words, content = '', columnsize = 0, detail = none, tokenize = 'ascii');
`;

/** Rows between two words of how far it is. */
const rowsPerTelling = 100_000;

function fillNumbers(db: DatabaseSync, tell: Tell): void {
  tell("numbers");
  db.exec(`INSERT INTO numbers (workspace_id, number)
    SELECT workspace_id, caller FROM calls UNION SELECT workspace_id, callee FROM calls`);
  const add = db.prepare("INSERT INTO number_runs (rowid, runs) VALUES (?, ?)");
  each(db, "numbers", "number", tell, (row, number) => {
    const runs = runsText(number);
    if (runs !== "") add.run(row, runs);
  });
}

function fillWords(db: DatabaseSync, tell: Tell): void {
  const add = db.prepare("INSERT INTO note_words (rowid, words) VALUES (?, ?)");
  each(db, "notes", "content", tell, (row, content) => void add.run(row, wordsText(content)));
}

function each(
  db: DatabaseSync,
  table: "numbers" | "notes",
  column: string,
  tell: Tell,
  take: (row: number, text: string) => void,
): void {
  const { total } = db.prepare(`SELECT count(*) AS total FROM ${table}`).get() as { total: number };
  const read = db.prepare(`SELECT row, ${column} AS text FROM ${table} ORDER BY row`);
  let done = 0;
  for (const each of read.iterate()) {
    const { row, text } = each as { row: number; text: string };
    take(row, text);
    if (++done % rowsPerTelling === 0) tell(`${table}: ${done} of ${total}`);
  }
}
