import type { Contact } from "../../domain/contact.ts";

/** Rows of contacts as statements answer them. */
export type ContactRow = {
  readonly id: string;
  readonly name: string;
  readonly company: string | null;
  readonly created_at_ms: number;
  readonly updated_at_ms: number;
};

export type ContactNumberRow = {
  readonly contact_id: string;
  readonly e164: string;
  readonly label: string | null;
  readonly is_shown: number;
};

export const contactColumns = "id, name, company, created_at_ms, updated_at_ms";

/** Whether the row `n` of `contact_numbers` is the one that calls show: one look into its index. */
export const isShownSql = `n.claim = (SELECT max(m.claim) FROM contact_numbers m
  WHERE m.workspace_id = n.workspace_id AND m.e164 = n.e164)`;

/** The id of the contact that is shown for a number; null when there is none. */
export function shownOf(workspaceId: string, e164: string): string {
  return `(SELECT n.contact_id FROM contact_numbers n WHERE n.workspace_id = ${workspaceId} AND n.e164 = ${e164}
    ORDER BY n.claim DESC LIMIT 1)`;
}

export const numbersOfOneSql = `SELECT contact_id, e164, label, ${isShownSql} AS is_shown FROM contact_numbers n
  WHERE workspace_id = ? AND contact_id = ? ORDER BY place`;

/** @param numbers those of this contact, in their order. */
export function contactOf(row: ContactRow, numbers: readonly ContactNumberRow[]): Contact {
  return {
    id: row.id,
    name: row.name,
    company: row.company,
    numbers: numbers.map((number) => ({
      e164: number.e164,
      label: number.label,
      isShown: number.is_shown === 1,
    })),
    createdAtMs: row.created_at_ms,
    updatedAtMs: row.updated_at_ms,
  };
}
