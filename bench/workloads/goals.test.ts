import assert from "node:assert/strict";
import { test } from "node:test";
import { flat, ofLimit, ownShare, timesTheBest, under } from "./goals.ts";
import type { Metric, Results, Subject } from "./workload.ts";

const speed: Metric = { key: "speed", title: "req/s", better: "more", digits: 0 };
const wait: Metric = { key: "wait", title: "ms", better: "less", digits: 1 };

function row(name: string, kind: Subject["kind"], medians: Record<string, number>, calls = 1): Results[number] {
  return { subject: { name, title: name, kind, calls, target: null }, medians, rounds: [medians] };
}

const results = [
  row("ringback", "ours", { speed: 700, wait: 2 }),
  row("slow", "alternative", { speed: 10, wait: 30 }),
  row("fast", "alternative", { speed: 100, wait: 10 }),
  row("raw", "limit", { speed: 1_000, wait: 1 }),
];

test("a goal compares with the best alternative, whichever way the metric points", () => {
  assert.deepEqual(timesTheBest(speed, 7).judge(results), { measured: "7.00 x fast", met: true });
  assert.deepEqual(timesTheBest(speed, 7.1).judge(results), { measured: "7.00 x fast", met: false });
  assert.deepEqual(timesTheBest(wait, 5).judge(results), { measured: "5.00 x fast", met: true });
});

test("a share of the limit is a least share of speed and a most multiple of time", () => {
  assert.equal(ofLimit(speed, "raw", 0.7).judge(results).met, true);
  assert.equal(ofLimit(speed, "raw", 0.71).judge(results).met, false);
  assert.equal(ofLimit(wait, "raw", 1.9).judge(results).met, false);
});

test("what was not measured is neither met nor missed", () => {
  const without = results.slice(1);
  for (const goal of [timesTheBest(speed, 7), ofLimit(speed, "raw", 0.5), under(wait, 5, "ms"), flat(speed, 1.3)]) {
    assert.equal(goal.judge(without).met, null);
  }
});

test("a share of one's own is judged on ours alone", () => {
  assert.equal(ownShare(wait, speed, 0.01, "small").judge(results).met, true);
});

test("growth is judged step by step", () => {
  const sizes = [
    row("a", "ours", { speed: 80 }, 1_000),
    row("b", "ours", { speed: 100 }, 100),
    row("c", "ours", { speed: 50 }, 10_000),
  ];
  assert.deepEqual(flat(speed, 1.3).judge(sizes), { measured: "1.25, 1.60", met: false });
});
