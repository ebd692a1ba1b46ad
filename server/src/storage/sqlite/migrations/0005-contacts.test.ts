import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { it } from "node:test";
import { withFile } from "../sqlite-samples.ts";
import { first } from "./0001-first.ts";

it("a file of the first version gets contacts and countries, and keeps its calls", () =>
  withFile(async ({ file, open }) => {
    const db = new DatabaseSync(file);
    first.run(db, { nowMs: 0, epoch: "abc", tell() {} });
    db.exec("PRAGMA user_version = 1; PRAGMA application_id = 0x52696e67");
    db.exec(`INSERT INTO sources VALUES (1, 'pbx', 'PBX', 'generic', 'hash', 0);
      INSERT INTO calls (workspace_id, id, direction, caller, callee, via, duration_ms, call_type, is_archived, created_at_ms)
        VALUES (1, 1, 'inbound', '030 901820', '1001', '', 0, 'missed', 0, 0);
      INSERT INTO source_calls VALUES (1, 'pbx', 'g', 1, '{}', 0)`);
    db.close();
    const storage = await open();
    assert.equal(await storage.contacts.revision(1), 0);
    await storage.numbers.setCountry(1, "pbx", "DE", 0);
    assert.equal(await storage.numbers.countryOf(1, 1), "DE");
    assert.equal((await storage.calls.find(1, 1))?.from, "030 901820");
    await storage.close();
  }));
