import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { after } from "node:test";
import postgres from "postgres";
import { databaseFileName } from "../../server/src/app.ts";
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

type TableRows = Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>;

function rowsOfFile(folder: string, workspaceId: number | null): TableRows {
  const db = new DatabaseSync(join(folder, databaseFileName), { readOnly: true });
  try {
    const tables = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all() as { name: string }[];
    const rows = tables.flatMap(({ name }) => {
      const columns = db.prepare(`SELECT name FROM pragma_table_info('${name}')`).all() as { name: string }[];
      const key = name === "workspaces" ? "id" : columns.find((column) => column.name === "workspace_id")?.name;
      if (key === undefined) return [];
      return [
        [name, db.prepare(`SELECT * FROM "${name}" WHERE ${key} = coalesce(?, ${key})`).all(workspaceId)] as const,
      ];
    });
    return Object.fromEntries(rows);
  } finally {
    db.close();
  }
}

/** Without what is derived for searches: ends of numbers, which many have. In an order that does not rest on where a row lies. */
async function rowsOfPostgres(url: string, workspaceId: number | null): Promise<TableRows> {
  const types = { bigint: { to: 20, from: [20], parse: Number, serialize: String } };
  const sql = postgres(url, { max: 1, types, onnotice: () => {} });
  try {
    const tables = await sql<{ name: string }[]>`SELECT table_name AS name FROM information_schema.columns
      WHERE table_schema = 'public' AND column_name = 'workspace_id' AND table_name <> 'number_runs' ORDER BY 1`;
    const rows = tables.map(async ({ name }) => {
      const of = await sql`SELECT * FROM ${sql(name)} AS t
        WHERE workspace_id = coalesce(${workspaceId}, workspace_id) ORDER BY t::text`;
      return [name, [...of]];
    });
    return Object.fromEntries(await Promise.all(rows));
  } finally {
    await sql.end();
  }
}

/** Removes the database that goes with a data folder. */
export async function dropDatabaseOf(folder: string): Promise<void> {
  const database = databases.get(folder);
  if (database === undefined || opened === null) return;
  databases.delete(folder);
  const { server } = await opened;
  await administer(server.url, `DROP DATABASE ${nameOf(await database)} WITH (FORCE)`);
}

/** A copy of one that was migrated once: a tenth of the time. */
async function createDatabase(): Promise<string> {
  const { server, template } = await (opened ??= open());
  const name = `ringback_test_${randomBytes(6).toString("hex")}`;
  await administer(server.url, `CREATE DATABASE ${name} TEMPLATE ${template}`);
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
