import type { ChangeKind as DomainChangeKind } from "../domain/change.ts";
import type {
  WebhookCard,
  WebhookDeliveryState as DomainDeliveryState,
  WebhookState as DomainState,
  WebhookWishes,
} from "../domain/webhook.ts";
import { changeKindsNamed, changeKinds } from "./change-kinds.ts";
import { isoTime } from "./iso-time.ts";
import { signedIn } from "./resolver-context.ts";
import type {
  ChangeKind,
  Resolvers,
  WebhookDeliveryState,
  WebhookDisabledFor,
  WebhookInput,
  WebhookState,
} from "./schema.gen.ts";
import { onceKey } from "./terms.ts";

const states = { active: "ACTIVE", paused: "PAUSED", disabled: "DISABLED" } as const satisfies Record<
  DomainState,
  WebhookState
>;
const reasons = { gone: "GONE", failing: "FAILING" } as const satisfies Record<
  NonNullable<WebhookCard["disabledFor"]>,
  WebhookDisabledFor
>;
const deliveryStates = { waiting: "WAITING", delivered: "DELIVERED", failed: "FAILED" } as const satisfies Record<
  DomainDeliveryState,
  WebhookDeliveryState
>;
const deliveryStatesNamed = { WAITING: "waiting", DELIVERED: "delivered", FAILED: "failed" } as const satisfies Record<
  WebhookDeliveryState,
  DomainDeliveryState
>;

/** Webhooks, and what was told to them. */
export const webhookQueries = {
  webhooks: (_root, _args, context) => context.webhooks.webhooks(signedIn(context)),
  async webhookDeliveries(_root, { webhookId, first, after, state }, context) {
    const which = { webhookId, state: state == null ? null : deliveryStatesNamed[state] };
    const page = await context.webhooks.deliveries(signedIn(context), which, after ?? null, first ?? 20);
    return { nodes: page.deliveries, hasNextPage: page.hasNextPage, endCursor: page.endCursor };
  },
  webhookDelivery: (_root, { id }, context) => context.webhooks.delivery(signedIn(context), id),
} as const satisfies Resolvers["Query"];

export const webhookMutations = {
  addWebhook: (_root, { input }, context, info) =>
    context.webhooks.add(signedIn(context), wishesOf(input), onceKey(context, info)),
  updateWebhook: (_root, { id, input }, context, info) =>
    context.webhooks.update(signedIn(context), id, wishesOf(input), onceKey(context, info)),
  rotateWebhookSecret: (_root, { id }, context, info) =>
    context.webhooks.rotateSecret(signedIn(context), id, onceKey(context, info)),
  pauseWebhook: (_root, { id }, context, info) => context.webhooks.pause(signedIn(context), id, onceKey(context, info)),
  resumeWebhook: (_root, { id }, context, info) =>
    context.webhooks.resume(signedIn(context), id, onceKey(context, info)),
  async deleteWebhook(_root, { id }, context, info) {
    await context.webhooks.remove(signedIn(context), id, onceKey(context, info));
    return true;
  },
  sendTestWebhook: (_root, { id }, context, info) =>
    context.webhooks.sendTest(signedIn(context), id, onceKey(context, info)),
  resendWebhookDelivery: (_root, { id }, context, info) =>
    context.webhooks.resend(signedIn(context), id, onceKey(context, info)),
} as const satisfies Resolvers["Mutation"];

export const webhookTypes = {
  Webhook: {
    kinds: ({ kinds }) => kinds.map((kind) => changeKinds[kind]),
    state: ({ state }) => states[state],
    disabledFor: ({ disabledFor }) => (disabledFor === null ? null : reasons[disabledFor]),
    createdAt: ({ createdAtMs }) => isoTime(createdAtMs),
    failingSince: ({ failingSinceMs }) => timeOrNull(failingSinceMs),
    lastDeliveredAt: ({ lastDeliveredAtMs }) => timeOrNull(lastDeliveredAtMs),
  },
  WebhookDelivery: {
    kind: ({ type }) => kindOf(type),
    state: ({ state }) => deliveryStates[state],
    createdAt: ({ createdAtMs }) => isoTime(createdAtMs),
    nextAttemptAt: ({ nextAttemptAtMs }) => timeOrNull(nextAttemptAtMs),
  },
  WebhookAttempt: {
    at: ({ atMs }) => isoTime(atMs),
    error: ({ problem }) => (problem === null ? null : `${problem.code}: ${problem.text}`),
  },
} as const satisfies Resolvers;

function wishesOf({ name, url, kinds }: WebhookInput): WebhookWishes {
  return { name, url, kinds: (kinds ?? []).map((kind) => changeKindsNamed[kind]) };
}

/** The kind of change that a delivery of this type tells of. */
function kindOf(type: string): ChangeKind | null {
  return type in changeKinds ? changeKinds[type as DomainChangeKind] : null;
}

function timeOrNull(ms: number | null): string | null {
  return ms === null ? null : isoTime(ms);
}
