import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { DomainError } from "../domain/errors.ts";
import { createSignInThrottle } from "./throttle.ts";
import { createTestClock } from "./token-forge.ts";

const home = "203.0.113.0/24";

function createBench(perNetworkPerMinute = 1_000_000) {
  const clock = createTestClock();
  const throttle = createSignInThrottle({ clock, perNetworkPerMinute });
  /** How long an attempt has to wait: 0 when it is admitted, and then it is running. */
  const attempt = (account: string, network: string): number => {
    try {
      throttle.check(account, network);
      return 0;
    } catch (error) {
      assert(error instanceof DomainError);
      assert.equal(error.code, "RATE_LIMITED");
      assert(error.retryAfterMs !== undefined && error.retryAfterMs > 0);
      return error.retryAfterMs;
    }
  };
  const fail = (account: string, network: string) => {
    assert.equal(attempt(account, network), 0);
    throttle.failed(account, network);
  };
  const succeed = (account: string, network: string) => {
    assert.equal(attempt(account, network), 0);
    throttle.succeeded(account, network);
  };
  return { clock, throttle, attempt, fail, succeed };
}

const networks = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) => `10.${(from + index) >> 8}.${(from + index) & 255}.0/24`);

suite("one account from one network", () => {
  test("fails five times freely, then waits 1, 2, 4, 8, 16, 32, 60, 60 seconds", () => {
    const { clock, attempt, fail } = createBench();
    for (let count = 0; count < 5; count += 1) fail("ann", home);
    for (const seconds of [1, 2, 4, 8, 16, 32, 60, 60]) {
      assert.equal(attempt("ann", home), seconds * 1_000);
      clock.moveBy(seconds * 1_000 - 1);
      assert.equal(attempt("ann", home), 1);
      clock.moveBy(1);
      fail("ann", home);
    }
  });

  test("waits for itself alone", () => {
    const { attempt, fail } = createBench();
    for (let count = 0; count < 5; count += 1) fail("ann", home);
    assert.equal(attempt("ann", "198.51.100.0/24"), 0);
    assert.equal(attempt("ben", home), 0);
  });

  test("starts over after a success", () => {
    const { clock, fail, succeed, attempt } = createBench();
    for (let count = 0; count < 5; count += 1) fail("ann", home);
    clock.moveBy(1_000);
    succeed("ann", home);
    for (let count = 0; count < 5; count += 1) fail("ann", home);
    assert.equal(attempt("ann", home), 1_000);
  });

  test("starts over after an hour without a failure", () => {
    const { clock, fail, attempt } = createBench();
    for (let count = 0; count < 5; count += 1) fail("ann", home);
    clock.moveBy(3_600_000);
    for (let count = 0; count < 5; count += 1) fail("ann", home);
    assert.equal(attempt("ann", home), 1_000);
  });

  test("cannot get around the wait by attempts at the same time", () => {
    const { clock, throttle, attempt, fail } = createBench();
    fail("ann", home);
    const admitted = Array.from({ length: 50 }, () => attempt("ann", home)).filter((waitMs) => waitMs === 0).length;
    assert.equal(admitted, 4);
    for (let count = 0; count < 4; count += 1) throttle.failed("ann", home);
    clock.moveBy(1_000);
    assert.equal(attempt("ann", home), 0);
    assert(attempt("ann", home) > 0);
  });

  test("may sign in many times at once while nothing has failed", () => {
    const { attempt } = createBench();
    assert(Array.from({ length: 500 }, () => attempt("ann", home)).every((waitMs) => waitMs === 0));
  });

  test("gets the place back of an attempt that ended without a verdict", () => {
    const { throttle, attempt, fail } = createBench();
    for (let count = 0; count < 4; count += 1) fail("ann", home);
    for (let count = 0; count < 20; count += 1) {
      assert.equal(attempt("ann", home), 0);
      throttle.abandoned("ann", home);
    }
    fail("ann", home);
    assert.equal(attempt("ann", home), 1_000);
  });

  test("does not wait longer because the clock was set back", () => {
    const { clock, attempt, fail } = createBench();
    for (let count = 0; count < 5; count += 1) fail("ann", home);
    clock.moveBy(-3_600_000);
    assert.equal(attempt("ann", home), 1_000);
    clock.moveBy(1_000);
    assert.equal(attempt("ann", home), 0);
  });
});

suite("one network", () => {
  test("attempts 30 times a minute, whatever the accounts and whether they succeed", () => {
    const { clock, attempt, succeed } = createBench(30);
    for (let count = 0; count < 30; count += 1) succeed(`user-${count}`, home);
    clock.moveBy(20_000);
    assert.equal(attempt("ann", home), 40_000);
    assert.equal(attempt("ann", "198.51.100.0/24"), 0);
    clock.moveBy(40_000);
    assert.equal(attempt("ann", home), 0);
  });

  test("does not pay for attempts that another limit refused", () => {
    const { attempt, fail } = createBench(30);
    for (let count = 0; count < 5; count += 1) fail("ann", home);
    for (let count = 0; count < 100; count += 1) assert.equal(attempt("ann", home), 1_000);
    for (let count = 0; count < 25; count += 1) assert.equal(attempt(`user-${count}`, home), 0);
    assert(attempt("ben", home) > 1_000);
  });
});

suite("one account from everywhere", () => {
  test("J26 is refused after 100 failures from 100 networks, but not to networks where it has signed in", () => {
    const { clock, attempt, fail, succeed } = createBench();
    succeed("ann", home);
    clock.moveBy(24 * 3_600_000);
    for (const network of networks(0, 100)) fail("ann", network);
    assert.equal(attempt("ann", "192.0.2.0/24"), 15 * 60_000);
    assert.equal(attempt("ann", home), 0);
    assert.equal(attempt("ben", "192.0.2.0/24"), 0);
  });

  test("then gets one attempt every 15 minutes", () => {
    const { clock, attempt, fail } = createBench();
    for (const network of networks(0, 100)) fail("ann", network);
    for (const network of networks(100, 110)) {
      assert.equal(attempt("ann", network), 15 * 60_000);
      clock.moveBy(15 * 60_000);
      fail("ann", network);
    }
  });

  test("gets no fresh attempts from its owner's success elsewhere", () => {
    const { attempt, fail, succeed } = createBench();
    succeed("ann", home);
    for (const network of networks(0, 100)) fail("ann", network);
    succeed("ann", home);
    assert.equal(attempt("ann", "192.0.2.0/24"), 15 * 60_000);
  });

  test("is open again once its owner got in from a new network", () => {
    const { clock, attempt, fail, succeed } = createBench();
    for (const network of networks(0, 100)) fail("ann", network);
    clock.moveBy(15 * 60_000);
    succeed("ann", "192.0.2.0/24");
    assert.equal(attempt("ann", "198.51.100.0/24"), 0);
  });

  test("does not count what fails where it is known", () => {
    const { clock, attempt, fail, succeed } = createBench();
    succeed("ann", home);
    for (let count = 0; count < 150; count += 1) {
      fail("ann", home);
      clock.moveBy(60_000);
    }
    assert.equal(attempt("ann", "192.0.2.0/24"), 0);
  });

  test("is a stranger again where it has not signed in for 30 days", () => {
    const { clock, attempt, fail, succeed } = createBench();
    succeed("ann", home);
    clock.moveBy(30 * 24 * 3_600_000);
    for (const network of networks(0, 100)) fail("ann", network);
    assert(attempt("ann", home) > 0);
  });
});
