import type postgres from "postgres";
import { DomainError } from "../../domain/errors.ts";
import { newEpoch } from "../epoch.ts";
import { type Statements, statementsOf } from "./connection.ts";
import { first } from "./migrations/0001-first.ts";
import { contacts } from "./migrations/0002-contacts.ts";
import { returns } from "./migrations/0003-returns.ts";
import { numberKeys } from "./migrations/0004-number-keys.ts";
import { nodes } from "./migrations/0005-nodes.ts";
import { unread } from "./migrations/0006-unread.ts";
import { webhooks } from "./migrations/0007-webhooks.ts";
import { audit } from "./migrations/0008-audit.ts";
import { retention } from "./migrations/0009-retention.ts";
import { callsOfANumber } from "./migrations/0010-calls-of-a-number.ts";

/** One step forward; the versions grow and the last one is kept in `schema_version`. */
export type Migration = {
  readonly version: number;
  run(tx: Statements, at: { readonly nowMs: number; readonly epoch: string }): Promise<void>;
};

const migrations: readonly Migration[] = [
  first,
  contacts,
  returns,
  numberKeys,
  nodes,
  unread,
  webhooks,
  audit,
  retention,
  callsOfANumber,
];

/** The schema that this version of the product reads and writes. */
export const schemaVersion = Math.max(...migrations.map(({ version }) => version));

/** "Ring" in ASCII: whoever migrates holds this lock of the database. */
const migrationLock = 0x52_69_6e_67;

/**
 * Brings the database to {@link schemaVersion}, all steps in one transaction. Of several nodes that start at once one does it
 * and the others wait. @throws DomainError STORAGE_TOO_NEW, or STORAGE_CORRUPT when another program's tables are there.
 */
export async function migrate(sql: postgres.Sql, nowMs: number): Promise<void> {
  const tx = statementsOf(sql);
  if ((await checkSchema(tx)) === schemaVersion) return;
  // Changing a schema may take longer than any statement of every day.
  await tx.script(`BEGIN READ WRITE; SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = 0;
    SET LOCAL idle_in_transaction_session_timeout = 0; SELECT pg_advisory_xact_lock(${migrationLock})`);
  try {
    const current = await checkSchema(tx);
    if (current === 0) await tx.script("CREATE TABLE schema_version (version INTEGER PRIMARY KEY)");
    for (const migration of migrations.filter(({ version }) => version > current)) {
      // oxlint-disable-next-line no-await-in-loop -- each builds on the one before
      await migration.run(tx, { nowMs, epoch: newEpoch() });
    }
    await tx.script(`DELETE FROM schema_version; INSERT INTO schema_version VALUES (${schemaVersion}); COMMIT`);
  } catch (error) {
    await tx.script("ROLLBACK").catch(() => undefined);
    throw error;
  }
}

/** The schema version of the database; 0 for an empty one. @throws DomainError as {@link migrate}. */
export async function checkSchema(statements: Statements): Promise<number> {
  const found = await statements.get<{ ours: boolean; others: boolean }>(`SELECT
    to_regclass('schema_version') IS NOT NULL AND to_regclass('workspaces') IS NOT NULL AS ours,
    to_regclass('workspaces') IS NOT NULL OR to_regclass('calls') IS NOT NULL AS others`);
  if (found?.ours !== true) {
    if (found?.others === true) {
      throw new DomainError(
        "STORAGE_CORRUPT",
        "The database holds tables of another program: give the server its own.",
      );
    }
    return 0;
  }
  const row = await statements.get<{ version: number }>("SELECT version FROM schema_version");
  const version = row?.version ?? 0;
  if (version > schemaVersion) {
    throw new DomainError(
      "STORAGE_TOO_NEW",
      `The database has schema ${version}, this version of Ringback knows ${schemaVersion}: start the newer version.`,
    );
  }
  return version;
}
