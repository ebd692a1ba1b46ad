import type { Contact } from "./contact.ts";

export type ContactFileFormat = "csv" | "vcard";

/** One contact as a file has it, or why it has none at this place. */
export type ContactRow = {
  /** The line it begins on, from 1. */
  readonly line: number;
} & (
  | {
      readonly name: string;
      readonly company: string | null;
      /** As they are written. */
      readonly numbers: readonly { readonly number: string; readonly label: string | null }[];
    }
  | { readonly problem: string }
);

/** Files that address books read and write. */
export interface ContactFiles {
  /** @param format null to go by the content. @throws DomainError BAD_USER_INPUT when it is not a file of contacts at all. */
  read(bytes: Uint8Array, format: ContactFileFormat | null): Promise<readonly ContactRow[]>;
  /** Writes them so that {@link read} and other address books understand them. Nothing of a name is run by a spreadsheet. */
  write(contacts: AsyncIterable<Contact>, format: ContactFileFormat): AsyncGenerator<string>;
}
