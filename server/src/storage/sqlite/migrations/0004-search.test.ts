import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { it } from "node:test";
import { openForWriting } from "../connection.ts";
import { checkSchema, migrate, schemaVersion } from "../migrate.ts";
import { withFile } from "../sqlite-samples.ts";

/** What a server of version 1 had written, with three calls and three notes. */
const filled = readFileSync(new URL("version-1.sql", import.meta.url), "utf8");

it("a filled file of the first version has all of its calls and notes in the index after the update", () =>
  withFile(async ({ file, open }) => {
    fill(file);
    const storage = await open();
    assert.deepEqual((await storage.check()).problems, []);
    const found = await storage.calls.page(1, 0, 10, { kind: "text", words: ["umlaut"] });
    assert.deepEqual(
      found.calls.map(({ id }) => id),
      [1],
    );
    assert.equal((await storage.calls.count(1, { kind: "number", anyOf: ["550102"] })).count, 1);
    await storage.close();
  }));

it("an update that ends in the middle leaves the file as it was, and the next one does it whole", () =>
  withFile(async ({ file, open }) => {
    fill(file);
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

    const storage = await open();
    assert.deepEqual((await storage.check()).problems, []);
    await storage.close();
  }));

function fill(file: string): void {
  const db = new DatabaseSync(file);
  db.exec(filled);
  db.close();
}
