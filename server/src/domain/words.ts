/** Characters of a word that searches look at. */
const wordLengthMax = 64;

/**
 * The words of a text as searches compare them: runs of letters and digits, without case and accents (Unicode NFKD without
 * marks); each Chinese or Japanese character is a word. Words are cut at 64 UTF-16 units.
 */
export function wordsOf(text: string): readonly string[] {
  // Looking through notes one by one asks this for thousands of texts, and most are in ASCII: a third of the time.
  if (asciiText.test(text))
    return (text.toLowerCase().match(/[a-z0-9]+/g) ?? []).map((word) => word.slice(0, wordLengthMax));
  const plain = text.normalize("NFKD").replaceAll(/\p{M}/gu, "").toLowerCase();
  return (
    plain.match(
      /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]|[[\p{L}\p{N}]--[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]]+/gv,
    ) ?? []
  ).map(
    // Never through the middle of a character.
    (word) => word.slice(0, wordLengthMax).toWellFormed(),
  );
}

// oxlint-disable-next-line no-control-regex -- all of ASCII is meant
const asciiText = /^[\u0000-\u007f]*$/;

/** Whether each of the words begins some word of the text. */
export function hasWords(text: string, words: readonly string[]): boolean {
  const present = wordsOf(text);
  return words.every((word) => present.some((candidate) => candidate.startsWith(word)));
}
