import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describeDatabaseContract } from "../storage.contract.ts";
import { newEpoch } from "../epoch.ts";
import { openSqliteStorage } from "./open.ts";

const numberPlans = import.meta.resolve("../../numbers/number-plans.ts");

describeDatabaseContract("on SQLite", async () => {
  const folder = await mkdtemp(join(tmpdir(), "ringback-storage-"));
  const file = join(folder, "ringback.db");
  const open = () => openSqliteStorage({ file, clock: { now: () => 0 }, numberPlans });
  let storage = await open();
  return {
    storage,
    addWorkspace: async (id, name) => {
      const db = new DatabaseSync(file, { timeout: 5_000 });
      db.prepare("INSERT INTO workspaces (id, name, epoch, created_at_ms) VALUES (?, ?, ?, 0)").run(
        id,
        name,
        newEpoch(),
      );
      db.close();
    },
    reopen: async () => {
      await storage.close();
      storage = await open();
      return storage;
    },
    another: open,
    close: async () => {
      await storage.close();
      await rm(folder, { recursive: true });
    },
  };
});
