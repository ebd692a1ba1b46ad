import { join } from "node:path";
import { databaseFileName } from "../../server/src/database.ts";
import { openPostgresStorage } from "../../server/src/storage/postgres/open.ts";
import { openSqliteStorage } from "../../server/src/storage/sqlite/open.ts";
import { type PlainWrite, performWrite } from "./other-process.ts";

/** The other end of `startOtherProcess`: does each write it is sent, says so, and ends with its parent. */
const [folder = "", database = ""] = process.argv.slice(2);
const clock = { now: Date.now };
const storage = await (database === ""
  ? openSqliteStorage({ file: join(folder, databaseFileName), clock })
  : openPostgresStorage({ url: database, clock, limits: { connections: 2 } }));

process.on("message", ({ id, write }: { readonly id: number; readonly write: PlainWrite }) => {
  void performWrite(storage, write).then(() => process.send?.({ done: id }));
});
process.once("disconnect", () => void storage.close());
process.send?.({ done: 0 });
