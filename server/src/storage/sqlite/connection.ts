import { DatabaseSync } from "node:sqlite";
import { DomainError } from "../../domain/errors.ts";
import { addSearchFunctions } from "./search-functions.ts";

/** How durable a writing connection is; both are asserted when it is opened. */
export type Durability = { readonly journalMode: "wal"; readonly synchronous: "full" };

/** For how long a connection waits for another process that writes, in milliseconds. */
const busyTimeoutMs = 5_000;

/** Page cache of a connection, in KiB. The writer touches pages all over the file, and each that is not at hand is a read of the file. */
const cacheKib = { writing: 32_768, reading: 16_384 };

/**
 * Pages in the log before a commit folds them into the file, at the latest. More than the 1,000 of SQLite: where writes never pause (an
 * import), pages that several commits touch are then folded once. Where they do pause, see {@link foldLog}.
 */
const checkpointPages = 16_384;

/**
 * A connection that commits durably: write-ahead log, and an fsync before each commit returns. `synchronous` belongs to the
 * connection, not to the file, so it is set and read back here, for each.
 * @throws DomainError UNAVAILABLE when the file system cannot give that; errors of SQLite as they are.
 */
export function openForWriting(file: string): DatabaseSync {
  const db = new DatabaseSync(file, { timeout: busyTimeoutMs });
  try {
    // fullfsync matters on macOS, where fsync alone leaves the drive's cache.
    db.exec(`PRAGMA synchronous = FULL; PRAGMA fullfsync = ON; PRAGMA checkpoint_fullfsync = ON;
      PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -${cacheKib.writing};
      PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = ${checkpointPages};
      PRAGMA journal_size_limit = 67108864`);
    assertDurable(db);
    addSearchFunctions(db);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/**
 * Folds the log into the file as far as readers allow, so that the next commits write over it from its beginning: an fsync
 * takes half the time of one that makes the log longer, measured on ext4.
 */
export function foldLog(db: DatabaseSync): void {
  db.exec("PRAGMA wal_checkpoint(PASSIVE)");
}

/** A connection that only reads. Each statement, or each transaction, sees the last commit of any process. */
export function openForReading(file: string): DatabaseSync {
  const db = new DatabaseSync(file, { readOnly: true, timeout: busyTimeoutMs });
  try {
    db.exec(`PRAGMA temp_store = MEMORY; PRAGMA cache_size = -${cacheKib.reading}`);
    addSearchFunctions(db);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/** @throws DomainError UNAVAILABLE when the connection would acknowledge what a power cut can take back. */
export function assertDurable(db: DatabaseSync): Durability {
  const { journal_mode: journalMode } = db.prepare("PRAGMA journal_mode").get() as { journal_mode: string };
  const { synchronous } = db.prepare("PRAGMA synchronous").get() as { synchronous: number };
  if (journalMode !== "wal" || synchronous !== 2) {
    throw new DomainError(
      "UNAVAILABLE",
      `The database cannot be written durably here (journal mode ${journalMode}, synchronous ${synchronous}): use a local disk.`,
    );
  }
  return { journalMode, synchronous: "full" };
}
