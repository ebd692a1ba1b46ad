import type postgres from "postgres";
import { answered, createForms, end, type Limits, type Statements, statementsOf } from "./connection.ts";

/**
 * Connections that are replaced as a whole once one of them was lost. The library would make the lost one anew in its place, but
 * one that ended while a statement was on its way out never sends again: what is asked of it then waits for ever.
 */
export type Client = {
  /** See {@link Limits}. */
  readonly askingMs: number;
  /** Sends a script whose answer is of interest: the command of the last statement. */
  last(script: string): Promise<string>;
  readonly statements: Statements;
  /** Runs what it is given in one read transaction: all its statements see the same commit. */
  snapshot<T>(read: (tx: Statements) => Promise<T>): Promise<T>;
  /** From now on asks new connections; what still waits for the old ones is answered or fails within two seconds. */
  renew(): void;
  close(): Promise<void>;
};

/** How long what runs may take to finish when the client is closed. */
const endSeconds = 5;
/** The same when a connection was lost: what is never answered is asked again by then, well before its caller gives up. */
const renewSeconds = 2;

export function createClient(connect: () => postgres.Sql, limits: Limits): Client {
  const { silentMs, askingMs } = limits;
  const forms = createForms();
  let sql = connect();
  let statements = statementsOf(sql, silentMs, forms);
  const ending = new Set<Promise<void>>();
  return {
    askingMs,
    last: async (script) => (await answered(sql.unsafe(script), silentMs)).command,
    get statements() {
      return statements;
    },
    snapshot<T>(read: (tx: Statements) => Promise<T>) {
      const answer = sql.begin("ISOLATION LEVEL REPEATABLE READ READ ONLY", (tx) =>
        read(statementsOf(tx, null, forms)),
      );
      // The library waits for the answer to its ROLLBACK too, so the whole is bounded and not each statement.
      return answered(answer as Promise<T>, 2 * silentMs);
    },
    renew() {
      const ended = end(sql, renewSeconds);
      ending.add(ended);
      void ended.then(() => ending.delete(ended));
      sql = connect();
      statements = statementsOf(sql, silentMs, forms);
    },
    async close() {
      await Promise.all([end(sql, endSeconds), ...ending]);
    },
  };
}
