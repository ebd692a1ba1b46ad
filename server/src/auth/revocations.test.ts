import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { DomainError } from "../domain/errors.ts";
import { createRevocations } from "./revocations.ts";
import { createTestClock } from "./token-forge.ts";

/** The revocations that a database shared with other processes has. */
async function createBench(revoked: { sessionId: string; revokedAtMs: number }[] = [], pollMs = 1_000_000) {
  const clock = createTestClock();
  const looks: number[] = [];
  let fault: Error | null = null;
  const reports: unknown[] = [];
  const list = await createRevocations({
    sessions: {
      revokedSince(sinceMs) {
        looks.push(sinceMs);
        if (fault !== null) throw fault;
        return revoked.filter(({ revokedAtMs }) => revokedAtMs >= sinceMs);
      },
    },
    clock,
    pollMs,
    report: (error) => reports.push(error),
  });
  return {
    clock,
    list,
    looks,
    reports,
    /** What another process does. */
    revoke: (sessionId: string, revokedAtMs = clock.now()) => revoked.push({ sessionId, revokedAtMs }),
    break: (error: Error | null) => {
      fault = error;
    },
  };
}

suite("the revocations", () => {
  test("know at the start who was revoked within the life of an access token, and nobody from before", async () => {
    const nowMs = createTestClock().now();
    const { list } = await createBench([
      { sessionId: "recent", revokedAtMs: nowMs - 605_000 },
      { sessionId: "old", revokedAtMs: nowMs - 3_600_000 },
    ]);
    assert.deepEqual([list.has("recent"), list.has("old"), list.has("other")], [true, false, false]);
    list.close();
  });

  test("tell every listener once of each session announced, at once and in order", async () => {
    const { list } = await createBench();
    const heard: string[] = [];
    const stop = list.onRevoked((sessionId) => heard.push(`1 ${sessionId} ${list.has(sessionId)}`));
    list.onRevoked((sessionId) => heard.push(`2 ${sessionId}`));
    list.announce(["a", "b"]);
    list.announce(["a"]);
    stop();
    list.announce(["c"]);
    assert.deepEqual(heard, ["1 a true", "2 a", "1 b true", "2 b", "2 c"]);
    list.close();
  });

  test("one listener may listen twice and stop once", async () => {
    const { list } = await createBench();
    let count = 0;
    const listener = () => {
      count += 1;
    };
    const stop = list.onRevoked(listener);
    list.onRevoked(listener);
    stop();
    stop();
    list.announce(["a"]);
    assert.equal(count, 1);
    list.close();
  });

  test("a listener that throws is reported and keeps nobody from hearing", async () => {
    const { list, reports } = await createBench();
    const fault = new Error("a fault");
    const heard: string[] = [];
    list.onRevoked(() => {
      throw fault;
    });
    list.onRevoked((sessionId) => heard.push(sessionId));
    list.announce(["a", "b"]);
    assert.deepEqual(heard, ["a", "b"]);
    assert.deepEqual(reports, [fault, fault]);
    list.close();
  });

  test("hear by themselves what another process revoked", async () => {
    const { list, revoke } = await createBench([], 1);
    const keepAlive = setInterval(() => {}, 1_000);
    const heard = new Promise<string>((resolve) => list.onRevoked(resolve));
    revoke("elsewhere");
    assert.equal(await heard, "elsewhere");
    assert.equal(list.has("elsewhere"), true);
    clearInterval(keepAlive);
    list.close();
  });

  test("hear of what was stamped some seconds before the last look and became visible after it", async () => {
    const { list, revoke, clock } = await createBench();
    await list.poll();
    clock.moveBy(1_000);
    await list.poll();
    revoke("late", clock.now() - 20_000);
    clock.moveBy(1_000);
    await list.poll();
    assert.equal(list.has("late"), true);
    list.close();
  });

  test("remember for eleven minutes and then let go", async () => {
    const { list, clock } = await createBench();
    list.announce(["a"]);
    clock.moveBy(11 * 60_000 - 1);
    await list.poll();
    assert.equal(list.has("a"), true);
    clock.moveBy(1);
    await list.poll();
    assert.equal(list.has("a"), false);
    list.close();
  });

  for (const [name, awayMs] of [
    ["ten minutes", 600_000],
    ["an hour", 3_600_000],
  ] as const) {
    test(`a clock ${name} ahead for a while brings no revoked session back`, async () => {
      const { list, revoke, clock } = await createBench();
      revoke("a");
      list.announce(["a"]);
      clock.moveBy(awayMs);
      await list.poll();
      await list.poll();
      clock.moveBy(-awayMs);
      await list.poll();
      assert.equal(list.has("a"), true);
      list.close();
    });

    test(`a clock set back ${name} keeps the revoked sessions, and hears of new ones`, async () => {
      const { list, revoke, clock } = await createBench();
      list.announce(["a"]);
      clock.moveBy(-awayMs);
      revoke("b");
      await list.poll();
      assert.deepEqual([list.has("a"), list.has("b")], [true, true]);
      clock.moveBy(1_000);
      revoke("c");
      await list.poll();
      assert.equal(list.has("c"), true);
      list.close();
    });
  }

  test("make up for looks that failed, and report them", async () => {
    const bench = await createBench();
    const fault = new DomainError("UNAVAILABLE", "The database does not answer.");
    bench.break(fault);
    bench.revoke("a");
    for (let count = 0; count < 3; count += 1) {
      bench.clock.moveBy(60_000);
      await bench.list.poll();
    }
    assert.deepEqual(bench.reports, [fault, fault, fault]);
    bench.break(null);
    await bench.list.poll();
    assert.equal(bench.list.has("a"), true);
    bench.list.close();
  });

  test("neither look nor tell once closed", async () => {
    const { list, looks } = await createBench([], 1);
    const heard: string[] = [];
    list.onRevoked((sessionId) => heard.push(sessionId));
    list.close();
    const count = looks.length;
    list.announce(["a"]);
    await list.poll();
    assert.equal(looks.length, count);
    assert.deepEqual(heard, []);
  });

  test("are not there when the database cannot be read at the start", async () => {
    const sessions = {
      revokedSince: () => Promise.reject(new DomainError("UNAVAILABLE", "The database does not answer.")),
    };
    const start = createRevocations({ sessions, clock: createTestClock(), pollMs: 1_000, report: () => {} });
    await assert.rejects(start, { code: "UNAVAILABLE" });
  });
});
