import { namedNumbersMax } from "../filter-plan.ts";
import type { Statements } from "./connection.ts";
import { oldestOfNumber } from "./order-of-number.ts";
import { wordsQuery } from "./search-rows.ts";

/**
 * Finds the ids of calls among which are all that a search for words lets through, `max` of them at most; null when no way leads to so few. All
 * words stand in one note, or some of them in the name of a contact: so those notes and the calls of every contact that has any of
 * the words are tried first, then for each word the notes and contacts that have it. Contacts lead to their numbers, and those to
 * their calls by the index of each number's calls.
 */
export async function findByWords(
  statements: Statements,
  workspaceId: number,
  words: readonly string[],
  max: number,
): Promise<readonly number[] | null> {
  const noted = await callsNoted(words);
  // A word of them alone is in no fewer notes.
  if (noted === null) return null;
  const named = await Promise.all(words.map((word) => numbersWith(word)));
  const ofAny = named.includes(null) ? null : named.flatMap((numbers) => numbers ?? []);
  const found = joined(noted, ofAny && (await callsNamed(ofAny)), max);
  if (found !== null || words.length === 1) return found;
  for (const [at, word] of words.entries()) {
    const numbers = named[at] ?? null;
    // oxlint-disable-next-line no-await-in-loop -- the next word only where this one does not lead to few
    const ofContacts = numbers && (await callsNamed(numbers));
    // oxlint-disable-next-line no-await-in-loop
    const byWord = ofContacts && joined(await callsNoted([word]), ofContacts, max);
    if (byWord !== null) return byWord;
  }
  return null;

  /** The calls with a note that has all these words. */
  async function callsNoted(all: readonly string[]): Promise<readonly number[] | null> {
    // Planned for these words: how many notes have them tells which way is short.
    const values = [workspaceId, wordsQuery(workspaceId, all), max + 1];
    return idsUpTo(await statements.made<IdOfCall>({ text: notedCalls, values }), max);
  }

  async function callsNamed(numbers: readonly string[]): Promise<readonly number[] | null> {
    const given = JSON.stringify([...new Set(numbers)]);
    return idsUpTo(await statements.all<IdOfCall>(namedCalls, workspaceId, given, max + 1), max);
  }

  /** The numbers of contacts of whose name or company a word begins with this; null when they are too many. */
  async function numbersWith(word: string): Promise<readonly string[] | null> {
    const rows = await statements.all<{ e164: string }>(numbersOfWord, workspaceId, word, namedNumbersMax + 1);
    return rows.length > namedNumbersMax ? null : rows.map(({ e164 }) => e164);
  }
}

const notedCalls = "SELECT call_id AS id FROM notes WHERE workspace_id = ? AND words @@ ?::text::tsquery LIMIT ?";

const namedCalls = `SELECT calls.id FROM json_array_elements_text($2::text::json) AS named (number)
  CROSS JOIN LATERAL (SELECT c.id FROM calls c WHERE c.workspace_id = $1 AND c.other = named.number
    ORDER BY c.settles, ${oldestOfNumber("c")} LIMIT $3) AS calls LIMIT $3`;

// One range of the words: no character comes after U+10FFFF.
const numbersOfWord = `SELECT n.e164 FROM contact_words w
  JOIN contact_numbers n ON n.workspace_id = w.workspace_id AND n.contact_id = w.contact_id
  WHERE w.workspace_id = $1 AND w.word >= $2 AND w.word < $2 || chr(1114111) LIMIT $3`;

type IdOfCall = { readonly id: number };

function idsUpTo(found: readonly IdOfCall[], max: number): readonly number[] | null {
  return found.length > max ? null : found.map(({ id }) => id);
}

function joined(a: readonly number[] | null, b: readonly number[] | null, max: number): readonly number[] | null {
  return a === null || b === null || a.length + b.length > max ? null : [...a, ...b];
}
