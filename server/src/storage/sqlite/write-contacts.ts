import type { DatabaseSync } from "node:sqlite";
import { actorText } from "../../domain/change.ts";
import {
  type Contact,
  type ContactFields,
  type ContactVerdict,
  contactNotFound,
  contactWords,
  mergedContact,
  type NewContact,
  sameContact,
  saysTheSame,
  sortKeyOf,
} from "../../domain/contact.ts";
import type { Writing } from "../../domain/storage.ts";
import { idempotencyKeptMs, idempotencyMismatch, sourceNotFound } from "../answers.ts";
import { contactColumns, type ContactNumberRow, contactOf, type ContactRow, numbersOfOneSql } from "./contact-rows.ts";

/** Expired keys go so many at once, with each keyed write. */
const keysPerPruning = 100;

/** What is written about contacts and countries, within the transaction that the caller has begun. */
export function createContactWriter(db: DatabaseSync) {
  const nextRevision = db.prepare(`INSERT INTO contact_books (workspace_id, revision) VALUES (?, 1)
    ON CONFLICT (workspace_id) DO UPDATE SET revision = revision + 1 RETURNING revision`);
  const one = db.prepare(`SELECT ${contactColumns} FROM contacts WHERE workspace_id = ? AND id = ?`);
  const numbersOfOne = db.prepare(numbersOfOneSql);
  const insertContact = db.prepare(`INSERT INTO contacts
    (workspace_id, id, name, company, sort_key, created_at_ms, updated_at_ms) VALUES (?, ?, ?, ?, ?, ?, ?)`);
  const updateContact = db.prepare(`UPDATE contacts SET name = ?, company = ?, sort_key = ?, updated_at_ms = ?
    WHERE workspace_id = ? AND id = ?`);
  const deleteContact = db.prepare("DELETE FROM contacts WHERE workspace_id = ? AND id = ?");
  const claims = db.prepare("SELECT e164, claim FROM contact_numbers WHERE workspace_id = ? AND contact_id = ?");
  const deleteNumbers = db.prepare("DELETE FROM contact_numbers WHERE workspace_id = ? AND contact_id = ?");
  const insertNumber = db.prepare(`INSERT INTO contact_numbers
    (workspace_id, contact_id, place, e164, label, claim) VALUES (?, ?, ?, ?, ?, ?)`);
  const deleteWords = db.prepare("DELETE FROM contact_words WHERE workspace_id = ? AND contact_id = ?");
  const insertWord = db.prepare("INSERT INTO contact_words (workspace_id, word, contact_id) VALUES (?, ?, ?)");
  // Number by number through its index: the planner would rather walk all contacts in the order of their ids.
  const holders = db.prepare(`SELECT DISTINCT n.contact_id FROM json_each(?2) t CROSS JOIN contact_numbers n
    ON n.workspace_id = ?1 AND n.e164 = t.value`);
  const usedKeys = db.prepare(`SELECT part, fingerprint, answer FROM contact_keys
    WHERE workspace_id = ? AND actor = ? AND key = ? AND used_at_ms > ?`);
  const insertKey = db.prepare(`INSERT OR REPLACE INTO contact_keys
    (workspace_id, actor, key, part, fingerprint, answer, used_at_ms) VALUES (?, ?, ?, ?, ?, ?, ?)`);
  const pruneKeys = db.prepare(`DELETE FROM contact_keys WHERE (workspace_id, actor, key, part) IN
    (SELECT workspace_id, actor, key, part FROM contact_keys WHERE used_at_ms <= ? ORDER BY used_at_ms LIMIT ?)`);
  const source = db.prepare("SELECT 1 FROM sources WHERE workspace_id = ? AND id = ?");
  const countryOf = db.prepare("SELECT country FROM number_countries WHERE workspace_id = ? AND source_id = ?");
  const setCountry = db.prepare(`INSERT INTO number_countries (workspace_id, source_id, country) VALUES (?, ?, ?)
    ON CONFLICT (workspace_id, source_id) DO UPDATE SET country = excluded.country`);
  const clearCountry = db.prepare("DELETE FROM number_countries WHERE workspace_id = ? AND source_id = ?");

  return {
    addContact: (writing: Writing, contact: NewContact): Contact =>
      once(writing, () => {
        insert(writing, contact);
        return known(writing.workspaceId, contact.id);
      }),

    updateContact: (writing: Writing, contactId: string, fields: ContactFields): Contact =>
      once(writing, () => {
        const before = known(writing.workspaceId, contactId);
        if (saysTheSame(before, fields)) return before;
        const claim = moved(writing.workspaceId);
        replace(writing, contactId, fields, (earlier) => earlier ?? claim);
        return known(writing.workspaceId, contactId);
      }),

    removeContact: (writing: Writing, contactId: string): void => {
      once(writing, () => {
        const { workspaceId } = writing;
        known(workspaceId, contactId);
        moved(workspaceId);
        deleteWords.run(workspaceId, contactId);
        deleteNumbers.run(workspaceId, contactId);
        deleteContact.run(workspaceId, contactId);
        return null;
      });
    },

    importContacts: (writing: Writing, contacts: readonly NewContact[]): readonly ContactVerdict[] =>
      contacts.map((contact) => importOne(writing, contact)),

    /** Whether that alters anything. */
    setCountry(workspaceId: number, sourceId: string | null, country: string | null): boolean {
      if (sourceId !== null && source.get(workspaceId, sourceId) === undefined) throw sourceNotFound();
      const before = countryOf.get(workspaceId, sourceId ?? "") as { country: string } | undefined;
      moved(workspaceId);
      if (country === null) clearCountry.run(workspaceId, sourceId ?? "");
      else setCountry.run(workspaceId, sourceId ?? "", country);
      return country !== (before?.country ?? null);
    },
  };

  function importOne(writing: Writing, given: NewContact): ContactVerdict {
    const { workspaceId } = writing;
    const before = sameContact(holdersOf(workspaceId, given), given);
    if (before === null) {
      insert(writing, given);
      return { verdict: "added", contactId: given.id };
    }
    const after = mergedContact(before, given);
    const told = new Set(given.numbers.map(({ e164 }) => e164));
    const isShown = before.numbers.every((number) => number.isShown || !told.has(number.e164));
    if (isShown && saysTheSame(before, after)) return { verdict: "unchanged", contactId: before.id };
    const claim = moved(workspaceId);
    replace(writing, before.id, after, (earlier, e164) => (told.has(e164) ? claim : (earlier ?? claim)));
    return { verdict: "updated", contactId: before.id };
  }

  function holdersOf(workspaceId: number, { numbers }: ContactFields): readonly Contact[] {
    const rows = holders.all(workspaceId, JSON.stringify(numbers.map(({ e164 }) => e164))) as { contact_id: string }[];
    return rows.map((row) => known(workspaceId, row.contact_id));
  }

  function insert({ workspaceId, atMs }: Writing, { id, name, company, numbers }: NewContact): void {
    const claim = moved(workspaceId);
    insertContact.run(workspaceId, id, name, company, sortKeyOf(name), atMs, atMs);
    for (const word of contactWords({ name, company })) insertWord.run(workspaceId, word, id);
    for (const [place, { e164, label }] of numbers.entries()) {
      insertNumber.run(workspaceId, id, place, e164, label, claim);
    }
  }

  /** @param claimOf the claim of a number, by the one that the contact had on it before. */
  function replace(
    { workspaceId, atMs }: Writing,
    id: string,
    { name, company, numbers }: ContactFields,
    claimOf: (earlier: number | undefined, e164: string) => number,
  ): void {
    const rows = claims.all(workspaceId, id) as { e164: string; claim: number }[];
    const earlier = new Map(rows.map(({ e164, claim }) => [e164, claim]));
    updateContact.run(name, company, sortKeyOf(name), atMs, workspaceId, id);
    deleteWords.run(workspaceId, id);
    for (const word of contactWords({ name, company })) insertWord.run(workspaceId, word, id);
    deleteNumbers.run(workspaceId, id);
    for (const [place, { e164, label }] of numbers.entries()) {
      insertNumber.run(workspaceId, id, place, e164, label, claimOf(earlier.get(e164), e164));
    }
  }

  /** The workspace's next revision. */
  function moved(workspaceId: number): number {
    return (nextRevision.get(workspaceId) as { revision: number }).revision;
  }

  function known(workspaceId: number, contactId: string): Contact {
    const row = one.get(workspaceId, contactId) as ContactRow | undefined;
    if (row === undefined) throw contactNotFound();
    return contactOf(row, numbersOfOne.all(workspaceId, contactId) as ContactNumberRow[]);
  }

  function once<T>({ idempotency, workspaceId, actor, atMs }: Writing, run: () => T): T {
    if (idempotency === undefined) return run();
    const { key, part, fingerprint } = idempotency;
    const expiredMs = atMs - idempotencyKeptMs;
    const used = usedKeys.all(workspaceId, actorText(actor), key, expiredMs) as UsedKey[];
    if (used.some((other) => other.fingerprint !== fingerprint)) throw idempotencyMismatch();
    const same = used.find((other) => other.part === part);
    if (same !== undefined) return JSON.parse(same.answer) as T;
    const answer = run();
    pruneKeys.run(expiredMs, keysPerPruning);
    insertKey.run(workspaceId, actorText(actor), key, part, fingerprint, JSON.stringify(answer), atMs);
    return answer;
  }
}

type UsedKey = { readonly part: string; readonly fingerprint: string; readonly answer: string };
