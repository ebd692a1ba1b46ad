import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { createMemoryTallies } from "../storage/memory-tallies.ts";
import { createBudgets } from "./budgets.ts";
import { DomainError } from "./errors.ts";
import { createRateLimit } from "./rate-limit.ts";
import { createSharing, type Share } from "./shared-limits.ts";
import type { Tallies } from "./tallies.ts";

/** Two nodes that settle when the test says so. */
function createNodes(tallies: Tallies = createMemoryTallies()) {
  let nowMs = 1_000_000;
  const clock = { now: () => nowMs };
  const failures: unknown[] = [];
  const createNode = () => {
    const share = createSharing({ tallies, clock, report: (error) => failures.push(error) });
    const { session } = createBudgets({ clock, sessionCostPerMinute: 100, networkRequestsPerMinute: 100, share });
    return { share, budget: () => session("s") ?? assert.fail() };
  };
  return {
    clock,
    failures,
    one: createNode(),
    other: createNode(),
    moveBy: (ms: number) => {
      nowMs += ms;
    },
  };
}

/** Resolves once what was to be settled is: the tallies of these tests are in memory. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

/** How much of it can be spent now, a point at a time. */
function spendAll(budget: { spend(amount: number): void }): number {
  for (let spent = 0; ; spent += 1) {
    try {
      budget.spend(1);
    } catch (error) {
      assert(error instanceof DomainError && error.code === "RATE_LIMITED");
      return spent;
    }
  }
}

describe("a budget that nodes share", () => {
  it("is spent on all of them when it is spent on one, but for a tenth that each gives without asking", async () => {
    const { one, other } = createNodes();
    other.budget();
    await settled();
    assert.equal(spendAll(one.budget()), 100);
    await settled();
    other.budget().spend(10);
    await settled();
    assert.equal(spendAll(other.budget()), 0);
  });

  it("is known to be spent by a node that sees its session for the first time, a moment later", async () => {
    const { one, other } = createNodes();
    assert.equal(spendAll(one.budget()), 100);
    await settled();
    other.budget();
    await settled();
    assert.equal(spendAll(other.budget()), 0);
  });

  it("comes back on all of them at the rate of one", async () => {
    const { one, other, moveBy } = createNodes();
    spendAll(one.budget());
    await settled();
    other.budget();
    await settled();
    moveBy(30_000);
    assert.equal(spendAll(other.budget()), 50);
    await settled();
    moveBy(6_000);
    one.budget().spend(10);
    await settled();
    assert.equal(spendAll(one.budget()), 0);
  });

  it("of which little is asked, and made up for at once, is not told of", async () => {
    const tallies = createMemoryTallies();
    let told = 0;
    const { one, moveBy } = createNodes({
      ...tallies,
      add: (additions, atMs) => {
        told += additions.length;
        return tallies.add(additions, atMs);
      },
    });
    for (let minute = 0; minute < 60; minute += 1) {
      one.budget().spend(9);
      moveBy(60_000);
    }
    await settled();
    assert.equal(told, 0);
  });

  it("goes on by itself while the others cannot be asked, and says so", async () => {
    const away = new DomainError("UNAVAILABLE", "away");
    const { one, failures } = createNodes({
      ...createMemoryTallies(),
      add: () => Promise.reject(away),
      read: () => Promise.reject(away),
    });
    one.budget();
    await settled();
    assert.equal(spendAll(one.budget()), 100);
    await settled();
    assert.deepEqual(failures, [away, away]);
  });
});

describe("a window that nodes share", () => {
  const limitOf = (clock: { now(): number }, share: Share) =>
    createRateLimit({ clock, countMax: 6, windowMs: 60_000, keysMax: 10, shared: { name: "test", share } });

  it("holds what all of them have counted, and ends on all of them at once", async () => {
    const { clock, one, other, moveBy } = createNodes();
    const [here, there] = [limitOf(clock, one.share), limitOf(clock, other.share)];
    for (let count = 0; count < 3; count += 1) here.count("k");
    await settled();
    moveBy(20_000);
    there.count("k");
    await settled();
    there.count("k");
    await settled();
    assert.equal(there.wait("k"), 0);
    there.count("k");
    await settled();
    assert.equal(there.wait("k"), 40_000);
    here.count("k");
    await settled();
    assert.equal(here.wait("k"), 40_000);
    moveBy(40_000);
    assert.deepEqual([here.wait("k"), there.wait("k")], [0, 0]);
  });
});
