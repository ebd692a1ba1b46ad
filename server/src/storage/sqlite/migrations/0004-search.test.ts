import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { it } from "node:test";
import { logCalls, noonMs, writing } from "../../contract-samples.ts";
import { openForWriting } from "../connection.ts";
import { checkSchema, migrate, schemaVersion } from "../migrate.ts";
import { withFile } from "../sqlite-samples.ts";

/** Makes the file what it was before there were searches. */
function takeSearchAway(file: string): void {
  const db = new DatabaseSync(file);
  db.exec(`DROP INDEX calls_by_kind; DROP INDEX calls_by_line; DROP INDEX calls_by_caller; DROP INDEX calls_by_callee;
    DROP TABLE number_runs; DROP TABLE note_words; DROP TABLE numbers; PRAGMA user_version = 1`);
  db.close();
}

it("a filled file of the first version has all of its calls and notes in the index after the update", () =>
  withFile(async ({ file, open }) => {
    const before = await open();
    await logCalls(before, [noonMs, noonMs + 1]);
    await before.calls.addNote(writing(), 1, "Rückruf erbeten");
    await before.close();
    takeSearchAway(file);

    const after = await open();
    assert.deepEqual((await after.check()).problems, []);
    const found = await after.calls.page(1, 0, 10, { kind: "text", words: ["ruckruf"] });
    assert.deepEqual(
      found.calls.map(({ id }) => id),
      [1],
    );
    const [call] = (await after.calls.page(1, 0, 1)).calls;
    const digits = call?.from.replaceAll(/\D/g, "").slice(-6) ?? "";
    assert.equal((await after.calls.count(1, { kind: "number", anyOf: [digits] })).count > 0, true);
    await after.close();
  }));

it("an update that ends in the middle leaves the file as it was, and the next one does it whole", () =>
  withFile(async ({ file, open }) => {
    const before = await open();
    await logCalls(before, [noonMs]);
    await before.close();
    takeSearchAway(file);

    const db = openForWriting(file);
    const told: string[] = [];
    const stop = (progress: string) => {
      told.push(progress);
      if (progress === "numbers") throw new Error("killed");
    };
    assert.throws(() => migrate(db, 0, stop), /killed/);
    assert.equal(checkSchema(db), 1);
    assert.deepEqual(db.prepare("SELECT name FROM sqlite_schema WHERE name IN ('calls_by_kind', 'numbers')").all(), []);
    migrate(db, 0, (progress) => told.push(progress));
    assert.equal(checkSchema(db), schemaVersion);
    db.close();
    assert.equal(told.includes("index by line"), true);

    const after = await open();
    assert.deepEqual((await after.check()).problems, []);
    await after.close();
  }));
