import type { DatabaseSync } from "node:sqlite";
import { runsText, wordsText } from "./search-rows.ts";

/**
 * What searches look in that is not what a full scan of calls and notes finds: numbers that are missing or too many, and entries
 * of the index of digits and of words. The tables of the entries are made in the connection's memory.
 */
export function searches(db: DatabaseSync): readonly string[] {
  const counted = (sql: string) =>
    (db.prepare(`SELECT count(*) AS count FROM ${sql}`).get() as { count: number }).count;
  const missing = counted(`(SELECT workspace_id, caller FROM calls UNION SELECT workspace_id, callee FROM calls
    EXCEPT SELECT workspace_id, number FROM numbers)`);
  const runs = differences(db, "number_runs", "SELECT row, number AS text FROM numbers", runsText);
  const words = differences(db, "note_words", "SELECT row, content AS text FROM notes", wordsText);
  return [
    ...(missing === 0 ? [] : [`Table numbers: ${missing} numbers of calls cannot be searched.`]),
    ...(runs === 0 ? [] : [`Table number_runs: ${runs} parts of the index differ from a full scan of the numbers.`]),
    ...(words === 0 ? [] : [`Table note_words: ${words} parts of the index differ from a full scan of the notes.`]),
  ];
}

/** Rows are compared in so many parts, so that memory stays small with any number of them. */
const parts = 65_536;

/**
 * In how many parts of an index the pairs of term and row are not those of the texts. Pairs are summed by a hash, so that either side
 * may come in its own order.
 */
function differences(db: DatabaseSync, index: string, rows: string, textOf: (text: string) => string): number {
  const sums = new Uint32Array(parts);
  const add = (row: number, term: string, sign: 1 | -1) => {
    const part = row % parts;
    sums[part] = (sums[part] ?? 0) + sign * hashOf(row, term);
  };
  db.exec(`CREATE VIRTUAL TABLE temp.${index}_terms USING fts5vocab (main, ${index}, instance)`);
  for (const pair of db.prepare(`SELECT doc, term FROM temp.${index}_terms`).iterate()) {
    const { doc, term } = pair as { doc: number; term: string };
    add(doc, term, 1);
  }
  for (const each of db.prepare(rows).iterate()) {
    const { row, text } = each as { row: number; text: string };
    const terms = textOf(text);
    if (terms !== "") for (const term of new Set(terms.split(" "))) add(row, term, -1);
  }
  return sums.reduce((count, sum) => count + (sum === 0 ? 0 : 1), 0);
}

/** FNV-1a of 32 bits. */
function hashOf(row: number, term: string): number {
  let hash = Math.imul(0x811c9dc5 ^ row, 0x01000193);
  for (let at = 0; at < term.length; at++) hash = Math.imul(hash ^ term.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}
