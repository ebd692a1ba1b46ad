/**
 * The order of `calls_by_other` alone, for whoever asks for calls of one number: the feed's index has the same order of places, but nulls at
 * its other end. Which of the two is read is thus not left to the statistics; see migration 10.
 */

/** The oldest calls first. @param table as the statement names `calls` */
export function oldestOfNumber(table: string): string {
  return `${table}.created_at_ms NULLS FIRST, ${table}.id NULLS FIRST`;
}

/** The newest first, by the same index read backwards. */
export function newestOfNumber(table: string): string {
  return `${table}.created_at_ms DESC NULLS LAST, ${table}.id DESC NULLS LAST`;
}
