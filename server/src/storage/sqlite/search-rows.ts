import type { DatabaseSync } from "node:sqlite";
import { digitRuns } from "../../domain/digits.ts";
import { wordsOf } from "../../domain/words.ts";
import { createUnusedNumbers, type Gone } from "./unused-numbers.ts";

/** What one transaction has to put into the index of searches: see migration 4. */
export type SearchRows = {
  /** Forgets everything: a transaction begins. */
  begin(): void;
  /** Remembers the present state as the one that {@link SearchRows.revert} goes back to: a write begins. */
  mark(): void;
  /** Forgets what the write told: its savepoint was rolled back. */
  revert(): void;
  /** A call has this number now. */
  number(workspaceId: number, number: string): void;
  /** A call with these numbers is gone; what no other call has is forgotten. @param key that of its other end */
  left(workspaceId: number, numbers: readonly string[], key: string | null): void;
  /**
   * The text of a note came (`after`), went (`before`) or was altered (both): the one way of a note into the index and out of
   * it. `row` is that of the table `notes`, and null stands for no note.
   */
  note(row: number, before: string | null, after: string | null): void;
  /** Writes what was told. Nothing else of the transaction may follow but its commit. */
  flush(): void;
};

/**
 * Keeps the index of searches in the transaction that writes calls and notes, in one go before the commit. Rows of full-text search
 * written in between cost fifteen times as much: with each savepoint that begins or ends, FTS5 writes what it has gathered as a
 * segment of its own.
 */
export function createSearchRows(db: DatabaseSync): SearchRows {
  const addNumber = db.prepare("INSERT INTO numbers (workspace_id, number) VALUES (?, ?) ON CONFLICT DO NOTHING");
  const addRuns = db.prepare("INSERT INTO number_runs (rowid, runs) VALUES (?, ?)");
  const addWords = db.prepare("INSERT INTO note_words (rowid, words) VALUES (?, ?)");
  // By the text that was there. The other way, `contentless_delete`, gives the connection a last row above 2^53, which every write
  // after it would stumble over, and costs a row more for each note.
  const removeWords = db.prepare("INSERT INTO note_words (note_words, rowid, words) VALUES ('delete', ?, ?)");
  // Where nothing is deleted it is not made: a copy writes into a file that has no indices yet.
  let unused: ReturnType<typeof createUnusedNumbers> | null = null;
  let told: Told[] = [];
  let toldAtMark = 0;

  return {
    begin() {
      told = [];
    },
    mark() {
      toldAtMark = told.length;
    },
    revert() {
      told.length = toldAtMark;
    },
    number(workspaceId, number) {
      told.push({ workspaceId, number });
    },
    left(workspaceId, numbers, key) {
      told.push({ workspaceId, numbers, key });
    },
    note(row, before, after) {
      told.push({ row, before, after });
    },
    flush() {
      const numbers = new Map<number, Set<string>>();
      const gone: Gone[] = [];
      const notes = new Map<number, { readonly before: string | null; readonly after: string | null }>();
      for (const one of told) {
        if ("numbers" in one) gone.push(one);
        else if ("number" in one) {
          const known = numbers.get(one.workspaceId) ?? new Set();
          numbers.set(one.workspaceId, known.add(one.number));
        } else {
          // What was there when the transaction began, and what is there when it ends.
          const { before } = notes.get(one.row) ?? one;
          notes.set(one.row, { before, after: one.after });
        }
      }
      for (const [workspaceId, known] of numbers) for (const number of known) writeNumber(workspaceId, number);
      if (gone.length > 0) (unused ??= createUnusedNumbers(db, runsText)).forget(gone);
      for (const [row, { before, after }] of notes) {
        if (before === after) continue;
        if (before !== null) removeWords.run(row, wordsText(before));
        if (after !== null) addWords.run(row, wordsText(after));
      }
      told = [];
    },
  };

  function writeNumber(workspaceId: number, number: string): void {
    const { changes, lastInsertRowid } = addNumber.run(workspaceId, number);
    if (changes === 0) return;
    const runs = runsText(number);
    if (runs !== "") addRuns.run(lastInsertRowid, runs);
  }
}

type Told =
  | Gone
  | { readonly workspaceId: number; readonly number: string }
  | { readonly row: number; readonly before: string | null; readonly after: string | null };

/** What stands in the index for a number: the ends of its digits. Nothing for fewer digits than searches take. */
export function runsText(number: string): string {
  return digitRuns(number).join(" ");
}

/** What stands in the index for a note: its words. */
export function wordsText(content: string): string {
  return wordsOf(content).join(" ");
}
