import { openSqliteStorage } from "../../server/src/storage/sqlite/open.ts";
import { type PlainWrite, performWrite } from "./other-process.ts";

/** The other end of `startOtherProcess`: does each write it is sent, says so, and ends with its parent. */
const storage = await openSqliteStorage({ file: process.argv[2] ?? "", clock: { now: Date.now } });

process.on("message", ({ id, write }: { readonly id: number; readonly write: PlainWrite }) => {
  void performWrite(storage, write).then(() => process.send?.({ done: id }));
});
process.once("disconnect", () => void storage.close());
process.send?.({ done: 0 });
