import type { CallRowFragment } from "../api/calls.gen.ts";
import { hasWords, isNumberSearch } from "../lib/call-query.ts";

/** The note that a row has room for: the one that a search found, else the newest. Null where there is none. */
export function noteToShow({ notes }: Pick<CallRowFragment, "notes">, search: string | undefined): string | null {
  const isOfWords = search !== undefined && !isNumberSearch(search);
  const found = isOfWords ? notes.find(({ content }) => hasWords(content, search)) : undefined;
  return (found ?? notes[0])?.content ?? null;
}
