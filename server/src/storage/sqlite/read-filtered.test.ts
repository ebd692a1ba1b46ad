import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { it } from "node:test";
import type { Call, FeedPosition } from "../../domain/call.ts";
import { type CallFilter, matches } from "../../domain/filter.ts";
import { nobody } from "../../domain/other-end.ts";
import type { CallStretch } from "../../domain/storage.ts";
import { hourMs, logCall, noonMs } from "../contract-samples.ts";
import { addSearchFunctions } from "./search-functions.ts";
import { createCallReader } from "./read-calls.ts";
import { createSnapshot } from "./snapshot.ts";
import { withFile } from "./sqlite-samples.ts";

const callCount = 60;
const bounds = { calls: 10, costlyCalls: 5, candidates: 3 };

const longOnes: CallFilter = { kind: "duration", minMs: 50, maxMs: 1_000 };

it("a walk that would look at too many calls stops where it is, and leads on to every call without a double", () =>
  withBounded((reader) => {
    for (const order of ["newest-first", "oldest-first"] as const) {
      const ids: number[] = [];
      let after: FeedPosition | null = null;
      let stops = 0;
      for (;;) {
        const stretch: CallStretch = reader.walk(1, { filter: longOnes, order, after, before: null, limit: 3 });
        ids.push(...stretch.calls.map(({ id }) => id));
        if (stretch.stoppedAt !== null) stops += 1;
        if (!stretch.hasMore) break;
        after = stretch.stoppedAt ?? stretch.calls.at(-1) ?? assert.fail("It leads nowhere.");
      }
      assert.ok(stops >= 3, `${stops} stops`);
      const all: readonly Call[] = reader.after(1, null, 1_000).filter((call) => matches(longOnes, call, nobody));
      const expected: readonly number[] = all.map(({ id }) => id);
      assert.deepEqual(ids, order === "newest-first" ? expected : expected.toReversed());
      assert.deepEqual(reader.after(1, null, 1_000, longOnes), all);
    }
  }));

it("a count and a page that would look at too many calls say so and are no more than the truth", () =>
  withBounded((reader) => {
    assert.deepEqual(reader.count(1, longOnes), { count: 0, isExact: false, scanned: 10 });
    const counts = reader.counts(1, { filter: longOnes, by: "type", timeZone: "UTC" });
    assert.deepEqual(counts, { groups: [], isExact: false, scanned: 10 });
    const page = reader.page(1, 0, 10, longOnes);
    assert.deepEqual([page.calls, page.totalCount, page.isBounded], [[], 0, true]);
  }));

it("a filter on direction, type, line, archived state and time never looks at calls one by one, whatever the bounds", () =>
  withBounded((reader) => {
    const filter: CallFilter = {
      kind: "and",
      of: [
        {
          kind: "or",
          of: [
            { kind: "type", in: ["missed"] },
            { kind: "not", of: { kind: "line", in: ["line 1"] } },
          ],
        },
        { kind: "created", fromMs: noonMs - 40 * hourMs + 1, beforeMs: Number.MAX_SAFE_INTEGER },
      ],
    };
    const expected = reader.after(1, null, 1_000).filter((call) => matches(filter, call, nobody));
    assert.deepEqual(reader.count(1, filter), { count: expected.length, isExact: true, scanned: 0 });
    const { calls, isBounded } = reader.page(1, 5, 1_000, filter);
    assert.deepEqual([calls, isBounded], [expected.slice(5), undefined]);
  }));

it("what is to be archived under such a filter is found by its index, wherever the calls lie", () =>
  withBounded((reader) => {
    const filter: CallFilter = {
      kind: "and",
      of: [
        { kind: "line", in: ["line 1"] },
        { kind: "type", in: ["missed"] },
        { kind: "created", fromMs: 0, beforeMs: noonMs - 30 * hourMs },
        { kind: "archived", is: false },
      ],
    };
    const walked = reader.walk(1, { filter, order: "newest-first", after: null, before: null, limit: 500 });
    assert.deepEqual(walked, {
      calls: reader.after(1, null, 1_000).filter((call) => matches(filter, call, nobody)),
      hasMore: false,
      stoppedAt: null,
    });
    assert.ok(walked.calls.length > 3);
  }));

/** Calls each an hour older than the one before; the longest are the oldest. */
async function withBounded(run: (reader: ReturnType<typeof createCallReader>) => void): Promise<void> {
  await withFile(async ({ file, open }) => {
    const storage = await open();
    for (let at = 0; at < callCount; at++) {
      const callType = at % 2 === 0 ? "missed" : "answered";
      await logCall(storage, { startedAtMs: noonMs - at * hourMs, durationMs: at, callType, via: `line ${at % 3}` });
    }
    await storage.close();
    const db = new DatabaseSync(file);
    addSearchFunctions(db);
    try {
      run(createCallReader(db, createSnapshot(db), bounds));
    } finally {
      db.close();
    }
  });
}
