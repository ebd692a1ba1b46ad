import { DomainError } from "../../domain/errors.ts";
import type { Altered } from "../copy/ports.ts";
import { type Key, textOf } from "../copy/shape.ts";
import type { Statements } from "./connection.ts";
import type { OwnTable } from "./copy-catalogue.ts";

/** As on SQLite. */
const aliveFor = "interval '10 minutes'";

/** Raised by every write to a database that was moved; `errors.ts` says what it means. */
const movedState = "RBM01";

/**
 * Notes the keys of all rows that anybody writes in `copy_log`, by triggers: they see what every node does, and what is rolled back is
 * not noted. Within the transaction of the caller; waits for writers that are at work.
 */
export async function startWatch(tx: Statements, tables: readonly OwnTable[], id: string): Promise<void> {
  await tx.script(`CREATE TABLE copy_log (name text NOT NULL, key text NOT NULL);
    CREATE TABLE copy_watch (id text NOT NULL, until timestamptz NOT NULL);
    INSERT INTO copy_watch VALUES ('${id}', clock_timestamp() + ${aliveFor})`);
  for (const { table } of tables) {
    const noted = (rows: string) =>
      `SELECT '${table.name}', json_build_array(${table.key.join(", ")})::text FROM ${rows}`;
    await tx.script(
      [
        ["insert", "REFERENCING NEW TABLE AS news", noted("news")],
        ["delete", "REFERENCING OLD TABLE AS olds", noted("olds")],
        ["update", "REFERENCING OLD TABLE AS olds NEW TABLE AS news", `${noted("olds")} UNION ${noted("news")}`],
      ]
        .map(([operation, rows, keys]) => {
          const name = `copy_${operation}_${table.name}`;
          return `CREATE FUNCTION ${name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
              IF (SELECT until FROM copy_watch) > clock_timestamp() THEN INSERT INTO copy_log (name, key) ${keys}; END IF;
              RETURN NULL; END $$;
            CREATE TRIGGER ${name} AFTER ${operation} ON ${table.name} ${rows} FOR EACH STATEMENT EXECUTE FUNCTION ${name}()`;
        })
        .join(";"),
    );
  }
}

/** Keeps the watch alive. @throws DomainError CONFLICT when it has ended in between: something may not have been noted. */
export async function renewWatch(statements: Statements, id: string): Promise<void> {
  const text = `UPDATE copy_watch SET until = clock_timestamp() + ${aliveFor} WHERE id = $1 AND until > clock_timestamp()`;
  if (!(await hasWatch(statements)) || (await statements.run(text, id)) === 0) throw watchEnded();
}

/** @throws DomainError CONFLICT when this is not the watch any more, or it is not alive. */
export async function checkWatch(tx: Statements, id: string): Promise<void> {
  if (!(await isWatchOf(tx, id, "AND until > clock_timestamp()"))) throw watchEnded();
}

/** Whether the watch that there is, or what is left of it, is this one. */
export async function isWatchOf(statements: Statements, id: string, and = ""): Promise<boolean> {
  if (!(await hasWatch(statements))) return false;
  return (await statements.get(`SELECT id FROM copy_watch WHERE id = $1 ${and}`, id)) !== undefined;
}

/** Whether there is a watch, or what is left of one. */
export async function hasWatch(statements: Statements): Promise<boolean> {
  const row = await statements.get<{ known: boolean }>("SELECT to_regclass('copy_watch') IS NOT NULL AS known");
  return row?.known === true;
}

/**
 * Takes out of the log what the transaction sees of it. What commits later stays, whenever it was written: its place in the log would
 * not tell.
 */
export async function takeLog(tx: Statements): Promise<Altered> {
  const rows = await tx.all<{ name: string; key: string }>("DELETE FROM copy_log RETURNING name, key");
  const altered = new Map<string, Map<string, Key>>();
  for (const { name, key } of rows) {
    const keys = altered.get(name) ?? new Map<string, Key>();
    const values = JSON.parse(key) as Key;
    altered.set(name, keys.set(textOf(values), values));
  }
  return new Map([...altered].map(([name, keys]) => [name, [...keys.values()]]));
}

/** Removes what watches and moves have made. Within the transaction of the caller, who holds all tables alone. */
export async function dropWatch(tx: Statements): Promise<void> {
  const found = await tx.all<{ name: string }>(`SELECT proname::text AS name FROM pg_proc
    WHERE pronamespace = current_schema()::regnamespace AND proname LIKE 'copy\\_%'`);
  await tx.script(`${found.map(({ name }) => `DROP FUNCTION ${name}() CASCADE;`).join(" ")}
    DROP TABLE IF EXISTS copy_log, copy_watch`);
}

/** From now on every write fails with `RBM01`, whoever asks for it. Within the transaction of the caller. */
export async function refuseWrites(tx: Statements, tables: readonly OwnTable[]): Promise<void> {
  await tx.script(`CREATE FUNCTION copy_moved() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      RAISE EXCEPTION 'moved' USING ERRCODE = '${movedState}'; END $$;
    ${tables
      .map(
        ({ table: { name } }) =>
          `CREATE TRIGGER copy_moved BEFORE INSERT OR UPDATE OR DELETE ON ${name}
            FOR EACH STATEMENT EXECUTE FUNCTION copy_moved();`,
      )
      .join(" ")}`);
}

/**
 * Keeps writers out, and with ACCESS EXCLUSIVE readers too. Everybody who writes to a workspace locks its row first, so once the table of
 * workspaces is held none of them is under way.
 */
export async function lockAll(tx: Statements, tables: readonly OwnTable[], mode: LockMode): Promise<void> {
  const names = tables.map(({ table }) => table.name).filter((name) => name !== "workspaces");
  await tx.script(`LOCK TABLE workspaces IN ${mode} MODE; LOCK TABLE ${names.join(", ")} IN ${mode} MODE`);
}

export type LockMode = "ACCESS SHARE" | "EXCLUSIVE" | "ACCESS EXCLUSIVE";

function watchEnded(): DomainError {
  return new DomainError("CONFLICT", "Another copy took over, or this one stood still for too long: run it again.");
}
