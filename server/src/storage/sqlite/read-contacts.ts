import type { DatabaseSync } from "node:sqlite";
import type { Contact, ContactPage, ContactPosition, ContactTerm } from "../../domain/contact.ts";
import type { DefaultCountry } from "../../domain/number-store.ts";
import {
  contactColumns,
  type ContactNumberRow,
  contactOf,
  type ContactRow,
  isShownSql,
  numbersOfOneSql,
} from "./contact-rows.ts";
import type { Snapshot } from "./snapshot.ts";

/** The reading halves of `ContactStore` and `NumberStore`: synchronous, each answer of one snapshot. */
export function createContactReader(db: DatabaseSync, snapshot: Snapshot) {
  const revision = db.prepare("SELECT revision FROM contact_books WHERE workspace_id = ?");
  const one = db.prepare(`SELECT ${contactColumns} FROM contacts WHERE workspace_id = ? AND id = ?`);
  const numbersOfOne = db.prepare(numbersOfOneSql);
  const numbersOfMany = db.prepare(`SELECT contact_id, e164, label, ${isShownSql} AS is_shown FROM contact_numbers n
    WHERE workspace_id = ? AND contact_id IN (SELECT value FROM json_each(?)) ORDER BY contact_id, place`);
  // The row value comparison is one range of contacts_by_name.
  const page = db.prepare(`SELECT ${contactColumns} FROM contacts
    WHERE workspace_id = ? AND (sort_key, id) > (?, ?) ORDER BY sort_key, id LIMIT ?`);
  // Each word is one range of the words and each run of digits one walk over the workspace's numbers; then as many terms must be
  // met as there are. Digits stand at the place of their word, or null does. The order of the joins is given: it is the one that
  // the indices serve.
  const found = `SELECT contact_id FROM (
      SELECT t.key AS term, w.contact_id FROM json_each(?1) t CROSS JOIN contact_words w
        ON w.workspace_id = ?3 AND w.word >= t.value AND w.word < t.value || char(1114111)
      UNION ALL
      SELECT t.key, n.contact_id FROM json_each(?2) t CROSS JOIN contact_numbers n
        ON n.workspace_id = ?3 AND instr(n.e164, t.value) > 0)
    GROUP BY contact_id HAVING count(DISTINCT term) = json_array_length(?1)`;
  const search = db.prepare(`SELECT ${contactColumns} FROM contacts
    WHERE workspace_id = ?3 AND id IN (${found}) AND (sort_key, id) > (?4, ?5) ORDER BY sort_key, id LIMIT ?6`);
  const shownId = db.prepare(`SELECT contact_id FROM contact_numbers
    WHERE workspace_id = ? AND e164 = ? ORDER BY claim DESC LIMIT 1`);
  const countries = db.prepare(`SELECT source_id, country FROM number_countries
    WHERE workspace_id = ? ORDER BY source_id`);
  const countryOf = db.prepare(`SELECT coalesce(
      (SELECT n.country FROM source_calls s JOIN number_countries n
        ON n.workspace_id = s.workspace_id AND n.source_id = s.source_id WHERE s.workspace_id = ?1 AND s.call_id = ?2),
      (SELECT country FROM number_countries WHERE workspace_id = ?1 AND source_id = '')) AS country`);

  return {
    revision: (workspaceId: number): number =>
      (revision.get(workspaceId) as { revision: number } | undefined)?.revision ?? 0,

    find: (workspaceId: number, contactId: string): Contact | null => snapshot(() => findOne(workspaceId, contactId)),

    page: (
      workspaceId: number,
      terms: readonly ContactTerm[],
      after: ContactPosition | null,
      limit: number,
    ): ContactPage =>
      snapshot(() => {
        const { sortKey, id } = after ?? { sortKey: "", id: "" };
        const rows = (
          terms.length === 0
            ? page.all(workspaceId, sortKey, id, limit + 1)
            : search.all(...listed(terms), workspaceId, sortKey, id, limit + 1)
        ) as ContactRow[];
        return { contacts: withNumbers(workspaceId, rows.slice(0, limit)), hasNextPage: rows.length > limit };
      }),

    shown: (workspaceId: number, e164: string): Contact | null =>
      snapshot(() => {
        const row = shownId.get(workspaceId, e164) as { contact_id: string } | undefined;
        return row === undefined ? null : findOne(workspaceId, row.contact_id);
      }),

    countries: (workspaceId: number): readonly DefaultCountry[] =>
      (countries.all(workspaceId) as { source_id: string; country: string }[]).map(({ source_id: id, country }) => ({
        sourceId: id === "" ? null : id,
        country,
      })),

    countryOf: (workspaceId: number, callId: number): string | null =>
      (countryOf.get(workspaceId, callId) as { country: string | null }).country,
  };

  function findOne(workspaceId: number, contactId: string): Contact | null {
    const row = one.get(workspaceId, contactId) as ContactRow | undefined;
    return row === undefined ? null : contactOf(row, numbersOfOne.all(workspaceId, contactId) as ContactNumberRow[]);
  }

  function withNumbers(workspaceId: number, rows: readonly ContactRow[]): readonly Contact[] {
    if (rows.length === 0) return [];
    const numbers = numbersOfMany.all(workspaceId, JSON.stringify(rows.map(({ id }) => id))) as ContactNumberRow[];
    const ofContact = Map.groupBy(numbers, (number) => number.contact_id);
    return rows.map((row) => contactOf(row, ofContact.get(row.id) ?? []));
  }
}

/** The words, and the digits at the same places. */
function listed(terms: readonly ContactTerm[]): [string, string] {
  return [JSON.stringify(terms.map(({ word }) => word)), JSON.stringify(terms.map(({ digits }) => digits))];
}
