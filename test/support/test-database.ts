import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { after } from "node:test";
import postgres from "postgres";
import { databaseFileName } from "../../server/src/database.ts";
import type { Storage } from "../../server/src/domain/storage.ts";
import { createNumberPlans } from "../../server/src/numbers/number-plans.ts";
import { openPostgresStorage } from "../../server/src/storage/postgres/open.ts";
import { openSqliteStorage } from "../../server/src/storage/sqlite/open.ts";
import { openPostgres, type TestPostgres } from "./postgres.ts";

/** As the product opens it. */
const numberPlans = import.meta.resolve("../../server/src/numbers/number-plans.ts");

/** Whether test servers keep their data in PostgreSQL: `RINGBACK_TEST_DATABASE=postgres`. */
export const isOnPostgres = process.env["RINGBACK_TEST_DATABASE"] === "postgres";

/** The databases of this process, by the data folder of the test server that they belong to. */
const databases = new Map<string, Promise<string>>();

let opened: Promise<{ readonly server: TestPostgres; readonly template: string }> | null = null;

if (isOnPostgres) {
  after(async () => {
    if (opened === null) return;
    const { server, template } = await opened;
    await administer(server.url, `DROP DATABASE ${template}`);
    await server.stop();
  });
}

/**
 * The address of the database that goes with a data folder: empty at the first time, the same whenever a server is started on that
 * folder again. The empty string where tests run on SQLite.
 */
export function databaseOf(folder: string): Promise<string> {
  if (!isOnPostgres) return Promise.resolve("");
  let database = databases.get(folder);
  if (database === undefined) databases.set(folder, (database = createDatabase()));
  return database;
}

/** The database of a folder that nobody serves, once more for another folder. */
export async function copyDatabaseOf(folder: string, copy: string): Promise<void> {
  if (isOnPostgres) databases.set(copy, databaseOf(folder).then(createDatabase));
}

/** The database of the test server on a folder, opened once more as another process does. */
export async function openStorageOf(folder: string): Promise<Storage> {
  const clock = { now: Date.now };
  if (!isOnPostgres) return openSqliteStorage({ file: join(folder, databaseFileName), clock, numberPlans });
  return openPostgresStorage({
    url: await databaseOf(folder),
    clock,
    limits: { connections: 2 },
    numberPlans: createNumberPlans(),
  });
}

/** Every row of the tables of the test server on a folder that belong to workspaces; of one of them where it is named. */
export async function rowsOf(folder: string, workspaceId: number | null = null): Promise<TableRows> {
  return isOnPostgres ? rowsOfPostgres(await databaseOf(folder), workspaceId) : rowsOfFile(folder, workspaceId);
}

/** Every row of every table of the test server on a folder, what nodes count together aside. */
export async function everyRowOf(folder: string): Promise<TableRows> {
  if (!isOnPostgres) {
    return readFile(folder, (db) =>
      db
        .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'")
        .all()
        .map(({ name }) => [String(name), db.prepare(`SELECT * FROM "${String(name)}"`).all()]),
    );
  }
  return readPostgres(await databaseOf(folder), async (sql) => {
    const tables = await sql<{ name: string }[]>`SELECT relname AS name FROM pg_class
      WHERE relkind = 'r' AND relpersistence = 'p' AND relnamespace = 'public'::regnamespace ORDER BY 1`;
    return tables.map(({ name }) => [name, sql`SELECT * FROM ${sql(name)} AS t ORDER BY t::text`]);
  });
}

type Rows = readonly Readonly<Record<string, unknown>>[];
type TableRows = Readonly<Record<string, Rows>>;

function rowsOfFile(folder: string, workspaceId: number | null): TableRows {
  return readFile(folder, (db) => {
    const tables = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all() as { name: string }[];
    return tables.flatMap(({ name }) => {
      const columns = db.prepare(`SELECT name FROM pragma_table_info('${name}')`).all() as { name: string }[];
      const key = name === "workspaces" ? "id" : columns.find((column) => column.name === "workspace_id")?.name;
      if (key === undefined) return [];
      return [[name, db.prepare(`SELECT * FROM "${name}" WHERE ${key} = coalesce(?, ${key})`).all(workspaceId)]];
    });
  });
}

function readFile(folder: string, read: (db: DatabaseSync) => readonly (readonly [string, Rows])[]): TableRows {
  const db = new DatabaseSync(join(folder, databaseFileName), { readOnly: true });
  try {
    return Object.fromEntries(read(db));
  } finally {
    db.close();
  }
}

/** Without what is derived for searches: ends of numbers, which many have. In an order that does not rest on where a row lies. */
function rowsOfPostgres(url: string, workspaceId: number | null): Promise<TableRows> {
  return readPostgres(url, async (sql) => {
    const tables = await sql<{ name: string }[]>`SELECT table_name AS name FROM information_schema.columns
      WHERE table_schema = 'public' AND column_name = 'workspace_id' AND table_name <> 'number_runs' ORDER BY 1`;
    return tables.map(({ name }) => [
      name,
      sql`SELECT * FROM ${sql(name)} AS t
        WHERE workspace_id = coalesce(${workspaceId}, workspace_id) ORDER BY t::text`,
    ]);
  });
}

async function readPostgres(
  url: string,
  read: (sql: NumberSql) => Promise<readonly (readonly [string, PromiseLike<Rows>])[]>,
): Promise<TableRows> {
  const types = { bigint: { to: 20, from: [20], parse: Number, serialize: String } };
  const sql = postgres(url, { max: 1, types, onnotice: () => {} });
  try {
    const tables = await read(sql);
    return Object.fromEntries(
      await Promise.all(tables.map(async ([name, rows]) => [name, [...(await rows)]] as const)),
    );
  } finally {
    await sql.end();
  }
}

type NumberSql = postgres.Sql<{ bigint: number }>;

/** Removes the database that goes with a data folder. */
export async function dropDatabaseOf(folder: string): Promise<void> {
  const database = databases.get(folder);
  if (database === undefined || opened === null) return;
  databases.delete(folder);
  const { server } = await opened;
  await administer(server.url, `DROP DATABASE ${nameOf(await database)} WITH (FORCE)`);
}

/** A copy of the database of an address, or of one that was migrated once: a tenth of the time. */
async function createDatabase(of: string | null = null): Promise<string> {
  const { server, template } = await (opened ??= open());
  const name = `ringback_test_${randomBytes(6).toString("hex")}`;
  await administer(server.url, `CREATE DATABASE ${name} TEMPLATE ${of === null ? template : nameOf(of)}`);
  const url = new URL(server.url);
  url.pathname = `/${name}`;
  return url.href;
}

async function open() {
  const server = await openPostgres();
  const { url } = await server.createDatabase();
  await (await openPostgresStorage({ url, clock: { now: Date.now } })).close();
  return { server, template: nameOf(url) };
}

async function administer(url: string, statement: string): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  await sql.unsafe(statement);
  await sql.end();
}

function nameOf(url: string): string {
  return new URL(url).pathname.slice(1);
}
