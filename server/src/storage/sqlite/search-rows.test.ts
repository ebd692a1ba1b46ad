import assert from "node:assert/strict";
import { it } from "node:test";
import * as fc from "fast-check";
import { logCalls, noonMs, writing } from "../contract-samples.ts";
import { searches } from "./check-search.ts";
import { openForWriting } from "./connection.ts";
import { createSearchRows } from "./search-rows.ts";
import { withFile } from "./sqlite-samples.ts";

const texts = fc.constantFrom("Rückruf am Montag", "call back on Monday", "4711", "", "…");

it("the index has the notes that there are, in whatever way they came, changed, went or were taken back", () =>
  withFile(async ({ file, open }) => {
    const storage = await open();
    await logCalls(storage, [noonMs]);
    await storage.close();
    const db = openForWriting(file);
    const rows = createSearchRows(db);
    const read = db.prepare("SELECT content FROM notes WHERE row = ?");
    const put = db.prepare(`INSERT INTO notes (row, workspace_id, id, call_id, content, revision)
      VALUES (?1, 1, ?1, 1, ?2, 1) ON CONFLICT (row) DO UPDATE SET content = excluded.content`);
    const remove = db.prepare("DELETE FROM notes WHERE row = ?");
    const write = fc.record({
      changes: fc.array(fc.tuple(fc.integer({ min: 1, max: 4 }), fc.option(texts)), { maxLength: 5 }),
      fails: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(fc.array(write, { maxLength: 4 }), { maxLength: 6 }), (transactions) => {
        if (db.isTransaction) db.exec("ROLLBACK");
        for (const writes of transactions) {
          db.exec("BEGIN IMMEDIATE");
          rows.begin();
          for (const { changes, fails } of writes) {
            db.exec("SAVEPOINT write");
            rows.mark();
            for (const [row, after] of changes) {
              const before = (read.get(row) as { content: string } | undefined)?.content ?? null;
              if (after === null) remove.run(row);
              else put.run(row, after);
              rows.note(row, before, after);
            }
            db.exec(fails ? "ROLLBACK TO write; RELEASE write" : "RELEASE write");
            if (fails) rows.revert();
          }
          rows.flush();
          db.exec("COMMIT");
        }
        assert.deepEqual(check(), []);
      }),
      { numRuns: 60 },
    );
    db.close();

    function check(): readonly string[] {
      try {
        return searches(db);
      } finally {
        db.exec("DROP TABLE temp.number_runs_terms; DROP TABLE temp.note_words_terms");
      }
    }
  }));

it("a write that fails leaves nothing in the index, its neighbours do", () =>
  withFile(async ({ open }) => {
    const storage = await open();
    await logCalls(storage, [noonMs]);
    await Promise.allSettled([
      storage.calls.addNote(writing(), 1, "first"),
      storage.calls.addNote(writing(), 404, "lost"),
      storage.calls.addNote(writing(), 1, "second"),
    ]);
    assert.deepEqual((await storage.check()).problems, []);
    for (const [word, count] of [
      ["first", 1],
      ["lost", 0],
      ["second", 1],
    ] as const) {
      assert.equal((await storage.calls.page(1, 0, 10, { kind: "text", words: [word] })).totalCount, count, word);
    }
    await storage.close();
  }));
