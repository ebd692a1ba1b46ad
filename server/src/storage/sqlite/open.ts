import { existsSync } from "node:fs";
import type { DatabaseSync } from "node:sqlite";
import { DomainError } from "../../domain/errors.ts";
import type { Clock } from "../../domain/ports.ts";
import type { Storage } from "../../domain/storage.ts";
import { storageClosed } from "../answers.ts";
import { backup, type BackupProgress } from "./backup.ts";
import { check } from "./check.ts";
import { movedText, refuseMarked } from "../copy/mark.ts";
import { type Durability, openForReading, openForWriting } from "./connection.ts";
import { readMark } from "./copy-mark.ts";
import { translate } from "./errors.ts";
import { checkSchema, migrate, schemaVersion, type Tell } from "./migrate.ts";
import { createAuditReader } from "./audit.ts";
import { createAccountReader } from "./read-accounts.ts";
import { createCallReader } from "./read-calls.ts";
import { createChangeReader } from "./read-changes.ts";
import { createDeliveryReader } from "./read-deliveries.ts";
import { createKeptAnswerReader } from "./read-kept-answers.ts";
import { createPeopleReader } from "./read-people.ts";
import { loadNumberKeys, type NumberPlansModule } from "./number-plans-module.ts";
import { createContactReader } from "./read-contacts.ts";
import { createSnapshot } from "./snapshot.ts";
import { createUnreadReader } from "./unread.ts";
import { createViewReader } from "./views.ts";
import { createWebhookReader } from "./webhooks.ts";
import { startWriter, type Writer } from "./writer.ts";
import type { WriteName, Writes } from "./writes.ts";

/** The storage on one SQLite file, with what only a file has. Reads answer at once. */
export type SqliteStorage = Storage & {
  /**
   * Copies the database, while it is used, into a new file that has every write acknowledged before the call. The copy has
   * another epoch: what happens to it after a restore is another history. The file appears under its name only when complete.
   * @throws DomainError CONFLICT when there is such a file already; STORAGE_FULL, STORAGE_READ_ONLY.
   */
  backup(file: string, progress?: BackupProgress): Promise<void>;
  health(): SqliteHealth;
};

export type SqliteHealth = {
  /** What the writing connection promises; null when the file was opened for reading only. */
  readonly durability: Durability | null;
  /** Why no write is taken until the database is opened anew; null while they are. */
  readonly refusal: string | null;
};

/** Changes that one transaction forgets, so that other writes get their turn in between. */
const changesPerPruning = 5_000;

/**
 * Opens the file, makes it when it is missing (its folder must exist), and brings its schema up to date. Reads go through a
 * connection of this thread, writes through a thread of their own.
 * @throws DomainError STORAGE_READ_ONLY, STORAGE_CORRUPT, STORAGE_TOO_NEW, STORAGE_FULL, UNAVAILABLE; with `readOnly` also
 *   NOT_FOUND when there is no such file. Each has a sentence for the operator.
 */
export async function openSqliteStorage({
  file,
  clock,
  log,
  numberPlans = null,
  readOnly = false,
}: {
  readonly file: string;
  /** By which numbers are read in a default country; null compares them by their text alone. The same whenever the file is opened. */
  readonly numberPlans?: NumberPlansModule | null;
  readonly clock: Clock;
  readonly log?: {
    error(fields: object, message: string): void;
    /** Is told how far the update of an older database is. */
    info?(fields: object, message: string): void;
  };
  readonly readOnly?: boolean;
}): Promise<SqliteStorage> {
  const tell: Tell = (progress) => log?.info?.({ progress }, "the database is being updated");
  const db = openReader(file, readOnly ? null : clock.now(), tell);
  const listeners = new Set<(workspaceId: number, revision: number) => void>();
  const writer = readOnly ? null : await startOrClose();
  const snapshot = createSnapshot(db);
  const calls = createCallReader(db, snapshot);
  const changes = createChangeReader(db, snapshot, file);
  const accounts = createAccountReader(db);
  const deliveries = createDeliveryReader(db, snapshot);
  const views = createViewReader(db);
  const people = createPeopleReader(db);
  const contacts = createContactReader(db, snapshot);
  const unread = createUnreadReader(db);
  const webhooks = createWebhookReader(db);
  const audit = createAuditReader(db);
  let closing: Promise<void> | null = null;

  return {
    workspaces: { find: read(accounts.workspace), list: read(accounts.workspaces), add: write("addWorkspace") },
    calls: {
      page: read(calls.page),
      find: read(calls.find),
      places: read(calls.places),
      some: read(calls.some),
      after: read(calls.after),
      walk: read(calls.walk),
      count: read(calls.count),
      counts: read(calls.counts),
      otherEnds: read(calls.otherEnds),
      returns: read(calls.returns),
      unsettled: read(calls.unsettled),
      toggleArchived: write("toggleArchived"),
      addNote: write("addNote"),
      setMany: write("setMany"),
      editNote: write("editNote"),
      deleteNote: write("deleteNote"),
      setTag: write("setTag"),
      assign: write("assign"),
      undo: write("undo"),
      undoMany: write("undoMany"),
    },
    changes: {
      head: read(changes.head),
      after: read(changes.after),
      changedCalls: read(changes.changedCalls),
      latest: read(changes.latest),
      async prune(workspaceId, beforeMs, keepCount) {
        const prune = write("pruneChanges");
        let total = 0;
        for (;;) {
          const count = await prune(workspaceId, beforeMs, keepCount, changesPerPruning);
          total += count;
          if (count < changesPerPruning) return total;
        }
      },
      onCommit(listener) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    },
    users: {
      byName: read(accounts.userByName),
      find: read(accounts.user),
      list: read(accounts.users),
      count: read(accounts.userCount),
      add: write("addUser"),
      addFirst: write("addFirstUser"),
      rehash: write("rehash"),
      changePassword: write("changePassword"),
      setRole: write("setRole"),
      setDisabled: write("setDisabled"),
    },
    sessions: {
      find: read(accounts.session),
      add: write("addSession"),
      rotate: write("rotateSession"),
      revoke: write("revokeSession"),
      revokeAll: write("revokeSessions"),
      revokedSince: read(accounts.revokedSince),
      prune: write("pruneSessions"),
    },
    sources: {
      byKeyHash: read(accounts.sourceByKey),
      list: read(accounts.sources),
      add: write("addSource"),
      remove: write("removeSource"),
      accept: write("accept"),
    },
    sourceRegister: {
      cards: read(deliveries.cards),
      card: read(deliveries.card),
      add: write("addSourceWithHint"),
      rename: write("renameSource"),
      setKey: write("setSourceKey"),
      setDisabled: write("setSourceDisabled"),
    },
    deliveries: {
      page: read(deliveries.page),
      find: read(deliveries.find),
      ofCall: read(deliveries.ofCall),
      factsOfCall: read(deliveries.factsOfCall),
      bodiesAfter: read(deliveries.bodiesAfter),
      refuse: write("refuse"),
      remap: write("remap"),
      pruneBodies: write("pruneBodies"),
    },
    views: { list: read(views.views), save: write("saveView"), remove: write("removeView") },
    settings: {
      preferences: read(views.preferences),
      setPreferences: write("setPreferences"),
      workspace: read(views.workspaceSettings),
      setWorkspace: write("setWorkspaceSettings"),
    },
    apiKeys: {
      byHash: read(people.keyByHash),
      list: read(people.keys),
      add: write("addApiKey"),
      revoke: write("revokeApiKey"),
      noteUse: write("noteKeyUse"),
      revokedSince: read(people.keysRevokedSince),
    },
    invitations: {
      byHash: read(people.invitationByHash),
      list: read(people.invitations),
      add: write("addInvitation"),
      withdraw: write("withdrawInvitation"),
      accept: write("acceptInvitation"),
    },
    keptAnswers: { find: read(createKeptAnswerReader(db)), keep: write("keepAnswer") },
    contacts: {
      revision: read(contacts.revision),
      find: read(contacts.find),
      page: read(contacts.page),
      shown: read(contacts.shown),
      add: write("addContact"),
      update: write("updateContact"),
      remove: write("removeContact"),
      import: write("importContacts"),
    },
    numbers: {
      countries: read(contacts.countries),
      setCountry: write("setCountry"),
      countryOf: read(contacts.countryOf),
    },
    unread: { among: read(unread.among), set: write("setUnread"), readAll: write("readAll") },
    webhooks: {
      list: read(webhooks.webhooks),
      find: read(webhooks.webhook),
      add: write("addWebhook"),
      alter: write("alterWebhook"),
      remove: write("removeWebhook"),
      deliveries: read(webhooks.deliveries),
      delivery: read(webhooks.delivery),
      send: write("sendToWebhook"),
      sendAgain: write("sendAgain"),
      work: read(webhooks.work),
      hold: write("holdWebhook"),
      release: write("releaseWebhook"),
      outlet: read(webhooks.outlet),
      take: write("takeChanges"),
      due: read(webhooks.due),
      settle: write("settleDelivery"),
      prune: write("pruneWebhookDeliveries"),
    },
    audit: { record: write("recordAudit"), page: read(audit.page), prune: write("pruneAudit") },
    retention: {
      deleteOld: write("deleteOld"),
      deleteOfNumber: write("deleteOfNumber"),
      pruneDeliveries: write("pruneDeliveries"),
    },
    movedTo: read(() => {
      const mark = readMark(db);
      return mark === null ? null : movedText(mark);
    }),
    async check() {
      const numberKeys = await loadNumberKeys(numberPlans);
      return read(() => check(file, numberKeys))();
    },
    async backup(target, progress) {
      if (closing !== null) throw storageClosed();
      await backup(file, target, progress).catch((error: unknown) => {
        throw translate(error);
      });
    },
    health: () => ({ durability: writer?.durability ?? null, refusal: writer?.refusal()?.message ?? null }),
    close() {
      closing ??= (async () => {
        // The writer closes last: the last connection folds the log into the file.
        db.close();
        await writer?.close();
      })();
      return closing;
    },
  };

  async function startOrClose(): Promise<Writer> {
    try {
      return await startWriter(file, numberPlans, announce, (error) =>
        log?.error({ err: error }, "returned calls and keys of numbers could not be settled"),
      );
    } catch (error) {
      db.close();
      throw error;
    }
  }

  function announce(workspaceId: number, revision: number): void {
    for (const listener of listeners) {
      try {
        listener(workspaceId, revision);
      } catch (error) {
        log?.error({ err: error, workspaceId, revision }, "a listener for commits failed");
      }
    }
  }

  function read<Args extends readonly unknown[], T>(answer: (...args: Args) => T): (...args: Args) => T {
    return (...args) => {
      if (closing !== null) throw storageClosed();
      try {
        return answer(...args);
      } catch (error) {
        throw translate(error);
      }
    };
  }

  function write<Name extends WriteName>(
    name: Name,
  ): (...args: Parameters<Writes[Name]>) => Promise<ReturnType<Writes[Name]>> {
    return async (...args) => {
      if (closing !== null) throw storageClosed();
      if (writer === null) throw new DomainError("STORAGE_READ_ONLY", "The database was opened for reading only.");
      return writer.run(name, ...args);
    };
  }
}

/** @param migrateAtMs the time now where the file may be made and its schema changed; null to leave it alone. */
function openReader(file: string, migrateAtMs: number | null, tell: Tell): DatabaseSync {
  try {
    if (migrateAtMs === null) {
      if (!existsSync(file)) throw new DomainError("NOT_FOUND", `There is no database ${file}.`);
      return openCurrent(file);
    }
    const db = openForWriting(file);
    try {
      refuseMarked(readMark(db));
      migrate(db, migrateAtMs, tell);
      // Before the other connection is closed: the last one to close would fold the log into the file for nothing.
      return openCurrent(file);
    } finally {
      db.close();
    }
  } catch (error) {
    throw translate(error);
  }
}

function openCurrent(file: string): DatabaseSync {
  const db = openForReading(file);
  try {
    refuseMarked(readMark(db));
    if (checkSchema(db) === schemaVersion) return db;
    throw new DomainError(
      "STORAGE_READ_ONLY",
      "The database is of an older version: start the server once to update it.",
    );
  } catch (error) {
    db.close();
    throw error;
  }
}
