import type { Contact, ContactPage, ContactPosition, ContactTerm } from "../../domain/contact.ts";
import type { DefaultCountry } from "../../domain/number-store.ts";
import { list, type Statements } from "./connection.ts";
import { contactOf, type ContactRow, oneContact, wholeContact } from "./contact-rows.ts";
import { gathered } from "./gathered.ts";

/** The reading halves of `ContactStore` and `NumberStore`: one statement each; revisions asked in one turn share theirs. */
export function createContactReader(statements: Statements) {
  const revisionOf = gathered(async (workspaceIds) => {
    const text = "SELECT workspace_id, revision FROM contact_books WHERE workspace_id = ANY($1::text::bigint[])";
    const rows = await statements.all<{ workspace_id: number; revision: number }>(text, list(workspaceIds));
    return new Map(rows.map((row) => [row.workspace_id, row.revision]));
  });

  return {
    revision: async (workspaceId: number): Promise<number> => (await revisionOf(workspaceId)) ?? 0,

    find: async (workspaceId: number, contactId: string): Promise<Contact | null> => {
      const row = await statements.get<ContactRow>(oneContact, workspaceId, contactId);
      return row === undefined ? null : contactOf(row);
    },

    page: async (
      workspaceId: number,
      terms: readonly ContactTerm[],
      after: ContactPosition | null,
      limit: number,
    ): Promise<ContactPage> => {
      const { sortKey, id } = after ?? { sortKey: "", id: "" };
      const place = [workspaceId, sortKey, id, limit + 1] as const;
      const rows = await (terms.length === 0
        ? statements.all<ContactRow>(page, ...place)
        : statements.all<ContactRow>(search, ...place, JSON.stringify(terms)));
      return { contacts: rows.slice(0, limit).map(contactOf), hasNextPage: rows.length > limit };
    },

    shown: async (workspaceId: number, e164: string): Promise<Contact | null> => {
      const row = await statements.get<ContactRow>(shown, workspaceId, e164);
      return row === undefined ? null : contactOf(row);
    },

    countries: async (workspaceId: number): Promise<readonly DefaultCountry[]> => {
      const text = "SELECT source_id, country FROM number_countries WHERE workspace_id = $1 ORDER BY source_id";
      const rows = await statements.all<{ source_id: string; country: string }>(text, workspaceId);
      return rows.map(({ source_id: id, country }) => ({ sourceId: id === "" ? null : id, country }));
    },

    countryOf: async (workspaceId: number, callId: number): Promise<string | null> =>
      (await statements.get<{ country: string | null }>(countryOf, workspaceId, callId))?.country ?? null,
  };
}

// One range of contacts_by_name.
const page = `SELECT ${wholeContact} FROM contacts
  WHERE workspace_id = $1 AND (sort_key, id) > ($2, $3) ORDER BY sort_key, id LIMIT $4`;

/**
 * Contacts that meet all terms, which are a JSON list of `{ word, digits }`: each word is one range of the words and each run of
 * digits one walk over the workspace's numbers; then as many terms must be met as there are.
 */
const found = (terms: string) => `SELECT contact_id FROM (
    SELECT t.place, w.contact_id
    FROM json_array_elements(${terms}::text::json) WITH ORDINALITY AS t (term, place)
    JOIN contact_words w ON w.workspace_id = $1 AND w.word >= (t.term->>'word') AND starts_with(w.word, t.term->>'word')
    UNION ALL
    SELECT t.place, n.contact_id
    FROM json_array_elements(${terms}::text::json) WITH ORDINALITY AS t (term, place)
    JOIN contact_numbers n ON n.workspace_id = $1 AND strpos(n.e164, t.term->>'digits') > 0) AS met
  GROUP BY contact_id HAVING count(DISTINCT place) = json_array_length(${terms}::text::json)`;

const search = `SELECT ${wholeContact} FROM contacts
  WHERE workspace_id = $1 AND id IN (${found("$5")}) AND (sort_key, id) > ($2, $3) ORDER BY sort_key, id LIMIT $4`;

const shown = `SELECT ${wholeContact} FROM contacts WHERE workspace_id = $1 AND id =
  (SELECT contact_id FROM contact_numbers WHERE workspace_id = $1 AND e164 = $2 ORDER BY claim DESC LIMIT 1)`;

const countryOf = `SELECT coalesce(
  (SELECT n.country FROM source_calls s JOIN number_countries n
    ON n.workspace_id = s.workspace_id AND n.source_id = s.source_id
    WHERE s.workspace_id = $1 AND s.call_id = $2 ORDER BY s.source_id LIMIT 1),
  (SELECT country FROM number_countries WHERE workspace_id = $1 AND source_id = '')) AS country`;
