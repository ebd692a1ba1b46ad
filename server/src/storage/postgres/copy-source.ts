import { setTimeout as later } from "node:timers/promises";
import { DomainError } from "../../domain/errors.ts";
import type { CopySource } from "../copy/ports.ts";
import { newEpoch } from "../epoch.ts";
import { connect, end, limitsDefault, type Statements, statementsOf } from "./connection.ts";
import { type OwnTable, readTables } from "./copy-catalogue.ts";
import { readMark, writeMark } from "./copy-mark.ts";
import { createCopyReader } from "./copy-reader.ts";
import {
  checkWatch,
  dropWatch,
  hasWatch,
  isWatchOf,
  lockAll,
  type LockMode,
  refuseWrites,
  renewWatch,
  startWatch,
  takeLog,
} from "./copy-watch.ts";
import { isCollision, isLockTimeout, translate } from "./errors.ts";
import { checkSchema, schemaVersion } from "./migrate.ts";

const renewEveryMs = 5_000;
/**
 * Locks on all tables are given up when they are not had so soon, and asked for again: writers wait behind who waits for a lock. Longer than
 * the second after which PostgreSQL ends an autovacuum that is in the way.
 */
const lockMs = 1_500;
const lockAttempts = 20;

/** Nothing of a copy is ended for taking long. */
export const copyLimits = { ...limitsDefault, statementMs: 0, lockMs: 0 };

/**
 * A PostgreSQL database as the source of a copy, beside the nodes that serve it. A state is a transaction that sees one commit.
 * @param place the address as people may see it.
 * @throws DomainError BAD_CONFIGURATION, UNAVAILABLE, STORAGE_*; STORAGE_READ_ONLY for a database of an older version.
 */
export async function openPostgresSource(url: string, place: string): Promise<CopySource> {
  const reading = connect(url, 1, copyLimits, "copy");
  const writing = connect(url, 1, copyLimits, "copy");
  const [states, control] = [statementsOf(reading), statementsOf(writing)];
  const close = async () => void (await Promise.all([end(reading, 5), end(writing, 5)]));
  const tables = await prepared(states, control).catch(async (error: unknown) => {
    await close();
    throw translate(error);
  });
  let watching: Watching | null = null;

  return {
    place,
    tables: tables.map(({ table }) => table),
    mark: () => guarded(readMark(control)),

    async watch(id) {
      if (await hasWatch(control)) await removeWatch();
      await locking(control, "EXCLUSIVE", (tx) => startWatch(tx, tables, id));
      const own: Watching = { id, failure: null, renewing: Promise.resolve(), timer: setInterval(renew, renewEveryMs) };
      watching = own;

      function renew(): void {
        own.renewing = renewWatch(control, id).catch((error: unknown) => {
          // A connection that is gone for seconds is no reason yet: the next time may still be in time.
          if (error instanceof DomainError) own.failure = error;
        });
      }
    },

    standstill: (read) =>
      guarded(
        inTransaction(states, "ISOLATION LEVEL REPEATABLE READ", async (tx) => {
          if (watching?.failure instanceof DomainError) throw watching.failure;
          if (watching === null) return read(createCopyReader(tx, tables), new Map());
          // Tables first, as everybody does: who takes the watch away, tables locked, would wait for us and we for them.
          await lockAll(tx, tables, "ACCESS SHARE");
          // The log of another watch is not ours to take from.
          await checkWatch(tx, watching.id);
          return read(createCopyReader(tx, tables), await takeLog(tx));
        }),
      ),

    async switchOver(mark, read) {
      await stopRenewing();
      return locking(states, "EXCLUSIVE", async (tx) => {
        await checkWatch(tx, mark.id);
        const answer = await read(createCopyReader(tx, tables), await takeLog(tx));
        await writeMark(tx, mark);
        await refuseWrites(tx, tables);
        return answer;
      });
    },

    async unwatch(id) {
      await stopRenewing();
      if (await isWatchOf(control, id)) await removeWatch();
    },

    async reopen() {
      const mark = await readMark(control);
      await locking(control, "ACCESS EXCLUSIVE", async (tx) => {
        await dropWatch(tx);
        await tx.script("DROP TABLE IF EXISTS copy_mark");
        if (mark?.state === "moved") await startAnotherHistory(tx);
      });
    },

    async close() {
      await stopRenewing();
      await close();
    },
  };

  async function stopRenewing(): Promise<void> {
    const stopped = watching;
    watching = null;
    clearInterval(stopped?.timer);
    await stopped?.renewing;
  }

  async function removeWatch(): Promise<void> {
    await locking(control, "ACCESS EXCLUSIVE", dropWatch);
  }

  /** With all tables locked; begun again when others hold them or wait for ours. */
  async function locking<T>(statements: Statements, mode: LockMode, run: (tx: Statements) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      let isLocked = false;
      try {
        return await inTransaction(statements, "ISOLATION LEVEL REPEATABLE READ", async (tx) => {
          await tx.script(`SET LOCAL lock_timeout = ${lockMs}`);
          // Before the first question, so that the state is the one in which nobody writes.
          await lockAll(tx, tables, mode);
          isLocked = true;
          await tx.script("SET LOCAL lock_timeout = 0");
          return run(tx);
        });
      } catch (error) {
        const mayPass = !isLocked && (isLockTimeout(error) || isCollision(error));
        if (!mayPass || attempt >= lockAttempts) throw translate(error);
        await later(100);
      }
    }
  }
}

type Watching = {
  readonly id: string;
  readonly timer: NodeJS.Timeout;
  /** The renewal that is under way. */
  renewing: Promise<void>;
  failure: unknown;
};

/** @throws as PostgreSQL says it. */
async function inTransaction<T>(statements: Statements, kind: string, run: (tx: Statements) => Promise<T>): Promise<T> {
  await statements.script(`BEGIN ${kind} READ WRITE`);
  try {
    const answer = await run(statements);
    await statements.script("COMMIT");
    return answer;
  } catch (error) {
    await statements.script("ROLLBACK").catch(() => undefined);
    throw error;
  }
}

async function prepared(statements: Statements, control: Statements): Promise<readonly OwnTable[]> {
  // For what is no transaction of several statements.
  await control.script("SET default_transaction_read_only = off");
  const version = await checkSchema(statements);
  if (version === 0) throw new DomainError("NOT_FOUND", "The database is empty: there is nothing to copy.");
  if (version !== schemaVersion) {
    throw new DomainError(
      "STORAGE_READ_ONLY",
      "The database is of an older version: start the server of this version once to update it.",
    );
  }
  return readTables(statements);
}

/** Gives every workspace's history another name: cursors of before lead nowhere then. Within the transaction of the caller. */
export async function startAnotherHistory(tx: Statements): Promise<void> {
  const workspaces = await tx.all<{ id: number }>("SELECT workspace_id AS id FROM workspaces");
  for (const { id } of workspaces)
    await tx.run("UPDATE workspaces SET epoch = $1 WHERE workspace_id = $2", newEpoch(), id);
}

async function guarded<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    throw translate(error);
  }
}
