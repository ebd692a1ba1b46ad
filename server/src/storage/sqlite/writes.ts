import type { DatabaseSync } from "node:sqlite";
import { createLedger, type Ledger } from "./ledger.ts";
import { createAccountWriter } from "./write-accounts.ts";
import { createCallWriter } from "./write-calls.ts";
import { createContactWriter } from "./write-contacts.ts";
import { createDeliveryWriter } from "./write-deliveries.ts";

/** Every write there is, by name: what the writing thread can be asked to do. Each runs inside a transaction of its caller. */
export type Writes = ReturnType<typeof createWrites>["writes"];

export type WriteName = keyof Writes;

/** One write, as plain data that can be sent to the writing thread. */
export type Write<Name extends WriteName = WriteName> = {
  readonly name: Name;
  readonly args: Parameters<Writes[Name]>;
};

export function createWrites(db: DatabaseSync) {
  const ledger: Ledger = createLedger(db);
  const calls = createCallWriter(db, ledger);
  const deliveries = createDeliveryWriter(db, ledger, calls);
  const accounts = createAccountWriter(db);
  const contacts = createContactWriter(db);
  const { toggleArchived, addNote, pruneChanges } = calls;
  return { ledger, writes: { toggleArchived, addNote, pruneChanges, ...deliveries, ...accounts, ...contacts } };
}
