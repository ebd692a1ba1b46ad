import { numberKey } from "../../server/src/domain/number-key.ts";
import { createCallKeys } from "../../server/src/storage/sqlite/call-keys.ts";
import { openForWriting } from "../../server/src/storage/sqlite/connection.ts";
import { createLedger } from "../../server/src/storage/sqlite/ledger.ts";
import { migrate } from "../../server/src/storage/sqlite/migrate.ts";
import { createCallWriter } from "../../server/src/storage/sqlite/write-calls.ts";
import { createReturnWriter } from "../../server/src/storage/sqlite/write-returns.ts";
import { callsBetween } from "./calls.ts";

const callsPerCommit = 20_000;
const author = { workspaceId: 1, actor: { kind: "source", id: "bench" }, atMs: 0 } as const;

/**
 * Makes a database of the product with the first `count` calls of the workload, by its own statements but without the server, its
 * deliveries and its waiting for the disk.
 */
export function writeRingbackDatabase(file: string, count: number): void {
  const db = openForWriting(file);
  try {
    migrate(db, 0);
    db.exec("PRAGMA synchronous = OFF");
    const ledger = createLedger(db);
    const returns = createReturnWriter(
      db,
      { settled: Number.MAX_SAFE_INTEGER, looked: Number.MAX_SAFE_INTEGER },
      createCallKeys(db, ledger, numberKey),
    );
    const writer = createCallWriter(db, ledger, returns);
    for (let from = 0; from < count; from += callsPerCommit) {
      db.exec("BEGIN IMMEDIATE");
      ledger.begin();
      ledger.mark();
      returns.begin();
      for (const { id: _, notes, ...call } of callsBetween(from, Math.min(from + callsPerCommit, count))) {
        writer.logCall(author, call, notes);
      }
      returns.settle(author, writer.setReturned);
      ledger.flush();
      db.exec("COMMIT");
    }
    db.exec("PRAGMA wal_checkpoint(TRUNCATE)");
  } finally {
    db.close();
  }
}
