import type { DatabaseSync } from "node:sqlite";
import { digitsOf } from "../../domain/digits.ts";
import { createLruMap } from "../../domain/lru-map.ts";
import { numberKey } from "../../domain/number-key.ts";
import { hasWords } from "../../domain/words.ts";

const needlesKept = 50;

/**
 * What the statements of searches call, so that the database and the domain mean the same by digits and words. The schema names
 * none of them: any program can read and write the file.
 *
 * - `digits_of(number)`: its digits, see `digits.ts`;
 * - `number_key(number)`: see `number-key.ts`;
 * - `has_words(text, words)`: whether each of a JSON list of words begins one of the text's.
 */
export function addSearchFunctions(db: DatabaseSync): void {
  const needles = createLruMap<string, readonly string[]>(needlesKept);
  const deterministic = { deterministic: true };
  db.function("digits_of", deterministic, (number) => digitsOf(String(number)));
  db.function("number_key", deterministic, (number) => numberKey(String(number)));
  db.function("has_words", deterministic, (text, json) => (hasWords(String(text), wordList(String(json))) ? 1 : 0));

  function wordList(json: string): readonly string[] {
    const known = needles.get(json);
    if (known !== undefined) return known;
    const words = JSON.parse(json) as readonly string[];
    needles.set(json, words);
    return words;
  }
}
