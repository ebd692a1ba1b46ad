import { join } from "node:path";
import type { Config } from "./config.ts";
import { createNumberKeys } from "./domain/number-key.ts";
import type { NodeRegister } from "./domain/node-register.ts";
import type { Clock, Log } from "./domain/ports.ts";
import type { Storage } from "./domain/storage.ts";
import type { Tallies } from "./domain/tallies.ts";
import { createNumberPlans } from "./numbers/number-plans.ts";
import { openSqliteStorage } from "./storage/sqlite/open.ts";

/** The database in the data folder, where no other is named. */
export const databaseFileName = "ringback.sqlite";

/** The numbering plans, for the writing thread of SQLite. */
const numberPlansModule = import.meta.resolve("./numbers/number-plans.ts");

/** Copies a database, while it is used, into a new SQLite file. */
export type Backup = (
  file: string,
  progress: (step: string, done: number, total: number, unit: "pages" | "rows") => void,
) => Promise<void>;

export type { Compared } from "./storage/copy/compare.ts";
export type { CopyProgress, CopyReport } from "./storage/copy/copy.ts";
export type { Place } from "./storage/copy/places.ts";

/** What moves, copies and compares whole databases; see `storage/copy/`. */
export const loadCopying = async () => ({
  ...(await import("./storage/copy/copying.ts")),
  numberKeys: createNumberKeys(createNumberPlans()),
});

/** What nodes of one database know of each other. */
type Others = { readonly tallies: Tallies; readonly nodes: NodeRegister };

export type DatabaseConfig = Pick<Config, "data" | "database" | "databaseConnections">;

/** The storage that the settings name. @throws DomainError STORAGE_*, UNAVAILABLE, BAD_CONFIGURATION */
export async function openDatabase(
  { data, database: url, databaseConnections: connections }: DatabaseConfig,
  clock: Clock,
  log: Log,
): Promise<{ readonly storage: Storage; readonly backup: Backup; readonly others: Others | null }> {
  if (url === "") {
    const storage = await openSqliteStorage({
      file: join(data, databaseFileName),
      clock,
      log,
      numberPlans: numberPlansModule,
    });
    return {
      storage,
      backup: (file, progress) =>
        storage.backup(file, ({ pages, pagesTotal }) => progress("Backup", pages, pagesTotal, "pages")),
      others: null,
    };
  }
  const { openPostgresStorage } = await import("./storage/postgres/open.ts");
  const storage = await openPostgresStorage({
    url,
    clock,
    log,
    limits: { connections },
    numberPlans: createNumberPlans(),
  });
  return {
    storage,
    others: storage,
    async backup(file, progress) {
      const { duplicate, numberKeys } = await loadCopying();
      const from = { kind: "postgres", url, shown: "PostgreSQL" } as const;
      await duplicate(
        from,
        { kind: "sqlite", file },
        {
          progress: { rows: (step, done, total) => progress(step, done, total, "rows"), step() {} },
          isStopped: () => false,
          now: () => clock.now(),
          numberKeys,
        },
      );
    },
  };
}

const moveLookMs = 1_000;

/** Looks now and then whether the database was moved away. A look that fails is made up for by the next. */
export function watchForMove(storage: Pick<Storage, "movedTo">) {
  const { promise: moved, resolve } = Promise.withResolvers<string>();
  let isMoved = false;
  const look = async () => {
    const sentence = await storage.movedTo();
    if (sentence === null) return;
    isMoved = true;
    clearInterval(timer);
    resolve(sentence);
  };
  const timer = setInterval(() => void look().catch(() => undefined), moveLookMs);
  timer.unref();
  return { moved, isMoved: () => isMoved, close: () => clearInterval(timer) };
}
