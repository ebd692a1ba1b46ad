import assert from "node:assert/strict";
import { test } from "node:test";
import { median, quantile } from "./statistics.ts";

test("a median is the middle, or the mean of the two middle values", () => {
  assert.equal(median([9, 1, 5]), 5);
  assert.equal(median([9, 1, 5, 6]), 5.5);
  assert.ok(Number.isNaN(median([])));
});

test("a quantile is a value that was measured", () => {
  assert.equal(quantile([4, 3, 2, 1], 0.5), 2);
  assert.equal(quantile([4, 3, 2, 1], 0.95), 4);
  assert.equal(quantile([7], 0), 7);
});
