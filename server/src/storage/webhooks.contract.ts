import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { KeyedWriting } from "../domain/kept-answers.ts";
import { deliveriesKeptMax, disabledAfterMs, type Settlement, triesMax, waitingMax } from "../domain/webhook.ts";
import { assertFails, hourMs, logCall, noonMs, outlet, told, withStorage, writing } from "./contract-samples.ts";
import type { OpenStorage } from "./storage.contract.ts";

function attempted(given: Partial<Settlement> = {}, problem: Settlement["attempt"]["problem"] = null): Settlement {
  const statusCode = problem === null ? 200 : 500;
  const attempt = { atMs: noonMs + 1, durationMs: 7, statusCode, problem, response: "ok" };
  return { attempt, retryAtMs: null, heldUntilMs: 0, isGone: false, ...given };
}

const down = { code: "status", text: "The receiver answered 500." } as const;
const place = { workspaceId: 1, webhookId: "w1" };

export function describeWebhooks(open: OpenStorage): void {
  describe("webhooks", () => {
    it("are listed by name as they were added, told of what comes from then on, without secrets", () =>
      withStorage(open, async ({ storage: { webhooks, ...storage }, addWorkspace }) => {
        await logCall({ webhooks, ...storage });
        await webhooks.add(outlet("w2", { name: "b", kinds: ["call.archived", "note.added"] }));
        await webhooks.add(outlet("w1", { name: "a" }));
        await addWorkspace(2, "other");
        await webhooks.add(outlet("w1", { workspaceId: 2 }));
        const [first, second, ...rest] = await webhooks.list(1);
        assert.deepEqual(rest, []);
        assert.deepEqual(
          { ...first },
          {
            id: "w1",
            workspaceId: 1,
            name: "a",
            url: "https://example.com/hook",
            kinds: [],
            state: "active",
            disabledFor: null,
            createdAtMs: noonMs,
            failingSinceMs: null,
            lastDeliveredAtMs: null,
            cursor: 1,
            waiting: 0,
            behind: 0,
          },
        );
        assert.deepEqual(second?.kinds, ["call.archived", "note.added"]);
        assert.deepEqual(await webhooks.find(1, "w2"), second);
        assert.equal(await webhooks.find(2, "w2"), null);
        await logCall({ webhooks, ...storage });
        assert.equal((await webhooks.find(1, "w1"))?.behind, 1);
        assert.equal((await webhooks.outlet({ workspaceId: 2, webhookId: "w1" }))?.outlet.cursor, 0);
      }));

    it("are altered as asked, and an id of another workspace is nobody's", () =>
      withStorage(open, async ({ storage: { webhooks }, addWorkspace }) => {
        await addWorkspace(2, "other");
        await webhooks.add(outlet("w1"));
        const edit = { kind: "edit", name: "n", url: "https://other.example/", kinds: ["tag.added"] } as const;
        await webhooks.alter(1, "w1", edit);
        await webhooks.alter(1, "w1", { kind: "rotate", secret: "s2", oldSecretUntilMs: noonMs + hourMs });
        await webhooks.alter(1, "w1", { kind: "pause" });
        const { outlet: kept } = (await webhooks.outlet(place)) ?? assert.fail();
        const edited = { name: "n", url: "https://other.example/", kinds: ["tag.added"], state: "paused" } as const;
        const rotated = { secret: "s2", oldSecret: "s1", oldSecretUntilMs: noonMs + hourMs };
        assert.deepEqual(kept, outlet("w1", { ...edited, ...rotated }));
        await assertFails("NOT_FOUND", () => webhooks.alter(2, "w1", { kind: "pause" }));
        assert.equal(await webhooks.remove(2, "w1"), false);
        assert.equal(await webhooks.remove(1, "w1"), true);
        assert.equal(await webhooks.outlet(place), null);
        await assertFails("NOT_FOUND", () => webhooks.send(1, "w1", told("m1")));
      }));

    it("are altered and sent to once under a key", () =>
      withStorage(open, async ({ storage: { webhooks } }) => {
        const keep = (part: string) => {
          const idempotency = { key: "k", part, fingerprint: "f" };
          return { writing: { ...writing(), idempotency } satisfies KeyedWriting, answer: "{}" };
        };
        for (const _ of [1, 2]) await webhooks.add(outlet("w1"), keep("a")).catch(expected);
        for (const _ of [1, 2]) await webhooks.send(1, "w1", told("m1"), keep("b")).catch(expected);
        assert.equal((await webhooks.list(1)).length, 1);
        assert.equal((await page(webhooks)).length, 1);
        await webhooks.sendAgain(1, "m1", noonMs, keep("c"));
        await assertFails("CONFLICT", () => webhooks.sendAgain(1, "m1", noonMs, keep("c")));
        await webhooks.alter(1, "w1", { kind: "pause" }, keep("d"));
        await assertFails("CONFLICT", () => webhooks.remove(1, "w1", keep("d")));

        function expected(error: unknown): void {
          assert.equal((error as { code?: string }).code, "CONFLICT");
        }
      }));

    it("become one delivery a change, in the order of the log: whoever comes second from a place takes nothing", () =>
      withStorage(open, async ({ storage: { webhooks } }) => {
        await webhooks.add(outlet("w1"));
        const steps = [1, 2, 3].map(() => webhooks.take(place, { from: 0, to: 2 }, [told("m1"), told("m2")]));
        assert.deepEqual(
          (await Promise.all(steps)).filter((took) => took),
          [true],
        );
        assert.equal(await webhooks.take(place, { from: 2, to: 5 }, []), true);
        assert.equal(await webhooks.take(place, { from: 5, to: 6 }, [told("m3", { payload: '{"text":"é"}' })]), true);
        const due = await webhooks.due(place, noonMs, false, 10);
        assert.deepEqual(
          due.map(({ number, id, payload, state, tries }) => ({ number, id, payload, state, tries })),
          [
            { number: 1, id: "m1", payload: told("").payload, state: "waiting", tries: 0 },
            { number: 2, id: "m2", payload: told("").payload, state: "waiting", tries: 0 },
            { number: 3, id: "m3", payload: '{"text":"é"}', state: "waiting", tries: 0 },
          ],
        );
        const { outlet: kept, waiting } = (await webhooks.outlet(place)) ?? assert.fail();
        assert.deepEqual([kept.cursor, waiting], [6, 3]);
        await webhooks.alter(1, "w1", { kind: "pause" });
        assert.equal(await webhooks.take(place, { from: 6, to: 7 }, [told("m4")]), false);
      }));

    it("tell what is due and asked for, page by page and by state", () =>
      withStorage(open, async ({ storage: { webhooks } }) => {
        await webhooks.add(outlet("w1"));
        const later = told("m2", { createdAtMs: noonMs + hourMs });
        await webhooks.take(place, { from: 0, to: 2 }, [told("m1"), later]);
        await webhooks.send(1, "w1", told("m3", { isTest: true, type: "webhook.test", revision: null }));
        assert.deepEqual(idsOf(await webhooks.due(place, noonMs, false, 10)), ["m1", "m3"]);
        assert.deepEqual(idsOf(await webhooks.due(place, noonMs, true, 10)), ["m3"]);
        assert.deepEqual(idsOf(await webhooks.due(place, noonMs + hourMs, false, 2)), ["m1", "m3"]);
        assert.deepEqual(await webhooks.due(place, noonMs - 1, false, 10), []);
        await webhooks.settle(place, 1, attempted());
        assert.deepEqual(idsOf(await page(webhooks)), ["m3", "m2", "m1"]);
        assert.deepEqual(idsOf(await page(webhooks, { before: 3 })), ["m2", "m1"]);
        assert.deepEqual(idsOf(await page(webhooks, { state: "waiting" })), ["m3", "m2"]);
        assert.deepEqual(idsOf(await page(webhooks, { state: "delivered" })), ["m1"]);
        assert.deepEqual(idsOf(await webhooks.deliveries(1, { webhookId: "w1", state: null, before: null }, 1)), [
          "m3",
        ]);
        assert.deepEqual(idsOf(await webhooks.deliveries(2, { webhookId: "w1", state: null, before: null }, 9)), []);
        assert.equal((await webhooks.delivery(1, "m3"))?.isTest, true);
        assert.equal(await webhooks.delivery(2, "m3"), null);
      }));

    it("keep each attempt, and what it says of the webhook", () =>
      withStorage(open, async ({ storage: { webhooks } }) => {
        await webhooks.add(outlet("w1"));
        await webhooks.take(place, { from: 0, to: 1 }, [told("m1")]);
        const failed = attempted({ retryAtMs: noonMs + 5_000, heldUntilMs: noonMs + 90 }, down);
        await webhooks.settle(place, 1, failed);
        const waits = (await webhooks.delivery(1, "m1")) ?? assert.fail();
        assert.deepEqual([waits.state, waits.tries, waits.nextAttemptAtMs], ["waiting", 1, noonMs + 5_000]);
        assert.deepEqual(waits.attempts, [failed.attempt]);
        const failing = (await webhooks.outlet(place)) ?? assert.fail();
        assert.deepEqual([failing.outlet.failingSinceMs, failing.outlet.heldUntilMs], [noonMs + 1, noonMs + 90]);
        await webhooks.settle(place, 1, attempted());
        const through = (await webhooks.delivery(1, "m1")) ?? assert.fail();
        assert.deepEqual([through.state, through.nextAttemptAtMs, through.attempts.length], ["delivered", null, 2]);
        const { outlet: well, waiting } = (await webhooks.outlet(place)) ?? assert.fail();
        assert.deepEqual([well.failingSinceMs, well.lastDeliveredAtMs], [null, noonMs + 1]);
        assert.equal(waiting, 0);
        await webhooks.settle(place, 1, failed);
        assert.equal((await webhooks.delivery(1, "m1"))?.state, "delivered", "it went through by another node");
        await webhooks.settle(place, 9, failed);
        await webhooks.settle({ workspaceId: 1, webhookId: "unknown" }, 1, failed);
      }));

    it("are disabled by a receiver that is gone and by days of failures, and go on where they stood", () =>
      withStorage(open, async ({ storage: { webhooks } }) => {
        await webhooks.add(outlet("w1"));
        await webhooks.take(place, { from: 0, to: 1 }, [told("m1"), told("m2")]);
        await webhooks.settle(place, 1, attempted({ isGone: true, retryAtMs: noonMs + hourMs }, down));
        const gone = (await webhooks.find(1, "w1")) ?? assert.fail();
        assert.deepEqual([gone.state, gone.disabledFor, gone.waiting], ["disabled", "gone", 2]);
        assert.deepEqual(await webhooks.work("n", noonMs + 2 * hourMs), []);
        await webhooks.alter(1, "w1", { kind: "resume", atMs: noonMs + 9 });
        assert.deepEqual(idsOf(await webhooks.due(place, noonMs + 9, false, 10)), ["m2", "m1"]);
        const again = (await webhooks.find(1, "w1")) ?? assert.fail();
        assert.deepEqual([again.state, again.disabledFor, again.failingSinceMs], ["active", null, null]);
        await webhooks.settle(place, 1, attempted({}, down));
        const { attempt } = attempted({}, down);
        await webhooks.settle(
          place,
          2,
          attempted({ attempt: { ...attempt, atMs: noonMs + disabledAfterMs + 1 } }, down),
        );
        const failing = (await webhooks.find(1, "w1")) ?? assert.fail();
        assert.deepEqual([failing.state, failing.disabledFor], ["disabled", "failing"]);
        assert.equal((await webhooks.delivery(1, "m2"))?.state, "failed");
      }));

    it("send again what an admin asks for, in whatever state, and a test says nothing of them", () =>
      withStorage(open, async ({ storage: { webhooks } }) => {
        await webhooks.add(outlet("w1"));
        await webhooks.take(place, { from: 0, to: 1 }, [told("m1")]);
        await webhooks.settle(place, 1, attempted());
        await webhooks.alter(1, "w1", { kind: "pause" });
        assert.deepEqual(await webhooks.work("n", noonMs + hourMs), []);
        await webhooks.sendAgain(1, "m1", noonMs + 50);
        assert.deepEqual(await webhooks.work("n", noonMs + 50), [place]);
        const asked = (await webhooks.delivery(1, "m1")) ?? assert.fail();
        assert.deepEqual([asked.state, asked.isAsked, asked.tries], ["waiting", true, triesMax - 1]);
        await webhooks.settle(place, 1, attempted({}, down));
        assert.equal((await webhooks.delivery(1, "m1"))?.state, "failed");
        assert.deepEqual(await webhooks.work("n", noonMs + hourMs), []);
        await webhooks.send(1, "w1", told("m2", { isTest: true }));
        const before = await webhooks.outlet(place);
        await webhooks.settle(place, 2, attempted({ isGone: true }, down));
        assert.deepEqual((await webhooks.outlet(place))?.outlet, before?.outlet);
        await assertFails("NOT_FOUND", () => webhooks.sendAgain(1, "unknown", noonMs));
      }));

    it("have work while the log goes on or something is due, for whoever holds them and for others once the hold is over", () =>
      withStorage(open, async ({ storage: { webhooks, ...storage } }) => {
        await webhooks.add(outlet("w1"));
        assert.deepEqual(await webhooks.work("n1", noonMs), []);
        await logCall({ webhooks, ...storage });
        assert.deepEqual(await webhooks.work("n1", noonMs), [place]);
        assert.equal(await webhooks.hold(place, "n1", noonMs, noonMs + 100), true);
        assert.equal(await webhooks.hold(place, "n2", noonMs + 99, noonMs + 200), false);
        assert.equal(await webhooks.hold(place, "n1", noonMs + 50, noonMs + 150), true);
        assert.deepEqual(await webhooks.work("n1", noonMs), [place]);
        assert.deepEqual(await webhooks.work("n2", noonMs + 149), []);
        assert.deepEqual(await webhooks.work("n2", noonMs + 150), [place]);
        assert.equal(await webhooks.hold(place, "n2", noonMs + 150, noonMs + 250), true);
        await webhooks.release(place, "n1");
        assert.deepEqual(await webhooks.work("n1", noonMs + 150), []);
        await webhooks.release(place, "n2");
        assert.deepEqual(await webhooks.work("n1", noonMs), [place]);
        await webhooks.take(place, { from: 0, to: 1 }, [told("m1", { createdAtMs: noonMs + hourMs })]);
        assert.deepEqual(await webhooks.work("n1", noonMs), []);
        assert.deepEqual(await webhooks.work("n1", noonMs + hourMs), [place]);
        await webhooks.settle(place, 1, attempted({ retryAtMs: noonMs, heldUntilMs: noonMs + 2 * hourMs }, down));
        assert.deepEqual(await webhooks.work("n1", noonMs + hourMs), []);
        assert.deepEqual(await webhooks.work("n1", noonMs + 2 * hourMs), [place]);
        assert.equal(await webhooks.hold({ workspaceId: 1, webhookId: "unknown" }, "n1", noonMs, noonMs), false);
      }));

    it("read no log on while as many wait as may, and drop what is through beyond the bound", () =>
      withStorage(open, async ({ storage: { webhooks, ...storage } }) => {
        await webhooks.add(outlet("w1"));
        await logCall({ webhooks, ...storage });
        const many = (count: number, from: number) =>
          Array.from({ length: count }, (_, at) => told(`m${from + at}`, { createdAtMs: noonMs + hourMs }));
        await webhooks.take(place, { from: 0, to: 0 }, many(waitingMax, 1));
        assert.deepEqual(await webhooks.work("n1", noonMs), []);
        assert.equal((await webhooks.find(1, "w1"))?.waiting, waitingMax);
        await webhooks.settle(place, 1, attempted());
        assert.deepEqual(await webhooks.work("n1", noonMs), [place]);
        await webhooks.settle(place, 2, attempted());
        await webhooks.take(place, { from: 0, to: 0 }, many(deliveriesKeptMax - waitingMax + 1, waitingMax + 1));
        assert.equal(await webhooks.delivery(1, "m1"), null);
        assert.equal((await webhooks.delivery(1, "m2"))?.state, "delivered");
        assert.equal((await webhooks.delivery(1, "m3"))?.state, "waiting");
      }));

    it("show no call that was deleted, be it before or after it was to be told", () =>
      withStorage(open, async ({ storage: { webhooks, ...storage } }) => {
        await webhooks.add(outlet("w1"));
        const gone = await logCall({ webhooks, ...storage }, { from: "+4930123456" });
        const left = await logCall({ webhooks, ...storage }, { from: "+4930999" });
        await webhooks.take(place, { from: 0, to: 1 }, [told("m1", { callId: gone.id }), told("m2")]);
        assert.equal(await storage.retention.deleteOfNumber(writing(), ["+4930123456"], 10), 1);
        assert.deepEqual(idsOf(await page(webhooks)), ["m2"]);
        const late = [told("m3", { callId: gone.id }), told("m4", { callId: left.id })];
        assert.equal(await webhooks.take(place, { from: 1, to: 3 }, late), true);
        await webhooks.settle(place, 1, attempted());
        assert.deepEqual(idsOf(await page(webhooks)), ["m4", "m2"]);
        assert.equal((await webhooks.find(1, "w1"))?.cursor, 3);
      }));

    it("forget what is through and old when asked to, and nothing else", () =>
      withStorage(open, async ({ storage: { webhooks } }) => {
        await webhooks.add(outlet("w1"));
        const young = told("m4", { createdAtMs: noonMs + hourMs });
        await webhooks.take(place, { from: 0, to: 1 }, [told("m1"), told("m2"), told("m3"), young]);
        for (const number of [1, 2, 4]) await webhooks.settle(place, number, attempted());
        assert.equal(await webhooks.prune(noonMs, 10), 0);
        assert.equal(await webhooks.prune(noonMs + 1, 1), 1);
        assert.equal(await webhooks.prune(noonMs + 1, 10), 1);
        assert.deepEqual(idsOf(await page(webhooks)), ["m4", "m3"]);
      }));
  });
}

type Store = Awaited<ReturnType<OpenStorage>>["storage"]["webhooks"];

async function page(
  webhooks: Store,
  given: { readonly before?: number; readonly state?: "waiting" | "delivered" } = {},
) {
  return webhooks.deliveries(1, { webhookId: "w1", state: null, before: null, ...given }, 100);
}

function idsOf(deliveries: readonly { readonly id: string }[]): readonly string[] {
  return deliveries.map(({ id }) => id);
}
