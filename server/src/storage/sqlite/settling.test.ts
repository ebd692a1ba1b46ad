import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { it } from "node:test";
import { hourMs, logCall, noonMs } from "../contract-samples.ts";
import { logMissed, settled } from "../returns.contract.ts";
import { openSqliteStorage } from "./open.ts";
import { withFile } from "./sqlite-samples.ts";

it("a settling that the database refuses is told once, rests, and goes on after a later write", () =>
  withFile(async ({ file }) => {
    const told = Promise.withResolvers<void>();
    const errors: unknown[] = [];
    const log = {
      error(fields: object): void {
        errors.push(fields);
        told.resolve();
      },
    };
    const storage = await openSqliteStorage({ file, clock: { now: () => 0 }, log });
    const beside = new DatabaseSync(file, { timeout: 5_000 });
    try {
      await logMissed(storage, 620);
      // As the triggers of a database that has been moved away.
      beside.exec("CREATE TRIGGER away BEFORE DELETE ON return_work BEGIN SELECT RAISE(ABORT, 'moved'); END");
      await logCall(storage, { direction: "outbound", to: "+442079460123", startedAtMs: noonMs + hourMs });
      await told.promise;
      await logCall(storage);
      assert.notEqual(storage.calls.unsettled(1), 0);
      beside.exec("DROP TRIGGER away");
      await logCall(storage);
      await settled(storage);
      assert.deepEqual((await storage.check()).problems, []);
    } finally {
      beside.close();
      await storage.close();
    }
    assert.equal(errors.length, 1);
  }));
