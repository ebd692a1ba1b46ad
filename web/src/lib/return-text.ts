/** How a missed call was settled, as far as a sentence tells it. */
export type Settled = { readonly by: string; readonly after: number };

/** How long something took, in its largest unit: `40 s`, `12 min`, `3 h`, `2 days`. */
export function spanText(ms: number): string {
  const seconds = Math.round(ms / 1_000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.round(minutes / 60);
  if (hours < 48) return `${hours} h`;
  return `${Math.round(hours / 24)} days`;
}

/** `Returned after 12 min`; of a caller who tried again, `Got through after 3 h`. */
export function returnText({ by, after }: Settled): string {
  return `${by === "GOT_THROUGH" ? "Got through" : "Returned"} after ${spanText(after)}`;
}
