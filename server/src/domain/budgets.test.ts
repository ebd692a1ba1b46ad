import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import { createBudgets } from "./budgets.ts";
import { DomainError } from "./errors.ts";

function bookkeeping(settings: { session?: number; network?: number; budgetsMax?: number } = {}) {
  const time = { nowMs: 1_700_000_000_000 };
  const budgets = createBudgets({
    clock: { now: () => time.nowMs },
    sessionCostPerMinute: settings.session ?? 600,
    networkRequestsPerMinute: settings.network ?? 60,
    ...(settings.budgetsMax !== undefined && { budgetsMax: settings.budgetsMax }),
  });
  const spend = (sessionId: string, amount: number) => waitOf(() => budgets.session(sessionId)?.spend(amount));
  return { time, budgets, spend };
}

/** 0 when it was admitted, else the time to wait. */
function waitOf(run: () => void): number {
  try {
    run();
    return 0;
  } catch (error) {
    assert.ok(error instanceof DomainError && error.code === "RATE_LIMITED");
    return error.retryAfterMs ?? Number.NaN;
  }
}

describe("the budget of a session", () => {
  it("gives its whole quota at once, then says how long to wait, and keeps its word", () => {
    const { time, spend } = bookkeeping();
    assert.equal(spend("a", 600), 0);
    assert.equal(spend("a", 10), 1_000);
    time.nowMs += 999;
    assert.equal(spend("a", 10), 1);
    time.nowMs += 1;
    assert.equal(spend("a", 10), 0);
    assert.equal(spend("a", 1), 100);
  });

  it("is taken from by what is admitted alone", () => {
    const { budgets, spend } = bookkeeping();
    spend("a", 595);
    assert.ok(spend("a", 6) > 0);
    assert.equal(budgets.session("a")?.left, 5);
    assert.equal(spend("a", 5), 0);
    assert.equal(budgets.session("a")?.left, 0);
  });

  it("is each session's own", () => {
    const { spend } = bookkeeping();
    spend("a", 600);
    assert.equal(spend("b", 600), 0);
  });

  it("is full again after a window, and never fuller", () => {
    const { time, budgets, spend } = bookkeeping();
    spend("a", 600);
    time.nowMs += 30_000;
    assert.deepEqual([budgets.session("a")?.left, budgets.session("a")?.fullInMs], [300, 30_000]);
    time.nowMs += 3_600_000;
    assert.deepEqual([budgets.session("a")?.left, budgets.session("a")?.fullInMs], [600, 0]);
  });

  it("admits what costs more than the whole quota when the quota is whole", () => {
    const { spend } = bookkeeping();
    assert.equal(spend("a", 5_000), 0);
    assert.equal(spend("a", 5_000), 60_000);
  });

  it("makes nobody wait longer than a window when the clock is set back", () => {
    const { time, spend } = bookkeeping();
    spend("a", 600);
    time.nowMs -= 86_400_000;
    assert.equal(spend("a", 600), 60_000);
    time.nowMs += 60_000;
    assert.equal(spend("a", 600), 0);
  });

  it("admits, over any span, at most the quota and what the span gives back", () => {
    const step = fc.record({ waitMs: fc.nat(20_000), amount: fc.integer({ min: 1, max: 700 }) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const { time, spend } = bookkeeping();
        let model = 600;
        for (const { waitMs, amount } of steps) {
          time.nowMs += waitMs;
          model = Math.min(600, model + waitMs / 100);
          const taken = Math.min(amount, 600);
          const isAdmitted = spend("a", amount) === 0;
          if (Math.abs(model - taken) > 1e-4) assert.equal(isAdmitted, taken <= model);
          if (isAdmitted) model -= taken;
        }
      }),
    );
  });

  it("is forgotten when more others were used since than are kept", () => {
    const { spend } = bookkeeping({ budgetsMax: 2 });
    spend("a", 600);
    spend("b", 600);
    assert.ok(spend("a", 600) > 0);
    spend("c", 600);
    assert.equal(spend("b", 600), 0);
  });
});

describe("the budget of a network", () => {
  it("is one for all addresses of a /24, and of a /64 on IPv6", () => {
    const { budgets } = bookkeeping();
    assert.equal(budgets.network("192.0.2.1"), budgets.network("::ffff:192.0.2.200"));
    assert.notEqual(budgets.network("192.0.2.1"), budgets.network("192.0.3.1"));
    assert.equal(budgets.network("2001:db8::1"), budgets.network("2001:db8:0:0:ffff::"));
    assert.notEqual(budgets.network("2001:db8::1"), budgets.network("2001:db8:0:1::1"));
  });
});

it("a quota of 0 limits nothing", () => {
  const { budgets } = bookkeeping({ session: 0, network: 0 });
  assert.deepEqual([budgets.session("a"), budgets.network("192.0.2.1")], [null, null]);
});
