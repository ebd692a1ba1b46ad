import { namedNumbersMax } from "../filter-plan.ts";
import type { Statements } from "./statements.ts";

/**
 * Finds the rows of calls among which are all that a search for words lets through, `max` of them at most; null when no way leads to so few. All
 * words stand in one note, or some of them in the name of a contact: so those notes and the calls of every contact that has any of
 * the words are tried first, then for each word the notes and contacts that have it. Contacts lead to their numbers, and those to
 * their calls by the index of each number's calls.
 */
export function createWordFinder(prepare: Statements) {
  return (workspaceId: number, words: readonly string[], max: number): readonly number[] | null => {
    const noted = callsNoted(workspaceId, words, max);
    // A word of them alone is in no fewer notes.
    if (noted === null) return null;
    const named = words.map((word) => numbersWith(workspaceId, word));
    const ofAny = named.includes(null) ? null : named.flatMap((numbers) => numbers ?? []);
    const found = joined(noted, ofAny && callsNamed(workspaceId, ofAny, max), max);
    if (found !== null || words.length === 1) return found;
    for (const [at, word] of words.entries()) {
      const numbers = named[at] ?? null;
      const ofContacts = numbers && callsNamed(workspaceId, numbers, max);
      const byWord = ofContacts && joined(callsNoted(workspaceId, [word], max), ofContacts, max);
      if (byWord !== null) return byWord;
    }
    return null;
  };

  /** The calls with a note that has all words. The words of the whole file are in one index, so what is found is held against the workspace. */
  function callsNoted(workspaceId: number, words: readonly string[], max: number): readonly number[] | null {
    const found = prepare(`SELECT calls.row FROM note_words CROSS JOIN notes ON notes.row = note_words.rowid
      CROSS JOIN calls ON calls.workspace_id = notes.workspace_id AND calls.id = notes.call_id
      WHERE note_words MATCH ? AND notes.workspace_id = ? LIMIT ?`).all(
      words.map((word) => `"${word}"*`).join(" AND "),
      workspaceId,
      max + 1,
    ) as RowOfCall[];
    return rowsUpTo(found, max);
  }

  function callsNamed(workspaceId: number, numbers: readonly string[], max: number): readonly number[] | null {
    const found = prepare(`SELECT calls.row FROM json_each(?) AS named CROSS JOIN calls INDEXED BY calls_by_other
      ON calls.workspace_id = ? AND calls.other = named.value AND calls.other IS NOT NULL LIMIT ?`).all(
      JSON.stringify([...new Set(numbers)]),
      workspaceId,
      max + 1,
    ) as RowOfCall[];
    return rowsUpTo(found, max);
  }

  /** The numbers of contacts of whose name or company a word begins with this; null when they are too many. */
  function numbersWith(workspaceId: number, word: string): readonly string[] | null {
    const found = prepare(`SELECT n.e164 FROM contact_words w
      CROSS JOIN contact_numbers n ON n.workspace_id = w.workspace_id AND n.contact_id = w.contact_id
      WHERE w.workspace_id = ? AND w.word >= ? AND w.word < ? || char(1114111) LIMIT ?`).all(
      workspaceId,
      word,
      word,
      namedNumbersMax + 1,
    ) as { e164: string }[];
    return found.length > namedNumbersMax ? null : found.map(({ e164 }) => e164);
  }
}

type RowOfCall = { readonly row: number };

function rowsUpTo(found: readonly RowOfCall[], max: number): readonly number[] | null {
  return found.length > max ? null : found.map(({ row }) => row);
}

function joined(a: readonly number[] | null, b: readonly number[] | null, max: number): readonly number[] | null {
  return a === null || b === null || a.length + b.length > max ? null : [...a, ...b];
}
