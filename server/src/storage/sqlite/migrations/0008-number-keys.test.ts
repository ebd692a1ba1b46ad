import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { it } from "node:test";
import { logCall, noonMs } from "../../contract-samples.ts";
import { settled } from "../../returns.contract.ts";
import { withFile } from "../sqlite-samples.ts";

it("a file that has default countries already gets the keys of its calls once it is open", () =>
  withFile(async ({ file, open }) => {
    // Numbers are compared by their text alone here, as in the version before.
    const before = await open();
    await before.numbers.setCountry(1, null, "GB", 0);
    await logCall(before, { direction: "inbound", callType: "missed", from: "020 7946 0123" });
    await logCall(before, { direction: "outbound", to: "+442079460123", startedAtMs: noonMs + 1 });
    assert.equal((await before.calls.find(1, 1))?.returned, "waiting");
    await before.close();
    const db = new DatabaseSync(file);
    db.exec(`DROP TABLE number_keys; DROP TABLE key_work; DROP TABLE call_news; DROP TABLE read_floors; DROP TABLE call_reads;
      DROP TABLE webhook_deliveries; DROP TABLE webhooks; DROP TABLE audit_events; DROP TABLE deleted_groups;
       DROP INDEX idempotency_keys_of_call;
      ALTER TABLE workspace_settings DROP COLUMN calls_kept_days;
      PRAGMA user_version = 7`);
    db.close();
    const storage = await open({ numberPlans: import.meta.resolve("../../../numbers/number-plans.ts") });
    await settled(storage);
    assert.equal((await storage.calls.otherEnds(1, [1])).get(1)?.key, "+442079460123");
    assert.deepEqual((await storage.check()).problems, []);
    await storage.close();
  }));
