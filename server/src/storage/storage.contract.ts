import { describe } from "node:test";
import type { Storage } from "../domain/storage.ts";
import { describeAccounts } from "./accounts.contract.ts";
import { describeAudit } from "./audit.contract.ts";
import { describeCalls } from "./calls.contract.ts";
import { describeChanges } from "./changes.contract.ts";
import { describeContacts } from "./contacts.contract.ts";
import { describeDeliveries } from "./deliveries.contract.ts";
import { describeDesk } from "./desk.contract.ts";
import { describeDurability } from "./durability.contract.ts";
import { describeEdits } from "./edits.contract.ts";
import { describeFilters } from "./filters.contract.ts";
import { describeManyCalls } from "./many-calls.contract.ts";
import { describeModel } from "./model.contract.ts";
import { describeKeptAnswers } from "./kept-answers.contract.ts";
import { describeNumberKeys } from "./number-keys.contract.ts";
import { describePeople } from "./people.contract.ts";
import { describeRetention } from "./retention.contract.ts";
import { describeReturns } from "./returns.contract.ts";
import { describeUnread } from "./unread.contract.ts";
import { describeWebhooks } from "./webhooks.contract.ts";
import { describeWrites } from "./writes.contract.ts";

/** A fresh storage for one test. */
export type OpenedStorage = {
  readonly storage: Storage;
  /** Makes a further workspace: how that is done is not part of the port. */
  readonly addWorkspace: (id: number, name: string) => Promise<void>;
  /** Closes whatever was opened and removes the database. */
  readonly close: () => Promise<void>;
};

/** What a database adds: it outlives the process and other processes use it too. */
export type OpenedDatabase = OpenedStorage & {
  /** Closes the storage and opens the same database again. */
  readonly reopen: () => Promise<Storage>;
  /** Opens the same database a second time, as another process would. The caller closes it. */
  readonly another: () => Promise<Storage>;
};

export type OpenStorage = () => Promise<OpenedStorage>;
export type OpenDatabase = () => Promise<OpenedDatabase>;

/**
 * The promises of the port `Storage`, each as a test with the promise as its name. Whoever adds a database hands in how to open
 * a fresh one and gets told what it owes.
 */
export function describeDatabaseContract(name: string, open: OpenDatabase): void {
  describeStorageContract(name, open);
  describe(`the storage contract, ${name}, between processes`, () => describeDurability(open));
}

/** The part of the contract that the model keeps as well: all but what concerns restarts and other processes. */
export function describeStorageContract(name: string, open: OpenStorage): void {
  describe(`the storage contract, ${name}`, () => {
    describeWrites(open);
    describeCalls(open);
    describeChanges(open);
    describeDeliveries(open);
    describeEdits(open);
    describeDesk(open);
    describeAccounts(open);
    describePeople(open);
    describeAudit(open);
    describeKeptAnswers(open);
    describeContacts(open);
    describeFilters(open);
    describeReturns(open);
    describeUnread(open);
    describeWebhooks(open);
    describeRetention(open);
    describeNumberKeys(open);
    describeManyCalls(open);
    describeModel(open);
  });
}
