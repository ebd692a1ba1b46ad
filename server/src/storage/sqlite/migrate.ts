import type { DatabaseSync } from "node:sqlite";
import { DomainError } from "../../domain/errors.ts";
import { newEpoch } from "../epoch.ts";
import { first } from "./migrations/0001-first.ts";
import { people } from "./migrations/0002-people.ts";
import { edits } from "./migrations/0003-edits.ts";
import { views } from "./migrations/0006-views.ts";
import { contacts } from "./migrations/0005-contacts.ts";
import { returns } from "./migrations/0007-returns.ts";
import { numberKeys } from "./migrations/0008-number-keys.ts";
import { search } from "./migrations/0004-search.ts";
import { unread } from "./migrations/0009-unread.ts";
import { webhooks } from "./migrations/0010-webhooks.ts";
import { audit } from "./migrations/0011-audit.ts";
import { retention } from "./migrations/0012-retention.ts";

/** One step forward; the versions grow and are kept in the file as `user_version`. */
export type Migration = {
  readonly version: number;
  run(db: DatabaseSync, at: { readonly nowMs: number; readonly epoch: string; readonly tell: Tell }): void;
};

/** Is told what a step that takes long on a large file is at. */
export type Tell = (progress: string) => void;

const migrations: readonly Migration[] = [
  first,
  people,
  edits,
  search,
  contacts,
  views,
  returns,
  numberKeys,
  unread,
  webhooks,
  audit,
  retention,
];

/** The schema that this version of the product reads and writes. */
export const schemaVersion = Math.max(...migrations.map(({ version }) => version));

/** "Ring" in ASCII: marks the file as ours, for `file` and for us. */
const applicationId = 0x52_69_6e_67;

/**
 * Brings the file to {@link schemaVersion}, all steps in one transaction, so that it has either the old schema or the new one.
 * Several processes may do it at once, and one that is killed in the middle leaves the file as it was.
 * @throws DomainError STORAGE_TOO_NEW, or STORAGE_CORRUPT when the file is another program's database.
 */
export function migrate(db: DatabaseSync, nowMs: number, tell: Tell = () => {}): void {
  if (checkSchema(db) === schemaVersion) return;
  db.exec("BEGIN IMMEDIATE");
  try {
    const current = checkSchema(db);
    const missing = migrations.filter(({ version }) => version > current);
    for (const migration of missing)
      migration.run(db, { nowMs, epoch: newEpoch(), tell: current === 0 ? () => {} : tell });
    db.exec(`PRAGMA application_id = ${applicationId}; PRAGMA user_version = ${schemaVersion}; COMMIT`);
  } catch (error) {
    if (db.isTransaction) db.exec("ROLLBACK");
    throw error;
  }
}

/** The schema version of the file; 0 for an empty one. @throws DomainError as {@link migrate}. */
export function checkSchema(db: DatabaseSync): number {
  const { user_version: version } = db.prepare("PRAGMA user_version").get() as { user_version: number };
  const { application_id: owner } = db.prepare("PRAGMA application_id").get() as { application_id: number };
  const { tables } = db.prepare("SELECT count(*) AS tables FROM sqlite_schema").get() as { tables: number };
  if (owner !== applicationId && (owner !== 0 || tables > 0)) {
    throw new DomainError("STORAGE_CORRUPT", "The database file was made by another program.");
  }
  if (version > schemaVersion) {
    throw new DomainError(
      "STORAGE_TOO_NEW",
      `The database has schema ${version}, this version of Ringback knows ${schemaVersion}: start the newer version.`,
    );
  }
  return version;
}
