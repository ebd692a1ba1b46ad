import assert from "node:assert/strict";
import type { ServerResponse } from "node:http";
import { after, afterEach, before, beforeEach, describe, it } from "node:test";
import { setImmediate as turn } from "node:timers/promises";
import { Webhook } from "standardwebhooks";
import { createRecordingLog } from "../../../test/support/recording-log.ts";
import { type Received, startReceiver, status, toldIn, type Receiver } from "../../../test/support/receiver.ts";
import { createSecretBox } from "../auth/secret-box.ts";
import { systemSecrets } from "../auth/secrets.ts";
import { createChangeFeed } from "../changes/feed.ts";
import { createLocalDoorbell } from "../changes/local-doorbell.ts";
import type { Storage } from "../domain/storage.ts";
import { type Outlet, waitingMax, webhookSecret, webhookSecretPrefix } from "../domain/webhook.ts";
import { logCalls, outlet, told, writing } from "../storage/contract-samples.ts";
import { createMemoryStorage } from "../storage/memory-model.ts";
import { createReach } from "./networks.ts";
import { createPost } from "./post.ts";
import { startWebhookWorker, type WebhookWorker } from "./worker.ts";

const secret = webhookSecret(systemSecrets.create(webhookSecretPrefix));
const box = createSecretBox("");
const hourMs = 3_600_000;

describe("what sends to webhooks", () => {
  let storage: Storage;
  let receiver: Receiver;
  let other: Receiver;
  let nowMs: number;
  let close: (() => Promise<void>)[];

  before(async () => {
    receiver = await startReceiver();
    other = await startReceiver();
  });
  after(async () => {
    await receiver.close();
    await other.close();
  });
  beforeEach(() => {
    storage = createMemoryStorage();
    nowMs = Date.UTC(2024, 0, 1);
    close = [];
    for (const one of [receiver, other]) one.answer(status(204));
  });
  afterEach(async () => {
    for (const end of close.toReversed()) await end();
  });

  /** A node. Time stands still unless a test moves it. */
  function start({ over = storage, holder = "n1", timeoutMs = 15_000 } = {}): WebhookWorker {
    const doorbell = createLocalDoorbell();
    const log = createRecordingLog();
    const feed = createChangeFeed({ storage: over, doorbell, log });
    const clock = { now: () => nowMs };
    const post = createPost(createReach(["127.0.0.1"]), { timeoutMs });
    const deps = { storage: over, box, post, doorbell, clock, log, holder, random: () => 0 };
    const worker = startWebhookWorker({ ...deps, pollMs: 10 });
    close.push(async () => feed.close(), worker.close);
    return worker;
  }

  const add = (id: string, given: Partial<Outlet> = {}) =>
    storage.webhooks.add(outlet(id, { url: receiver.url, secret, ...given }));

  const since = (count: number) => receiver.received.slice(count);

  /** Waits for what is kept, since what came may be written a moment later. */
  async function settled(id: string, holds: (delivery: { state: string; tries: number }) => boolean) {
    for (;;) {
      const delivery = await storage.webhooks.delivery(1, id);
      if (delivery !== null && holds(delivery)) return delivery;
      await turn();
    }
  }

  const idOf = ({ id }: Received) => id;

  it("tells each change of its kinds once, signed, with the call as it was then", async () => {
    const count = receiver.received.length;
    await logCalls(storage, [nowMs - 1]);
    await add("w1", { kinds: ["call.archived", "note.added"] });
    start();
    await storage.calls.toggleArchived(writing(), 1);
    await storage.calls.toggleArchived(writing(), 1);
    await storage.calls.addNote(writing(), 1, "hello");
    await receiver.until(() => since(count).length === 2);
    const [archived, noted] = since(count).toSorted((a, b) => toldIn(a).data.revision - toldIn(b).data.revision);
    assert.ok(archived && noted);
    for (const one of [archived, noted]) {
      // Its own clock is older than what the library would take.
      const headers = one.headers as Record<string, string>;
      const now = Math.floor(nowMs / 1_000);
      assert.equal(headers["webhook-timestamp"], String(now));
      assert.equal(headers["webhook-signature"], new Webhook(secret).sign(one.id, new Date(nowMs), one.body));
    }
    const { epoch } = await storage.changes.head(1);
    assert.equal(archived.id, `msg_w1_${epoch}_2`);
    const told = toldIn(archived);
    assert.equal(told.type, "call.archived");
    assert.equal(told.data.call.is_archived, true);
    assert.deepEqual([told.data.revision, told.data.cursor, told.data.version], [2, `${epoch}:2`, 1]);
    assert.deepEqual(told.data.actor, { kind: "user", id: "anna", name: null });
    assert.equal(toldIn(noted).data.note.content, "hello");
    await settled(noted.id, ({ state }) => state === "delivered");
    assert.equal((await storage.webhooks.find(1, "w1"))?.lastDeliveredAtMs, nowMs);
  });

  it("tries again what failed when it is time, under the same id", async () => {
    const count = receiver.received.length;
    await add("w1");
    start();
    receiver.answer(status(500, "no"));
    await logCalls(storage, [nowMs]);
    await receiver.until(() => since(count).length === 1);
    const [{ id } = assert.fail()] = since(count);
    const failed = await settled(id, ({ tries }) => tries === 1);
    assert.deepEqual([failed.state, failed.nextAttemptAtMs], ["waiting", nowMs + 5_000]);
    assert.deepEqual(failed.attempts[0]?.response, "no");
    assert.equal((await storage.webhooks.find(1, "w1"))?.failingSinceMs, nowMs);
    receiver.answer(status(200));
    nowMs += 5_000;
    await settled(id, ({ state }) => state === "delivered");
    assert.deepEqual(since(count).map(idOf), [id, id]);
    assert.equal((await storage.webhooks.find(1, "w1"))?.failingSinceMs, null);
  });

  it("a receiver that never answers keeps nobody else waiting, and is asked for one thing at a time once it fails", async () => {
    const [slow, well] = [receiver.received.length, other.received.length];
    await add("w1");
    await add("w2", { url: other.url });
    start({ timeoutMs: 300 });
    receiver.answer(() => {});
    await logCalls(
      storage,
      Array.from({ length: 30 }, () => nowMs),
    );
    await other.until((received) => received.length === well + 30);
    await receiver.until(() => since(slow).length >= 6);
    const [{ id } = assert.fail()] = since(slow);
    const timedOut = await settled(id, ({ tries }) => tries === 1);
    assert.equal(timedOut.attempts[0]?.problem?.code, "timeout");
  });

  it("sends what an admin asks for while a receiver that fails is waited for", async () => {
    const count = receiver.received.length;
    await add("w1", { failingSinceMs: nowMs });
    start();
    const hanging: ServerResponse[] = [];
    receiver.answer((response, one) => {
      if (one.id === "msg_test") status(204)(response);
      else hanging.push(response);
    });
    await logCalls(storage, [nowMs, nowMs]);
    await receiver.until(() => since(count).length === 1);
    await storage.webhooks.send(1, "w1", told("msg_test", { isTest: true, createdAtMs: nowMs }));
    await settled("msg_test", ({ state }) => state === "delivered");
    assert.equal(since(count)[1]?.id, "msg_test");
    receiver.answer(status(204));
    for (const response of hanging) response.destroy();
  });

  it("leaves a receiver alone that is too busy, for as long as it asks for", async () => {
    const count = receiver.received.length;
    await add("w1", { failingSinceMs: nowMs });
    start();
    receiver.answer(status(429, "", { "retry-after": "60" }));
    await logCalls(storage, [nowMs]);
    await receiver.until(() => since(count).length === 1);
    const [{ id } = assert.fail()] = since(count);
    await settled(id, ({ tries }) => tries === 1);
    receiver.answer(status(204));
    await logCalls(storage, [nowMs]);
    await storage.webhooks.send(1, "w1", told("msg_test", { isTest: true, createdAtMs: nowMs }));
    await receiver.until(() => since(count).some((one) => one.id === "msg_test"));
    assert.deepEqual(since(count).map(idOf), [id, "msg_test"], "but for what an admin asks for");
    nowMs += 60_000;
    await receiver.until(() => since(count).length === 4);
  });

  it("gives up a receiver that says it is gone, and goes on where it stopped once it is resumed", async () => {
    const count = receiver.received.length;
    await add("w1", { failingSinceMs: nowMs });
    start();
    receiver.answer(status(410));
    await logCalls(storage, [nowMs]);
    await receiver.until(() => since(count).length === 1);
    const [{ id } = assert.fail()] = since(count);
    await settled(id, ({ tries }) => tries === 1);
    assert.equal((await storage.webhooks.find(1, "w1"))?.disabledFor, "gone");
    await logCalls(storage, [nowMs, nowMs]);
    receiver.answer(status(204));
    await storage.webhooks.alter(1, "w1", { kind: "resume", atMs: nowMs });
    await receiver.until(() => since(count).length === 4);
    assert.deepEqual(new Set(since(count).map((one) => toldIn(one).data.revision)), new Set([1, 2, 3]));
  });

  it("says what is missing where the log was pruned before it was read", async () => {
    const count = receiver.received.length;
    await add("w1", { state: "paused" });
    await logCalls(
      storage,
      Array.from({ length: 9 }, () => nowMs),
    );
    await storage.changes.prune(1, Number.MAX_SAFE_INTEGER, 2);
    start();
    await storage.webhooks.alter(1, "w1", { kind: "resume", atMs: nowMs });
    await receiver.until(() => since(count).length === 3);
    const [gap, ...changes] = since(count)
      .map(toldIn)
      .toSorted((a, b) => a.data.revision - b.data.revision);
    assert.equal(gap?.type, "log.gap");
    assert.deepEqual([gap.data.after, gap.data.revision], [0, 7]);
    assert.deepEqual(
      changes.map(({ data }) => data.revision),
      [8, 9],
    );
  });

  it("lets the log keep what is beyond the bound of what waits", async () => {
    await add("w1", { failingSinceMs: nowMs });
    receiver.answer(status(429, "", { "retry-after": "3600" }));
    const held = Array.from({ length: waitingMax - 10 }, (_, at) => told(`m${at}`, { createdAtMs: nowMs + hourMs }));
    await storage.webhooks.take({ workspaceId: 1, webhookId: "w1" }, { from: 0, to: 0 }, held);
    const count = receiver.received.length;
    await logCalls(
      storage,
      Array.from({ length: 50 }, () => nowMs),
    );
    start();
    await receiver.until(() => since(count).length === 1);
    await settled(since(count)[0]?.id ?? "", ({ tries }) => tries === 1);
    const card = (await storage.webhooks.find(1, "w1")) ?? assert.fail();
    assert.deepEqual([card.waiting, card.behind], [waitingMax, 40]);
  });

  it("a node that died is replaced once its hold is over, and the two of them make each delivery once", async () => {
    const count = receiver.received.length;
    await add("w1");
    const place = { workspaceId: 1, webhookId: "w1" };
    await storage.webhooks.hold(place, "dead", nowMs, nowMs + 6_000);
    start({ holder: "n1" });
    start({ holder: "n2" });
    await logCalls(
      storage,
      Array.from({ length: 20 }, () => nowMs),
    );
    assert.deepEqual(await storage.webhooks.work("n1", nowMs), []);
    nowMs += 6_000;
    await receiver.until(() => since(count).length >= 20);
    const last = await storage.webhooks.deliveries(1, { webhookId: "w1", state: null, before: null }, 100);
    assert.equal(last.length, 20);
    assert.deepEqual(new Set(since(count).map(idOf)), new Set(last.map(({ id }) => id)));
  });

  it("waits while the database does not answer, and loses nothing", async () => {
    const count = receiver.received.length;
    await add("w1");
    let isAway = true;
    const webhooks = new Proxy(storage.webhooks, {
      get(target, name) {
        const method = Reflect.get(target, name) as (...args: readonly unknown[]) => unknown;
        return (...args: readonly unknown[]) => {
          if (isAway && name === "settle") return Promise.reject(new Error("away"));
          return method.apply(target, args as unknown[]);
        };
      },
    });
    start({ over: { ...storage, webhooks } });
    await logCalls(storage, [nowMs]);
    await receiver.until(() => since(count).length === 1);
    isAway = false;
    nowMs += 5_000;
    const [{ id } = assert.fail()] = since(count);
    await settled(id, ({ state }) => state === "delivered");
    assert.deepEqual(new Set(since(count).map(idOf)), new Set([id]));
  });
});
