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
