import { wordsOf } from "../../domain/words.ts";

/** A note's words for the column `notes.words`, as JSON: see migration 1. */
export function wordsJson(workspaceId: number, content: string): string {
  return JSON.stringify([...new Set(wordsOf(content))].map((word) => lexeme(workspaceId, word)));
}

/** What makes a vector of such JSON, in SQL. */
export function wordsOfJson(mark: string): string {
  return `array_to_tsvector(ARRAY(SELECT json_array_elements_text(${mark}::text::json)))`;
}

/** What finds the notes that have a word beginning with each of these, as text of a `tsquery`. Words are letters and digits. */
export function wordsQuery(workspaceId: number, words: readonly string[]): string {
  return words.map((word) => `'${lexeme(workspaceId, word)}':*`).join(" & ");
}

/** A word as vectors have it, in SQL. */
export function lexemeOf(workspaceId: string, word: string): string {
  return `${workspaceId} || ':' || ${word}`;
}

function lexeme(workspaceId: number, word: string): string {
  return `${workspaceId}:${word}`;
}
