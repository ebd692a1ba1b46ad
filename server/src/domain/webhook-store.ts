import type { Keep } from "./kept-answers.ts";
import type { Awaitable } from "./storage.ts";
import type {
  NewWebhookDelivery,
  Outlet,
  Settlement,
  WebhookAlteration,
  WebhookCard,
  WebhookDelivery,
  WebhookDeliveryState,
} from "./webhook.ts";

/** A webhook in its workspace. */
export type WebhookPlace = { readonly workspaceId: number; readonly webhookId: string };

/** The part of {@link Storage} that keeps webhooks and what is told to them. None of it moves a revision. */
export interface WebhookStore {
  /** By name, then by id. */
  list(workspaceId: number): Awaitable<readonly WebhookCard[]>;
  find(workspaceId: number, webhookId: string): Awaitable<WebhookCard | null>;
  /** Adds it with its cursor at the workspace's present revision, whatever it says: it is told of what comes from now on. */
  add(outlet: Outlet, keep?: Keep): Promise<void>;
  /** See `alteredOutlet`. @throws DomainError NOT_FOUND */
  alter(workspaceId: number, webhookId: string, alteration: WebhookAlteration, keep?: Keep): Promise<void>;
  /** Removes it with its deliveries; false when there is none of this id. */
  remove(workspaceId: number, webhookId: string, keep?: Keep): Promise<boolean>;
  /** At most `limit` with a number below `before` (null: from the newest), newest first. */
  deliveries(
    workspaceId: number,
    which: { readonly webhookId: string; readonly state: WebhookDeliveryState | null; readonly before: number | null },
    limit: number,
  ): Awaitable<readonly WebhookDelivery[]>;
  delivery(workspaceId: number, deliveryId: string): Awaitable<WebhookDelivery | null>;
  /** Adds one that is no change's. @throws DomainError NOT_FOUND when there is no such webhook */
  send(workspaceId: number, webhookId: string, delivery: NewWebhookDelivery, keep?: Keep): Promise<void>;
  /** See `askedAgain`. @throws DomainError NOT_FOUND */
  sendAgain(workspaceId: number, deliveryId: string, atMs: number, keep?: Keep): Promise<void>;

  /**
   * The webhooks of all workspaces that have something to do and are held by nobody else: a log to read on (unless `waitingMax` wait
   * already), a delivery that is due, or one that an admin asked for.
   */
  work(holder: string, nowMs: number): Awaitable<readonly WebhookPlace[]>;
  /** Takes it, or keeps it, for this holder until then; false where another one has it, or it is gone. */
  hold(place: WebhookPlace, holder: string, nowMs: number, untilMs: number): Promise<boolean>;
  /** Gives it up where this holder has it. */
  release(place: WebhookPlace, holder: string): Promise<void>;
  /** As it is kept, and how many of its deliveries wait; null once it is removed. */
  outlet(place: WebhookPlace): Awaitable<{ readonly outlet: Outlet; readonly waiting: number } | null>;
  /**
   * Makes deliveries and moves the cursor in one transaction, where it still stands at `from` and the webhook is active; whether it
   * did. So each change becomes one delivery, whoever reads the log and is killed over it. What shows a call that has been deleted since
   * is left out: its deletion is told by a later one. Drops what is beyond `deliveriesKeptMax`.
   */
  take(
    place: WebhookPlace,
    step: { readonly from: number; readonly to: number },
    deliveries: readonly NewWebhookDelivery[],
  ): Promise<boolean>;
  /** At most `limit` of those that wait and are due, by time, then by number; `askedOnly` leaves out what no admin asked for. */
  due(place: WebhookPlace, nowMs: number, askedOnly: boolean, limit: number): Awaitable<readonly WebhookDelivery[]>;
  /** See `settledDelivery` and `settledOutlet`. Does nothing where the delivery is gone. */
  settle(place: WebhookPlace, number: number, settlement: Settlement): Promise<void>;
  /** Forgets at most `limit` deliveries that were made before, and do not wait; how many. */
  prune(beforeMs: number, limit: number): Promise<number>;
}
