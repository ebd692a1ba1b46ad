import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import type { Change, Cursor } from "../domain/change.ts";
import { DomainError } from "../domain/errors.ts";
import type { Doorbell, Follower } from "../domain/ports.ts";
import type { Delivery, Source } from "../domain/source.ts";
import type { ChangeLog, Storage } from "../domain/storage.ts";
import { firstWorkspaceId } from "../domain/workspace.ts";
import { createMemoryStorage } from "../storage/memory-model.ts";
import { createChangeFeed } from "./feed.ts";
import { createLocalDoorbell } from "./local-doorbell.ts";

const silent = { warn() {}, error() {} };
const writing = { workspaceId: firstWorkspaceId, actor: { kind: "system" }, atMs: 0 } as const;
const deaf: Doorbell = { ring() {}, listen: () => () => {} };

test("a change is delivered after the turn in which it was committed", async () => {
  const { feed, storage, log } = await openFeed();
  const seen = recorder();
  await feed.follow(firstWorkspaceId, null, seen);
  const call = storage.calls.addNote(writing, 1, "one");
  await call;
  assert.deepEqual(seen.revisions, [], "whoever wrote it is answered first");
  await seen.reaches((await log.head(firstWorkspaceId)).revision);
  assert.deepEqual(seen.revisions, [2]);
  feed.close();
});

test("every live follower is given the same array", async () => {
  const { feed, storage } = await openFeed();
  const followers = [recorder(), recorder(), recorder()];
  for (const follower of followers) await feed.follow(firstWorkspaceId, null, follower);
  await turns(3);
  await Promise.all([storage.calls.addNote(writing, 1, "a"), storage.calls.addNote(writing, 1, "b")]);
  await Promise.all(followers.map((follower) => follower.reaches(3)));
  assert.equal(followers[0]?.batches.length, 1);
  assert.ok(followers.every(({ batches }) => batches[0] === followers[0]?.batches[0]));
  feed.close();
});

test("a lost ring costs a poll, never a change", async (t) => {
  t.mock.timers.enable({ apis: ["setInterval"] });
  const { feed, storage } = await openFeed({ doorbell: deaf });
  const seen = recorder();
  await feed.follow(firstWorkspaceId, null, seen);
  await turns(3);
  await storage.calls.addNote(writing, 1, "unheard");
  await turns(3);
  assert.deepEqual(seen.revisions, []);
  t.mock.timers.tick(1_000);
  await seen.reaches(2);
  assert.deepEqual(seen.revisions, [2]);
  feed.close();
});

test("a bell that says look, because rings may have been missed, has the log read at once", async () => {
  const bells: ((revision: number) => void)[] = [];
  const listen: Doorbell["listen"] = (_, listener) => {
    bells.push(listener);
    return () => {};
  };
  const { feed, storage } = await openFeed({ doorbell: { ring() {}, listen } });
  const seen = recorder();
  await feed.follow(firstWorkspaceId, null, seen);
  await turns(3);
  await storage.calls.addNote(writing, 1, "unheard");
  for (const bell of bells) bell(Infinity);
  await seen.reaches(2);
  for (const bell of bells) bell(Infinity);
  await turns(5);
  assert.deepEqual(seen.revisions, [2]);
  feed.close();
});

test("a follower that resumes gets what it missed, then what comes, each once", async () => {
  const { feed, storage, epoch } = await openFeed();
  for (let n = 0; n < 600; n += 1) await storage.calls.addNote(writing, 1, `n${n}`);
  const seen = recorder();
  const following = await feed.follow(firstWorkspaceId, { epoch, revision: 1 }, seen);
  assert.deepEqual(following.start, { epoch, revision: 1 });
  assert.deepEqual(seen.revisions, [], "nothing is delivered before the follower is known to the caller");
  const writer = (async () => {
    for (let n = 0; n < 300; n += 1) {
      await storage.calls.addNote(writing, 1, `m${n}`);
      if (n % 7 === 0) await turns(1);
    }
  })();
  await writer;
  await seen.reaches(901);
  assert.deepEqual(seen.revisions, range(2, 901));
  feed.close();
});

test("a replay waits for a follower that has not drained", async () => {
  const { feed, storage, epoch } = await openFeed();
  for (let n = 0; n < 300; n += 1) await storage.calls.addNote(writing, 1, `n${n}`);
  const gate = Promise.withResolvers<void>();
  const seen = { ...recorder(), drained: () => gate.promise };
  await feed.follow(firstWorkspaceId, { epoch, revision: 0 }, seen);
  await turns(20);
  assert.deepEqual(seen.revisions, [1]);
  gate.resolve();
  await seen.reaches(301);
  assert.deepEqual(seen.revisions, range(1, 301));
  feed.close();
});

test("nothing is delivered once stop has returned", async () => {
  const { feed, storage, epoch } = await openFeed();
  for (let n = 0; n < 300; n += 1) await storage.calls.addNote(writing, 1, `n${n}`);
  const [live, replaying, other] = [recorder(), recorder(), recorder()];
  const following = await feed.follow(firstWorkspaceId, null, live);
  const resumed = await feed.follow(firstWorkspaceId, { epoch, revision: 0 }, replaying);
  await feed.follow(firstWorkspaceId, null, other);
  await turns(2);
  await storage.calls.addNote(writing, 1, "last");
  following.stop();
  following.stop();
  resumed.stop();
  const had = replaying.revisions.length;
  await other.reaches(302);
  await turns(10);
  assert.deepEqual(live.revisions, []);
  assert.equal(replaying.revisions.length, had);
  feed.close();
});

test("a follower that throws does not take others with it", async () => {
  const { feed, storage } = await openFeed();
  const seen = recorder();
  await feed.follow(firstWorkspaceId, null, {
    changes() {
      throw new Error("on purpose");
    },
    failed() {},
  });
  await feed.follow(firstWorkspaceId, null, seen);
  await turns(2);
  await storage.calls.addNote(writing, 1, "one");
  await storage.calls.addNote(writing, 1, "two");
  await seen.reaches(3);
  feed.close();
});

test("a cursor that cannot be resumed is refused with the reason", async () => {
  const { feed, storage, log, epoch } = await openFeed();
  for (let n = 0; n < 9; n += 1) await storage.calls.addNote(writing, 1, `n${n}`);
  await storage.changes.prune(firstWorkspaceId, 1, 5);
  const refusal = async (cursor: Cursor) => {
    const error: unknown = await feed.follow(firstWorkspaceId, cursor, recorder()).catch((thrown: unknown) => thrown);
    return error instanceof DomainError ? error.code : error;
  };
  assert.equal(await refusal({ epoch: "other", revision: 10 }), "RESUME_GAP");
  assert.equal(await refusal({ epoch, revision: 4 }), "RESUME_GAP");
  assert.equal(await refusal({ epoch, revision: 11 }), "BAD_USER_INPUT");
  const far = { ...log, head: () => ({ epoch, revision: 100_002 }) };
  const other = createChangeFeed({ storage: { changes: far }, doorbell: deaf, log: silent });
  await assert.rejects(other.follow(firstWorkspaceId, { epoch, revision: 1 }, recorder()), { code: "RESUME_GAP" });
  other.close();
  feed.close();
});

test("a history that is replaced or pruned under its followers ends them with RESUME_GAP", async (t) => {
  t.mock.timers.enable({ apis: ["setInterval"] });
  let epoch = "first";
  const { storage } = await openFeed();
  const changes: ChangeLog = {
    ...storage.changes,
    head: async () => ({ epoch, revision: (await storage.changes.head(firstWorkspaceId)).revision }),
  };
  const feed = createChangeFeed({ storage: { changes }, doorbell: createLocalDoorbell(), log: silent });
  const polled = recorder();
  await feed.follow(firstWorkspaceId, null, polled);
  epoch = "second";
  t.mock.timers.tick(1_000);
  await turns(3);
  assert.deepEqual(polled.failures, ["RESUME_GAP"]);

  const overtaken = recorder();
  await feed.follow(firstWorkspaceId, null, overtaken);
  epoch = "third";
  const fresh = recorder();
  await feed.follow(firstWorkspaceId, null, fresh);
  assert.deepEqual(overtaken.failures, ["RESUME_GAP"]);
  await storage.calls.addNote(writing, 1, "goes on");
  await fresh.reaches(2);
  feed.close();
});

test("a database that does not answer for a while costs no change", async (t) => {
  t.mock.timers.enable({ apis: ["setInterval", "setTimeout"] });
  const { storage, epoch } = await openFeed();
  let isDown = false;
  const read = <T>(answer: () => T): T => {
    if (isDown) throw new DomainError("UNAVAILABLE", "on purpose");
    return answer();
  };
  const changes: ChangeLog = {
    ...storage.changes,
    head: (workspaceId) => read(() => storage.changes.head(workspaceId)),
    after: (workspaceId, revision, limit) => read(() => storage.changes.after(workspaceId, revision, limit)),
  };
  for (let n = 0; n < 200; n += 1) await storage.calls.addNote(writing, 1, `n${n}`);
  const feed = createChangeFeed({ storage: { changes }, doorbell: createLocalDoorbell(), log: silent });
  const [live, replaying] = [recorder(), recorder()];
  await feed.follow(firstWorkspaceId, null, live);
  await feed.follow(firstWorkspaceId, { epoch, revision: 0 }, replaying);
  isDown = true;
  await storage.calls.addNote(writing, 1, "meanwhile");
  await turns(5);
  isDown = false;
  t.mock.timers.tick(1_000);
  await Promise.all([live.reaches(202), replaying.reaches(202)]);
  assert.deepEqual(live.revisions, [202]);
  assert.deepEqual(replaying.revisions, range(1, 202));
  feed.close();
});

test("any course of writes, follows, stops and resumes gives each follower every change once and in order", async () => {
  const step = fc.oneof(
    { weight: 5, arbitrary: fc.record({ do: fc.constant("write" as const), count: fc.integer({ min: 1, max: 200 }) }) },
    { weight: 3, arbitrary: fc.record({ do: fc.constant("follow" as const), back: fc.nat(400) }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant("stop" as const), which: fc.nat(20) }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant("resume" as const), which: fc.nat(20) }) },
    { weight: 3, arbitrary: fc.record({ do: fc.constant("turns" as const), count: fc.integer({ min: 1, max: 6 }) }) },
  );
  const delays = fc.infiniteStream(fc.nat(4));
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40 }), fc.boolean(), delays, async (steps, isSlow, stream) => {
      const { storage, epoch } = await openFeed();
      const changes = isSlow ? slow(storage.changes, stream) : storage.changes;
      const feed = createChangeFeed({ storage: { changes }, doorbell: createLocalDoorbell(), log: silent, pollMs: 5 });
      const runs: { seen: ReturnType<typeof recorder>; start: number; stop: () => void; isStopped: boolean }[] = [];
      const follow = async (after: Cursor | null) => {
        const seen = recorder();
        const following = await feed.follow(firstWorkspaceId, after, seen);
        runs.push({ seen, start: following.start.revision, stop: () => following.stop(), isStopped: false });
      };
      let head = 1;
      for (const step of steps) {
        const run = "which" in step ? runs[step.which % Math.max(1, runs.length)] : undefined;
        if (step.do === "write") {
          for (let n = 0; n < step.count; n += 1) void storage.calls.addNote(writing, 1, "x");
          head += step.count;
        } else if (step.do === "turns") await turns(step.count);
        else if (step.do === "follow") {
          // The feed may look at the head a moment later, when it has moved on: `null` is checked by its stated start.
          await follow(step.back > 300 ? null : { epoch, revision: Math.max(0, head - step.back) });
        } else if (run !== undefined && !run.isStopped) {
          run.stop();
          run.isStopped = true;
          if (step.do === "resume") await follow({ epoch, revision: run.seen.revisions.at(-1) ?? run.start });
        }
      }
      for (const { seen, start, isStopped } of runs) {
        if (isStopped) assert.deepEqual(seen.revisions, range(start + 1, start + seen.revisions.length));
        else {
          await seen.reaches(head, start);
          assert.deepEqual(seen.revisions, range(start + 1, head));
        }
        assert.deepEqual(seen.failures, []);
      }
      feed.close();
    }),
    { numRuns: 150 },
  );
});

async function openFeed({ doorbell = createLocalDoorbell() }: { doorbell?: Doorbell } = {}) {
  const storage = createMemoryStorage();
  await logCall(storage);
  const feed = createChangeFeed({ storage, doorbell, log: silent });
  const { epoch } = await storage.changes.head(firstWorkspaceId);
  return { storage, log: storage.changes, feed, epoch };
}

/** Logs call 1, and so revision 1. */
async function logCall(storage: Storage): Promise<void> {
  const source: Source = { id: "s", workspaceId: firstWorkspaceId, name: "s", kind: "generic", createdAtMs: 0 };
  const missing = { direction: null, from: null, to: null, via: null, durationMs: null, callType: null };
  const facts = { ...missing, startedAtMs: 0, endedAtMs: null, isArchived: null, notes: [] };
  const delivery: Delivery = { deliveryKey: "d", groupKey: "g", raw: "", digest: "", facts, problem: null };
  await storage.sources.accept(source, [delivery], 0);
}

/** A database whose answers take some turns, not always the same number; each is right for some moment of them. */
function slow(log: ChangeLog, delays: Iterator<number>): ChangeLog {
  const pause = () => turns(Number(delays.next().value));
  return {
    ...log,
    head: async (workspaceId) => {
      await pause();
      const head = await log.head(workspaceId);
      await pause();
      return head;
    },
    after: async (workspaceId, revision, limit) => {
      await pause();
      const changes = await log.after(workspaceId, revision, limit);
      await pause();
      return changes;
    },
  };
}

function recorder() {
  const batches: (readonly Change[])[] = [];
  const failures: unknown[] = [];
  const revisions: number[] = [];
  let wake = () => {};
  const follower: Follower = {
    changes(changes) {
      batches.push(changes);
      revisions.push(...changes.map(({ revision }) => revision));
      wake();
    },
    failed: (error) => void failures.push(error instanceof DomainError ? error.code : error),
  };
  const reaches = async (revision: number, start = 0) => {
    while ((revisions.at(-1) ?? start) < revision) {
      const woken = Promise.withResolvers<void>();
      wake = woken.resolve;
      await woken.promise;
    }
  };
  return { ...follower, batches, failures, revisions, reaches };
}

async function turns(count: number): Promise<void> {
  for (let n = 0; n < count; n += 1) {
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
  }
}

function range(from: number, to: number): readonly number[] {
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, n) => from + n);
}
