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
import { contactOf, type ContactRow, oneContact } from "./contact-rows.ts";
import type { Tx } from "./group-commit.ts";

/** What is written about contacts and countries, within the transaction of the caller. */

export function addContact(tx: Tx, writing: Writing, contact: NewContact): Promise<Contact> {
  return once(tx, writing, async () => {
    await insert(tx, writing, contact);
    return known(tx, writing.workspaceId, contact.id);
  });
}

export function updateContact(tx: Tx, writing: Writing, contactId: string, fields: ContactFields): Promise<Contact> {
  return once(tx, writing, async () => {
    const before = await known(tx, writing.workspaceId, contactId);
    if (saysTheSame(before, fields)) return before;
    const claim = await moved(tx, writing.workspaceId);
    await replace(tx, writing, contactId, fields, (earlier) => earlier ?? claim);
    return known(tx, writing.workspaceId, contactId);
  });
}

export async function removeContact(tx: Tx, writing: Writing, contactId: string): Promise<void> {
  await once(tx, writing, async () => {
    const { workspaceId } = writing;
    await known(tx, workspaceId, contactId);
    await moved(tx, workspaceId);
    await tx.run(deleteWords, workspaceId, contactId);
    await tx.run(deleteNumbers, workspaceId, contactId);
    await tx.run("DELETE FROM contacts WHERE workspace_id = $1 AND id = $2", workspaceId, contactId);
    return null;
  });
}

export async function importContacts(
  tx: Tx,
  writing: Writing,
  contacts: readonly NewContact[],
): Promise<readonly ContactVerdict[]> {
  const verdicts: ContactVerdict[] = [];
  // oxlint-disable-next-line no-await-in-loop -- one may be the same contact as the one before
  for (const contact of contacts) verdicts.push(await importOne(tx, writing, contact));
  return verdicts;
}

/** Whether that alters anything. */
export async function setCountry(
  tx: Tx,
  workspaceId: number,
  sourceId: string | null,
  country: string | null,
): Promise<boolean> {
  if (sourceId !== null) {
    const source = await tx.get("SELECT id FROM sources WHERE workspace_id = $1 AND id = $2", workspaceId, sourceId);
    if (source === undefined) throw sourceNotFound();
  }
  await moved(tx, workspaceId);
  const key = [workspaceId, sourceId ?? ""] as const;
  const before = await tx.get<{ country: string }>(
    "SELECT country FROM number_countries WHERE workspace_id = $1 AND source_id = $2",
    ...key,
  );
  await (country === null
    ? tx.run("DELETE FROM number_countries WHERE workspace_id = $1 AND source_id = $2", ...key)
    : tx.run(
        `INSERT INTO number_countries (workspace_id, source_id, country) VALUES ($1, $2, $3)
          ON CONFLICT (workspace_id, source_id) DO UPDATE SET country = excluded.country`,
        ...key,
        country,
      ));
  return country !== (before?.country ?? null);
}

const deleteWords = "DELETE FROM contact_words WHERE workspace_id = $1 AND contact_id = $2";
const deleteNumbers = "DELETE FROM contact_numbers WHERE workspace_id = $1 AND contact_id = $2";

async function importOne(tx: Tx, writing: Writing, given: NewContact): Promise<ContactVerdict> {
  const { workspaceId } = writing;
  const before = sameContact(await holdersOf(tx, workspaceId, given), given);
  if (before === null) {
    await insert(tx, writing, given);
    return { verdict: "added", contactId: given.id };
  }
  const after = mergedContact(before, given);
  const told = new Set(given.numbers.map(({ e164 }) => e164));
  const isShown = before.numbers.every((number) => number.isShown || !told.has(number.e164));
  if (isShown && saysTheSame(before, after)) return { verdict: "unchanged", contactId: before.id };
  const claim = await moved(tx, workspaceId);
  await replace(tx, writing, before.id, after, (earlier, e164) => (told.has(e164) ? claim : (earlier ?? claim)));
  return { verdict: "updated", contactId: before.id };
}

async function holdersOf(tx: Tx, workspaceId: number, { numbers }: ContactFields): Promise<readonly Contact[]> {
  const rows = await tx.all<{ contact_id: string }>(
    `SELECT DISTINCT contact_id FROM contact_numbers WHERE workspace_id = $1
      AND e164 IN (SELECT value FROM json_array_elements_text($2::text::json)) ORDER BY contact_id`,
    workspaceId,
    JSON.stringify(numbers.map(({ e164 }) => e164)),
  );
  return Promise.all(rows.map((row) => known(tx, workspaceId, row.contact_id)));
}

async function insert(tx: Tx, { workspaceId, atMs }: Writing, contact: NewContact): Promise<void> {
  const { id, name, company } = contact;
  const claim = await moved(tx, workspaceId);
  await tx.run(
    `INSERT INTO contacts (workspace_id, id, name, company, sort_key, created_at_ms, updated_at_ms)
      VALUES ($1, $2, $3, $4, $5, $6, $6)`,
    ...([workspaceId, id, name, company, sortKeyOf(name), atMs] as const),
  );
  await insertParts(tx, workspaceId, id, contact, () => claim);
}

/** @param claimOf the claim of a number, by the one that the contact had on it before. */
async function replace(
  tx: Tx,
  { workspaceId, atMs }: Writing,
  id: string,
  fields: ContactFields,
  claimOf: (earlier: number | undefined, e164: string) => number,
): Promise<void> {
  const { name, company } = fields;
  const rows = await tx.all<{ e164: string; claim: number }>(
    "SELECT e164, claim FROM contact_numbers WHERE workspace_id = $1 AND contact_id = $2",
    workspaceId,
    id,
  );
  const earlier = new Map(rows.map(({ e164, claim }) => [e164, claim]));
  await tx.run(
    `UPDATE contacts SET name = $3, company = $4, sort_key = $5, updated_at_ms = $6 WHERE workspace_id = $1 AND id = $2`,
    ...([workspaceId, id, name, company, sortKeyOf(name), atMs] as const),
  );
  await tx.run(deleteWords, workspaceId, id);
  await tx.run(deleteNumbers, workspaceId, id);
  await insertParts(tx, workspaceId, id, fields, (e164) => claimOf(earlier.get(e164), e164));
}

/** Words and numbers, in one statement each. */
async function insertParts(
  tx: Tx,
  workspaceId: number,
  id: string,
  { name, company, numbers }: ContactFields,
  claimOf: (e164: string) => number,
): Promise<void> {
  const words = contactWords({ name, company });
  const rows = numbers.map(({ e164, label }, place) => ({ place, e164, label, claim: claimOf(e164) }));
  await Promise.all([
    tx.run(
      `INSERT INTO contact_words (workspace_id, word, contact_id)
        SELECT $1::bigint, value, $2 FROM json_array_elements_text($3::text::json)`,
      workspaceId,
      id,
      JSON.stringify(words),
    ),
    tx.run(
      `INSERT INTO contact_numbers (workspace_id, contact_id, place, e164, label, claim)
        SELECT $1::bigint, $2, place, e164, label, claim
        FROM json_to_recordset($3::text::json) AS given (place integer, e164 text, label text, claim bigint)`,
      workspaceId,
      id,
      JSON.stringify(rows),
    ),
  ]);
}

/** The workspace's next revision of contacts. */
async function moved(tx: Tx, workspaceId: number): Promise<number> {
  const row = await tx.get<{ revision: number }>(
    `INSERT INTO contact_books (workspace_id, revision) VALUES ($1, 1)
      ON CONFLICT (workspace_id) DO UPDATE SET revision = contact_books.revision + 1 RETURNING revision`,
    workspaceId,
  );
  if (row === undefined) throw new Error("The revision of the contacts was not moved.");
  return row.revision;
}

async function known(tx: Tx, workspaceId: number, contactId: string): Promise<Contact> {
  const row = await tx.get<ContactRow>(oneContact, workspaceId, contactId);
  if (row === undefined) throw contactNotFound();
  return contactOf(row);
}

async function once<T>(tx: Tx, { idempotency, workspaceId, actor, atMs }: Writing, run: () => Promise<T>): Promise<T> {
  if (idempotency === undefined) return run();
  const { key, part, fingerprint } = idempotency;
  const by = [workspaceId, actorText(actor), key] as const;
  const expiredMs = atMs - idempotencyKeptMs;
  const used = await tx.all<UsedKey>(
    `SELECT part, fingerprint, answer FROM contact_keys
      WHERE workspace_id = $1 AND actor = $2 AND key = $3 AND used_at_ms > $4`,
    ...by,
    expiredMs,
  );
  if (used.some((other) => other.fingerprint !== fingerprint)) throw idempotencyMismatch();
  const same = used.find((other) => other.part === part);
  if (same !== undefined) return JSON.parse(same.answer) as T;
  const answer = await run();
  await tx.run("DELETE FROM contact_keys WHERE workspace_id = $1 AND used_at_ms <= $2", workspaceId, expiredMs);
  await tx.run(
    `INSERT INTO contact_keys (workspace_id, actor, key, part, fingerprint, answer, used_at_ms)
      VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    ...by,
    ...([part, fingerprint, JSON.stringify(answer), atMs] as const),
  );
  return answer;
}

type UsedKey = { readonly part: string; readonly fingerprint: string; readonly answer: string };
