import type { DatabaseSync } from "node:sqlite";
import { digitsOf, searchDigitsMin } from "../../domain/digits.ts";
import { createLruMap } from "../../domain/lru-map.ts";
import { hasWords, wordsOf } from "../../domain/words.ts";

const needlesKept = 50;

/**
 * What the triggers and statements of searches call, so that the database and the domain mean the same by digits and words:
 *
 * - `digits_of(number)`: its digits, see `digits.ts`;
 * - `digit_runs(number)`: the ends of its digits, from each digit on, as a JSON list: every run of digits begins one of them;
 * - `words_of(text)`: its words with blanks between them, see `words.ts`;
 * - `has_words(text, words)`: whether each of a JSON list of words begins one of the text's.
 *
 * Connections without them cannot write calls and notes; all connections of the product have them.
 */
export function addSearchFunctions(db: DatabaseSync): void {
  const needles = createLruMap<string, readonly string[]>(needlesKept);
  const deterministic = { deterministic: true };
  db.function("digits_of", deterministic, (number) => digitsOf(String(number)));
  db.function("digit_runs", deterministic, (number) => JSON.stringify(digitRuns(String(number))));
  db.function("words_of", deterministic, (text) => wordsOf(String(text)).join(" "));
  db.function("has_words", deterministic, (text, json) => (hasWords(String(text), wordList(String(json))) ? 1 : 0));

  function wordList(json: string): readonly string[] {
    const known = needles.get(json);
    if (known !== undefined) return known;
    const words = JSON.parse(json) as readonly string[];
    needles.set(json, words);
    return words;
  }
}

function digitRuns(number: string): readonly string[] {
  const digits = digitsOf(number);
  const count = Math.max(0, digits.length - searchDigitsMin + 1);
  return Array.from({ length: count }, (_, start) => digits.slice(start));
}
