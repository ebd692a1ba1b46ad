import type { DatabaseSync } from "node:sqlite";
import { DomainError } from "../../domain/errors.ts";
import { endsWriting, isFull, translate } from "./errors.ts";
import type { Ledger } from "./ledger.ts";

/** What became of one write of a group. */
export type Outcome = { readonly value: unknown } | { readonly error: unknown };

export type Committed = {
  /** One for each write, in order. */
  readonly outcomes: readonly Outcome[];
  /** The workspaces whose revision the commits moved. */
  readonly moved: readonly { readonly workspaceId: number; readonly revision: number }[];
};

/** What a group commit needs of a database connection. */
export type Transactions = Pick<DatabaseSync, "exec" | "prepare" | "isTransaction">;

/** A write failed with something of it in the transaction, and there is no savepoint to go back to. */
const halfDone = Symbol("half done");

/**
 * Commits writes that wait together: one transaction, one durable commit, so that the price of the fsync is shared, and a write that fails
 * takes nothing of its neighbours with it. Outcomes are known only once they are durable.
 *
 * Writes look before they change anything, so one that fails has mostly changed nothing. Where one had, the transaction is rolled back
 * and the group is done again with a savepoint for each: those cost a copy of every page that a write touches, a tenth of a write at most
 * (`bench/notes/write-path.md`).
 *
 * When the disk is full, each write of the group is tried alone, so that small ones still fit. After an I/O error or damage
 * nothing is written any more: all writes fail from then on, until the database is opened anew.
 */
export function createGroupCommit(db: Transactions, ledger: Ledger) {
  const totalChanges = db.prepare("SELECT total_changes()");
  totalChanges.setReturnArrays(true);
  const savepoint = db.prepare("SAVEPOINT write");
  const release = db.prepare("RELEASE write");
  let refusal: unknown = null;
  return {
    /** Why writes are refused until the database is opened anew; null while they are taken. */
    refusal: () => refusal,

    run(writes: readonly (() => unknown)[]): Committed {
      if (refusal !== null) return all(writes, refusal);
      try {
        return commit(writes);
      } catch (error) {
        abandon();
        if (isFull(error) && writes.length > 1) return oneByOne(writes);
        if (endsWriting(error)) refusal = translate(error);
        return all(writes, translate(error));
      }
    },
  };

  function commit(writes: readonly (() => unknown)[]): Committed {
    begin();
    let outcomes: readonly Outcome[];
    try {
      outcomes = writes.map((write) => attempt(write));
    } catch (error) {
      if (error !== halfDone) throw error;
      db.exec("ROLLBACK");
      begin();
      outcomes = writes.map((write) => attemptWithSavepoint(write));
    }
    const moved = ledger.flush();
    db.exec("COMMIT");
    return { outcomes, moved };
  }

  function begin(): void {
    db.exec("BEGIN IMMEDIATE");
    ledger.begin();
  }

  /** @throws {@link halfDone}, and errors of SQLite after which the transaction is worth nothing */
  function attempt(write: () => unknown): Outcome {
    const before = changesSoFar();
    ledger.mark();
    try {
      return { value: write() };
    } catch (error) {
      if (isFatal(error)) throw error;
      if (changesSoFar() !== before) throw halfDone;
      ledger.revert();
      return { error: translate(error) };
    }
  }

  function attemptWithSavepoint(write: () => unknown): Outcome {
    savepoint.run();
    ledger.mark();
    try {
      const value = write();
      release.run();
      return { value };
    } catch (error) {
      if (isFatal(error)) throw error;
      db.exec("ROLLBACK TO write; RELEASE write");
      ledger.revert();
      return { error: translate(error) };
    }
  }

  /** Some errors of SQLite end the whole transaction, and those of the disk make it worthless. */
  function isFatal(error: unknown): boolean {
    return !db.isTransaction || isFull(error) || endsWriting(error);
  }

  /** Rows that this connection has changed since it was opened. */
  function changesSoFar(): unknown {
    return (totalChanges.get() as unknown as readonly [number])[0];
  }

  function oneByOne(writes: readonly (() => unknown)[]): Committed {
    const groups = writes.map((write) => {
      if (refusal !== null) return all([write], refusal);
      try {
        return commit([write]);
      } catch (error) {
        abandon();
        if (endsWriting(error)) refusal = translate(error);
        return all([write], translate(error));
      }
    });
    return {
      outcomes: groups.flatMap(({ outcomes }) => outcomes),
      moved: groups.flatMap(({ moved }) => moved),
    };
  }

  /** A rollback that fails leaves a connection that nothing can be said about. */
  function abandon(): void {
    try {
      if (db.isTransaction) db.exec("ROLLBACK");
    } catch (error) {
      refusal = new DomainError("UNAVAILABLE", "A failed write could not be taken back: restart the server.", {
        cause: error,
      });
    }
  }
}

function all(writes: readonly unknown[], error: unknown): Committed {
  return { outcomes: writes.map(() => ({ error })), moved: [] };
}
