import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { test } from "node:test";
import { pageAnswer } from "./answers.ts";
import { ndjson } from "./ndjson.ts";
import { makePeerSqlite } from "./peer-sqlite.ts";

const count = 1_234;

test("the SQLite file holds the calls and notes that the expected answers are made from", () => {
  const folder = mkdtempSync(join(tmpdir(), "bench-data-"));
  const file = join(folder, "calls.sqlite");
  makePeerSqlite(file, count);
  const db = new DatabaseSync(file);
  const newest = db.prepare("SELECT * FROM calls ORDER BY created_at DESC, id DESC LIMIT 25 OFFSET 700");
  const notes = db.prepare("SELECT content FROM notes WHERE call_id = ? ORDER BY id DESC");
  const nodes = newest.all().map((call) =>
    Object.assign(call, {
      notes: notes.all(Number(call["id"])).map(({ content }) => ({ content })),
      id: String(call["id"]),
      is_archived: call["is_archived"] === 1,
    }),
  );
  db.close();
  rmSync(folder, { recursive: true });
  assert.deepEqual(JSON.parse(JSON.stringify(nodes)), pageAnswer(count, 700, 25).nodes);
});

test("the file for import has a line a call, oldest first, notes newest first", () => {
  const lines = [...ndjson(count)].join("").trimEnd().split("\n");
  assert.equal(lines.length, count);
  const newest = JSON.parse(lines.at(-1) ?? "") as { id: string; notes: string[] };
  const [expected] = pageAnswer(count, 0, 1).nodes;
  assert.equal(newest.id, expected?.id);
  assert.deepEqual(
    newest.notes,
    expected?.notes.map(({ content }) => content),
  );
});
