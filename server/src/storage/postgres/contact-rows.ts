import type { Contact } from "../../domain/contact.ts";

/** Whether the row `n` of `contact_numbers` is the one that calls show: one look into its index. */
export const isShownSql = `n.claim = (SELECT max(m.claim) FROM contact_numbers m
  WHERE m.workspace_id = n.workspace_id AND m.e164 = n.e164)`;

/** The id of the contact that is shown for a number; null when there is none. */
export function shownOf(workspaceId: string, e164: string): string {
  return `(SELECT n.contact_id FROM contact_numbers n WHERE n.workspace_id = ${workspaceId} AND n.e164 = ${e164}
    ORDER BY n.claim DESC LIMIT 1)`;
}

/** The columns of a contact, from a table called `contacts`, with its numbers in their order. */
export const wholeContact = `contacts.id, contacts.name, contacts.company, contacts.created_at_ms, contacts.updated_at_ms,
  (SELECT json_agg(json_build_array(n.e164, n.label, ${isShownSql}) ORDER BY n.place) FROM contact_numbers n
    WHERE n.workspace_id = contacts.workspace_id AND n.contact_id = contacts.id) AS numbers`;

export const oneContact = `SELECT ${wholeContact} FROM contacts WHERE workspace_id = $1 AND id = $2`;

export type ContactRow = {
  readonly id: string;
  readonly name: string;
  readonly company: string | null;
  readonly created_at_ms: number;
  readonly updated_at_ms: number;
  readonly numbers: readonly (readonly [e164: string, label: string | null, isShown: boolean])[] | null;
};

export function contactOf(row: ContactRow): Contact {
  return {
    id: row.id,
    name: row.name,
    company: row.company,
    numbers: (row.numbers ?? []).map(([e164, label, isShown]) => ({ e164, label, isShown })),
    createdAtMs: row.created_at_ms,
    updatedAtMs: row.updated_at_ms,
  };
}
