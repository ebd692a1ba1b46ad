import type postgres from "postgres";
import { DomainError } from "../../domain/errors.ts";
import type { Keep } from "../../domain/kept-answers.ts";
import type { NodeRegister } from "../../domain/node-register.ts";
import { createNumberKeys, numberKey, type NumberKeys } from "../../domain/number-key.ts";
import type { NumberPlans } from "../../domain/phone-numbers.ts";
import type { Clock } from "../../domain/ports.ts";
import type { Remapping } from "../../domain/delivery-store.ts";
import type { Delivery, Source } from "../../domain/source.ts";
import type { CheckReport, Storage } from "../../domain/storage.ts";
import type { Tallies } from "../../domain/tallies.ts";
import { storageClosed } from "../answers.ts";
import { movedText, refuseMarked } from "../copy/mark.ts";
import { check } from "./check.ts";
import { type Client, createClient } from "./client.ts";
import {
  assertDurable,
  connect,
  end,
  type Limits,
  limitsDefault,
  type Statements,
  statementsOf,
} from "./connection.ts";
import { readMark } from "./copy-mark.ts";
import { isLost, translate } from "./errors.ts";
import type { Lane, Tx } from "./group-commit.ts";
import { checkSchema, migrate, schemaVersion } from "./migrate.ts";
import { createNodeRegister } from "./node-register.ts";
import { createAuditReader, pruneAudit, recordAudit } from "./audit.ts";
import { createAccountReader } from "./read-accounts.ts";
import { createCallReader } from "./read-calls.ts";
import { createChangeReader } from "./read-changes.ts";
import { createContactReader } from "./read-contacts.ts";
import { createDeskReader } from "./read-desk.ts";
import { createPeopleReader } from "./read-people.ts";
import { createTallies } from "./tallies.ts";
import * as accounts from "./write-accounts.ts";
import * as calls from "./write-calls.ts";
import * as contacts from "./write-contacts.ts";
import * as deliveries from "./write-deliveries.ts";
import * as desk from "./write-desk.ts";
import * as edits from "./write-edits.ts";
import * as many from "./write-many.ts";
import { keeping, once } from "./write-kept-answers.ts";
import * as people from "./write-people.ts";
import * as removal from "./delete-calls.ts";
import * as unread from "./unread.ts";
import * as webhooks from "./webhooks.ts";
import { beginRekeying, rekeyMore } from "./write-number-keys.ts";
import { createWriter } from "./writer.ts";

/** Changes that one transaction forgets, so that other writes get their turn in between. */
const changesPerPruning = 5_000;

/** The storage on a PostgreSQL database, with what its nodes tell each other there. */
export type PostgresStorage = Storage & { readonly tallies: Tallies; readonly nodes: NodeRegister };

/**
 * Opens the database of an address and brings its schema up to date. Reads answer later, from a pool of connections; writes are
 * grouped by workspace, on connections of their own. What is lost with a connection is asked again once, and made anew by
 * itself after the database has been restarted.
 * @throws DomainError BAD_CONFIGURATION, STORAGE_TOO_NEW, STORAGE_CORRUPT, STORAGE_FULL, UNAVAILABLE; with `readOnly` also
 *   STORAGE_READ_ONLY when the schema is not of this version. Each has a sentence for the operator, without the address.
 */
export async function openPostgresStorage({
  url,
  clock,
  log,
  limits: given = {},
  numberPlans = null,
  readOnly = false,
}: {
  readonly url: string;
  readonly clock: Clock;
  readonly log?: { error(fields: object, message: string): void };
  /** By which numbers are read in a default country; null compares them by their text alone. The same for all nodes, always. */
  readonly numberPlans?: NumberPlans | null;
  /** Others than the standing ones. */
  readonly limits?: Partial<Limits>;
  readonly readOnly?: boolean;
}): Promise<PostgresStorage> {
  const limits = { ...limitsDefault, ...given };
  const numberKeys = numberPlans === null ? numberKey : createNumberKeys(numberPlans);
  await prepare(url, limits, readOnly ? null : clock.now());
  const pool = createClient(() => connect(url, limits.connections, limits, "reads"), limits);
  const clients = readOnly
    ? []
    : Array.from({ length: limits.connections }, () => createClient(() => connect(url, 1, limits, "writes"), limits));
  // What nodes tell each other waits for no write of anybody, and is asked once more as reading is: one that counts twice does no harm.
  const telling = createClient(() => connect(url, 1, limits, "nodes", { mayWriteAlone: !readOnly }), limits);
  const tell = asking(telling);
  const listeners = new Set<(workspaceId: number, revision: number) => void>();
  const writer = createWriter(clients, announce, numberKeys);
  const statements = currentOf(pool);
  const tallies = createTallies(currentOf(telling));
  const nodes = createNodeRegister(currentOf(telling));
  const read = asking(pool);
  const callReader = createCallReader(statements, (read) => pool.snapshot(read));
  const changes = createChangeReader(statements);
  const accountReader = createAccountReader(statements);
  const peopleReader = createPeopleReader(statements);
  const contactReader = createContactReader(statements);
  const deskReader = createDeskReader(statements);
  const webhookReader = webhooks.createWebhookReader(statements);
  const settling = new Set<number>();
  const toSettle = new Set<number>();
  let closing: Promise<void> | null = null;

  if (!readOnly) for (const { workspace_id: id } of await statements.all<WorkLeft>(workLeft)) settleLater(id);
  return {
    workspaces: {
      find: read(accountReader.workspace),
      list: read(accountReader.workspaces),
      add: writeWide(people.addWorkspace),
    },
    calls: {
      page: read(callReader.page),
      find: read(callReader.find),
      places: read(callReader.places),
      some: read(callReader.some),
      after: read(callReader.after),
      walk: read(callReader.walk),
      count: read(callReader.count),
      counts: read(callReader.counts),
      otherEnds: read(callReader.otherEnds),
      returns: read(callReader.returns),
      unsettled: read(callReader.unsettled),
      toggleArchived: write(calls.toggleArchived),
      addNote: write(calls.addNote),
      setMany: write(many.setMany),
      editNote: write(edits.editNote),
      deleteNote: write(edits.deleteNote),
      setTag: write(edits.setTag),
      assign: write(edits.assign),
      undo: write(edits.undo),
      undoMany: write(many.undoMany),
    },
    changes: {
      head: read(changes.head),
      after: read(changes.after),
      changedCalls: read(changes.changedCalls),
      latest: read(changes.latest),
      async prune(workspaceId, beforeMs, keepCount) {
        const prune = write(calls.pruneChanges);
        let total = 0;
        for (;;) {
          // oxlint-disable-next-line no-await-in-loop -- one transaction after the other
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
      byName: read(accountReader.userByName),
      find: read(accountReader.user),
      list: read(accountReader.users),
      count: read(accountReader.userCount),
      add: writeWide(keeping(accounts.addUser)),
      addFirst: write(keeping(accounts.addFirstUser)),
      rehash: writeWide(accounts.rehash),
      changePassword: writeWide(keeping(accounts.changePassword)),
      setRole: writeWide(people.setRole),
      setDisabled: writeWide(people.setDisabled),
    },
    sessions: {
      find: read(accountReader.session),
      add: writeWide(keeping(accounts.addSession)),
      rotate: writeWide(accounts.rotateSession),
      revoke: writeWide(keeping(accounts.revokeSession)),
      revokeAll: writeWide(keeping(accounts.revokeSessions)),
      revokedSince: read(accountReader.revokedSince),
      prune: writeWide(accounts.pruneSessions),
    },
    sources: {
      byKeyHash: read(accountReader.sourceByKey),
      list: read(accountReader.sources),
      add: writeWide(keeping((tx: Tx, source: Source, keyHash: string) => desk.addSource(tx, source, keyHash))),
      remove: writeWide(keeping(desk.removeSource)),
      accept: write(
        keeping((tx: Tx, source: Source, batch: readonly Delivery[], atMs: number) =>
          deliveries.accept(tx, source, batch, atMs, () => settleLater(source.workspaceId)),
        ),
      ),
    },
    sourceRegister: {
      cards: read(deskReader.cards),
      card: read(deskReader.card),
      add: writeWide(
        keeping((tx: Tx, source: Source, keyHash: string, keyHint: string) =>
          desk.addSource(tx, source, keyHash, keyHint),
        ),
      ),
      rename: writeWide(keeping(desk.renameSource)),
      setKey: writeWide(keeping(desk.setSourceKey)),
      setDisabled: writeWide(keeping(desk.setSourceDisabled)),
    },
    deliveries: {
      page: read(deskReader.deliveries),
      find: read(deskReader.delivery),
      ofCall: read(deskReader.deliveriesOfCall),
      factsOfCall: read(deskReader.factsOfCall),
      bodiesAfter: read(deskReader.bodiesAfter),
      refuse: write(deliveries.refuse),
      remap: write((tx, remapping: Remapping) =>
        deliveries.remap(tx, remapping, () => settleLater(remapping.workspaceId)),
      ),
      pruneBodies: writeWide(deliveries.pruneBodies),
    },
    views: {
      list: read(deskReader.views),
      save: write(keeping(desk.saveView)),
      remove: write(keeping(desk.removeView)),
    },
    settings: {
      preferences: read(deskReader.preferences),
      setPreferences: write(keeping(desk.setPreferences)),
      workspace: read(deskReader.workspaceSettings),
      setWorkspace: write(keeping(desk.setWorkspaceSettings)),
    },
    apiKeys: {
      byHash: read(peopleReader.keyByHash),
      list: read(peopleReader.keys),
      add: writeWide(people.addApiKey),
      revoke: writeWide(people.revokeApiKey),
      noteUse: writeWide(people.noteKeyUse),
      revokedSince: read(peopleReader.keysRevokedSince),
    },
    invitations: {
      byHash: read(peopleReader.invitationByHash),
      list: read(peopleReader.invitations),
      add: writeWide(people.addInvitation),
      withdraw: writeWide(people.withdrawInvitation),
      accept: writeWide(keeping(people.acceptInvitation)),
    },
    contacts: {
      revision: read(contactReader.revision),
      find: read(contactReader.find),
      page: read(contactReader.page),
      shown: read(contactReader.shown),
      add: write(contacts.addContact),
      update: write(contacts.updateContact),
      remove: write(contacts.removeContact),
      import: write(keeping(contacts.importContacts)),
    },
    numbers: {
      countries: read(contactReader.countries),
      setCountry: write(
        keeping(async (tx: Tx, workspaceId: number, sourceId: string | null, country: string | null, atMs: number) => {
          if (!(await contacts.setCountry(tx, workspaceId, sourceId, country))) return;
          await beginRekeying(tx, workspaceId, atMs);
          settleLater(workspaceId);
        }),
      ),
      countryOf: read(contactReader.countryOf),
    },
    unread: {
      among: read(unread.createUnreadReader(statements).among),
      set: write(keeping(unread.setUnread)),
      readAll: write(keeping(unread.readAll)),
    },
    webhooks: {
      list: read(webhookReader.list),
      find: read(webhookReader.find),
      add: write(keeping(webhooks.addWebhook)),
      alter: write(keeping(webhooks.alterWebhook)),
      remove: write(keeping(webhooks.removeWebhook)),
      deliveries: read(webhookReader.deliveries),
      delivery: read(webhookReader.delivery),
      send: write(keeping(webhooks.sendToWebhook)),
      sendAgain: write(keeping(webhooks.sendAgain)),
      work: read(webhookReader.work),
      hold: write(webhooks.holdWebhook),
      release: write(webhooks.releaseWebhook),
      outlet: read(webhookReader.outlet),
      take: write(webhooks.takeChanges),
      due: read(webhookReader.due),
      settle: write(webhooks.settleDelivery),
      prune: writeWide(webhooks.pruneWebhookDeliveries),
    },
    retention: {
      deleteOld: write(removal.deleteOld),
      deleteOfNumber: write(removal.deleteOfNumber),
      pruneDeliveries: write(removal.pruneDeliveries),
    },
    keptAnswers: {
      find: read(peopleReader.keptAnswer),
      keep: writeWide((tx: Tx, keep: Keep) => once(tx, keep, async () => undefined)),
    },
    audit: {
      record: writeWide(recordAudit),
      page: read(createAuditReader(statements).page),
      prune: writeWide(pruneAudit),
    },
    tallies: {
      add: tell(tallies.add),
      read: tell(tallies.read),
      clear: tell(tallies.clear),
      prune: tell(tallies.prune),
    },
    nodes: { exchange: tell(nodes.exchange), leave: tell(nodes.leave) },
    movedTo: read(async () => {
      const mark = await readMark(statements);
      return mark === null ? null : movedText(mark);
    }),
    check: read(() => checkAll(url, limits, numberKeys)),
    close() {
      closing ??= (async () => {
        await writer.close();
        await Promise.all([pool, telling, ...clients].map((client) => client.close()));
      })();
      return closing;
    },
  };

  function announce(workspaceId: number, revision: number): void {
    for (const listener of listeners) {
      try {
        listener(workspaceId, revision);
      } catch (error) {
        log?.error({ err: error, workspaceId, revision }, "a listener for commits failed");
      }
    }
  }

  /**
   * What was too much for one transaction gets its own ones; whatever else waits gets its turn between them. Called within the
   * write that leaves it, which may share its transaction with the one that finds nothing left: there is another look after that.
   */
  function settleLater(workspaceId: number): void {
    toSettle.add(workspaceId);
    if (settling.has(workspaceId)) return;
    settling.add(workspaceId);
    void settleAll(workspaceId);
  }

  async function settleAll(workspaceId: number): Promise<void> {
    try {
      let isLeft = false;
      while (toSettle.delete(workspaceId) || isLeft) {
        // oxlint-disable-next-line no-await-in-loop -- one transaction after the other
        isLeft = await enter(
          workspaceId,
          async (tx) =>
            (await calls.settleRest(tx, workspaceId)) || (await rekeyMore(tx, workspaceId, calls.setReturned)),
        );
      }
    } catch (error) {
      // It stays in the database, and goes on with the next one that is too much, or the next start.
      if (closing === null)
        log?.error({ err: error, workspaceId }, "returned calls and keys of numbers could not be settled");
    } finally {
      settling.delete(workspaceId);
    }
  }

  /** Asked once more when the connection was lost: reading again does no harm, and a new connection may be there already. */
  function asking(client: Client) {
    return <Args extends readonly unknown[], T>(answer: (...args: Args) => Promise<T>) =>
      async (...args: Args): Promise<T> => {
        if (closing !== null) throw storageClosed();
        try {
          const asked = client.statements;
          return await answer(...args).catch((error: unknown) => {
            if (!isLost(error) || closing !== null) throw error;
            // Once for all that were waiting there.
            if (client.statements === asked) client.renew();
            return answer(...args);
          });
        } catch (error) {
          throw translate(error);
        }
      };
  }

  /** A write of the workspace that its first argument names. */
  function write<First extends number | { readonly workspaceId: number }, Rest extends readonly unknown[], T>(
    run: (tx: Tx, first: First, ...rest: Rest) => Promise<T>,
  ) {
    return (first: First, ...rest: Rest): Promise<T> => {
      const workspaceId = typeof first === "number" ? first : first.workspaceId;
      return enter(workspaceId, (tx) => run(tx, first, ...rest));
    };
  }

  /** A write of the whole database. */
  function writeWide<Args extends readonly unknown[], T>(run: (tx: Tx, ...args: Args) => Promise<T>) {
    return (...args: Args): Promise<T> => enter(null, (tx) => run(tx, ...args));
  }

  async function enter<T>(lane: Lane, run: (tx: Tx) => Promise<T>): Promise<T> {
    if (closing !== null) throw storageClosed();
    if (readOnly) throw new DomainError("STORAGE_READ_ONLY", "The database was opened for reading only.");
    return writer.run(lane, run);
  }
}

/** The statements of a client on the connections that it has at the time. */
function currentOf(client: Client): Statements {
  return {
    made: (question) => client.statements.made(question),
    all: (...args) => client.statements.all(...args),
    get: (...args) => client.statements.get(...args),
    run: (...args) => client.statements.run(...args),
    script: (...args) => client.statements.script(...args),
  };
}

/** Workspaces whose settling, or whose keys, were ended by a stop. */
const workLeft = "SELECT workspace_id FROM return_work UNION SELECT workspace_id FROM key_work";

type WorkLeft = { readonly workspace_id: number };

/** @param migrateAtMs the time now where the schema may be changed; null to leave it alone. */
async function prepare(url: string, limits: Limits, migrateAtMs: number | null): Promise<void> {
  await alone(url, limits, "start", async (statements, sql) => {
    await assertDurable(statements);
    refuseMarked(await readMark(statements));
    if (migrateAtMs !== null) return migrate(sql, migrateAtMs);
    if ((await checkSchema(statements)) === schemaVersion) return;
    throw new DomainError(
      "STORAGE_READ_ONLY",
      "The database is of an older version: start the server once to update it.",
    );
  });
}

function checkAll(url: string, limits: Limits, numberKeys: NumberKeys): Promise<CheckReport> {
  return alone(url, limits, "check", async (statements) => {
    await statements.script("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL statement_timeout = 0");
    return check(statements, numberKeys);
  });
}

/** On a connection of its own, closed afterwards. */
async function alone<T>(
  url: string,
  limits: Limits,
  purpose: string,
  run: (statements: Statements, sql: postgres.Sql) => Promise<T>,
): Promise<T> {
  const sql = connect(url, 1, limits, purpose);
  try {
    return await run(statementsOf(sql), sql);
  } catch (error) {
    throw translate(error);
  } finally {
    await end(sql, 5);
  }
}
