import { join } from "node:path";
import { createKeyRing } from "./auth/keys.ts";
import { createPasswords } from "./auth/passwords.ts";
import type { Config } from "./config.ts";
import { createIntake, type Intake } from "./domain/intake.ts";
import type { Clock, Passwords } from "./domain/ports.ts";
import type { Storage } from "./domain/storage.ts";
import { readGenericCall } from "./ingest/generic.ts";
import type { Reading } from "./ingest/reading.ts";
import { createLog } from "./log.ts";
import { openSqliteStorage } from "./storage/sqlite/open.ts";

/** The database in the data folder. */
export const databaseFileName = "ringback.sqlite";

/** What works on a data folder without serving it: the commands that run beside a server. */
export type Parts = {
  readonly storage: Storage;
  readonly intake: Intake;
  readonly passwords: Passwords;
  /** Reads a call in the product's own format, strictly. @param raw the text as it came, to be kept. */
  readonly readCall: (value: unknown, raw?: string) => Reading;
  /** Copies the database, while it is used, into a new file. @throws DomainError CONFLICT, STORAGE_FULL, STORAGE_READ_ONLY */
  readonly backup: (
    file: string,
    progress?: (done: { readonly pages: number; readonly pagesTotal: number }) => void,
  ) => Promise<void>;
  /** New keys sign from now on. @throws DomainError RATE_LIMITED, BAD_CONFIGURATION, STORAGE_FULL, STORAGE_READ_ONLY */
  readonly rotateKeys: () => void;
  close(): Promise<void>;
};

/**
 * Opens the parts on the data folder (which must exist); the database is made when it is missing.
 * @throws DomainError STORAGE_*, UNAVAILABLE
 */
export async function openParts(config: Pick<Config, "data" | "keysSecret" | "logLevel">): Promise<Parts> {
  const log = createLog(config.logLevel);
  const clock: Clock = { now: Date.now };
  const storage = await openSqliteStorage({ file: join(config.data, databaseFileName), clock, log });
  return {
    storage,
    intake: createIntake({ storage, clock }),
    passwords: createPasswords(),
    readCall: (value, raw) => readGenericCall(value, { strict: true, raw }),
    backup: (file, progress) => storage.backup(file, progress),
    rotateKeys() {
      const report = (error: unknown) => log.warn({ err: error }, "the signing keys could not be rotated");
      createKeyRing({ folder: config.data, sealingSecret: config.keysSecret, clock, report }).rotate();
    },
    close: () => storage.close(),
  };
}

/** A running server. */
export type App = {
  readonly url: string;
  /** Creates the first account, once; null when there is one. */
  readonly setupUrl: string | null;
  close(): Promise<void>;
};

export type AppOptions = {
  /** Any name and password signs in. Only ever on loopback. */
  readonly anyPassword?: boolean;
};

/** Starts the server. */
export async function startApp(config: Config, _options: AppOptions = {}): Promise<App> {
  throw new Error(`There is no server yet for ${config.data}.`);
}
