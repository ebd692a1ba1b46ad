import type { Keep } from "../domain/kept-answers.ts";
import type { WebhookPlace, WebhookStore } from "../domain/webhook-store.ts";
import {
  alteredOutlet,
  askedAgain,
  begun,
  deliveriesKeptMax,
  type NewWebhookDelivery,
  type Outlet,
  settledDelivery,
  settledOutlet,
  waitingMax,
  type WebhookDelivery,
  webhookDeliveryNotFound,
  webhookNotFound,
} from "../domain/webhook.ts";
import { cardOf } from "./webhook-rows.ts";

type Kept = {
  outlet: Outlet;
  lastNumber: number;
  holder: string;
  holdEndsMs: number;
  /** By number. */
  deliveries: WebhookDelivery[];
};

/** Webhooks of the in-memory model. */
export function createMemoryWebhooks(pieces: {
  readonly read: <T>(answer: () => T) => T;
  readonly write: <T>(run: () => T) => Promise<T>;
  readonly keyed: <T>(keep: Keep | undefined, run: () => T) => Promise<T>;
  readonly revision: (workspaceId: number) => number;
  readonly hasCall: (workspaceId: number, callId: number) => boolean;
}) {
  const { read, write, keyed, revision, hasCall } = pieces;
  let webhooks: Kept[] = [];

  const store: WebhookStore = {
    list: (workspaceId) =>
      read(() =>
        webhooks
          .filter(({ outlet }) => outlet.workspaceId === workspaceId)
          .map((kept) => card(kept))
          .toSorted((a, b) => compareText(a.name, b.name) || compareText(a.id, b.id)),
      ),
    find: (workspaceId, webhookId) =>
      read(() => {
        const kept = at({ workspaceId, webhookId });
        return kept === undefined ? null : card(kept);
      }),
    add: (given, keep) =>
      keyed(keep, () => {
        const outlet = { ...given, cursor: revision(given.workspaceId) };
        webhooks.push({ outlet, lastNumber: 0, holder: "", holdEndsMs: 0, deliveries: [] });
      }),
    alter: (workspaceId, webhookId, alteration, keep) =>
      keyed(keep, () => {
        const kept = known({ workspaceId, webhookId });
        kept.outlet = alteredOutlet(kept.outlet, alteration);
        if (alteration.kind !== "resume") return;
        const { atMs } = alteration;
        for (const delivery of kept.deliveries) {
          if ((delivery.nextAttemptAtMs ?? 0) > atMs) replace(kept, { ...delivery, nextAttemptAtMs: atMs });
        }
      }),
    remove: (workspaceId, webhookId, keep) =>
      keyed(keep, () => {
        const count = webhooks.length;
        webhooks = webhooks.filter((kept) => kept !== at({ workspaceId, webhookId }));
        return webhooks.length < count;
      }),
    deliveries: (workspaceId, { webhookId, state, before }, limit) =>
      read(() =>
        (at({ workspaceId, webhookId })?.deliveries ?? [])
          .filter((delivery) => (state === null || delivery.state === state) && delivery.number < (before ?? Infinity))
          .toReversed()
          .slice(0, limit),
      ),
    delivery: (workspaceId, deliveryId) => read(() => byId(workspaceId, deliveryId)?.delivery ?? null),
    send: (workspaceId, webhookId, delivery, keep) =>
      keyed(keep, () => addDeliveries(known({ workspaceId, webhookId }), [delivery])),
    sendAgain: (workspaceId, deliveryId, atMs, keep) =>
      keyed(keep, () => {
        const found = byId(workspaceId, deliveryId);
        if (found === undefined) throw webhookDeliveryNotFound();
        replace(found.kept, askedAgain(found.delivery, atMs));
      }),
    work: (holder, nowMs) =>
      read(() =>
        webhooks
          .filter((kept) => (kept.holdEndsMs <= nowMs || kept.holder === holder) && hasWork(kept, nowMs))
          .map(({ outlet }) => ({ workspaceId: outlet.workspaceId, webhookId: outlet.id }))
          .toSorted((a, b) => a.workspaceId - b.workspaceId || compareText(a.webhookId, b.webhookId)),
      ),
    hold: (place, holder, nowMs, untilMs) =>
      write(() => {
        const kept = at(place);
        if (kept === undefined || (kept.holder !== holder && kept.holdEndsMs > nowMs)) return false;
        kept.holder = holder;
        kept.holdEndsMs = untilMs;
        return true;
      }),
    release: (place, holder) =>
      write(() => {
        const kept = at(place);
        if (kept?.holder === holder) kept.holdEndsMs = 0;
      }),
    outlet: (place) =>
      read(() => {
        const kept = at(place);
        return kept === undefined ? null : { outlet: kept.outlet, waiting: waiting(kept) };
      }),
    take: (place, { from, to }, deliveries) =>
      write(() => {
        const kept = at(place);
        if (kept === undefined || kept.outlet.cursor !== from || kept.outlet.state !== "active") return false;
        kept.outlet = { ...kept.outlet, cursor: to };
        addDeliveries(kept, deliveries);
        return true;
      }),
    due: (place, nowMs, askedOnly, limit) =>
      read(() =>
        (at(place)?.deliveries ?? [])
          .filter((delivery) => isDue(delivery, nowMs) && (!askedOnly || delivery.isAsked))
          .toSorted((a, b) => (a.nextAttemptAtMs ?? 0) - (b.nextAttemptAtMs ?? 0) || a.number - b.number)
          .slice(0, limit),
      ),
    settle: (place, number, settlement) =>
      write(() => {
        const kept = at(place);
        const delivery = kept?.deliveries.find((one) => one.number === number);
        if (kept === undefined || delivery === undefined) return;
        replace(kept, settledDelivery(delivery, settlement));
        kept.outlet = settledOutlet(kept.outlet, delivery, settlement);
      }),
    prune: (beforeMs, limit) =>
      write(() => {
        let count = 0;
        for (const kept of webhooks) {
          kept.deliveries = kept.deliveries.filter((delivery) => {
            const isOld = delivery.nextAttemptAtMs === null && delivery.createdAtMs < beforeMs && count < limit;
            if (isOld) count += 1;
            return !isOld;
          });
        }
        return count;
      }),
  };

  return {
    store,

    /** A call was deleted. */
    gone(workspaceId: number, callId: number): void {
      for (const kept of webhooks.filter(({ outlet }) => outlet.workspaceId === workspaceId)) {
        kept.deliveries = kept.deliveries.filter((delivery) => delivery.callId !== callId);
      }
    },
  };

  function at({ workspaceId, webhookId }: WebhookPlace): Kept | undefined {
    return webhooks.find(({ outlet }) => outlet.workspaceId === workspaceId && outlet.id === webhookId);
  }

  function known(place: WebhookPlace): Kept {
    const kept = at(place);
    if (kept === undefined) throw webhookNotFound();
    return kept;
  }

  function byId(workspaceId: number, deliveryId: string) {
    return webhooks
      .filter(({ outlet }) => outlet.workspaceId === workspaceId)
      .flatMap((kept) => kept.deliveries.map((delivery) => ({ kept, delivery })))
      .find(({ delivery }) => delivery.id === deliveryId);
  }

  function card(kept: Kept) {
    return cardOf(kept.outlet, waiting(kept), revision(kept.outlet.workspaceId));
  }

  function waiting({ deliveries }: Kept): number {
    return Math.min(waitingMax, deliveries.filter(({ nextAttemptAtMs }) => nextAttemptAtMs !== null).length);
  }

  function hasWork(kept: Kept, nowMs: number): boolean {
    const { outlet, deliveries } = kept;
    if (deliveries.some((delivery) => delivery.isAsked && isDue(delivery, nowMs))) return true;
    if (outlet.state !== "active" || outlet.heldUntilMs > nowMs) return false;
    const isBehind = outlet.cursor < revision(outlet.workspaceId) && waiting(kept) < waitingMax;
    return isBehind || deliveries.some((delivery) => isDue(delivery, nowMs));
  }

  function addDeliveries(kept: Kept, deliveries: readonly NewWebhookDelivery[]): void {
    const { workspaceId, id: webhookId } = kept.outlet;
    for (const delivery of deliveries) {
      if (delivery.callId !== null && !hasCall(workspaceId, delivery.callId)) continue;
      kept.lastNumber += 1;
      kept.deliveries.push(begun(delivery, { workspaceId, webhookId, number: kept.lastNumber }));
    }
    kept.deliveries = kept.deliveries.filter(
      ({ number, nextAttemptAtMs }) => nextAttemptAtMs !== null || number > kept.lastNumber - deliveriesKeptMax,
    );
  }

  function replace(kept: Kept, delivery: WebhookDelivery): void {
    kept.deliveries = kept.deliveries.map((one) => (one.number === delivery.number ? delivery : one));
  }
}

function isDue({ nextAttemptAtMs }: WebhookDelivery, nowMs: number): boolean {
  return nextAttemptAtMs !== null && nextAttemptAtMs <= nowMs;
}

function compareText(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
