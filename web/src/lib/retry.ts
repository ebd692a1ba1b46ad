/** What a failure says of trying again. */
export type Retriable = {
  readonly code: string;
  /** So long the server asks to be left alone. */
  readonly retryAfterMs: number | null;
};

/** What passes by itself, most often soon. */
const passing = new Set(["NETWORK", "OVERLOADED", "TIMEOUT", "UNAVAILABLE"]);
/** The least time until it is tried again, and as much again at most, so that not all come back at the same moment. */
const againMs = 5_000;

/** How long to wait before the same is asked again without anybody's doing; null where that would not help. @param random from 0 to 1 */
export function retryMs({ code, retryAfterMs }: Retriable, random: number): number | null {
  if (retryAfterMs !== null && retryAfterMs > 0) return retryAfterMs;
  return passing.has(code) ? Math.round(againMs * (1 + random)) : null;
}
