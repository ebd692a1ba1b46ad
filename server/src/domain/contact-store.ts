import type {
  Contact,
  ContactFields,
  ContactPage,
  ContactPosition,
  ContactTerm,
  ContactVerdict,
  NewContact,
} from "./contact.ts";
import type { Keep } from "./kept-answers.ts";
import type { Awaitable, Writing } from "./storage.ts";

/**
 * The contacts of each workspace. They are no part of what calls show: whoever shows them beside a call asks here each time, and
 * no change of the log names them. A number may be with several contacts; calls show the one that was given it last.
 */
export interface ContactStore {
  /** A number that grows with every write that altered the workspace's contacts; 0 before the first. */
  revision(workspaceId: number): Awaitable<number>;
  find(workspaceId: number, contactId: string): Awaitable<Contact | null>;
  /** Contacts that have all the terms, by name, after a place in that order; see `hasTerms`. */
  page(
    workspaceId: number,
    terms: readonly ContactTerm[],
    after: ContactPosition | null,
    limit: number,
  ): Awaitable<ContactPage>;
  /** Who is shown for a number in E.164, or null. An index answers it. */
  shown(workspaceId: number, e164: string): Awaitable<Contact | null>;
  /** Adds a contact, and it is shown for its numbers. */
  add(writing: Writing, contact: NewContact): Promise<Contact>;
  /** Replaces what a contact says. For numbers that it did not have it is shown from now on. @throws DomainError NOT_FOUND */
  update(writing: Writing, contactId: string, fields: ContactFields): Promise<Contact>;
  /** @throws DomainError NOT_FOUND */
  remove(writing: Writing, contactId: string): Promise<void>;
  /**
   * Adds many or brings them up to date (`sameContact`, `mergedContact`), in order and all in one transaction; each is then shown for
   * its numbers, unless a later one is. One verdict each. Safe to repeat: the second time nothing alters.
   */
  import(writing: Writing, contacts: readonly NewContact[], keep?: Keep): Promise<readonly ContactVerdict[]>;
}
