import type { DatabaseSync, StatementSync } from "node:sqlite";
import { createLruMap } from "../../domain/lru-map.ts";

const statementsKept = 200;

/** Prepares statements that are put together from a filter, once per text. */
export type Statements = (sql: string) => StatementSync;

export function createStatements(db: DatabaseSync): Statements {
  const kept = createLruMap<string, StatementSync>(statementsKept);
  return (sql) => {
    const known = kept.get(sql);
    if (known !== undefined) return known;
    const statement = db.prepare(sql);
    kept.set(sql, statement);
    return statement;
  };
}
