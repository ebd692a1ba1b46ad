import { existsSync } from "node:fs";
import type { DatabaseSync } from "node:sqlite";
import { DomainError } from "../../domain/errors.ts";
import type { CopySource } from "../copy/ports.ts";
import { newEpoch } from "../epoch.ts";
import { openForReading, openForWriting } from "./connection.ts";
import { readTables } from "./copy-catalogue.ts";
import { readMark, removeMark, writeMark } from "./copy-mark.ts";
import { createCopyReader } from "./copy-reader.ts";
import { readLog, refuseWrites, renewWatch, startWatch, stopWatch } from "./copy-watch.ts";
import { translate } from "./errors.ts";
import { checkSchema, schemaVersion } from "./migrate.ts";

const renewEveryMs = 5_000;

/**
 * A SQLite file as the source of a copy, beside whoever serves it. States are read in read transactions of a connection of their own;
 * writers wait for the last one as they do for each other.
 * @throws DomainError NOT_FOUND, STORAGE_*; STORAGE_READ_ONLY for a file of an older version.
 */
export function openSqliteSource(file: string): CopySource {
  const { reading, writing } = open(file);
  const tables = readTables(reading);
  const reader = createCopyReader(reading, tables);
  let watching: { readonly id: string; readonly timer: NodeJS.Timeout } | null = null;
  /** The last key of the log that was handed out. */
  let place = 0;
  let failure: unknown = null;

  return {
    place: file,
    tables: tables.map(({ table }) => table),
    mark: () => guarded(() => readMark(reading)),

    async watch(id) {
      guarded(() => inTransaction(() => startWatch(writing, tables, id)));
      place = 0;
      failure = null;
      watching = {
        id,
        timer: setInterval(() => {
          try {
            renewWatch(writing, id);
          } catch (error) {
            // A writer that holds the file for seconds is no reason yet: the next time may still be in time.
            if (error instanceof DomainError) failure = error;
          }
        }, renewEveryMs),
      };
    },

    async standstill(read) {
      if (failure !== null) throw failure;
      reading.exec("BEGIN");
      try {
        const { altered, last } = guarded(() => readLog(reading, place));
        const answer = await read(reader, altered);
        place = last;
        return answer;
      } finally {
        reading.exec("COMMIT");
      }
    },

    async switchOver(mark, read) {
      guarded(() => writing.exec("BEGIN IMMEDIATE"));
      try {
        renewWatch(writing, watching?.id ?? "");
        const { altered } = readLog(writing, place);
        const answer = await read(createCopyReader(writing, tables), altered);
        stopWatch(writing);
        writeMark(writing, mark);
        refuseWrites(writing, tables);
        writing.exec("COMMIT");
        return answer;
      } catch (error) {
        if (writing.isTransaction) writing.exec("ROLLBACK");
        throw translate(error);
      } finally {
        stopTimer();
      }
    },

    async unwatch() {
      stopTimer();
      if (readMark(writing) === null) guarded(() => inTransaction(() => stopWatch(writing)));
    },

    async reopen() {
      guarded(() =>
        inTransaction(() => {
          const wasMoved = readMark(writing)?.state === "moved";
          stopWatch(writing);
          removeMark(writing);
          if (wasMoved) startAnotherHistory(writing);
        }),
      );
    },

    async close() {
      stopTimer();
      reading.close();
      writing.close();
    },
  };

  function stopTimer(): void {
    clearInterval(watching?.timer);
    watching = null;
  }

  function inTransaction(run: () => void): void {
    writing.exec("BEGIN IMMEDIATE");
    try {
      run();
      writing.exec("COMMIT");
    } catch (error) {
      if (writing.isTransaction) writing.exec("ROLLBACK");
      throw error;
    }
  }
}

/** Gives every workspace's history another name: cursors of before lead nowhere then. */
export function startAnotherHistory(db: DatabaseSync): void {
  const workspaces = db.prepare("SELECT id FROM workspaces").all() as { id: number }[];
  const setEpoch = db.prepare("UPDATE workspaces SET epoch = ? WHERE id = ?");
  for (const { id } of workspaces) setEpoch.run(newEpoch(), id);
}

function open(file: string): { readonly reading: DatabaseSync; readonly writing: DatabaseSync } {
  if (!existsSync(file)) throw new DomainError("NOT_FOUND", `There is no database ${file}.`);
  return guarded(() => {
    const reading = openForReading(file);
    try {
      if (checkSchema(reading) !== schemaVersion) {
        throw new DomainError(
          "STORAGE_READ_ONLY",
          "The database is of an older version: start the server of this version once to update it.",
        );
      }
      return { reading, writing: openForWriting(file) };
    } catch (error) {
      reading.close();
      throw error;
    }
  });
}

function guarded<T>(run: () => T): T {
  try {
    return run();
  } catch (error) {
    throw translate(error);
  }
}
