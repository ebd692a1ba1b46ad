import assert from "node:assert/strict";
import { it } from "node:test";
import { retryDelaysMs, triesMax } from "../domain/webhook.ts";
import type { PostAnswer } from "./post.ts";
import { settlementOf } from "./settlement.ts";

const times = { atMs: 1_000, endedMs: 1_250.4 };
const down: PostAnswer = {
  statusCode: 500,
  problem: { code: "status", text: "The receiver answered 500." },
  response: "oops",
  retryAfter: null,
};

it("what failed is tried again by the schedule, up to a fifth later, ten times in all over more than three days", () => {
  for (const [tries, delayMs] of retryDelaysMs.entries()) {
    assert.equal(settlementOf({ tries }, down, { atMs: 0, endedMs: 0 }, 0).retryAtMs, delayMs);
    assert.equal(settlementOf({ tries }, down, { atMs: 0, endedMs: 0 }, 1).retryAtMs, Math.round(delayMs * 1.2));
  }
  assert.equal(settlementOf({ tries: triesMax - 1 }, down, times, 0).retryAtMs, null);
  assert.ok(retryDelaysMs.reduce((sum, ms) => sum + ms, 0) > 3 * 86_400_000);
});

it("what went through is not tried again", () => {
  const well = { ...down, statusCode: 200, problem: null };
  assert.deepEqual(settlementOf({ tries: 0 }, well, times, 0), {
    attempt: { atMs: 1_000, durationMs: 250, statusCode: 200, problem: null, response: "oops" },
    retryAtMs: null,
    heldUntilMs: 0,
    isGone: false,
  });
});

it("a receiver that asks for time is given it, up to a day, in seconds or until a date; one that is too busy is left alone", () => {
  const busy = { ...down, statusCode: 429 };
  const at = { atMs: 0, endedMs: Date.UTC(2024, 0, 1) };
  const asking = (retryAfter: string, statusCode = 429) =>
    settlementOf({ tries: 0 }, { ...busy, statusCode, retryAfter }, at, 0);
  assert.equal(asking("120").retryAtMs, at.endedMs + 120_000);
  assert.equal(asking("120").heldUntilMs, at.endedMs + 120_000);
  assert.equal(asking("Mon, 01 Jan 2024 00:01:00 GMT").heldUntilMs, at.endedMs + 60_000);
  assert.equal(asking("99999999").retryAtMs, at.endedMs + 86_400_000);
  assert.equal(asking("120", 500).heldUntilMs, 0);
  for (const text of ["soon", "-5", "Mon, 01 Jan 1990 00:00:00 GMT"]) {
    assert.deepEqual([asking(text).retryAtMs, asking(text).heldUntilMs], [at.endedMs + 5_000, 0], text);
  }
});

it("410 says that the receiver is gone", () => {
  assert.equal(settlementOf({ tries: 0 }, { ...down, statusCode: 410 }, times, 0).isGone, true);
  assert.equal(settlementOf({ tries: 0 }, { ...down, statusCode: 404 }, times, 0).isGone, false);
});
