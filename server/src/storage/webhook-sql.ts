import { deliveriesKeptMax, waitingMax } from "../domain/webhook.ts";
import { webhookColumns, webhookDeliveryColumns } from "./webhook-rows.ts";

/** What both databases say in the same words, but for the marks of values. */

/** The name of the column that a workspace's id is kept in. */
type WorkspaceKey = "id" | "workspace_id";

export const outletFields = webhookColumns.map((column) => `w.${column}`).join(", ");
export const deliveryFields = webhookDeliveryColumns.map((column) => `d.${column}`).join(", ");

/** How many deliveries of `w` wait, up to the most that may. Of the index of these alone. */
export const waitingSql = `(SELECT count(*) FROM (SELECT 1 FROM webhook_deliveries d WHERE d.workspace_id = w.workspace_id
  AND d.webhook_id = w.id AND d.next_attempt_at_ms IS NOT NULL LIMIT ${waitingMax}) AS waiting)`;

/** All webhooks with where the log of their workspace ends. */
export function cardsSql(key: WorkspaceKey): string {
  return `SELECT ${outletFields}, s.revision, ${waitingSql} AS waiting
    FROM webhooks w JOIN workspaces s ON s.${key} = w.workspace_id`;
}

/** What has something to do; see `WebhookStore.work`. @param now, holder marks of the values */
export function workSql(key: WorkspaceKey, now: string, holder: string): string {
  const due = (asked: string) => `EXISTS (SELECT 1 FROM webhook_deliveries d WHERE d.workspace_id = w.workspace_id
    AND d.webhook_id = w.id AND d.is_asked IN (${asked}) AND d.next_attempt_at_ms <= ${now})`;
  return `SELECT w.workspace_id, w.id FROM webhooks w JOIN workspaces s ON s.${key} = w.workspace_id
    WHERE (w.hold_ends_ms <= ${now} OR w.holder = ${holder}) AND (${due("1")} OR (w.state = 'active'
      AND w.held_until_ms <= ${now} AND (${due("0, 1")} OR (w.cursor < s.revision AND ${waitingSql} < ${waitingMax}))))
    ORDER BY w.workspace_id, w.id`;
}

/** Sets every column of a row but those of its key. @param mark of the value at a place, from 1 */
export function updateSql(table: string, columns: readonly string[], keyLength: number, mark: (at: number) => string) {
  const sets = columns.slice(keyLength).map((column, at) => `${column} = ${mark(at + keyLength + 1)}`);
  const key = columns.slice(0, keyLength).map((column, at) => `${column} = ${mark(at + 1)}`);
  return `UPDATE ${table} SET ${sets.join(", ")} WHERE ${key.join(" AND ")}`;
}

/** Drops what is through and not among the newest. @param workspace, webhook, last marks of the values */
export function dropOldSql(workspace: string, webhook: string, last: string): string {
  return `DELETE FROM webhook_deliveries WHERE workspace_id = ${workspace} AND webhook_id = ${webhook}
    AND number <= ${last} - ${deliveriesKeptMax} AND next_attempt_at_ms IS NULL`;
}
