import assert from "node:assert/strict";
import { test } from "node:test";
import { createRates, Rate } from "./rate.ts";

test("a rate lets its burst through at once and then so many a second", () => {
  const rate = new Rate(2, 3, 0);
  const takes = (nowMs: number) => Array.from({ length: 4 }, () => rate.take(nowMs)).filter(Boolean).length;
  assert.equal(takes(0), 3);
  assert.equal(takes(400), 0);
  assert.equal(takes(500), 1);
  assert.equal(takes(10_000), 3);
});

test("rates of different keys are separate, and the keys used least are forgotten", () => {
  const rates = createRates(1, 1, 2);
  assert.deepEqual([rates.take("a", 0), rates.take("a", 0), rates.take("b", 0)], [true, false, true]);
  rates.take("a", 0);
  rates.take("c", 0);
  assert.equal(rates.take("a", 0), false, "a was used after b");
  assert.equal(rates.take("b", 0), true, "b was forgotten");
});
