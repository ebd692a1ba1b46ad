import { after } from "node:test";
import postgres from "postgres";
import { openPostgres } from "../../../../test/support/postgres.ts";
import { createNumberPlans } from "../../numbers/number-plans.ts";
import { newEpoch } from "../epoch.ts";
import { describeDatabaseContract, type OpenDatabase } from "../storage.contract.ts";
import { openPostgresStorage } from "./open.ts";

const server = await openPostgres();
after(() => server.stop());

const openDatabase: OpenDatabase = async () => {
  const database = await server.createDatabase();
  const { url } = database;
  const limits = { connections: 3, statementMs: 15_000, lockMs: 5_000 };
  const open = () => openPostgresStorage({ url, clock: { now: () => 0 }, limits, numberPlans: createNumberPlans() });
  let storage = await open();
  return {
    storage,
    addWorkspace: async (id, name) => {
      const sql = postgres(url, { max: 1 });
      await sql`INSERT INTO workspaces (workspace_id, name, epoch, created_at_ms) VALUES (${id}, ${name}, ${newEpoch()}, 0)`;
      await sql.end();
    },
    reopen: async () => {
      await storage.close();
      storage = await open();
      return storage;
    },
    another: open,
    close: async () => {
      await storage.close();
      await database.drop();
    },
  };
};

describeDatabaseContract("on PostgreSQL", openDatabase);
