/** Forty characters that nobody guesses or has had before. Also where the page came over a connection that is not secure. */
export function randomKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(20));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
