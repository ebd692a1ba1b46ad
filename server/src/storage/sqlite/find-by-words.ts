import { namedNumbersMax } from "../filter-plan.ts";
import type { Sql } from "./filter-sql.ts";
import type { Statements } from "./statements.ts";

/**
 * Where to look for the calls that a search for words finds, each way all of them and some more: first the notes that have all words
 * and the calls of every contact that has any of them, then for each word the notes and contacts that have it. Few enough calls by any of
 * these ways are enough. Contacts lead to their numbers, and those to their calls by the index of each number's calls.
 */
export function createWordFinder(prepare: Statements) {
  return (workspaceId: number, words: readonly string[]): readonly Sql[] => {
    const named = words.map((word) => numbersWith(workspaceId, word));
    const ofAny = named.includes(null) ? null : named.flatMap((numbers) => numbers ?? []);
    return [
      ...(ofAny === null ? [] : [callsOf(workspaceId, words, ofAny)]),
      ...(words.length === 1 ? [] : words).flatMap((word, at) => {
        const numbers = named[at] ?? null;
        return numbers === null ? [] : [callsOf(workspaceId, [word], numbers)];
      }),
    ];
  };

  /** The numbers of contacts of whose name or company a word begins with this; null when they are too many. */
  function numbersWith(workspaceId: number, word: string): readonly string[] | null {
    const rows = prepare(`SELECT n.e164 FROM contact_words w
      CROSS JOIN contact_numbers n ON n.workspace_id = w.workspace_id AND n.contact_id = w.contact_id
      WHERE w.workspace_id = ? AND w.word >= ? AND w.word < ? || char(1114111) LIMIT ?`).all(
      workspaceId,
      word,
      word,
      namedNumbersMax + 1,
    ) as { e164: string }[];
    return rows.length > namedNumbersMax ? null : rows.map(({ e164 }) => e164);
  }
}

/** The words of the whole file are in one index, so what is found there is held against the workspace. */
function callsOf(workspaceId: number, words: readonly string[], numbers: readonly string[]): Sql {
  return {
    text: `SELECT calls.row FROM note_words CROSS JOIN notes ON notes.row = note_words.rowid
        CROSS JOIN calls ON calls.workspace_id = notes.workspace_id AND calls.id = notes.call_id
        WHERE note_words MATCH ? AND notes.workspace_id = ?
      UNION ALL SELECT calls.row FROM json_each(?) AS named CROSS JOIN calls INDEXED BY calls_by_other
        ON calls.workspace_id = ? AND calls.other = named.value AND calls.other IS NOT NULL`,
    values: [
      words.map((word) => `"${word}"*`).join(" AND "),
      workspaceId,
      JSON.stringify([...new Set(numbers)]),
      workspaceId,
    ],
  };
}
