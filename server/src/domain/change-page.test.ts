import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { createMemoryStorage } from "../storage/memory-model.ts";
import type { Change } from "./change.ts";
import { readChangePage } from "./change-page.ts";
import { DomainError } from "./errors.ts";
import type { ChangeLog } from "./storage.ts";

const writing = { workspaceId: 1, actor: { kind: "system" }, atMs: 0 } as const;

test("pages of any size, read while others write, make the log without a hole or a double", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ first: fc.integer({ min: 1, max: 150 }), writes: fc.nat({ max: 40 }) }), { maxLength: 12 }),
      async (steps) => {
        const { storage, log } = await storageWithCall();
        const start = await log.head(1);
        let cursor = start;
        const read: Change[] = [];
        for (const { first, writes } of [...steps, { first: 1_000, writes: 0 }]) {
          for (let n = 0; n < writes; n += 1) await storage.calls.toggleArchived(writing, 1);
          const page = await readChangePage(log, 1, `${cursor.epoch}:${cursor.revision}`, first);
          assert.ok(page.changes.length <= first);
          read.push(...page.changes);
          cursor = page.cursor;
          const head = await log.head(1);
          assert.equal(page.hasMore, cursor.revision < head.revision);
        }
        assert.deepEqual(read, await log.after(1, start.revision, 1_000));
      },
    ),
    { numRuns: 30 },
  );
});

test("a page of long notes ends early and says that there is more", async () => {
  const { storage, log } = await storageWithCall();
  const { epoch, revision } = await log.head(1);
  const content = "x".repeat(10_000);
  for (let n = 0; n < 60; n += 1) await storage.calls.addNote(writing, 1, content);
  let cursor = `${epoch}:${revision}`;
  const sizes: number[] = [];
  for (let more = true; more;) {
    const page = await readChangePage(log, 1, cursor, 1_000);
    sizes.push(page.changes.length);
    cursor = `${page.cursor.epoch}:${page.cursor.revision}`;
    more = page.hasMore;
  }
  assert.ok(sizes.length > 5);
  assert.ok(sizes.every((size) => size > 0));
  assert.equal(
    sizes.reduce((sum, size) => sum + size, 0),
    60,
  );
});

test("a page holds 1,000 changes at most and says that it was cut; 0 only tells whether there are any", async () => {
  const { storage, log } = await storageWithCall();
  const { epoch, revision } = await log.head(1);
  for (let n = 0; n < 1_001; n += 1) await storage.calls.toggleArchived(writing, 1);
  const after = `${epoch}:${revision}`;
  const whole = await readChangePage(log, 1, after, 5_000);
  assert.deepEqual([whole.changes.length, whole.hasMore, whole.isCapped], [1_000, true, true]);
  const probe = await readChangePage(log, 1, after, 0);
  assert.deepEqual([probe.changes, probe.hasMore, probe.cursor], [[], true, { epoch, revision }]);
  assert.equal((await readChangePage(log, 1, after, null)).changes.length, 100);
});

test("a cursor whose changes are gone, of another history or too far back is a gap; of the future or no cursor, bad input", async () => {
  const { storage, log } = await storageWithCall();
  const { epoch } = await log.head(1);
  for (let n = 0; n < 5; n += 1) await storage.calls.toggleArchived(writing, 1);
  await log.prune(1, Number.MAX_SAFE_INTEGER, 2);
  const far: Pick<ChangeLog, "head" | "after"> = { head: () => ({ epoch, revision: 100_001 }), after: () => [] };
  assert.equal(await codeOf(readChangePage(log, 1, `${epoch}:1`, 10)), "RESUME_GAP");
  assert.equal(await codeOf(readChangePage(log, 1, "other:1", 10)), "RESUME_GAP");
  assert.equal(await codeOf(readChangePage(far, 1, `${epoch}:0`, 10)), "RESUME_GAP");
  assert.equal(await codeOf(readChangePage(log, 1, `${epoch}:99`, 10)), "BAD_USER_INPUT");
  assert.equal(await codeOf(readChangePage(log, 1, "nonsense", 10)), "BAD_USER_INPUT");
  assert.equal(await codeOf(readChangePage(log, 1, `${epoch}:5`, -1)), "BAD_USER_INPUT");
  assert.equal(await codeOf(readChangePage(log, 1, `${epoch}:6`, 10)), null, "at the head nothing is missing");
});

async function storageWithCall() {
  const storage = createMemoryStorage();
  const source = { id: "pbx", workspaceId: 1, name: "PBX", kind: "generic", createdAtMs: 0 } as const;
  await storage.sources.add(source, "hash");
  const facts = {
    direction: "inbound",
    from: "+1",
    to: "+2",
    via: "+2",
    startedAtMs: 0,
    endedAtMs: null,
    durationMs: 0,
    callType: "missed",
    isArchived: null,
    notes: [],
  } as const;
  await storage.sources.accept(
    source,
    [{ deliveryKey: "d", groupKey: "g", raw: "", digest: "", facts, problem: null }],
    0,
  );
  return { storage, log: storage.changes };
}

async function codeOf(reading: Promise<unknown>): Promise<string | null> {
  try {
    await reading;
    return null;
  } catch (error) {
    assert.ok(error instanceof DomainError);
    return error.code;
  }
}
