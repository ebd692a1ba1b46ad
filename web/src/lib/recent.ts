/** Searches that are remembered. */
const recentMax = 6;

/** The texts with one more in front, each once, the oldest left out. */
export function withRecent(texts: readonly string[], text: string): readonly string[] {
  return [text, ...texts.filter((one) => one.toLowerCase() !== text.toLowerCase())].slice(0, recentMax);
}

/** Texts as a browser kept them, one a line. */
export function recentFrom(kept: string): readonly string[] {
  return kept.split("\n").filter((text) => text !== "");
}
