import type { ChangeKind } from "./change.ts";
import { DomainError } from "./errors.ts";
import { checkLabel } from "./view.ts";

/**
 * Where changes are told to another program by HTTP. It reads the change log like any follower: `cursor` is the revision up to
 * which each change of its kinds has become one delivery.
 */
export type Webhook = {
  readonly id: string;
  readonly workspaceId: number;
  readonly name: string;
  readonly url: string;
  /** The kinds of changes that it is told of; empty for all. */
  readonly kinds: readonly ChangeKind[];
  /** Nothing is read or sent while it is not `active`, save what an admin asks for. `disabled` is what we did ourselves. */
  readonly state: WebhookState;
  /** Why we disabled it: the receiver said that it is gone, or took nothing for {@link disabledAfterMs}. */
  readonly disabledFor: "gone" | "failing" | null;
  readonly createdAtMs: number;
  /** Since when nothing went through; null while the last attempt did, and before the first. */
  readonly failingSinceMs: number | null;
  readonly lastDeliveredAtMs: number | null;
  readonly cursor: number;
};

export type WebhookState = "active" | "paused" | "disabled";

/** A webhook as it is kept, with what signing and sending need. */
export type Outlet = Webhook & {
  /** The secret as {@link SecretBox} sealed it. */
  readonly secret: string;
  /** The one before, which signs beside it until then; null where there is none. */
  readonly oldSecret: string | null;
  readonly oldSecretUntilMs: number | null;
  /** Until when the receiver asked to be left alone; 0 where it did not. */
  readonly heldUntilMs: number;
};

/** A webhook with what is still to be told, as lists show it. */
export type WebhookCard = Webhook & {
  /** Deliveries that wait to be sent, counted up to {@link waitingMax}. */
  readonly waiting: number;
  /** Changes of the log, of whatever kinds, that it has not been read up to. */
  readonly behind: number;
};

/** Something told to a receiver, in any number of attempts under one id. */
export type WebhookDelivery = NewWebhookDelivery & {
  readonly workspaceId: number;
  readonly webhookId: string;
  /** Counts the deliveries of its webhook, from 1. */
  readonly number: number;
  readonly state: WebhookDeliveryState;
  /** When it is sent next, while it waits; null otherwise. */
  readonly nextAttemptAtMs: number | null;
  /** Attempts of the schedule that were made. */
  readonly tries: number;
  /** Whether an admin asked for the next attempt: it is then made whatever state the webhook is in. */
  readonly isAsked: boolean;
  /** The last {@link attemptsKeptMax}, oldest first. */
  readonly attempts: readonly WebhookAttempt[];
};

export type NewWebhookDelivery = {
  /** What the receiver knows it by: the same over all attempts and nodes, never used for anything else, without a full stop. */
  readonly id: string;
  /** A kind of change, or one of {@link ownTypes}. */
  readonly type: string;
  /** That of the change; the last one missing for a gap; null for a test. */
  readonly revision: number | null;
  /** The call that it shows; null where it shows none. It goes when the call is deleted. */
  readonly callId: number | null;
  readonly createdAtMs: number;
  readonly isTest: boolean;
  /** The body as it is signed and sent: JSON. */
  readonly payload: string;
};

/** `failed`: it will not be sent again unless an admin asks for it. */
export type WebhookDeliveryState = "waiting" | "delivered" | "failed";

/** What is told besides changes: that an admin wants to see something arrive, and that the log was pruned before it was read. */
export const ownTypes = { test: "webhook.test", gap: "log.gap" } as const;

export type WebhookAttempt = {
  readonly atMs: number;
  readonly durationMs: number;
  /** Null where no answer came. */
  readonly statusCode: number | null;
  /** Null when it went through, which an answer of 2xx alone says. */
  readonly problem: AttemptProblem | null;
  /** How the answer's body begins: {@link responseLengthMax} characters of it. */
  readonly response: string | null;
};

export type AttemptProblem = {
  readonly code: (typeof attemptProblems)[number];
  /** A sentence for the admin. */
  readonly text: string;
};

export const attemptProblems = [
  "status",
  "redirect",
  "timeout",
  "address",
  "name",
  "connection",
  "tls",
  "secret",
] as const;

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** Webhooks that a workspace may have. */
export const webhooksMax = 20;
/** Deliveries of one webhook that wait: beyond it the log is not read on, and keeps the rest. */
export const waitingMax = 1_000;
/** Deliveries of one webhook that are kept once they are through or given up. */
export const deliveriesKeptMax = 10_000;
export const deliveriesKeptMs = 30 * dayMs;
export const deliveryPageMax = 100;
export const attemptsKeptMax = 20;
export const responseLengthMax = 1_000;
/** For how long the secret before signs beside the new one. */
export const oldSecretMs = dayMs;
/** After so long of nothing but failures a webhook is disabled. */
export const disabledAfterMs = 5 * dayMs;

/** How every secret begins, as the specification of Standard Webhooks has it. */
export const webhookSecretPrefix = "whsec_";

/** Each attempt after the first, by the schedule that the specification of Standard Webhooks proposes. */
export const retryDelaysMs: readonly number[] = [
  5_000,
  5 * 60_000,
  30 * 60_000,
  2 * hourMs,
  5 * hourMs,
  10 * hourMs,
  14 * hourMs,
  20 * hourMs,
  24 * hourMs,
];
export const triesMax = retryDelaysMs.length + 1;

/** What somebody asks a webhook to be. */
export type WebhookWishes = Pick<Webhook, "name" | "url" | "kinds">;

/** Says of a host that nothing may be sent to it, as far as its text tells; null where it may, or only its addresses will tell. */
export type HostRefusal = (host: string) => string | null;

const urlLengthMax = 2_000;

/** The wishes, each kind once. @throws DomainError BAD_USER_INPUT naming the field. */
export function checkWebhook({ name, url, kinds }: WebhookWishes, refusalOf: HostRefusal): WebhookWishes {
  return { name: checkLabel("name", name, 100), url: checkUrl(url, refusalOf), kinds: [...new Set(kinds)].toSorted() };
}

function checkUrl(text: string, refusalOf: HostRefusal): string {
  const url = text.length <= urlLengthMax && /^https?:\/\//i.test(text) ? URL.parse(text) : null;
  if (url === null) throw refusal(`must be an http or https address of at most ${urlLengthMax} characters`);
  if (url.username !== "" || url.password !== "") throw refusal("must not have a name or password in it");
  if (url.hash !== "") throw refusal("must not have a # in it");
  const refused = refusalOf(url.hostname);
  if (refused !== null) throw refusal(`is refused: ${refused}`);
  return url.href;
}

export function webhookNotFound(): DomainError {
  return new DomainError("NOT_FOUND", "There is no such webhook.");
}

export function webhookDeliveryNotFound(): DomainError {
  return new DomainError("NOT_FOUND", "There is no such delivery, or it is no longer kept.");
}

function refusal(problem: string): DomainError {
  return new DomainError("BAD_USER_INPUT", `url ${problem}`, { field: "url" });
}

/** A secret as the specification spells it, of one that other secrets of ours are like: 32 bytes, base64 in place of base64url. */
export function webhookSecret(secret: string): string {
  const bytes = secret.slice(webhookSecretPrefix.length);
  return `${webhookSecretPrefix}${bytes.replaceAll("-", "+").replaceAll("_", "/")}=`;
}

export type WebhookAlteration =
  | ({ readonly kind: "edit" } & WebhookWishes)
  | { readonly kind: "pause" }
  /** What waits is due at once, too. */
  | { readonly kind: "resume"; readonly atMs: number }
  | { readonly kind: "rotate"; readonly secret: string; readonly oldSecretUntilMs: number };

/** A webhook as people see it after what an admin did to it. */
export function alteredWebhook<T extends Webhook>(webhook: T, alteration: WebhookAlteration): T {
  switch (alteration.kind) {
    case "edit": {
      const { name, url, kinds } = alteration;
      return { ...webhook, name, url, kinds };
    }
    case "pause":
      return { ...webhook, state: "paused", disabledFor: null };
    case "resume":
      return { ...webhook, state: "active", disabledFor: null, failingSinceMs: null };
    case "rotate":
      return webhook;
  }
}

/** The same as it is kept. */
export function alteredOutlet(outlet: Outlet, alteration: WebhookAlteration): Outlet {
  const after = alteredWebhook(outlet, alteration);
  if (alteration.kind === "resume") return { ...after, heldUntilMs: 0 };
  if (alteration.kind !== "rotate") return after;
  const { secret, oldSecretUntilMs } = alteration;
  return { ...after, secret, oldSecret: outlet.secret, oldSecretUntilMs };
}

/** A delivery as it begins. An admin waits for a test: it is sent in any state of its webhook, and once. */
export function begun(
  fresh: NewWebhookDelivery,
  place: Pick<WebhookDelivery, "workspaceId" | "webhookId" | "number">,
): WebhookDelivery {
  const { createdAtMs, isTest } = fresh;
  const tries = isTest ? triesMax - 1 : 0;
  return { ...fresh, ...place, state: "waiting", nextAttemptAtMs: createdAtMs, tries, isAsked: isTest, attempts: [] };
}

/** The delivery after an admin asked for it again: one attempt more, at once; what still waited goes on as it would have. */
export function askedAgain(delivery: WebhookDelivery, atMs: number): WebhookDelivery {
  const tries = delivery.state === "waiting" ? delivery.tries : triesMax - 1;
  return { ...delivery, state: "waiting", nextAttemptAtMs: atMs, tries, isAsked: true };
}

/** What came of an attempt, as whoever made it tells the storage. */
export type Settlement = {
  readonly attempt: WebhookAttempt;
  /** When to try again, where it failed; null where the schedule is at its end. */
  readonly retryAtMs: number | null;
  /** Until when the receiver asked for nothing at all; 0 where it did not. */
  readonly heldUntilMs: number;
  /** Whether the receiver said that it is gone for good. */
  readonly isGone: boolean;
};

/** The delivery after an attempt. One that went through by another node's attempt stays so. */
export function settledDelivery(delivery: WebhookDelivery, { attempt, retryAtMs }: Settlement): WebhookDelivery {
  const attempts = [...delivery.attempts, attempt].slice(-attemptsKeptMax);
  const after = { ...delivery, attempts, tries: Math.min(delivery.tries + 1, triesMax), isAsked: false };
  if (attempt.problem === null) return { ...after, state: "delivered", nextAttemptAtMs: null };
  if (delivery.state === "delivered") return { ...delivery, attempts };
  const state = retryAtMs === null ? "failed" : "waiting";
  return { ...after, state, nextAttemptAtMs: retryAtMs };
}

/** Its webhook after the attempt. Tests say nothing about it. */
export function settledOutlet(outlet: Outlet, { isTest }: WebhookDelivery, settlement: Settlement): Outlet {
  const { attempt, heldUntilMs, isGone } = settlement;
  if (isTest) return outlet;
  if (attempt.problem === null) {
    return { ...outlet, failingSinceMs: null, lastDeliveredAtMs: attempt.atMs };
  }
  const failingSinceMs = outlet.failingSinceMs ?? attempt.atMs;
  const after = { ...outlet, failingSinceMs, heldUntilMs: Math.max(outlet.heldUntilMs, heldUntilMs) };
  const isOver = attempt.atMs - failingSinceMs >= disabledAfterMs;
  if (outlet.state !== "active" || (!isGone && !isOver)) return after;
  return { ...after, state: "disabled", disabledFor: isGone ? "gone" : "failing" };
}
