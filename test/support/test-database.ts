import { randomBytes } from "node:crypto";
import { after } from "node:test";
import postgres from "postgres";
import { openPostgresStorage } from "../../server/src/storage/postgres/open.ts";
import { openPostgres, type TestPostgres } from "./postgres.ts";

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
