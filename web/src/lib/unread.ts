/** What is known of calls being unread for the person: by id, and nothing of those that were not asked for. */
export type Known = ReadonlyMap<string, boolean>;

/** What is known once the server has said which of some calls are unread. */
export function learned(before: Known, asked: readonly string[], unread: readonly string[]): Known {
  const found = new Set(unread);
  if (asked.every((id) => before.get(id) === found.has(id))) return before;
  return new Map([...before, ...asked.map((id) => [id, found.has(id)] as const)]);
}

/** Kinds of change after which a call may be read or unread for somebody who did nothing. */
const kinds = new Set(["CALL_LOGGED", "CALL_ARCHIVED", "CALL_UNARCHIVED", "CALL_ASSIGNED", "NOTE_ADDED"]);

export function mayAlterUnread(kind: string): boolean {
  return kinds.has(kind);
}

/** What was done, for who hears the page: `Marked 3 calls read`. */
export function markedText(count: number, isUnread: boolean): string {
  const state = isUnread ? "unread" : "read";
  return count === 1 ? `Marked ${state}` : `Marked ${count.toLocaleString("en")} calls ${state}`;
}
