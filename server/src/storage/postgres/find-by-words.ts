import { namedNumbersMax } from "../filter-plan.ts";
import type { Statements } from "./connection.ts";
import type { Sql } from "./filter-sql.ts";
import { wordsQuery } from "./search-rows.ts";

/**
 * Where to look for the calls that a search for words finds, each way all of them and some more: first the notes that have all words
 * and the calls of every contact that has any of them, then for each word the notes and contacts that have it. Few enough calls by any of
 * these ways are enough. Contacts lead to their numbers, and those to their calls by the index of each number's calls.
 */
export async function findByWords(
  statements: Statements,
  workspaceId: number,
  words: readonly string[],
  limit: number,
): Promise<readonly Sql[]> {
  const named = await Promise.all(words.map((word) => numbersWith(statements, workspaceId, word)));
  const ofAny = named.includes(null) ? null : named.flatMap((numbers) => numbers ?? []);
  return [
    ...(ofAny === null ? [] : [callsOf(workspaceId, words, ofAny, limit)]),
    ...(words.length === 1 ? [] : words).flatMap((word, at) => {
      const numbers = named[at] ?? null;
      return numbers === null ? [] : [callsOf(workspaceId, [word], numbers, limit)];
    }),
  ];
}

/** The numbers of contacts of whose name or company a word begins with this; null when they are too many. */
async function numbersWith(
  statements: Statements,
  workspaceId: number,
  word: string,
): Promise<readonly string[] | null> {
  const rows = await statements.all<{ e164: string }>(numbersOfWord, workspaceId, word, namedNumbersMax + 1);
  return rows.length > namedNumbersMax ? null : rows.map(({ e164 }) => e164);
}

// One range of the words: no character comes after U+10FFFF.
const numbersOfWord = `SELECT n.e164 FROM contact_words w
  JOIN contact_numbers n ON n.workspace_id = w.workspace_id AND n.contact_id = w.contact_id
  WHERE w.workspace_id = $1 AND w.word >= $2 AND w.word < $2 || chr(1114111) LIMIT $3`;

function callsOf(workspaceId: number, words: readonly string[], numbers: readonly string[], limit: number): Sql {
  return {
    text: `(SELECT call_id AS id FROM notes WHERE workspace_id = ? AND words @@ ?::text::tsquery LIMIT ?)
      UNION ALL (SELECT calls.id FROM json_array_elements_text(?::text::json) AS named (number)
        CROSS JOIN LATERAL (SELECT c.id FROM calls c WHERE c.workspace_id = ? AND c.other = named.number LIMIT ?) AS calls
        LIMIT ?) LIMIT ?`,
    values: [
      workspaceId,
      wordsQuery(workspaceId, words),
      limit,
      JSON.stringify([...new Set(numbers)]),
      workspaceId,
      limit,
      limit,
      limit,
    ],
  };
}
