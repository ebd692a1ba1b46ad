import { randomUUID } from "node:crypto";
import { createKeyRing } from "./auth/keys.ts";
import { createPasswords } from "./auth/passwords.ts";
import { systemSecrets } from "./auth/secrets.ts";
import type { Config } from "./config.ts";
import { createContactFiles } from "./contacts/contact-files.ts";
import { type Backup, type DatabaseConfig, openDatabase } from "./database.ts";
import { type Contacts, contactUseCases } from "./domain/contacts.ts";
import { createIntake, type Intake } from "./domain/intake.ts";
import { createPhoneNumbers } from "./domain/phone-numbers.ts";
import type { Clock, Passwords, Secrets } from "./domain/ports.ts";
import type { Storage } from "./domain/storage.ts";
import type { Reading } from "./ingest/reading.ts";
import { createLog } from "./log.ts";
import { createNumberPlans } from "./numbers/number-plans.ts";

/** What works on a data folder without serving it: the commands that run beside a server. */
export type Parts = {
  readonly storage: Storage;
  readonly intake: Intake;
  readonly passwords: Passwords;
  readonly secrets: Secrets;
  readonly contacts: Contacts;
  /** Reads a call in the product's own format, strictly. @param raw the text as it came, to be kept. */
  readonly readCall: (value: unknown, raw?: string) => Reading;
  /**
   * Copies the database, while it is used, into a new SQLite file, as a history of its own. @throws DomainError CONFLICT, STORAGE_FULL,
   * STORAGE_READ_ONLY
   */
  readonly backup: Backup;
  /** New keys sign from now on. @throws DomainError RATE_LIMITED, BAD_CONFIGURATION, STORAGE_FULL, STORAGE_READ_ONLY */
  readonly rotateKeys: () => void;
  close(): Promise<void>;
};

/**
 * Opens the parts on the data folder (which must exist) and on the database that is named, or the file in the folder; what is
 * missing in the database is made. @throws DomainError STORAGE_*, UNAVAILABLE, BAD_CONFIGURATION
 */
export async function openParts(config: DatabaseConfig & Pick<Config, "keysSecret" | "logLevel">): Promise<Parts> {
  const { readGenericCall } = await import("./ingest/generic.ts");
  const log = createLog(config.logLevel);
  const clock: Clock = { now: Date.now };
  const { storage, backup } = await openDatabase(config, clock, log);
  return {
    storage,
    intake: createIntake({ storage, clock }),
    passwords: createPasswords(),
    secrets: systemSecrets,
    contacts: contactUseCases({
      storage,
      phoneNumbers: createPhoneNumbers(createNumberPlans()),
      files: createContactFiles(),
      clock,
      newId: randomUUID,
    }),
    readCall: (value, raw) => readGenericCall(value, { strict: true, raw }),
    backup,
    rotateKeys() {
      const report = (error: unknown) => log.warn({ err: error }, "the signing keys could not be rotated");
      createKeyRing({ folder: config.data, sealingSecret: config.keysSecret, clock, report }).rotate();
    },
    close: () => storage.close(),
  };
}
