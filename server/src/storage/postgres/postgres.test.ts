import { after, describe } from "node:test";
import postgres from "postgres";
import { openPostgres } from "../../../../test/support/postgres.ts";
import type { Storage } from "../../domain/storage.ts";
import { newEpoch } from "../epoch.ts";
import { describeAccounts } from "../accounts.contract.ts";
import { describeCalls } from "../calls.contract.ts";
import { describeChanges } from "../changes.contract.ts";
import { describeContacts } from "../contacts.contract.ts";
import { describeDeliveries } from "../deliveries.contract.ts";
import { describeDesk } from "../desk.contract.ts";
import { describeDurability } from "../durability.contract.ts";
import { describeEdits } from "../edits.contract.ts";
import { describeKeptAnswers } from "../kept-answers.contract.ts";
import { describeModel } from "../model.contract.ts";
import { describePeople } from "../people.contract.ts";
import { describeWrites } from "../writes.contract.ts";
import type { OpenDatabase } from "../storage.contract.ts";
import { openPostgresStorage } from "./open.ts";

const server = await openPostgres();
after(() => server.stop());

const openDatabase: OpenDatabase = async () => {
  const database = await server.createDatabase();
  const { url } = database;
  const limits = { connections: 3, statementMs: 15_000, lockMs: 5_000 };
  const open = async () => (await openPostgresStorage({ url, clock: { now: () => 0 }, limits })) as unknown as Storage;
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

describe("the storage contract, on PostgreSQL, as far as it stands", () => {
  describeWrites(openDatabase);
  describeCalls(openDatabase);
  describeChanges(openDatabase);
  describeDeliveries(openDatabase);
  describeEdits(openDatabase);
  describeDesk(openDatabase);
  describeAccounts(openDatabase);
  describePeople(openDatabase);
  describeKeptAnswers(openDatabase);
  describeContacts(openDatabase);
  describeModel(openDatabase);
  describeDurability(openDatabase);
});
