import type { DatabaseSync } from "node:sqlite";

/**
 * Compares which calls were returned, and by which, with what the calls of each number say. Numbers whose settling was too much for one
 * transaction and is not finished are left out.
 */
export function checkReturns(db: DatabaseSync): readonly string[] {
  const counted = (sql: string) =>
    (db.prepare(`SELECT count(*) AS count FROM (${sql})`).get() as { count: number }).count;
  const settled = counted(`SELECT 1 FROM (SELECT row, returned_by, returned_at_ms, returned_how,
      CASE WHEN settles = 0 AND other IS NOT NULL THEN coalesce((SELECT s.row FROM calls s INDEXED BY calls_by_other
        WHERE s.workspace_id = c.workspace_id AND s.other = c.other AND s.settles = 1
        AND (s.created_at_ms, s.id) > (c.created_at_ms, c.id) ORDER BY s.created_at_ms, s.id LIMIT 1), 0) END AS by_row
      FROM calls c WHERE NOT EXISTS
        (SELECT 1 FROM return_work w WHERE w.workspace_id = c.workspace_id AND w.other = c.other)) AS told
    LEFT JOIN calls s ON s.row = told.by_row
    WHERE told.returned_by IS NOT coalesce(s.id, told.by_row) OR told.returned_at_ms IS NOT s.created_at_ms
      OR told.returned_how IS NOT CASE s.direction WHEN 'outbound' THEN 'called-back' WHEN 'inbound' THEN 'got-through' END`);
  return settled === 0 ? [] : [`Table calls: ${settled} calls are not returned by the call that settles them.`];
}
