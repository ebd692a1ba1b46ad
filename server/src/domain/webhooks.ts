import { authorised } from "./authorisation.ts";
import { DomainError } from "./errors.ts";
import { createOnce } from "./kept-answers.ts";
import type { Clock, RepeatableSecrets, SecretBox, Secrets } from "./ports.ts";
import { createRetriedSecrets, type WithoutSecret } from "./retried-secrets.ts";
import type { IdempotencyKey, Storage } from "./storage.ts";
import { testDelivery } from "./webhook-payload.ts";
import {
  alteredWebhook,
  askedAgain,
  begun,
  checkWebhook,
  deliveryPageMax,
  type HostRefusal,
  oldSecretMs,
  type Outlet,
  type WebhookAlteration,
  type WebhookCard,
  type WebhookDelivery,
  type WebhookDeliveryState,
  webhookDeliveryNotFound,
  webhookNotFound,
  webhookSecret,
  webhookSecretPrefix,
  type WebhookWishes,
  webhooksMax,
} from "./webhook.ts";
import type { Principal } from "./workspace.ts";

/** Webhooks as the workspace's admins look after them. Ids of other workspaces are answered like ids that nobody has. */
export type Webhooks = ReturnType<typeof createWebhooks>;

export type WebhooksDeps = {
  readonly storage: Pick<Storage, "webhooks" | "keptAnswers">;
  readonly secrets: Secrets;
  readonly repeatable: RepeatableSecrets;
  readonly box: SecretBox;
  readonly refusalOf: HostRefusal;
  readonly clock: Clock;
  readonly newId: () => string;
  /** Is told of something to be sent. */
  readonly wake: () => void;
};

export type WebhookDeliveryPage = {
  readonly deliveries: readonly WebhookDelivery[];
  readonly hasNextPage: boolean;
  readonly endCursor: string | null;
};

/** A webhook with its secret, which is shown this once. */
export type ShownWebhook = { readonly webhook: WebhookCard; readonly secret: string };

/** What is kept of it for a request that is repeated. */
type Kept = WithoutSecret<{ readonly webhook: WebhookCard; readonly secretId: string }>;

export function createWebhooks(deps: WebhooksDeps) {
  return authorised(useCases(deps), {
    webhooks: "admin",
    deliveries: "admin",
    delivery: "admin",
    add: "admin",
    update: "admin",
    rotateSecret: "admin",
    pause: "admin",
    resume: "admin",
    remove: "admin",
    sendTest: "admin",
    resend: "admin",
  });
}

function useCases({ storage, secrets, repeatable, box, refusalOf, clock, newId, wake }: WebhooksDeps) {
  const once = createOnce(storage.keptAnswers, clock);
  const retried = createRetriedSecrets({ secrets, repeatable, newId });
  const prefix = webhookSecretPrefix;

  return {
    /** By name. */
    async webhooks({ workspaceId }: Principal): Promise<readonly WebhookCard[]> {
      return storage.webhooks.list(workspaceId);
    },

    /** What was told to a webhook, newest first. @throws DomainError BAD_USER_INPUT */
    async deliveries(
      { workspaceId }: Principal,
      which: { readonly webhookId: string; readonly state: WebhookDeliveryState | null },
      after: string | null,
      first: number,
    ): Promise<WebhookDeliveryPage> {
      if (!Number.isSafeInteger(first) || first < 0 || first > deliveryPageMax) {
        const message = `first must be a whole number from 0 to ${deliveryPageMax}`;
        throw new DomainError("BAD_USER_INPUT", message, { field: "first" });
      }
      const before = after === null ? null : readNumber(after);
      const found = await storage.webhooks.deliveries(workspaceId, { ...which, before }, first + 1);
      const deliveries = found.slice(0, first);
      const last = deliveries.at(-1);
      return {
        deliveries,
        hasNextPage: found.length > deliveries.length,
        endCursor: last === undefined ? null : String(last.number),
      };
    },

    /** One of them; null for none, and for what is no longer kept. */
    async delivery({ workspaceId }: Principal, id: string): Promise<WebhookDelivery | null> {
      return storage.webhooks.delivery(workspaceId, id);
    },

    /** It is told of what is committed from now on. The secret is not shown again. @throws DomainError BAD_USER_INPUT, CONFLICT */
    async add(principal: Principal, wishes: WebhookWishes, idempotency?: IdempotencyKey): Promise<ShownWebhook> {
      const { workspaceId } = principal;
      const made = retried.create(prefix, idempotency);
      const answer = await once<Kept>(principal, idempotency, async (keep) => {
        const checked = checkWebhook(wishes, refusalOf);
        if ((await storage.webhooks.list(workspaceId)).length >= webhooksMax) {
          throw new DomainError("CONFLICT", `The workspace has ${webhooksMax} webhooks.`);
        }
        const outlet: Outlet = {
          id: made.id,
          workspaceId,
          ...checked,
          state: "active",
          disabledFor: null,
          createdAtMs: clock.now(),
          failingSinceMs: null,
          lastDeliveredAtMs: null,
          cursor: 0,
          secret: box.seal(webhookSecret(made.secret), made.id),
          oldSecret: null,
          oldSecretUntilMs: null,
          heldUntilMs: 0,
        };
        const answer = { webhook: cardOf(outlet), secretId: made.id, secretKeyId: made.keyId };
        await storage.webhooks.add(outlet, keep(answer));
        return answer;
      });
      return { webhook: answer.webhook, secret: shown(made, answer) };
    },

    /** Other kinds hold for what the log has not been read up to. @throws DomainError NOT_FOUND, BAD_USER_INPUT */
    update(
      principal: Principal,
      id: string,
      wishes: WebhookWishes,
      idempotency?: IdempotencyKey,
    ): Promise<WebhookCard> {
      const alteration = () => ({ kind: "edit", ...checkWebhook(wishes, refusalOf) }) as const;
      return alter(principal, id, alteration, idempotency);
    },

    /** The secret that it had signs beside the new one for a day. @throws DomainError NOT_FOUND */
    async rotateSecret(principal: Principal, id: string, idempotency?: IdempotencyKey): Promise<ShownWebhook> {
      const { workspaceId } = principal;
      const made = retried.create(prefix, idempotency);
      const answer = await once<Kept>(principal, idempotency, async (keep) => {
        const answer = { webhook: await known(workspaceId, id), secretId: made.id, secretKeyId: made.keyId };
        const secret = box.seal(webhookSecret(made.secret), id);
        const alteration = { kind: "rotate", secret, oldSecretUntilMs: clock.now() + oldSecretMs } as const;
        await storage.webhooks.alter(workspaceId, id, alteration, keep(answer));
        return answer;
      });
      return { webhook: answer.webhook, secret: shown(made, answer) };
    },

    /** Nothing is read of the log, and nothing sent that nobody asks for. @throws DomainError NOT_FOUND */
    pause(principal: Principal, id: string, idempotency?: IdempotencyKey): Promise<WebhookCard> {
      return alter(principal, id, () => ({ kind: "pause" }), idempotency);
    },

    /** Goes on where the log was read up to; what waits is sent at once. @throws DomainError NOT_FOUND */
    async resume(principal: Principal, id: string, idempotency?: IdempotencyKey): Promise<WebhookCard> {
      const after = await alter(principal, id, () => ({ kind: "resume", atMs: clock.now() }), idempotency);
      wake();
      return after;
    },

    /** With its deliveries. @throws DomainError NOT_FOUND */
    async remove(principal: Principal, id: string, idempotency?: IdempotencyKey): Promise<void> {
      await once(principal, idempotency, async (keep) => {
        if (await storage.webhooks.remove(principal.workspaceId, id, keep(true))) return true;
        throw webhookNotFound();
      });
    },

    /** One attempt at once, whatever state it is in. @throws DomainError NOT_FOUND */
    async sendTest(principal: Principal, id: string, idempotency?: IdempotencyKey): Promise<WebhookDelivery> {
      const { workspaceId } = principal;
      const answer = await once<WebhookDelivery>(principal, idempotency, async (keep) => {
        const fresh = testDelivery(await known(workspaceId, id), newId(), clock.now());
        const delivery = begun(fresh, { workspaceId, webhookId: id, number: 0 });
        await storage.webhooks.send(workspaceId, id, fresh, keep(delivery));
        return delivery;
      });
      wake();
      return answer;
    },

    /** One attempt at once, whatever state its webhook is in, under the id that it had. @throws DomainError NOT_FOUND */
    async resend(principal: Principal, deliveryId: string, idempotency?: IdempotencyKey): Promise<WebhookDelivery> {
      const { workspaceId } = principal;
      // What shows a call goes when that is deleted, so no answer that is kept may have it.
      const answer = await once<Omit<WebhookDelivery, "payload">>(principal, idempotency, async (keep) => {
        const atMs = clock.now();
        const { payload: _, ...after } = askedAgain(await knownDelivery(workspaceId, deliveryId), atMs);
        await storage.webhooks.sendAgain(workspaceId, deliveryId, atMs, keep(after));
        return after;
      });
      wake();
      const { payload } = await knownDelivery(workspaceId, deliveryId);
      return { ...answer, payload };
    },
  };

  function alter(
    principal: Principal,
    id: string,
    make: () => WebhookAlteration,
    idempotency: IdempotencyKey | undefined,
  ): Promise<WebhookCard> {
    const { workspaceId } = principal;
    return once(principal, idempotency, async (keep) => {
      const before = await known(workspaceId, id);
      const alteration = make();
      const after = alteredWebhook(before, alteration);
      await storage.webhooks.alter(workspaceId, id, alteration, keep(after));
      return after;
    });
  }

  async function known(workspaceId: number, id: string): Promise<WebhookCard> {
    const card = await storage.webhooks.find(workspaceId, id);
    if (card === null) throw webhookNotFound();
    return card;
  }

  async function knownDelivery(workspaceId: number, deliveryId: string): Promise<WebhookDelivery> {
    const delivery = await storage.webhooks.delivery(workspaceId, deliveryId);
    if (delivery === null) throw webhookDeliveryNotFound();
    return delivery;
  }

  function shown(made: ReturnType<typeof retried.create>, answer: Kept): string {
    return webhookSecret(retried.shown(made, prefix, answer.secretId, answer));
  }
}

/** A webhook that was just added, as lists show it. */
function cardOf(outlet: Outlet): WebhookCard {
  const { id, workspaceId, name, url, kinds, state, disabledFor, createdAtMs } = outlet;
  const { failingSinceMs, lastDeliveredAtMs, cursor } = outlet;
  const kept = {
    id,
    workspaceId,
    name,
    url,
    kinds,
    state,
    disabledFor,
    createdAtMs,
    failingSinceMs,
    lastDeliveredAtMs,
  };
  return { ...kept, cursor, waiting: 0, behind: 0 };
}

/** @throws DomainError BAD_USER_INPUT */
function readNumber(text: string): number {
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw new DomainError("BAD_USER_INPUT", "This is not a cursor of this list.", { field: "after" });
}
