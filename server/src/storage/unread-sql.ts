/**
 * True for a row `n` of `call_news`, with the person's row of `call_reads` beside it as `r` where there is one, exactly where the call is
 * unread for the person: SQL for both databases. `userId` and `floor` are expressions: who it is, twice, and up to where all was seen.
 */
export function isUnreadSql(userId: string, floor: string): string {
  return `(coalesce(r.is_unread, 0) = 1 OR (n.actor_id <> ${userId} AND n.revision > coalesce(r.revision, ${floor})))`;
}

/** The rows that {@link isUnreadSql} asks of, of one person. */
export function newsOfPersonSql(userId: string): string {
  return `call_news n LEFT JOIN call_reads r
    ON r.workspace_id = n.workspace_id AND r.user_id = ${userId} AND r.call_id = n.call_id`;
}

/** Up to which revision the person has seen everything, for a row `n` of `call_news`. */
export function floorSql(userId: string): string {
  return `coalesce((SELECT f.revision FROM read_floors f
    WHERE f.workspace_id = n.workspace_id AND f.user_id = ${userId}), 0)`;
}

/** A condition on a row of `calls`: unread for the person of three marks. */
export const unreadCallSql = `EXISTS (SELECT 1 FROM ${newsOfPersonSql("?")}
  WHERE n.workspace_id = calls.workspace_id AND n.call_id = calls.id AND ${isUnreadSql("?", floorSql("?"))})`;

/**
 * The ids of calls that are unread for the person, `limit` of them at most, each once: as a query with its values. What is above the floor is read in
 * the order of the news, and of what is below only the calls that the person made unread, so that the whole of the calls is never walked.
 */
export function unreadIdsSql(
  workspaceId: number,
  userId: string,
  limit: number,
): { readonly text: string; readonly values: readonly (string | number)[] } {
  // The `+` below keeps SQLite from going through all news up to the floor.
  const floor = "coalesce((SELECT f.revision FROM read_floors f WHERE f.workspace_id = ? AND f.user_id = ?), 0)";
  return {
    text: `SELECT n.call_id AS id FROM ${newsOfPersonSql("?")}
        WHERE n.workspace_id = ? AND n.revision > ${floor} AND ${isUnreadSql("?", "0")}
      UNION ALL SELECT r.call_id FROM call_reads r JOIN call_news n
        ON n.workspace_id = r.workspace_id AND n.call_id = r.call_id
        WHERE r.workspace_id = ? AND r.user_id = ? AND r.is_unread = 1 AND +n.revision <= ${floor}
      LIMIT ?`,
    values: [userId, workspaceId, workspaceId, userId, userId, workspaceId, userId, workspaceId, userId, limit],
  };
}
