import type { Clock, Doorbell, Log, SecretBox } from "../domain/ports.ts";
import type { Storage } from "../domain/storage.ts";
import { type Outlet, settledOutlet, waitingMax, type WebhookDelivery } from "../domain/webhook.ts";
import type { WebhookPlace } from "../domain/webhook-store.ts";
import { readOn } from "./log-reader.ts";
import type { Post, PostAnswer } from "./post.ts";
import { settlementOf } from "./settlement.ts";
import { signedHeaders } from "./signing.ts";

export type WebhookWorkerDeps = {
  readonly storage: Pick<Storage, "webhooks" | "changes">;
  readonly box: SecretBox;
  readonly post: Post;
  readonly doorbell: Pick<Doorbell, "listen">;
  readonly clock: Clock;
  readonly log: Pick<Log, "warn">;
  /** Who this process is among the nodes. */
  readonly holder: string;
  /** From 0 to 1. */
  readonly random?: () => number;
  /** How often it is looked for work without a hint: the most that a lost one costs, and how soon a node that died is replaced. */
  readonly pollMs?: number;
};

export type WebhookWorker = {
  /** There may be something to send. */
  readonly wake: () => void;
  /** Nothing more is sent. What is under way has a moment to end; what has not is sent again by whoever comes next. */
  readonly close: () => Promise<void>;
};

/** Requests under way to one receiver; to one that is failing, a single one. What an admin asks for has one lane more. */
const lanesMax = 4;
/** Webhooks that one node serves at a time. */
const runsMax = 100;
/** For how long a node holds a webhook without saying so again: after it another one takes over. */
const holdMs = 6_000;
/** A hold is made longer once no more than this is left of it. */
const holdRestMs = 4_000;
/** A webhook that could not be worked on (the database is away or full) is left alone for so long. */
const pauseMs = 5_000;
const closingMs = 2_000;

/** The work on one webhook. */
type Run = { readonly wake: () => void; readonly ended: Promise<void> };

/**
 * Tells receivers what the change log says. A webhook is worked on by the node that holds it: it reads the log on, whereby deliveries are
 * made, and sends those that are due, each webhook by itself, so that a slow receiver keeps nobody but itself waiting.
 *
 * Everything that has to outlive the process is in the database before and after each request, so each delivery arrives once, and in the
 * moments in which a node is killed or loses its hold perhaps once more, under the same id.
 */
export function startWebhookWorker(deps: WebhookWorkerDeps): WebhookWorker {
  const { storage, doorbell, clock, log, holder, pollMs = 1_000 } = deps;
  const { webhooks } = storage;
  const runs = new Map<string, Run>();
  const resting = new Map<string, number>();
  /** The workspaces whose bells are listened to: those that had something to tell. */
  const heard = new Map<number, () => void>();
  const aborting = new AbortController();
  let isLooking = false;
  let isWanted = false;
  let isClosing = false;
  let isTroubled = false;

  const timer = setInterval(wake, pollMs);
  timer.unref();
  wake();

  return {
    wake,
    async close() {
      isClosing = true;
      clearInterval(timer);
      for (const unlisten of heard.values()) unlisten();
      const ended = Promise.all([...runs.values()].map((run) => run.ended));
      for (const run of runs.values()) run.wake();
      const last = setTimeout(() => aborting.abort(), closingMs);
      await ended;
      clearTimeout(last);
    },
  };

  function wake(): void {
    isWanted = true;
    if (!isLooking && !isClosing) void look();
  }

  async function look(): Promise<void> {
    isLooking = true;
    isWanted = false;
    try {
      for (const place of await webhooks.work(holder, clock.now())) begin(place);
      isTroubled = false;
    } catch (error) {
      trouble(error);
    }
    isLooking = false;
    // oxlint-disable-next-line typescript/no-unnecessary-condition -- set by a ring while the database was asked
    if (isWanted) wake();
  }

  function begin(place: WebhookPlace): void {
    const key = `${place.workspaceId} ${place.webhookId}`;
    const running = runs.get(key);
    if (running !== undefined) return running.wake();
    if (isClosing || runs.size >= runsMax || (resting.get(key) ?? 0) > clock.now()) return;
    resting.delete(key);
    listen(place.workspaceId);
    const run = startRun(deps, place, { signal: aborting.signal, isClosing: () => isClosing });
    const ended = run.ended
      .catch((error: unknown) => {
        resting.set(key, clock.now() + pauseMs);
        trouble(error);
      })
      .finally(() => {
        runs.delete(key);
        wake(); // for a ring that came while it ended
      });
    runs.set(key, { wake: run.wake, ended });
  }

  function listen(workspaceId: number): void {
    if (!heard.has(workspaceId)) heard.set(workspaceId, doorbell.listen(workspaceId, wake));
  }

  /** Said once until it is well again. */
  function trouble(error: unknown): void {
    if (!isTroubled && !isClosing) log.warn({ err: error }, "webhooks cannot be worked on; it is tried again");
    isTroubled = true;
  }
}

/** Works on a webhook until there is nothing left to do at the time. */
function startRun(
  { storage, box, post, clock, log, holder, random = Math.random }: WebhookWorkerDeps,
  place: WebhookPlace,
  server: { readonly signal: AbortSignal; readonly isClosing: () => boolean },
): Run {
  const { webhooks } = storage;
  const sending = new Map<number, Promise<void>>();
  let woken = Promise.withResolvers<void>();
  let holdEndsMs = 0;

  return { wake: () => woken.resolve(), ended: work() };

  async function work(): Promise<void> {
    try {
      while (!server.isClosing() && (await isHeld())) {
        woken = Promise.withResolvers<void>();
        const found = await webhooks.outlet(place);
        if (found === null) break;
        if (await step(found.outlet, found.waiting)) continue;
        if (sending.size === 0) break;
        await Promise.race([woken.promise, ...sending.values()]);
      }
    } finally {
      await Promise.allSettled(sending.values());
      if (server.isClosing()) await webhooks.release(place, holder);
    }
  }

  async function isHeld(): Promise<boolean> {
    const nowMs = clock.now();
    if (holdEndsMs - nowMs > holdRestMs) return true;
    if (!(await webhooks.hold(place, holder, nowMs, nowMs + holdMs))) return false;
    holdEndsMs = nowMs + holdMs;
    return true;
  }

  /** Sends what is due as far as there is room, or else reads the log on; whether there may be more to do at once. */
  async function step(outlet: Outlet, waiting: number): Promise<boolean> {
    const nowMs = clock.now();
    const isOpen = outlet.state === "active" && outlet.heldUntilMs <= nowMs;
    const lanes = outlet.failingSinceMs === null ? lanesMax : 1;
    const isFull = sending.size >= lanes;
    if (sending.size > lanesMax) return false;
    const room = isFull ? 1 : lanes - sending.size;
    const due = await webhooks.due(place, nowMs, isFull || !isOpen, room + sending.size);
    const next = due.filter(({ number }) => !sending.has(number)).slice(0, room);
    for (const delivery of next) send(outlet, delivery);
    if (isFull || next.length === room || !isOpen || waiting >= waitingMax) return false;
    return readOn(storage, outlet, waitingMax - waiting, nowMs);
  }

  function send(outlet: Outlet, delivery: WebhookDelivery): void {
    const { number } = delivery;
    const sent = attempt(outlet, delivery).finally(() => sending.delete(number));
    sending.set(number, sent);
    // Whoever waits for all of them hears of it.
    sent.catch(() => undefined);
  }

  async function attempt(outlet: Outlet, delivery: WebhookDelivery): Promise<void> {
    const atMs = clock.now();
    const answer = await request(outlet, delivery, atMs);
    if (server.signal.aborted && answer.statusCode === null) return;
    const settlement = settlementOf(delivery, answer, { atMs, endedMs: clock.now() }, random());
    await webhooks.settle(place, delivery.number, settlement);
    const after = settledOutlet(outlet, delivery, settlement);
    if (after.state !== outlet.state) {
      log.warn({ ...place, name: outlet.name, disabledFor: after.disabledFor }, "a webhook was disabled");
    }
  }

  async function request(outlet: Outlet, { id, payload }: WebhookDelivery, atMs: number): Promise<PostAnswer> {
    const secrets = secretsOf(outlet, atMs);
    if (secrets.length === 0) {
      const text = "Its secret was sealed under another RINGBACK_KEYS_SECRET: give it a new one.";
      return { statusCode: null, problem: { code: "secret", text }, response: null, retryAfter: null };
    }
    const signed = signedHeaders(secrets, { id, atMs, body: payload });
    const headers = { "content-type": "application/json", "user-agent": "Ringback-Webhooks/1", ...signed };
    return post(outlet.url, headers, payload, server.signal);
  }

  /** The newest first. */
  function secretsOf({ id, secret, oldSecret, oldSecretUntilMs }: Outlet, atMs: number): readonly string[] {
    const isOldGood = oldSecret !== null && (oldSecretUntilMs ?? 0) > atMs;
    const kept = isOldGood ? [secret, oldSecret] : [secret];
    return kept.flatMap((sealed) => box.open(sealed, id) ?? []);
  }
}
