import type { DatabaseSync } from "node:sqlite";
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
import type { Ledger } from "./ledger.ts";

const ofPlace = "workspace_id = ?1 AND webhook_id = ?2";

/** The reading half of `WebhookStore`. */
export function createWebhookReader(db: DatabaseSync) {
  const cards = db.prepare(`${cardsSql("id")} WHERE w.workspace_id = ? ORDER BY w.name, w.id`);
  const card = db.prepare(`${cardsSql("id")} WHERE w.workspace_id = ? AND w.id = ?`);
  const page = db.prepare(`SELECT ${deliveryFields} FROM webhook_deliveries d WHERE ${ofPlace} AND number < ?3
    ORDER BY number DESC LIMIT ?4`);
  const pageOfState = db.prepare(`SELECT ${deliveryFields} FROM webhook_deliveries d
    WHERE ${ofPlace} AND state = ?5 AND number < ?3 ORDER BY number DESC LIMIT ?4`);
  const byId = db.prepare(`SELECT ${deliveryFields} FROM webhook_deliveries d WHERE workspace_id = ? AND id = ?`);
  const work = db.prepare(workSql("id", "?1", "?2"));
  const outlet = db.prepare(`SELECT ${outletFields}, ${waitingSql} AS waiting FROM webhooks w
    WHERE w.workspace_id = ? AND w.id = ?`);
  const due = db.prepare(`SELECT ${deliveryFields} FROM webhook_deliveries d WHERE ${ofPlace} AND is_asked >= ?3
    AND next_attempt_at_ms <= ?4 ORDER BY next_attempt_at_ms, number LIMIT ?5`);

  return {
    webhooks: (workspaceId: number): readonly WebhookCard[] =>
      (cards.all(workspaceId) as CardRow[]).map((row) => cardOf(outletOf(row), row.waiting, row.revision)),
    webhook: (workspaceId: number, webhookId: string): WebhookCard | null => {
      const row = card.get(workspaceId, webhookId) as CardRow | undefined;
      return row === undefined ? null : cardOf(outletOf(row), row.waiting, row.revision);
    },
    deliveries: (
      workspaceId: number,
      which: {
        readonly webhookId: string;
        readonly state: WebhookDeliveryState | null;
        readonly before: number | null;
      },
      limit: number,
    ): readonly WebhookDelivery[] => {
      const place = [workspaceId, which.webhookId, which.before ?? Number.MAX_SAFE_INTEGER, limit] as const;
      const rows = which.state === null ? page.all(...place) : pageOfState.all(...place, which.state);
      return (rows as WebhookDeliveryRow[]).map(webhookDeliveryOf);
    },
    delivery: (workspaceId: number, deliveryId: string): WebhookDelivery | null => {
      const row = byId.get(workspaceId, deliveryId) as WebhookDeliveryRow | undefined;
      return row === undefined ? null : webhookDeliveryOf(row);
    },
    work: (holder: string, nowMs: number): readonly WebhookPlace[] =>
      (work.all(nowMs, holder) as { workspace_id: number; id: string }[]).map((row) => ({
        workspaceId: row.workspace_id,
        webhookId: row.id,
      })),
    outlet: ({ workspaceId, webhookId }: WebhookPlace) => {
      const row = outlet.get(workspaceId, webhookId) as (WebhookRow & { readonly waiting: number }) | undefined;
      return row === undefined ? null : { outlet: outletOf(row), waiting: row.waiting };
    },
    due: ({ workspaceId, webhookId }: WebhookPlace, nowMs: number, askedOnly: boolean, limit: number) =>
      (due.all(workspaceId, webhookId, askedOnly ? 1 : 0, nowMs, limit) as WebhookDeliveryRow[]).map(webhookDeliveryOf),
  };
}

/** What is written about webhooks, within the transaction that the caller has begun. */
export function createWebhookWriter(db: DatabaseSync, ledger: Ledger) {
  const columns = webhookColumns.join(", ");
  const mark = (at: number) => `?${at}`;
  const marks = (count: number) => Array.from({ length: count }, () => "?").join(", ");
  const insert = db.prepare(`INSERT INTO webhooks (${columns}, last_number, holder, hold_ends_ms)
    VALUES (${marks(webhookColumns.length)}, 0, '', 0)`);
  const find = db.prepare(`SELECT ${outletFields}, w.last_number FROM webhooks w WHERE workspace_id = ? AND id = ?`);
  const save = db.prepare(updateSql("webhooks", webhookColumns, 2, mark));
  const setNumber = db.prepare("UPDATE webhooks SET last_number = ?3 WHERE workspace_id = ?1 AND id = ?2");
  const remove = db.prepare("DELETE FROM webhooks WHERE workspace_id = ? AND id = ?");
  const removeDeliveries = db.prepare(`DELETE FROM webhook_deliveries WHERE ${ofPlace}`);
  const makeDue = db.prepare(`UPDATE webhook_deliveries SET next_attempt_at_ms = ?3
    WHERE ${ofPlace} AND next_attempt_at_ms > ?3`);
  const insertDelivery = db.prepare(`INSERT INTO webhook_deliveries (${webhookDeliveryColumns.join(", ")})
    VALUES (${marks(webhookDeliveryColumns.length)})`);
  const deliveryById = db.prepare(`SELECT ${deliveryFields} FROM webhook_deliveries d
    WHERE workspace_id = ? AND id = ?`);
  const deliveryAt = db.prepare(`SELECT ${deliveryFields} FROM webhook_deliveries d WHERE ${ofPlace} AND number = ?3`);
  const saveDelivery = db.prepare(updateSql("webhook_deliveries", webhookDeliveryColumns, 3, mark));
  const dropOld = db.prepare(dropOldSql("?1", "?2", "?3"));
  const call = db.prepare("SELECT 1 FROM calls WHERE workspace_id = ? AND id = ?");
  const hold = db.prepare(`UPDATE webhooks SET holder = ?3, hold_ends_ms = ?5
    WHERE workspace_id = ?1 AND id = ?2 AND (holder = ?3 OR hold_ends_ms <= ?4)`);
  const release = db.prepare(`UPDATE webhooks SET holder = '', hold_ends_ms = 0
    WHERE workspace_id = ? AND id = ? AND holder = ?`);
  const prune = db.prepare(`DELETE FROM webhook_deliveries WHERE rowid IN (SELECT d.rowid FROM workspaces s
    JOIN webhook_deliveries d ON d.workspace_id = s.id WHERE d.created_at_ms < ? AND d.next_attempt_at_ms IS NULL LIMIT ?)`);

  return {
    /** Each of them takes what it is to leave under a key. */
    keyed: {
      addWebhook(outlet: Outlet): void {
        insert.run(...webhookValues({ ...outlet, cursor: ledger.revision(outlet.workspaceId) }));
      },

      alterWebhook(workspaceId: number, webhookId: string, alteration: WebhookAlteration): void {
        const row = find.get(workspaceId, webhookId) as WebhookRow | undefined;
        if (row === undefined) throw webhookNotFound();
        save.run(...webhookValues(alteredOutlet(outletOf(row), alteration)));
        if (alteration.kind === "resume") makeDue.run(workspaceId, webhookId, alteration.atMs);
      },

      removeWebhook(workspaceId: number, webhookId: string): boolean {
        removeDeliveries.run(workspaceId, webhookId);
        return remove.run(workspaceId, webhookId).changes === 1;
      },

      sendToWebhook(workspaceId: number, webhookId: string, delivery: NewWebhookDelivery): void {
        if (!addDeliveries({ workspaceId, webhookId }, [delivery])) throw webhookNotFound();
      },

      sendAgain(workspaceId: number, deliveryId: string, atMs: number): void {
        const row = deliveryById.get(workspaceId, deliveryId) as WebhookDeliveryRow | undefined;
        if (row === undefined) throw webhookDeliveryNotFound();
        saveDelivery.run(...webhookDeliveryValues(askedAgain(webhookDeliveryOf(row), atMs)));
      },
    },

    plain: {
      holdWebhook: (
        { workspaceId, webhookId }: WebhookPlace,
        holder: string,
        nowMs: number,
        untilMs: number,
      ): boolean => hold.run(workspaceId, webhookId, holder, nowMs, untilMs).changes === 1,

      releaseWebhook({ workspaceId, webhookId }: WebhookPlace, holder: string): void {
        release.run(workspaceId, webhookId, holder);
      },

      takeChanges(
        place: WebhookPlace,
        { from, to }: { readonly from: number; readonly to: number },
        deliveries: readonly NewWebhookDelivery[],
      ): boolean {
        const row = find.get(place.workspaceId, place.webhookId) as WebhookRow | undefined;
        if (row === undefined || row.cursor !== from || row.state !== "active") return false;
        save.run(...webhookValues({ ...outletOf(row), cursor: to }));
        addDeliveries(place, deliveries);
        return true;
      },

      settleDelivery({ workspaceId, webhookId }: WebhookPlace, number: number, settlement: Settlement): void {
        const row = find.get(workspaceId, webhookId) as WebhookRow | undefined;
        const known = deliveryAt.get(workspaceId, webhookId, number) as WebhookDeliveryRow | undefined;
        if (row === undefined || known === undefined) return;
        const delivery = webhookDeliveryOf(known);
        saveDelivery.run(...webhookDeliveryValues(settledDelivery(delivery, settlement)));
        save.run(...webhookValues(settledOutlet(outletOf(row), delivery, settlement)));
      },

      pruneWebhookDeliveries: (beforeMs: number, limit: number): number => Number(prune.run(beforeMs, limit).changes),
    },
  };

  /** False when there is no such webhook. */
  function addDeliveries({ workspaceId, webhookId }: WebhookPlace, deliveries: readonly NewWebhookDelivery[]): boolean {
    const row = find.get(workspaceId, webhookId) as { last_number: number } | undefined;
    if (row === undefined) return false;
    const shown = deliveries.filter(({ callId }) => callId === null || call.get(workspaceId, callId) !== undefined);
    if (shown.length === 0) return true;
    let number = row.last_number;
    for (const delivery of shown) {
      number += 1;
      insertDelivery.run(...webhookDeliveryValues(begun(delivery, { workspaceId, webhookId, number })));
    }
    setNumber.run(workspaceId, webhookId, number);
    dropOld.run(workspaceId, webhookId, number);
    return true;
  }
}

type CardRow = WebhookRow & { readonly waiting: number; readonly revision: number };
