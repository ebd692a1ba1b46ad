import { DomainError } from "./errors.ts";
import { wordsOf } from "./words.ts";

/** Somebody outside who calls, or is called: a person, a company, or a person of a company. */
export type Contact = {
  readonly id: string;
  readonly name: string;
  readonly company: string | null;
  /** In the order given, each once. */
  readonly numbers: readonly ContactNumber[];
  readonly createdAtMs: number;
  readonly updatedAtMs: number;
};

export type ContactNumber = {
  readonly e164: string;
  /** What kind of line it is, in the words of whoever keeps the contacts: `work`, `mobile`. */
  readonly label: string | null;
  /**
   * Whether calls with this number show this contact. Of several contacts with one number it is the one that was given it last;
   * the others keep it, and the next of them is shown when that one goes.
   */
  readonly isShown: boolean;
};

/** What is written of a contact: who is shown is not said but follows. */
export type ContactFields = {
  readonly name: string;
  readonly company: string | null;
  readonly numbers: readonly { readonly e164: string; readonly label: string | null }[];
};

export type NewContact = ContactFields & { readonly id: string };

/** A place in the list of contacts, which is in the order of {@link sortKeyOf}, then of the ids. */
export type ContactPosition = { readonly sortKey: string; readonly id: string };

export type ContactPage = { readonly contacts: readonly Contact[]; readonly hasNextPage: boolean };

/** What became of one contact of an import. */
export type ContactVerdict = { readonly verdict: "added" | "updated" | "unchanged"; readonly contactId: string };

/** One thing that a contact has to have to be found: a word that begins one of its own, or else a run of digits. */
export type ContactTerm = {
  readonly word: string;
  /** Also found in a number; null where the term has other characters or too few digits. */
  readonly digits: string | null;
};

/** Longest names, companies and labels, in UTF-16 units. */
export const contactTextMax = { name: 200, company: 200, label: 50 } as const;
export const contactNumbersMax = 20;
export const contactPageMax = 1_000;
export const contactPageDefault = 50;
const searchTermsMax = 10;
const digitsMin = 4;

/** A name as it is sorted and compared: two spellings that differ in case, accents and spaces alone are the same. */
export function sortKeyOf(name: string): string {
  return wordsOf(name).join(" ") || name.normalize("NFKC").toLowerCase();
}

/** The words by which a contact is found, each once. */
export function contactWords({ name, company }: Pick<Contact, "name" | "company">): readonly string[] {
  return [...new Set(wordsOf(`${name} ${company ?? ""}`))];
}

/** What a search asks for; empty for one that asks for nothing. A number typed any way is one term. */
export function contactTerms(search: string): readonly ContactTerm[] {
  const written = search.trim();
  if (/^[+\d\s()./-]+$/.test(written)) {
    const digits = searchedDigits(written);
    if (digits !== null) return [{ word: digits, digits }];
  }
  return wordsOf(search)
    .slice(0, searchTermsMax)
    .map((word) => ({ word, digits: searchedDigits(word) }));
}

/** Zeros in front are dialled inside a country or to leave it, and no part of the number. */
function searchedDigits(text: string): string | null {
  const digits = text.replaceAll(/\D/g, "").replace(/^0+/, "");
  return /^[+\d\s()./-]+$/.test(text) && digits.length >= digitsMin ? digits : null;
}

/** Whether a contact has all that is asked for: what the databases' indices answer, in one sentence. */
export function hasTerms(contact: ContactFields, terms: readonly ContactTerm[]): boolean {
  const words = contactWords(contact);
  return terms.every(
    ({ word, digits }) =>
      words.some((own) => own.startsWith(word)) ||
      (digits !== null && contact.numbers.some(({ e164 }) => e164.includes(digits))),
  );
}

/**
 * Which known contact an imported one is: one of the same name that shares a number with it, the oldest of them, so that the same file again adds
 * nobody. Null for somebody new.
 */
export function sameContact(known: readonly Contact[], given: ContactFields): Contact | null {
  const sortKey = sortKeyOf(given.name);
  const numbers = new Set(given.numbers.map(({ e164 }) => e164));
  const same = known.filter(
    (contact) => sortKeyOf(contact.name) === sortKey && contact.numbers.some(({ e164 }) => numbers.has(e164)),
  );
  return same.toSorted((a, b) => a.createdAtMs - b.createdAtMs || (a.id < b.id ? -1 : 1))[0] ?? null;
}

/** A known contact with what an import tells of it: new numbers go behind, and what the import does not say stays. */
export function mergedContact(known: Contact, given: ContactFields): ContactFields {
  const told = new Map(given.numbers.map(({ e164, label }) => [e164, label]));
  const kept = known.numbers.map(({ e164, label }) => ({ e164, label: told.get(e164) ?? label }));
  const added = given.numbers.filter(({ e164 }) => !known.numbers.some((number) => number.e164 === e164));
  return {
    name: given.name,
    company: given.company ?? known.company,
    numbers: [...kept, ...added].slice(0, contactNumbersMax),
  };
}

/** Whether a contact says the same as before, so that nothing has to be written. */
export function saysTheSame(known: ContactFields, told: ContactFields): boolean {
  const text = ({ name, company, numbers }: ContactFields) =>
    JSON.stringify([name, company, numbers.map(({ e164, label }) => [e164, label])]);
  return text(known) === text(told);
}

/**
 * A text of a contact without spaces at its ends.
 * @throws DomainError BAD_USER_INPUT naming the field, for what is blank, too long or cannot be shown.
 */
export function checkContactText(field: keyof typeof contactTextMax, given: string): string {
  const text = given.trim();
  const lengthMax = contactTextMax[field];
  // oxlint-disable-next-line no-control-regex -- control characters are what is refused
  if (text === "" || text.length > lengthMax || !text.isWellFormed() || /[\u0000-\u001f\u007f]/.test(text)) {
    throw new DomainError("BAD_USER_INPUT", `${field} must be printable text of 1 to ${lengthMax} characters.`, {
      field,
    });
  }
  return text;
}

export function contactNotFound(): DomainError {
  return new DomainError("NOT_FOUND", "There is no such contact.");
}

/** A place as clients hand it back; opaque to them. */
export function contactCursor({ id, name }: Pick<Contact, "id" | "name">): string {
  return `${id}:${encodeURIComponent(sortKeyOf(name))}`;
}

/** @throws DomainError BAD_USER_INPUT */
export function parseContactCursor(text: string): ContactPosition {
  const [, id, key] = /^([^:]{1,100}):(.{0,4000})$/.exec(text) ?? [];
  try {
    if (id !== undefined && key !== undefined) return { id, sortKey: decodeURIComponent(key) };
  } catch {
    // What is no cursor of ours falls through to the refusal below.
  }
  throw new DomainError("BAD_USER_INPUT", "This is not a cursor of a list of contacts.", { field: "after" });
}
