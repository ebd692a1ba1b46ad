import type postgres from "postgres";
import { end, type Statements, statementsOf } from "./connection.ts";

/**
 * Connections that are replaced as a whole once one of them was lost. The library would make the lost one anew in its place, but
 * one that ended while a statement was on its way out never sends again: what is asked of it then waits for ever.
 */
export type Client = {
  readonly sql: postgres.Sql;
  readonly statements: Statements;
  /** Runs what it is given in one read transaction: all its statements see the same commit. */
  snapshot<T>(read: (tx: Statements) => Promise<T>): Promise<T>;
  /** From now on asks new connections; what still waits for the old ones is answered or fails within five seconds. */
  renew(): void;
  close(): Promise<void>;
};

const endSeconds = 5;

export function createClient(connect: () => postgres.Sql): Client {
  let sql = connect();
  let statements = statementsOf(sql);
  const ending = new Set<Promise<void>>();
  return {
    get sql() {
      return sql;
    },
    get statements() {
      return statements;
    },
    snapshot: <T>(read: (tx: Statements) => Promise<T>) =>
      sql.begin("ISOLATION LEVEL REPEATABLE READ READ ONLY", (tx) => read(statementsOf(tx))) as Promise<T>,
    renew() {
      const ended = end(sql, endSeconds);
      ending.add(ended);
      void ended.then(() => ending.delete(ended));
      sql = connect();
      statements = statementsOf(sql);
    },
    async close() {
      await Promise.all([end(sql, endSeconds), ...ending]);
    },
  };
}
