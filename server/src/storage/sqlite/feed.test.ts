import assert from "node:assert/strict";
import type { DatabaseSync, StatementSync } from "node:sqlite";
import { it } from "node:test";
import { hourMs, noonMs } from "../contract-samples.ts";
import { openForWriting } from "./connection.ts";
import { createFeed } from "./feed.ts";
import { migrate } from "./migrate.ts";
import { createCallReader } from "./read-calls.ts";
import { createSnapshot } from "./snapshot.ts";
import { bucketOf, spans } from "../spans.ts";
import { withFile } from "./sqlite-samples.ts";

/** As many calls as counts say, without a row for each: enough to look at how a place in the feed is found. */
const callsPerHour = 10;
const hours = 100_000;

it("the start of any page is found by its bucket counts alone, the same few rows for any offset of a million", () =>
  withFeed(async ({ db, rowsRead }) => {
    const total = callsPerHour * hours;
    const feed = createFeed(db);
    assert.equal(feed.count(1), total);
    for (const offset of [0, 1, 9, 10, 999, 123_456, 500_000, 900_000, total - 1]) {
      const before = rowsRead();
      const { beforeMs, skip } = feed.seek(1, offset, offset); // another revision each time: nothing is kept
      assert.ok(skip < callsPerHour || offset === 0, "what is left to skip lies within one hour");
      if (offset > 0) assert.equal(beforeMs, noonMs - (Math.floor(offset / callsPerHour) - 1) * hourMs);
      assert.ok(rowsRead() - before <= 12 + 32 + 32 + 24, `${rowsRead() - before} buckets for offset ${offset}`);
    }
  }));

it("a page takes the same statements at every offset", () =>
  withFeed(async ({ db, statementsRun }) => {
    const counts = [1, 10, 500_000, 900_000].map((offset) => {
      // A new one each time: one that has found a place before keeps what it read on the way.
      const reader = createCallReader(db, createSnapshot(db));
      const before = statementsRun();
      reader.page(1, offset, 10);
      return statementsRun() - before;
    });
    assert.deepEqual(counts, [counts[0], counts[0], counts[0], counts[0]]);
    assert.ok((counts[0] ?? 0) <= 10);
  }));

it("no statement of the feed scans calls, notes or counts; skipping touches the index alone", () =>
  withFeed(async ({ db, prepared }) => {
    createCallReader(db, createSnapshot(db));
    const statements = prepared.filter((sql) => sql.startsWith("SELECT"));
    assert.ok(statements.length >= 8);
    for (const sql of statements) {
      const plan = db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all() as { detail: string }[];
      for (const { detail } of plan) assert.doesNotMatch(detail, /^SCAN (calls|notes|feed_counts|rollups|c)\b/, sql);
      const walk = plan.find(({ detail }) => detail.includes("calls_feed"));
      if (sql.includes("OFFSET")) assert.match(walk?.detail ?? "", /USING COVERING INDEX calls_feed/);
    }
  }));

type Recorded = {
  readonly db: DatabaseSync;
  readonly prepared: readonly string[];
  readonly rowsRead: () => number;
  readonly statementsRun: () => number;
};

/** A real file with the counts of a million calls, through a connection that records what it is asked. */
async function withFeed(run: (recorded: Recorded) => Promise<void>): Promise<void> {
  await withFile(async ({ file }) => {
    const db = openForWriting(file);
    migrate(db, 0);
    fill(db);
    const prepared: string[] = [];
    let [rows, runs] = [0, 0];
    const recording = new Proxy(db, {
      get(target, name) {
        const value: unknown = Reflect.get(target, name, target);
        if (name !== "prepare") return typeof value === "function" ? value.bind(target) : value;
        return (sql: string) => {
          prepared.push(sql);
          return recordingStatement(target.prepare(sql));
        };
      },
    });
    try {
      await run({ db: recording, prepared, rowsRead: () => rows, statementsRun: () => runs });
    } finally {
      db.close();
    }

    function recordingStatement(statement: StatementSync): StatementSync {
      return new Proxy(statement, {
        get(target, name) {
          const value: unknown = Reflect.get(target, name, target);
          if (typeof value !== "function") return value;
          return (...args: unknown[]) => {
            runs++;
            const answer: unknown = Reflect.apply(value, target, args);
            return name === "iterate" ? counting(answer as Iterable<unknown>) : answer;
          };
        },
      });
    }

    function* counting(answer: Iterable<unknown>): Generator<unknown> {
      for (const row of answer) {
        rows++;
        yield row;
      }
    }
  });
}

function fill(db: DatabaseSync): void {
  const insert = db.prepare("INSERT INTO feed_counts VALUES (1, ?, ?, ?)");
  db.exec("BEGIN");
  for (const { span, ms } of spans) {
    const counts = new Map<number, number>();
    for (let hour = 0; hour < hours; hour++) {
      const bucket = bucketOf(noonMs - hour * hourMs, ms);
      counts.set(bucket, (counts.get(bucket) ?? 0) + callsPerHour);
    }
    for (const [bucket, count] of counts) insert.run(span, bucket, count);
  }
  db.exec("COMMIT");
}
