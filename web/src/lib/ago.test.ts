import assert from "node:assert/strict";
import { test } from "node:test";
import { ago, until } from "./ago.ts";

const nowMs = Date.UTC(2026, 10, 22, 12);
const at = (seconds: number) => new Date(nowMs + seconds * 1_000).toISOString();

test("time gone by is told in its largest whole unit", () => {
  assert.equal(ago(at(-59), nowMs), "just now");
  assert.equal(ago(at(-60), nowMs), "1 minute ago");
  assert.equal(ago(at(-7_199), nowMs), "1 hour ago");
  assert.equal(ago(at(-86_400 * 3), nowMs), "3 days ago");
  assert.equal(ago(at(5), nowMs), "just now", "clocks differ a little");
});

test("time to come is told in its largest whole unit, and is over at its end", () => {
  assert.equal(until(at(86_400 * 30), nowMs), "in 30 days");
  assert.equal(until(at(86_400 * 30 - 5), nowMs), "in 30 days", "what ends in 30 days says so, also a moment later");
  assert.equal(until(at(3_600), nowMs), "in 1 hour");
  assert.equal(until(at(30), nowMs), "in a moment");
  assert.equal(until(at(0), nowMs), "over");
});
