/** What becomes of things that a source sends: how it is called, in which tone, and what it means. */
export const verdicts = {
  NEW: { label: "New call", tone: "accent", meaning: "It was logged as a call." },
  MERGED: { label: "Merged", tone: "neutral", meaning: "It told more about a call that was known." },
  DUPLICATE: { label: "Duplicate", tone: "neutral", meaning: "It told nothing new about its call." },
  CONFLICTING: {
    label: "Conflicting",
    tone: "warn",
    meaning: "The same delivery came before with other content; the first counts.",
  },
  IGNORED: { label: "Ignored", tone: "neutral", meaning: "It is kept, but is no call of the inbox." },
  REFUSED: { label: "Refused", tone: "bad", meaning: "It could not be read." },
} as const;

export type Verdict = keyof typeof verdicts;

/** The verdict that a text of the URL names; null for all. */
export function verdictNamed(text: string | undefined): Verdict | null {
  const name = (text ?? "").toUpperCase();
  return Object.hasOwn(verdicts, name) ? (name as Verdict) : null;
}

/** A body to read: JSON with one value a line, anything else as it came. */
export function readableBody(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}

/** `512 B`, `1.5 kB`. */
export function formatSize(bytes: number): string {
  if (bytes < 1_000) return `${bytes} B`;
  return bytes < 1_000_000 ? `${(bytes / 1_000).toFixed(1)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
