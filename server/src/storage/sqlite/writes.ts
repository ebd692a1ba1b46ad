import type { DatabaseSync } from "node:sqlite";
import type { Delivery, Source } from "../../domain/source.ts";
import type { Keep } from "../../domain/kept-answers.ts";
import type { NumberKeys } from "../../domain/number-key.ts";
import { createCallKeys } from "./call-keys.ts";
import { createLedger, type Ledger } from "./ledger.ts";
import { createAuditWriter } from "./audit.ts";
import { createAccountWriter } from "./write-accounts.ts";
import { createCallWriter } from "./write-calls.ts";
import { createContactWriter } from "./write-contacts.ts";
import { createDeliveryWriter } from "./write-deliveries.ts";
import { createAnswerKeeper, createKeeping } from "./write-kept-answers.ts";
import { createKeptDeliveryWriter } from "./write-kept-deliveries.ts";
import { createSourceWriter } from "./write-sources.ts";
import { createViewWriter } from "./views.ts";
import { settlingBounds } from "../settling.ts";
import { createReturnWriter } from "./write-returns.ts";
import { createNumberKeyWriter } from "./write-number-keys.ts";
import { createPeopleWriter } from "./write-people.ts";
import { createEditWriter } from "./write-edits.ts";
import { createUnreadWriter } from "./unread.ts";
import { createWebhookWriter } from "./webhooks.ts";
import { createCallRemover } from "./delete-calls.ts";

/** Every write there is, by name: what the writing thread can be asked to do. Each runs inside a transaction of its caller. */
export type Writes = ReturnType<typeof createWrites>["writes"];

export type WriteName = keyof Writes;

/** One write, as plain data that can be sent to the writing thread. */
export type Write<Name extends WriteName = WriteName> = {
  readonly name: Name;
  readonly args: Parameters<Writes[Name]>;
};

/** @param numberKeys reads the numbers of calls in the countries of their sources */
export function createWrites(db: DatabaseSync, numberKeys: NumberKeys) {
  const ledger: Ledger = createLedger(db);
  const callKeys = createCallKeys(db, ledger, numberKeys);
  const returns = createReturnWriter(db, settlingBounds, callKeys);
  const calls = createCallWriter(db, ledger, returns);
  const rekeying = createNumberKeyWriter(db, callKeys, returns, calls.setReturned, settlingBounds);
  const deliveries = createDeliveryWriter(db, ledger, calls, returns);
  const accounts = createAccountWriter(db);
  const contacts = createContactWriter(db);
  const keeping = createKeeping(db);
  const desk = {
    ...createKeptDeliveryWriter(db, ledger, calls, returns),
    ...keeping(createSourceWriter(db, accounts)),
    ...keeping(createViewWriter(db)),
    ...keeping({
      accept: (source: Source, batch: readonly Delivery[], receivedAtMs: number) =>
        deliveries.accept(source, batch, receivedAtMs),
      setCountry: (workspaceId: number, sourceId: string | null, country: string | null, atMs: number) => {
        if (contacts.setCountry(workspaceId, sourceId, country)) rekeying.begin(workspaceId, atMs);
      },
      keepAnswer: () => undefined,
    }),
  };
  const once = createAnswerKeeper(db);
  const rotateSession = (rotation: Parameters<typeof accounts.rotateSession>[0], keep?: Keep) =>
    once(
      keep,
      () => accounts.rotateSession(rotation),
      undefined,
      ({ kind }) => kind === "reused",
    );
  const people = createPeopleWriter(db, accounts);
  const edits = createEditWriter(db, ledger, calls);
  const webhooks = createWebhookWriter(db, ledger);
  const { toggleArchived, addNote, pruneChanges } = calls;
  return {
    ledger,
    /** Whether anything is left for {@link Writes.settleMore}. */
    hasMore: () => returns.hasMore() || rekeying.hasMore(),
    writes: {
      toggleArchived,
      addNote,
      pruneChanges,
      ...edits,
      ...deliveries,
      ...keeping(accounts),
      rotateSession,
      ...people,
      ...contacts,
      ...keeping({ importContacts: contacts.importContacts }),
      ...desk,
      ...createAuditWriter(db),
      ...keeping(createUnreadWriter(db, ledger)),
      ...keeping(webhooks.keyed),
      ...webhooks.plain,
      ...createCallRemover(db, ledger, calls),
      /** Goes on with what was too much for one transaction: first with settling, then with keys. */
      settleMore: () => returns.settleMore(calls.setReturned) || rekeying.rekeyMore(),
    },
  };
}
