/**
 * How long to wait before the next attempt: half a second at first, doubled each time up to half a minute, and spread so that
 * not all come back at the same moment. @param random from 0 to 1
 */
export function backoffMs(attempt: number, random: number): number {
  const full = Math.min(30_000, 500 * 2 ** attempt);
  return Math.round(full * (0.5 + random / 2));
}
