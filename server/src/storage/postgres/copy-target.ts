import { digitRuns } from "../../domain/digits.ts";
import { DomainError } from "../../domain/errors.ts";
import type { Mark } from "../copy/mark.ts";
import type { Altered, CopyTarget } from "../copy/ports.ts";
import type { Row, Table } from "../copy/shape.ts";
import { check } from "./check.ts";
import { assertDurable, connect, end, statementsOf } from "./connection.ts";
import { type OwnTable, readTables } from "./copy-catalogue.ts";
import { readMark, writeMark } from "./copy-mark.ts";
import { createCopyReader, keysCondition, keysJson, ownOf } from "./copy-reader.ts";
import { copyLimits, startAnotherHistory } from "./copy-source.ts";
import { translate } from "./errors.ts";
import { addNumbers } from "./ledger.ts";
import { migrate } from "./migrate.ts";
import { wordsJson, wordsOfJson } from "./search-rows.ts";
import { tables as ours } from "./tables.ts";

const rowsPerStatement = 5_000;

/** "Copy" in ASCII: whoever fills the database holds this lock of it. */
const copyLock = 0x43_6f_70_79;

/**
 * A PostgreSQL database as the target of a copy: an empty one, or what a copy left that was ended. It is marked before it has its first
 * table, so no server takes it for its own.
 * @param place the address as people may see it.
 */
export async function openPostgresTarget(url: string, place: string, nowMs: number): Promise<CopyTarget> {
  const sql = connect(url, 1, copyLimits, "copy");
  const statements = statementsOf(sql);
  let tables: readonly OwnTable[] = [];
  let reader = createCopyReader(statements, tables);
  let begun: Mark | null = null;
  let indices: readonly string[] = [];
  let foreignKeys: readonly ForeignKey[] = [];
  /** Numbers that searches know already: they come again and again. */
  const numbersKnown = new Set<string>();

  return {
    place,
    get tables() {
      return tables.map(({ table }) => table);
    },
    get reader() {
      return reader;
    },
    mark: () => guarded(() => readMark(statements)),

    begin: (mark) =>
      guarded(async () => {
        await assertDurable(statements);
        const lock = await statements.get<{ had: boolean }>(`SELECT pg_try_advisory_lock(${copyLock}) AS had`);
        if (lock?.had !== true) throw new DomainError("CONFLICT", `Another copy fills ${place}: let it end.`);
        const known = await readMark(statements);
        const ownTables = [...ours.spread, ...ours.copied];
        const taken = await statements.get(takenOf, JSON.stringify(ownTables));
        if (known?.state === "moved" || (known === null && taken !== undefined)) {
          throw new DomainError("CONFLICT", `There are tables in ${place} already: name an empty database.`);
        }
        // What is lost with the machine before the last commit is begun anew.
        await statements.script("SET default_transaction_read_only = off; SET synchronous_commit = off");
        await statements.script(`BEGIN; DROP TABLE IF EXISTS ${ownTables.join(", ")} CASCADE`);
        await writeMark(statements, mark);
        await statements.script("COMMIT");
        begun = mark;
        await migrate(sql, nowMs);
        await statements.script("DELETE FROM workspaces");
        tables = await readTables(statements);
        reader = createCopyReader(statements, tables);
        foreignKeys = await statements.all<ForeignKey>(foreignKeysOf);
        const made = await statements.all<{ name: string; definition: string }>(indicesOf);
        indices = made.map(({ definition }) => definition);
        // Made when the rows are there: several times faster.
        await statements.script(
          [
            ...foreignKeys.map((key) => `ALTER TABLE ${key.relation} DROP CONSTRAINT ${key.name};`),
            ...made.map(({ name }) => `DROP INDEX ${name};`),
          ].join(" "),
        );
      }),

    add: (table, rows) => guarded(() => insert(table, rows)),

    settle: () =>
      guarded(async () => {
        for (const definition of indices) await statements.script(definition);
        // Within one transaction rows may come before those that they refer to.
        for (const { relation, name, definition } of foreignKeys) {
          await statements.script(
            `ALTER TABLE ${relation} ADD CONSTRAINT ${name} ${definition} DEFERRABLE INITIALLY DEFERRED`,
          );
        }
        await statements.script("VACUUM ANALYZE");
      }),

    replace: (altered, rows, isLast) =>
      guarded(async () => {
        if (isLast) await statements.script("SET synchronous_commit = on");
        await transaction(async () => {
          await exchange(altered, rows);
          if (isLast && begun !== null) {
            const settled = foreignKeys.map(
              ({ relation, name }) => `ALTER TABLE ${relation} ALTER CONSTRAINT ${name} NOT DEFERRABLE;`,
            );
            await statements.script(`SET CONSTRAINTS ALL IMMEDIATE; ${settled.join(" ")}`);
            await numberOn();
            await writeMark(statements, { ...begun, state: "ready" });
          }
        });
      }),

    check: () => guarded(() => check(statements)),

    startAnotherHistory: () => guarded(() => startAnotherHistory(statements)),

    finish: () =>
      guarded(() =>
        statements.script("BEGIN READ WRITE; SET LOCAL synchronous_commit = on; DROP TABLE copy_mark; COMMIT"),
      ),

    abandon: () =>
      guarded(async () => {
        await statements.script("ROLLBACK");
        await statements.script(
          `DROP TABLE IF EXISTS copy_mark, ${[...ours.spread, ...ours.copied].join(", ")} CASCADE`,
        );
      }),

    close: () => end(sql, 5),
  };

  /** All rows go before the first comes: what was unique may have passed from one to the other. */
  async function exchange(altered: Altered, rows: ReadonlyMap<string, readonly Row[]>): Promise<void> {
    for (const own of tables) {
      const keys = altered.get(own.table.name) ?? [];
      for (let from = 0; from < keys.length; from += rowsPerStatement) {
        await statements.run(
          `DELETE FROM ${own.table.name} WHERE ${keysCondition(own)}`,
          keysJson(own.table, keys.slice(from, from + rowsPerStatement)),
        );
      }
    }
    for (const { table } of tables) await insert(table, rows.get(table.name) ?? []);
  }

  async function insert(table: Table, rows: readonly Row[]): Promise<void> {
    const { columns } = table;
    const { types, isNumbered } = ownOf(tables, table);
    const names = columns.map(({ name }) => name);
    const given = columns.map(({ name }, at) => `${name} ${types[at] === "bytea" ? "text" : types[at]}`);
    const values = columns.map(({ name }, at) =>
      types[at] === "bytea" ? `decode(given.${name}, 'base64')` : `given.${name}`,
    );
    const isNotes = table.name === "notes";
    if (isNotes) {
      names.push("words");
      given.push("words text");
      values.push(wordsOfJson("given.words"));
    }
    const text = `INSERT INTO ${table.name} (${names.join(", ")}) ${isNumbered ? "OVERRIDING SYSTEM VALUE" : ""}
      SELECT ${values.join(", ")} FROM json_to_recordset($1::text::json) AS given (${given.join(", ")})`;
    for (let from = 0; from < rows.length; from += rowsPerStatement) {
      const objects = rows.slice(from, from + rowsPerStatement).map((row) => objectOf(table, types, row));
      const withWords = isNotes
        ? objects.map((note) => ({ ...note, words: wordsJson(Number(note["workspace_id"]), String(note["content"])) }))
        : objects;
      await statements.run(text, JSON.stringify(withWords));
      if (table.name === "calls") await insertNumbers(objects);
    }
  }

  async function insertNumbers(calls: readonly Readonly<Record<string, unknown>>[]): Promise<void> {
    const byWorkspace = new Map<number, Set<string>>();
    for (const { workspace_id: workspace, caller, callee } of calls) {
      for (const number of [String(caller), String(callee)]) {
        const text = `${Number(workspace)} ${number}`;
        if (numbersKnown.has(text)) continue;
        numbersKnown.add(text);
        const numbers = byWorkspace.get(Number(workspace)) ?? new Set<string>();
        byWorkspace.set(Number(workspace), numbers.add(number));
      }
    }
    for (const [workspaceId, numbers] of byWorkspace) {
      const given = [...numbers].flatMap((number) => {
        const runs = digitRuns(number);
        return runs.length === 0 ? [] : [{ number, runs }];
      });
      if (given.length > 0) await statements.run(addNumbers, workspaceId, JSON.stringify(given));
    }
  }

  /** The database's own numbers go on after the greatest. */
  async function numberOn(): Promise<void> {
    for (const { table, isNumbered } of tables) {
      if (!isNumbered) continue;
      await statements.script(`SELECT setval(pg_get_serial_sequence('${table.name}', 'id'), coalesce(max(id), 1), max(id) IS NOT NULL)
        FROM ${table.name}`);
    }
  }

  async function transaction(run: () => Promise<void>): Promise<void> {
    await statements.script("BEGIN READ WRITE");
    try {
      await run();
      await statements.script("COMMIT");
    } catch (error) {
      await statements.script("ROLLBACK").catch(() => undefined);
      throw error;
    }
  }
}

function objectOf({ columns }: Table, types: readonly string[], row: Row): Record<string, string | number | null> {
  return Object.fromEntries(
    columns.map(({ name }, at) => {
      const value = row[at] ?? null;
      return [name, types[at] === "bytea" ? Buffer.from(String(value)).toString("base64") : value];
    }),
  );
}

// A table of one of these names.
const takenOf = `SELECT name FROM json_array_elements_text($1::text::json) AS name WHERE to_regclass(name) IS NOT NULL LIMIT 1`;

type ForeignKey = { readonly relation: string; readonly name: string; readonly definition: string };

const foreignKeysOf = `SELECT conrelid::regclass::text AS relation, conname::text AS name, pg_get_constraintdef(oid) AS definition
  FROM pg_constraint WHERE contype = 'f' AND connamespace = current_schema()::regnamespace`;

// Those that no constraint rests on.
const indicesOf = `SELECT i.indexrelid::regclass::text AS name, pg_get_indexdef(i.indexrelid) AS definition FROM pg_index i
  JOIN pg_class c ON c.oid = i.indexrelid
  WHERE c.relnamespace = current_schema()::regnamespace AND NOT EXISTS
    (SELECT FROM pg_constraint k WHERE k.conindid = i.indexrelid AND k.contype IN ('p', 'u', 'x'))`;

async function guarded<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    throw translate(error);
  }
}
