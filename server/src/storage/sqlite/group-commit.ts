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
export type Transactions = Pick<DatabaseSync, "exec" | "isTransaction">;

/**
 * Commits writes that wait together: one transaction, a savepoint for each, one durable commit, so that the price of the fsync
 * is shared and a write that fails takes nothing of its neighbours with it. Outcomes are known only once they are durable.
 *
 * When the disk is full, each write of the group is tried alone, so that small ones still fit. After an I/O error or damage
 * nothing is written any more: all writes fail from then on, until the database is opened anew.
 */
export function createGroupCommit(db: Transactions, ledger: Ledger) {
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
    db.exec("BEGIN IMMEDIATE");
    ledger.begin();
    const outcomes = writes.map((write) => attempt(write));
    const moved = ledger.flush();
    db.exec("COMMIT");
    return { outcomes, moved };
  }

  function attempt(write: () => unknown): Outcome {
    db.exec("SAVEPOINT write");
    ledger.mark();
    try {
      const value = write();
      db.exec("RELEASE write");
      return { value };
    } catch (error) {
      // Some errors of SQLite end the whole transaction, and those of the disk make it worthless.
      if (!db.isTransaction || isFull(error) || endsWriting(error)) throw error;
      db.exec("ROLLBACK TO write; RELEASE write");
      ledger.revert();
      return { error: translate(error) };
    }
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
