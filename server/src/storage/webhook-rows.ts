import type { ChangeKind } from "../domain/change.ts";
import type { Outlet, WebhookAttempt, WebhookCard, WebhookDelivery } from "../domain/webhook.ts";

/** Webhooks and their deliveries as both databases keep them. */

export type WebhookRow = {
  readonly workspace_id: number;
  readonly id: string;
  readonly name: string;
  readonly url: string;
  /** With a space between them. */
  readonly kinds: string;
  readonly state: Outlet["state"];
  readonly disabled_for: Outlet["disabledFor"];
  readonly created_at_ms: number;
  readonly failing_since_ms: number | null;
  readonly last_delivered_at_ms: number | null;
  readonly cursor: number;
  readonly secret: string;
  readonly old_secret: string | null;
  readonly old_secret_until_ms: number | null;
  readonly held_until_ms: number;
};

/** Its columns in the order of {@link webhookValues}, the first two of them its key. */
export const webhookColumns = [
  "workspace_id",
  "id",
  "name",
  "url",
  "kinds",
  "state",
  "disabled_for",
  "created_at_ms",
  "failing_since_ms",
  "last_delivered_at_ms",
  "cursor",
  "secret",
  "old_secret",
  "old_secret_until_ms",
  "held_until_ms",
] as const satisfies readonly (keyof WebhookRow)[];

export function outletOf(row: WebhookRow): Outlet {
  return {
    id: row.id,
    workspaceId: row.workspace_id,
    name: row.name,
    url: row.url,
    kinds: row.kinds === "" ? [] : (row.kinds.split(" ") as ChangeKind[]),
    state: row.state,
    disabledFor: row.disabled_for,
    createdAtMs: row.created_at_ms,
    failingSinceMs: row.failing_since_ms,
    lastDeliveredAtMs: row.last_delivered_at_ms,
    cursor: row.cursor,
    secret: row.secret,
    oldSecret: row.old_secret,
    oldSecretUntilMs: row.old_secret_until_ms,
    heldUntilMs: row.held_until_ms,
  };
}

export function webhookValues(outlet: Outlet): readonly (string | number | null)[] {
  return [
    outlet.workspaceId,
    outlet.id,
    outlet.name,
    outlet.url,
    outlet.kinds.join(" "),
    outlet.state,
    outlet.disabledFor,
    outlet.createdAtMs,
    outlet.failingSinceMs,
    outlet.lastDeliveredAtMs,
    outlet.cursor,
    outlet.secret,
    outlet.oldSecret,
    outlet.oldSecretUntilMs,
    outlet.heldUntilMs,
  ];
}

/** What admins are shown, without secrets. @param revision where the workspace's log ends */
export function cardOf(outlet: Outlet, waiting: number, revision: number): WebhookCard {
  const { secret: _, oldSecret: __, oldSecretUntilMs: ___, heldUntilMs: ____, ...webhook } = outlet;
  return { ...webhook, waiting, behind: Math.max(0, revision - webhook.cursor) };
}

export type WebhookDeliveryRow = {
  readonly workspace_id: number;
  readonly webhook_id: string;
  readonly number: number;
  readonly id: string;
  readonly type: string;
  readonly revision: number | null;
  readonly call_id: number | null;
  readonly created_at_ms: number;
  readonly is_test: number;
  readonly payload: string;
  readonly state: WebhookDelivery["state"];
  readonly next_attempt_at_ms: number | null;
  readonly tries: number;
  readonly is_asked: number;
  /** JSON. */
  readonly attempts: string;
};

/** Its columns in the order of {@link webhookDeliveryValues}, the first three of them its key. */
export const webhookDeliveryColumns = [
  "workspace_id",
  "webhook_id",
  "number",
  "id",
  "type",
  "revision",
  "call_id",
  "created_at_ms",
  "is_test",
  "payload",
  "state",
  "next_attempt_at_ms",
  "tries",
  "is_asked",
  "attempts",
] as const satisfies readonly (keyof WebhookDeliveryRow)[];

export function webhookDeliveryOf(row: WebhookDeliveryRow): WebhookDelivery {
  return {
    id: row.id,
    workspaceId: row.workspace_id,
    webhookId: row.webhook_id,
    number: row.number,
    type: row.type,
    revision: row.revision,
    callId: row.call_id,
    createdAtMs: row.created_at_ms,
    isTest: row.is_test === 1,
    payload: row.payload,
    state: row.state,
    nextAttemptAtMs: row.next_attempt_at_ms,
    tries: row.tries,
    isAsked: row.is_asked === 1,
    attempts: JSON.parse(row.attempts) as WebhookAttempt[],
  };
}

export function webhookDeliveryValues(delivery: WebhookDelivery): readonly (string | number | null)[] {
  return [
    delivery.workspaceId,
    delivery.webhookId,
    delivery.number,
    delivery.id,
    delivery.type,
    delivery.revision,
    delivery.callId,
    delivery.createdAtMs,
    delivery.isTest ? 1 : 0,
    delivery.payload,
    delivery.state,
    delivery.nextAttemptAtMs,
    delivery.tries,
    delivery.isAsked ? 1 : 0,
    JSON.stringify(delivery.attempts),
  ];
}
