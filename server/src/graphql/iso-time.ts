/** ISO 8601, UTC, with milliseconds: how the API writes times. */
export function isoTime(ms: number): string {
  return new Date(ms).toISOString();
}
