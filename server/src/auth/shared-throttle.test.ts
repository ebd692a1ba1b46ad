import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { DomainError } from "../domain/errors.ts";
import type { SignInThrottle } from "../domain/ports.ts";
import type { Tallies } from "../domain/tallies.ts";
import { createMemoryTallies } from "../storage/memory-tallies.ts";
import { shareThrottle } from "./shared-throttle.ts";
import { createSignInThrottle } from "./throttle.ts";
import { createTestClock } from "./token-forge.ts";

const home = "203.0.113.0/24";

function createNodes(perNetworkPerMinute = 1_000_000, tallies: Tallies = createMemoryTallies()) {
  const clock = createTestClock();
  const createNode = () => shareThrottle(createSignInThrottle({ clock, perNetworkPerMinute }), { tallies, clock });
  return { clock, one: createNode(), other: createNode() };
}

/** How long an attempt has to wait: 0 when it is admitted, and then it is running. */
async function attempt(node: SignInThrottle, account = "ann", network = home): Promise<number> {
  try {
    await node.check(account, network);
    return 0;
  } catch (error) {
    assert(error instanceof DomainError);
    assert.equal(error.code, "RATE_LIMITED");
    return error.retryAfterMs ?? 0;
  }
}

async function fail(node: SignInThrottle, account = "ann", network = home): Promise<void> {
  assert.equal(await attempt(node, account, network), 0);
  await node.failed(account, network);
}

suite("a throttle that nodes share", () => {
  test("slows down failures that are spread over nodes as those on one", async () => {
    const { clock, one, other } = createNodes();
    for (const node of [one, other, one, other, one]) await fail(node);
    for (const [at, seconds] of [1, 2, 4, 8, 16, 32, 60, 60].entries()) {
      assert.equal(await attempt(at % 2 === 0 ? one : other), seconds * 1_000);
      assert.equal(await attempt(at % 2 === 0 ? other : one), seconds * 1_000);
      clock.moveBy(seconds * 1_000);
      await fail(at % 2 === 0 ? other : one);
    }
  });

  test("starts over on all nodes after a success on one", async () => {
    const { clock, one, other } = createNodes();
    for (const node of [one, one, one, one, one]) await fail(node);
    clock.moveBy(1_000);
    assert.equal(await attempt(other), 0);
    await other.succeeded("ann", home);
    for (const node of [one, other, one, other, one]) await fail(node);
    assert.equal(await attempt(other), 1_000);
  });

  test("counts the attempts of a network on all nodes", async () => {
    const { clock, one, other } = createNodes(3);
    for (const [at, node] of [one, other, one].entries()) await fail(node, `somebody-${at}`);
    assert.equal(await attempt(other, "ann"), 60_000);
    clock.moveBy(60_000);
    assert.equal(await attempt(other, "ann"), 0);
  });

  test("cools an account off on all nodes, but for the networks where it has signed in on any", async () => {
    const { one, other } = createNodes();
    assert.equal(await attempt(one), 0);
    await one.succeeded("ann", home);
    for (let count = 0; count < 100; count += 1) await fail(count % 2 === 0 ? one : other, "ann", `10.0.${count}.0/24`);
    assert.equal(await attempt(one, "ann", "10.1.0.0/24"), 15 * 60_000);
    assert.equal(await attempt(other, "ann", "10.1.0.0/24"), 15 * 60_000);
    assert.equal(await attempt(other), 0);
  });

  test("an attempt that could not be told to the others is not one that runs for ever", async () => {
    const away = new DomainError("UNAVAILABLE", "away");
    const tallies = createMemoryTallies();
    let isAway = false;
    const { one } = createNodes(1_000_000, {
      ...tallies,
      add: (additions, atMs) => (isAway ? Promise.reject(away) : tallies.add(additions, atMs)),
    });
    for (let count = 0; count < 4; count += 1) await fail(one);
    isAway = true;
    await assert.rejects(async () => one.check("ann", home), away);
    isAway = false;
    assert.equal(await attempt(one), 0);
  });
});
