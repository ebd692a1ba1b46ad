import type { WebhookPlace } from "../../domain/webhook-store.ts";
import {
  alteredOutlet,
  askedAgain,
  begun,
  type NewWebhookDelivery,
  type Outlet,
  type Settlement,
  settledDelivery,
  settledOutlet,
  type WebhookAlteration,
  type WebhookCard,
  type WebhookDelivery,
  webhookDeliveryNotFound,
  type WebhookDeliveryState,
  webhookNotFound,
} from "../../domain/webhook.ts";
import {
  cardOf,
  outletOf,
  webhookColumns,
  webhookDeliveryColumns,
  webhookDeliveryOf,
  type WebhookDeliveryRow,
  webhookDeliveryValues,
  type WebhookRow,
  webhookValues,
} from "../webhook-rows.ts";
import { cardsSql, deliveryFields, dropOldSql, outletFields, updateSql, waitingSql, workSql } from "../webhook-sql.ts";
import { list, type Statements } from "./connection.ts";
import type { Tx } from "./group-commit.ts";

const ofPlace = "workspace_id = $1 AND webhook_id = $2";
const cards = cardsSql("workspace_id");
const page = `SELECT ${deliveryFields} FROM webhook_deliveries d WHERE ${ofPlace} AND number < $3
  ORDER BY number DESC LIMIT $4`;
const pageOfState = `SELECT ${deliveryFields} FROM webhook_deliveries d WHERE ${ofPlace} AND number < $3 AND state = $5
  ORDER BY number DESC LIMIT $4`;
const byId = `SELECT ${deliveryFields} FROM webhook_deliveries d WHERE workspace_id = $1 AND id = $2`;
const work = workSql("workspace_id", "$1", "$2");
const due = `SELECT ${deliveryFields} FROM webhook_deliveries d WHERE ${ofPlace} AND is_asked >= $3
  AND next_attempt_at_ms <= $4 ORDER BY next_attempt_at_ms, number LIMIT $5`;

/** The reading half of `WebhookStore`. */
export function createWebhookReader(statements: Statements) {
  return {
    list: async (workspaceId: number): Promise<readonly WebhookCard[]> => {
      const rows = await statements.all<CardRow>(
        `${cards} WHERE w.workspace_id = $1 ORDER BY w.name, w.id`,
        workspaceId,
      );
      return rows.map((row) => cardOf(outletOf(row), row.waiting, row.revision));
    },
    find: async (workspaceId: number, webhookId: string): Promise<WebhookCard | null> => {
      const row = await statements.get<CardRow>(
        `${cards} WHERE w.workspace_id = $1 AND w.id = $2`,
        workspaceId,
        webhookId,
      );
      return row === undefined ? null : cardOf(outletOf(row), row.waiting, row.revision);
    },
    deliveries: async (
      workspaceId: number,
      which: {
        readonly webhookId: string;
        readonly state: WebhookDeliveryState | null;
        readonly before: number | null;
      },
      limit: number,
    ): Promise<readonly WebhookDelivery[]> => {
      const place = [workspaceId, which.webhookId, which.before ?? Number.MAX_SAFE_INTEGER, limit] as const;
      const rows =
        which.state === null
          ? await statements.all<WebhookDeliveryRow>(page, ...place)
          : await statements.all<WebhookDeliveryRow>(pageOfState, ...place, which.state);
      return rows.map(webhookDeliveryOf);
    },
    delivery: async (workspaceId: number, deliveryId: string): Promise<WebhookDelivery | null> => {
      const row = await statements.get<WebhookDeliveryRow>(byId, workspaceId, deliveryId);
      return row === undefined ? null : webhookDeliveryOf(row);
    },
    work: async (holder: string, nowMs: number): Promise<readonly WebhookPlace[]> => {
      const rows = await statements.all<{ workspace_id: number; id: string }>(work, nowMs, holder);
      return rows.map((row) => ({ workspaceId: row.workspace_id, webhookId: row.id }));
    },
    outlet: async ({ workspaceId, webhookId }: WebhookPlace) => {
      const row = await statements.get<WebhookRow & { readonly waiting: number }>(
        `SELECT ${outletFields}, ${waitingSql} AS waiting FROM webhooks w WHERE w.workspace_id = $1 AND w.id = $2`,
        workspaceId,
        webhookId,
      );
      return row === undefined ? null : { outlet: outletOf(row), waiting: row.waiting };
    },
    due: async ({ workspaceId, webhookId }: WebhookPlace, nowMs: number, askedOnly: boolean, limit: number) => {
      const rows = await statements.all<WebhookDeliveryRow>(
        due,
        workspaceId,
        webhookId,
        askedOnly ? 1 : 0,
        nowMs,
        limit,
      );
      return rows.map(webhookDeliveryOf);
    },
  };
}

/** What is written about webhooks, within the transaction of the caller, which holds the row of the workspace. */

export async function addWebhook(tx: Tx, outlet: Outlet): Promise<void> {
  await tx.run(insert, ...webhookValues({ ...outlet, cursor: tx.ledger.revision() }));
}

export async function alterWebhook(
  tx: Tx,
  workspaceId: number,
  webhookId: string,
  alteration: WebhookAlteration,
): Promise<void> {
  const row = await tx.get<WebhookRow>(find, workspaceId, webhookId);
  if (row === undefined) throw webhookNotFound();
  await tx.run(save, ...webhookValues(alteredOutlet(outletOf(row), alteration)));
  if (alteration.kind !== "resume") return;
  await tx.run(
    `UPDATE webhook_deliveries SET next_attempt_at_ms = $3 WHERE ${ofPlace} AND next_attempt_at_ms > $3`,
    workspaceId,
    webhookId,
    alteration.atMs,
  );
}

export async function removeWebhook(tx: Tx, workspaceId: number, webhookId: string): Promise<boolean> {
  await tx.run(`DELETE FROM webhook_deliveries WHERE ${ofPlace}`, workspaceId, webhookId);
  return (await tx.run("DELETE FROM webhooks WHERE workspace_id = $1 AND id = $2", workspaceId, webhookId)) === 1;
}

export async function sendToWebhook(
  tx: Tx,
  workspaceId: number,
  webhookId: string,
  delivery: NewWebhookDelivery,
): Promise<void> {
  if (!(await addDeliveries(tx, { workspaceId, webhookId }, [delivery]))) throw webhookNotFound();
}

export async function sendAgain(tx: Tx, workspaceId: number, deliveryId: string, atMs: number): Promise<void> {
  const row = await tx.get<WebhookDeliveryRow>(byId, workspaceId, deliveryId);
  if (row === undefined) throw webhookDeliveryNotFound();
  await tx.run(saveDelivery, ...webhookDeliveryValues(askedAgain(webhookDeliveryOf(row), atMs)));
}

export async function holdWebhook(
  tx: Tx,
  { workspaceId, webhookId }: WebhookPlace,
  holder: string,
  nowMs: number,
  untilMs: number,
): Promise<boolean> {
  const held = await tx.run(
    `UPDATE webhooks SET holder = $3, hold_ends_ms = $5
      WHERE workspace_id = $1 AND id = $2 AND (holder = $3 OR hold_ends_ms <= $4)`,
    ...([workspaceId, webhookId, holder, nowMs, untilMs] as const),
  );
  return held === 1;
}

export async function releaseWebhook(tx: Tx, { workspaceId, webhookId }: WebhookPlace, holder: string): Promise<void> {
  await tx.run(
    "UPDATE webhooks SET holder = '', hold_ends_ms = 0 WHERE workspace_id = $1 AND id = $2 AND holder = $3",
    workspaceId,
    webhookId,
    holder,
  );
}

export async function takeChanges(
  tx: Tx,
  place: WebhookPlace,
  { from, to }: { readonly from: number; readonly to: number },
  deliveries: readonly NewWebhookDelivery[],
): Promise<boolean> {
  const row = await tx.get<WebhookRow>(find, place.workspaceId, place.webhookId);
  if (row === undefined || row.cursor !== from || row.state !== "active") return false;
  await tx.run(save, ...webhookValues({ ...outletOf(row), cursor: to }));
  await addDeliveries(tx, place, deliveries);
  return true;
}

export async function settleDelivery(
  tx: Tx,
  { workspaceId, webhookId }: WebhookPlace,
  number: number,
  settlement: Settlement,
): Promise<void> {
  const [row, known] = await Promise.all([
    tx.get<WebhookRow>(find, workspaceId, webhookId),
    tx.get<WebhookDeliveryRow>(at, workspaceId, webhookId, number),
  ]);
  if (row === undefined || known === undefined) return;
  const delivery = webhookDeliveryOf(known);
  await Promise.all([
    tx.run(saveDelivery, ...webhookDeliveryValues(settledDelivery(delivery, settlement))),
    tx.run(save, ...webhookValues(settledOutlet(outletOf(row), delivery, settlement))),
  ]);
}

export function pruneWebhookDeliveries(tx: Tx, beforeMs: number, limit: number): Promise<number> {
  return tx.run(prune, beforeMs, limit);
}

/** False when there is no such webhook. */
async function addDeliveries(
  tx: Tx,
  { workspaceId, webhookId }: WebhookPlace,
  deliveries: readonly NewWebhookDelivery[],
): Promise<boolean> {
  const row = await tx.get<{ last_number: number }>(find, workspaceId, webhookId);
  if (row === undefined) return false;
  const ids = deliveries.flatMap(({ callId }) => callId ?? []);
  const found = ids.length === 0 ? [] : await tx.all<{ id: number }>(calls, workspaceId, list(ids));
  const known = new Set(found.map(({ id }) => id));
  const shown = deliveries.filter(({ callId }) => callId === null || known.has(callId));
  if (shown.length === 0) return true;
  const rows = shown.map((delivery, index) =>
    begun(delivery, { workspaceId, webhookId, number: row.last_number + index + 1 }),
  );
  const last = row.last_number + rows.length;
  await Promise.all([
    ...rows.map((delivery) => tx.run(insertDelivery, ...webhookDeliveryValues(delivery))),
    tx.run("UPDATE webhooks SET last_number = $3 WHERE workspace_id = $1 AND id = $2", workspaceId, webhookId, last),
    tx.run(dropOld, workspaceId, webhookId, last),
  ]);
  return true;
}

const mark = (at: number) => `$${at}`;
const marks = (count: number) => Array.from({ length: count }, (_, at) => mark(at + 1)).join(", ");
const insert = `INSERT INTO webhooks (${webhookColumns.join(", ")}, last_number, holder, hold_ends_ms)
  VALUES (${marks(webhookColumns.length)}, 0, '', 0)`;
const find = `SELECT ${outletFields}, w.last_number FROM webhooks w WHERE workspace_id = $1 AND id = $2`;
const save = updateSql("webhooks", webhookColumns, 2, mark);
const insertDelivery = `INSERT INTO webhook_deliveries (${webhookDeliveryColumns.join(", ")})
  VALUES (${marks(webhookDeliveryColumns.length)})`;
const at = `SELECT ${deliveryFields} FROM webhook_deliveries d WHERE ${ofPlace} AND number = $3`;
const saveDelivery = updateSql("webhook_deliveries", webhookDeliveryColumns, 3, mark);
const dropOld = dropOldSql("$1", "$2", "$3::bigint");
const calls = "SELECT id FROM calls WHERE workspace_id = $1 AND id = ANY($2::text::bigint[])";
const prune = `DELETE FROM webhook_deliveries WHERE (workspace_id, webhook_id, number) IN (
  SELECT d.workspace_id, d.webhook_id, d.number FROM webhook_deliveries d
    WHERE d.created_at_ms < $1 AND d.next_attempt_at_ms IS NULL LIMIT $2)`;

type CardRow = WebhookRow & { readonly waiting: number; readonly revision: number };
