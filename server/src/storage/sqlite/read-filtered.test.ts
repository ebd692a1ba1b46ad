import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { it } from "node:test";
import type { Call, FeedPosition } from "../../domain/call.ts";
import { type CallFilter, matches } from "../../domain/filter.ts";
import { nobody } from "../../domain/other-end.ts";
import type { CallStretch } from "../../domain/storage.ts";
import { hourMs, logCall, noonMs, writing } from "../contract-samples.ts";
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

it("words that few calls have are found wherever those lie: in a name, in a note, or one in each", () =>
  withFile(async ({ file, open }) => {
    const storage = await open();
    const numbers = Array.from({ length: 3 }, (_, at) => `+44207946010${at}`);
    for (let at = 0; at < callCount; at++) {
      const notes = at === 58 ? ["rare and plain"] : at % 2 === 0 ? ["plain"] : [];
      const from = at > 56 ? numbers[at - 57] : "+442079460199";
      await logCall(storage, { startedAtMs: noonMs - at * hourMs, from: from ?? null, notes });
    }
    for (const [at, e164] of numbers.entries()) {
      const contact = { id: `c${at}`, name: `Anna ${"xyz"[at]}`, company: null, numbers: [{ e164, label: null }] };
      await storage.contacts.add(writing(), contact);
    }
    await storage.close();
    const db = new DatabaseSync(file);
    addSearchFunctions(db);
    try {
      const reader = createCallReader(db, createSnapshot(db), bounds);
      for (const [words, ids] of [
        [["anna"], [58, 59, 60]],
        [["anna", "y"], [59]],
        [["anna", "plain"], [59]],
        [["rare"], [59]],
        [["rare", "anna", "y"], [59]],
        [["plain", "x"], []],
      ] as const) {
        const walk = {
          filter: { kind: "text", words },
          order: "newest-first",
          after: null,
          before: null,
          limit: 9,
        } as const;
        const { calls, stoppedAt } = reader.walk(1, walk);
        assert.deepEqual([calls.map(({ id }) => id), stoppedAt], [ids, null], words.join(" "));
        assert.equal(reader.count(1, walk.filter).isExact, true);
      }
    } finally {
      db.close();
    }
  }));

it("calls that a person has yet to read are found wherever they lie, and counted in full while they are few", () =>
  withFile(async ({ file, open }) => {
    const storage = await open();
    const ids: number[] = [];
    for (let at = 0; at < callCount; at++) {
      ids.push((await logCall(storage, { startedAtMs: noonMs - at * hourMs })).id);
    }
    const [older = 0, oldest = 0] = ids.slice(-2);
    await storage.unread.readAll(1, "bob");
    await storage.unread.set(1, "bob", [older], true);
    await storage.calls.addNote(writing(), oldest, "from anna");
    await storage.close();
    const db = new DatabaseSync(file);
    addSearchFunctions(db);
    try {
      const reader = createCallReader(db, createSnapshot(db), bounds);
      const filter = { kind: "unread", userId: "bob", is: true } as const;
      const found = reader.walk(1, { filter, order: "newest-first", after: null, before: null, limit: 9 });
      assert.deepEqual([found.calls.map(({ id }) => id), found.stoppedAt], [[older, oldest], null]);
      assert.deepEqual(reader.count(1, filter), { count: 2, isExact: true, scanned: 2 });
      // Who never read anything has more than are looked up.
      assert.equal(reader.count(1, { ...filter, userId: "carl" }).isExact, false);
    } finally {
      db.close();
    }
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
