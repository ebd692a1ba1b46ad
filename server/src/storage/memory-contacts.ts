import {
  type Contact,
  type ContactFields,
  type ContactTerm,
  contactNotFound,
  hasTerms,
  mergedContact,
  type NewContact,
  sameContact,
  saysTheSame,
  sortKeyOf,
} from "../domain/contact.ts";
import type { ContactStore } from "../domain/contact-store.ts";
import type { Keep } from "../domain/kept-answers.ts";
import type { DefaultCountry, NumberStore } from "../domain/number-store.ts";
import type { Writing } from "../domain/storage.ts";
import { idempotencyKeptMs, idempotencyMismatch, sourceNotFound } from "./answers.ts";

type Kept = { readonly id: string; readonly createdAtMs: number; updatedAtMs: number; fields: ContactFields };
type Book = {
  revision: number;
  contacts: Kept[];
  /** When each number was given to each contact, by both. */
  claims: Map<string, number>;
  countries: Map<string, string>;
};
type KeptKey = {
  readonly id: string;
  readonly fingerprint: string;
  readonly part: string;
  readonly atMs: number;
  readonly answer: unknown;
};

/** The part of the model that keeps contacts and countries: plain lists, full scans. */
export function createMemoryContacts({
  read,
  write,
  keyed,
  hasSource,
  sourceOf,
  countrySet,
}: {
  readonly read: <T>(answer: () => T) => T;
  readonly write: <T>(run: () => T) => Promise<T>;
  /** A write once a key. */
  readonly keyed: <T>(keep: Keep | undefined, run: () => T) => Promise<T>;
  readonly hasSource: (workspaceId: number, sourceId: string) => boolean;
  readonly sourceOf: (workspaceId: number, callId: number) => string | null;
  /** Called within the write. */
  readonly countrySet: (workspaceId: number, atMs: number) => void;
}): {
  readonly contacts: ContactStore;
  readonly numbers: NumberStore;
  readonly shown: (workspaceId: number, e164: string) => Contact | null;
  readonly countryOf: (workspaceId: number, sourceId: string | null) => string | null;
} {
  const books = new Map<number, Book>();
  let keys: KeptKey[] = [];

  return {
    shown,
    countryOf,
    contacts: {
      revision: (workspaceId) => read(() => book(workspaceId).revision),
      find: (workspaceId, contactId) => read(() => all(workspaceId).find(({ id }) => id === contactId) ?? null),
      page: (workspaceId, terms, after, limit) =>
        read(() => {
          const contacts = having(workspaceId, terms).filter(
            ({ name, id }) => after === null || compare([sortKeyOf(name), id], [after.sortKey, after.id]) > 0,
          );
          return { contacts: contacts.slice(0, limit), hasNextPage: contacts.length > limit };
        }),
      shown: (workspaceId, e164) => read(() => shown(workspaceId, e164)),
      add: (writing, contact) =>
        write(() =>
          once(writing, () => {
            insert(writing, contact);
            return known(writing.workspaceId, contact.id);
          }),
        ),
      update: (writing, contactId, fields) =>
        write(() =>
          once(writing, () => {
            const before = known(writing.workspaceId, contactId);
            if (!saysTheSame(before, fields)) {
              const fresh = fields.numbers.filter(({ e164 }) => !before.numbers.some((own) => own.e164 === e164));
              replace(writing, contactId, fields, fresh);
            }
            return known(writing.workspaceId, contactId);
          }),
        ),
      remove: (writing, contactId) =>
        write(() => {
          once(writing, () => {
            known(writing.workspaceId, contactId);
            const target = book(writing.workspaceId);
            target.revision += 1;
            target.contacts = target.contacts.filter(({ id }) => id !== contactId);
            return null;
          });
        }),
      import: (writing, contacts, keep) =>
        keyed(keep, () =>
          contacts.map((given) => {
            const before = sameContact(all(writing.workspaceId), given);
            if (before === null) {
              insert(writing, given);
              return { verdict: "added", contactId: given.id };
            }
            const after = mergedContact(before, given);
            const told = given.numbers.filter(({ e164 }) => after.numbers.some((number) => number.e164 === e164));
            const isShown = told.every(({ e164 }) => before.numbers.some((own) => own.e164 === e164 && own.isShown));
            if (isShown && saysTheSame(before, after)) return { verdict: "unchanged", contactId: before.id };
            replace(writing, before.id, after, told);
            return { verdict: "updated", contactId: before.id };
          }),
        ),
    },
    numbers: {
      countries: (workspaceId) =>
        read(() =>
          [...book(workspaceId).countries]
            .toSorted(([a], [b]) => (a < b ? -1 : 1))
            .map(([sourceId, country]): DefaultCountry => ({ sourceId: sourceId === "" ? null : sourceId, country })),
        ),
      setCountry: (workspaceId, sourceId, country, atMs, keep) =>
        keyed(keep, () => {
          if (sourceId !== null && !hasSource(workspaceId, sourceId)) throw sourceNotFound();
          const target = book(workspaceId);
          target.revision += 1;
          if (country === null) target.countries.delete(sourceId ?? "");
          else target.countries.set(sourceId ?? "", country);
          countrySet(workspaceId, atMs);
        }),
      countryOf: (workspaceId, callId) => read(() => countryOf(workspaceId, sourceOf(workspaceId, callId))),
    },
  };

  function book(workspaceId: number): Book {
    const found = books.get(workspaceId) ?? { revision: 0, contacts: [], claims: new Map(), countries: new Map() };
    books.set(workspaceId, found);
    return found;
  }

  /** By name. */
  function all(workspaceId: number): readonly Contact[] {
    const { contacts, claims } = book(workspaceId);
    const claimOf = (id: string, e164: string) => claims.get(`${id} ${e164}`) ?? 0;
    return contacts
      .map(({ id, fields, createdAtMs, updatedAtMs }): Contact => {
        const numbers = fields.numbers.map(({ e164, label }) => {
          const others = contacts.filter((other) => other.fields.numbers.some((number) => number.e164 === e164));
          return { e164, label, isShown: others.every((other) => claimOf(other.id, e164) <= claimOf(id, e164)) };
        });
        return { id, name: fields.name, company: fields.company, numbers, createdAtMs, updatedAtMs };
      })
      .toSorted((a, b) => compare([sortKeyOf(a.name), a.id], [sortKeyOf(b.name), b.id]));
  }

  function countryOf(workspaceId: number, sourceId: string | null): string | null {
    const { countries } = book(workspaceId);
    return countries.get(sourceId ?? "") ?? countries.get("") ?? null;
  }

  function shown(workspaceId: number, e164: string): Contact | null {
    const isShown = ({ numbers }: Contact) => numbers.some((number) => number.e164 === e164 && number.isShown);
    return all(workspaceId).find(isShown) ?? null;
  }

  function having(workspaceId: number, terms: readonly ContactTerm[]): readonly Contact[] {
    return all(workspaceId).filter((contact) => hasTerms(contact, terms));
  }

  function known(workspaceId: number, contactId: string): Contact {
    const found = all(workspaceId).find(({ id }) => id === contactId);
    if (found === undefined) throw contactNotFound();
    return found;
  }

  function insert({ workspaceId, atMs }: Writing, { id, ...fields }: NewContact): void {
    const target = book(workspaceId);
    target.contacts.push({ id, fields, createdAtMs: atMs, updatedAtMs: atMs });
    claim(target, id, fields.numbers);
  }

  function replace({ workspaceId, atMs }: Writing, id: string, fields: ContactFields, fresh: ContactFields["numbers"]) {
    const target = book(workspaceId);
    for (const contact of target.contacts) if (contact.id === id) Object.assign(contact, { fields, updatedAtMs: atMs });
    claim(target, id, fresh);
  }

  function claim(target: Book, id: string, numbers: ContactFields["numbers"]): void {
    target.revision += 1;
    for (const { e164 } of numbers) target.claims.set(`${id} ${e164}`, target.revision);
  }

  function once<T>({ idempotency, workspaceId, actor, atMs }: Writing, run: () => T): T {
    if (idempotency === undefined) return run();
    const id = JSON.stringify([workspaceId, actor, idempotency.key]);
    keys = keys.filter((key) => key.id !== id || atMs - key.atMs < idempotencyKeptMs);
    const used = keys.filter((key) => key.id === id);
    if (used.some(({ fingerprint }) => fingerprint !== idempotency.fingerprint)) throw idempotencyMismatch();
    const same = used.find(({ part }) => part === idempotency.part);
    if (same !== undefined) return same.answer as T;
    const answer = run();
    keys.push({ id, fingerprint: idempotency.fingerprint, part: idempotency.part, atMs, answer });
    return answer;
  }
}

/** As databases compare text: by code points. */
function compare(a: readonly [string, string], b: readonly [string, string]): number {
  return Buffer.compare(Buffer.from(a[0]), Buffer.from(b[0])) || Buffer.compare(Buffer.from(a[1]), Buffer.from(b[1]));
}
