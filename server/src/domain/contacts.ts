import type { AuditEntry, AuditTarget, Deed } from "./audit.ts";
import { authorised } from "./authorisation.ts";
import {
  type Contact,
  type ContactFields,
  type ContactPage,
  type ContactVerdict,
  checkContactText,
  contactNumbersMax,
  contactPageDefault,
  contactPageMax,
  contactTerms,
  parseContactCursor,
  sortKeyOf,
} from "./contact.ts";
import type { ContactFileFormat, ContactFiles, ContactRow } from "./contact-files.ts";
import { DomainError } from "./errors.ts";
import { onceAnswered, recorded } from "./kept-answers.ts";
import { countryDeed, type DefaultCountry } from "./number-store.ts";
import type { PhoneNumbers } from "./phone-numbers.ts";
import type { Clock } from "./ports.ts";
import type { Awaitable, IdempotencyKey, Storage, Writing } from "./storage.ts";
import type { Principal } from "./workspace.ts";

/** The workspace's contacts as a signed-in person uses them. */
export type Contacts = ReturnType<typeof createContacts>;

/** A contact as it is typed: numbers in any spelling. */
export type GivenContact = {
  readonly name: string;
  readonly company?: string | null | undefined;
  readonly numbers: readonly { readonly number: string; readonly label?: string | null | undefined }[];
};

/** Who writes: a person, or for null the product itself on behalf of whoever holds the data folder. */
export type ContactsUser = {
  readonly workspaceId: number;
  readonly userId: string | null;
  readonly kind?: Principal["kind"];
};

/** What became of one row of a file. */
export type ContactRowResult = {
  /** The line it begins on, from 1. */
  readonly line: number;
  readonly verdict: ContactVerdict["verdict"] | "refused";
  readonly contactId: string | null;
  /** Why it was refused, or what of it was left out. */
  readonly reason: string | null;
};

/** Most rows of one import. */
export const contactRowsMax = 50_000;

export type ContactsDeps = {
  readonly storage: Pick<Storage, "contacts" | "numbers" | "keptAnswers" | "audit" | "sources">;
  readonly phoneNumbers: PhoneNumbers;
  readonly files: ContactFiles;
  readonly clock: Clock;
  readonly newId: () => string;
  /** Told after each write that may have altered the contacts of a workspace. */
  readonly changed?: (workspaceId: number) => void;
};

/** What each use case needs: reading is for everybody, writing for who may alter calls, countries for admins. */
export const contactScopes = {
  page: "read",
  find: "read",
  revision: "read",
  add: "write",
  update: "write",
  remove: "write",
  importFile: "write",
  exportFile: "read",
  countries: "read",
  setCountry: "admin",
} as const satisfies Record<keyof ReturnType<typeof contactUseCases>, "read" | "write" | "admin">;

export function createContacts(deps: ContactsDeps) {
  return authorised(contactUseCases(deps), contactScopes);
}

/** Without the question who may: for the command line, which whoever holds the data folder runs. */
export function contactUseCases({ storage, phoneNumbers, files, clock, newId, changed = () => {} }: ContactsDeps) {
  return {
    /** @throws DomainError BAD_USER_INPUT for a `first` that is no whole number from 0 to 1,000, and for a foreign cursor. */
    page(
      { workspaceId }: Principal,
      given: {
        readonly search?: string | null | undefined;
        readonly first?: number | null | undefined;
        readonly after?: string | null | undefined;
      },
    ): Awaitable<ContactPage> {
      const limit = given.first ?? contactPageDefault;
      if (!Number.isSafeInteger(limit) || limit < 0 || limit > contactPageMax) {
        throw new DomainError("BAD_USER_INPUT", `first must be a whole number from 0 to ${contactPageMax}.`, {
          field: "first",
        });
      }
      const after = given.after == null ? null : parseContactCursor(given.after);
      return storage.contacts.page(workspaceId, contactTerms(given.search ?? ""), after, limit);
    },

    /** The contact, or null when the workspace has none of this id. */
    find({ workspaceId }: Principal, contactId: string): Awaitable<Contact | null> {
      return storage.contacts.find(workspaceId, contactId);
    },

    /** A number that grows whenever names of calls may have altered. */
    revision({ workspaceId }: Principal): Awaitable<number> {
      return storage.contacts.revision(workspaceId);
    },

    /** @throws DomainError BAD_USER_INPUT */
    async add(principal: Principal, given: GivenContact, idempotency?: IdempotencyKey): Promise<Contact> {
      const fields = await checkContact(principal.workspaceId, given);
      return written(principal, storage.contacts.add(writing(principal, idempotency), { id: newId(), ...fields }));
    },

    /** Replaces all that the contact says. @throws DomainError NOT_FOUND, BAD_USER_INPUT */
    async update(
      principal: Principal,
      id: string,
      given: GivenContact,
      idempotency?: IdempotencyKey,
    ): Promise<Contact> {
      const fields = await checkContact(principal.workspaceId, given);
      return written(principal, storage.contacts.update(writing(principal, idempotency), id, fields));
    },

    /** @throws DomainError NOT_FOUND */
    async remove(principal: Principal, id: string, idempotency?: IdempotencyKey): Promise<void> {
      return written(principal, storage.contacts.remove(writing(principal, idempotency), id));
    },

    /**
     * Takes in a file of contacts. Rows that are not right are refused with their line and reason; all others are in once this is
     * resolved, together. Again is harmless. @throws DomainError BAD_USER_INPUT when it is no such file at all.
     */
    async importFile(
      principal: ContactsUser,
      bytes: Uint8Array,
      format: ContactFileFormat | null,
    ): Promise<readonly ContactRowResult[]> {
      const { workspaceId } = principal;
      const country = await workspaceCountry(workspaceId);
      const rows = await files.read(bytes, format);
      if (rows.length > contactRowsMax) {
        throw new DomainError("BAD_USER_INPUT", `A file has at most ${contactRowsMax} contacts; split it.`);
      }
      const read = rows.map((row) => readRow(row, country));
      const taken = read.flatMap((row) => ("fields" in row ? [{ id: newId(), ...row.fields }] : []));
      const details = { count: String(taken.length) };
      const left = recorded(entryOf(principal, { kind: "contacts-imported", details }));
      const verdicts = (
        taken.length === 0 ? [] : await written(principal, storage.contacts.import(writing(principal), taken, left))
      ).values();
      return read.map((row) => {
        if (!("fields" in row)) return row;
        const { verdict, contactId } = verdicts.next().value ?? noVerdict();
        return { line: row.line, verdict, contactId, reason: row.remark };
      });
    },

    /** All contacts as a file, in pieces, by name; told to the audit log before the first. */
    async *exportFile(principal: ContactsUser, format: ContactFileFormat): AsyncGenerator<string> {
      const { workspaceId } = principal;
      await storage.audit.record(entryOf(principal, { kind: "contacts-exported", details: { format } }));
      yield* files.write(everyContact(workspaceId), format);
    },

    /** In which countries numbers without a country code are read. */
    countries({ workspaceId }: Pick<Principal, "workspaceId">): Awaitable<readonly DefaultCountry[]> {
      return storage.numbers.countries(workspaceId);
    },

    /**
     * Sets in which country the numbers of a source are read, or of all that do not say otherwise; null clears it.
     * @throws DomainError BAD_USER_INPUT for what is no country; NOT_FOUND for an unknown source.
     */
    async setCountry(
      principal: Pick<Principal, "workspaceId"> & Partial<ContactsUser>,
      sourceId: string | null,
      country: string | null,
      idempotency?: IdempotencyKey,
    ): Promise<readonly DefaultCountry[]> {
      const { workspaceId, userId = null, kind = "user" } = principal;
      const asker = { workspaceId, userId, kind };
      const code = country?.toUpperCase() ?? null;
      if (code !== null && !phoneNumbers.isCountry(code)) {
        throw new DomainError("BAD_USER_INPUT", "country must be two letters of ISO 3166-1, such as DE or US.", {
          field: "country",
        });
      }
      const asked = writing(asker, idempotency);
      return onceAnswered(storage.keptAnswers, asked, async (keep) => {
        const before = await storage.numbers.countries(workspaceId);
        const others = before.filter((each) => each.sourceId !== sourceId);
        const after = [...others, ...(code === null ? [] : [{ sourceId, country: code }])].toSorted(
          (a, b) => rankOf(a) - rankOf(b) || (String(a.sourceId) < String(b.sourceId) ? -1 : 1),
        );
        const isOther = before.find((each) => each.sourceId === sourceId)?.country !== (code ?? undefined);
        const left = { writing: null, answer: null, ...keep(after) };
        const audit = isOther
          ? entryOf(asker, countryDeed(code, await sourceTarget(workspaceId, sourceId)))
          : undefined;
        await storage.numbers.setCountry(workspaceId, sourceId, code, clock.now(), { ...left, audit });
        changed(workspaceId);
        return after;
      });
    },
  };

  async function written<T>({ workspaceId }: Pick<Principal, "workspaceId">, write: Promise<T>): Promise<T> {
    const answer = await write;
    changed(workspaceId);
    return answer;
  }

  function writing({ workspaceId, userId, kind = "user" }: ContactsUser, idempotency?: IdempotencyKey): Writing {
    const actor = userId === null ? ({ kind: "system" } as const) : ({ kind, id: userId } as const);
    return { workspaceId, actor, atMs: clock.now(), idempotency };
  }

  /** For the audit log. */
  function entryOf({ workspaceId, userId, kind = "user" }: ContactsUser, deed: Deed): AuditEntry {
    const actor = userId === null ? ({ kind: "command-line" } as const) : ({ kind, id: userId } as const);
    return { ...deed, workspaceId, actor, atMs: clock.now() };
  }

  async function sourceTarget(workspaceId: number, sourceId: string | null): Promise<AuditTarget | undefined> {
    const sources = sourceId === null ? [] : await storage.sources.list(workspaceId);
    const found = sources.find(({ id }) => id === sourceId);
    return found && { id: found.id, name: found.name };
  }

  async function workspaceCountry(workspaceId: number): Promise<string | null> {
    const countries = await storage.numbers.countries(workspaceId);
    return countries.find(({ sourceId }) => sourceId === null)?.country ?? null;
  }

  async function* everyContact(workspaceId: number): AsyncGenerator<Contact> {
    let after: Parameters<Storage["contacts"]["page"]>[2] = null;
    for (;;) {
      const page: ContactPage = await storage.contacts.page(workspaceId, [], after, contactPageMax);
      yield* page.contacts;
      const last = page.contacts.at(-1);
      if (!page.hasNextPage || last === undefined) return;
      after = positionOf(last);
    }
  }

  async function checkContact(workspaceId: number, given: GivenContact): Promise<ContactFields> {
    const name = checkContactText("name", given.name);
    const company = optional("company", given.company);
    if (given.numbers.length > contactNumbersMax) throw tooManyNumbers();
    const country = await workspaceCountry(workspaceId);
    const numbers = given.numbers.map(({ number, label }) => {
      const { e164 } = phoneNumbers.read(number, country);
      if (e164 === null) throw new DomainError("BAD_USER_INPUT", unreadable(number, country), { field: "numbers" });
      return { e164, label: optional("label", label) };
    });
    return { name, company, numbers: eachOnce(numbers) };
  }

  function readRow(row: ContactRow, country: string | null): ContactRowResult | TakenRow {
    const { line } = row;
    const refused = (reason: string) => ({ line, verdict: "refused", contactId: null, reason }) as const;
    if ("problem" in row) return refused(row.problem);
    try {
      const name = checkContactText("name", row.name);
      const company = optional("company", row.company);
      const remarks: string[] = [];
      const numbers = row.numbers.flatMap(({ number, label }) => {
        const { e164 } = phoneNumbers.read(number, country);
        if (e164 === null) remarks.push(unreadable(number, country));
        return e164 === null ? [] : [{ e164, label: optional("label", label?.slice(0, 50)) }];
      });
      if (row.numbers.length === 0) return refused("It has no phone number.");
      if (numbers.length === 0) return refused(remarks[0] ?? "It has no phone number.");
      if (numbers.length > contactNumbersMax) return refused(tooManyNumbers().message);
      const remark = remarks.length === 0 ? null : remarks.join(" ");
      return { line, fields: { name, company, numbers: eachOnce(numbers) }, remark };
    } catch (error) {
      if (error instanceof DomainError) return refused(error.message);
      throw error;
    }
  }
}

/** That of the workspace comes first. */
function rankOf({ sourceId }: DefaultCountry): number {
  return sourceId === null ? 0 : 1;
}

type TakenRow = { readonly line: number; readonly fields: ContactFields; readonly remark: string | null };

function optional(field: "company" | "label", text: string | null | undefined): string | null {
  return text == null || text.trim() === "" ? null : checkContactText(field, text);
}

function eachOnce(numbers: ContactFields["numbers"]): ContactFields["numbers"] {
  return numbers.filter(({ e164 }, at) => numbers.findIndex((number) => number.e164 === e164) === at);
}

function positionOf(contact: Contact) {
  return { id: contact.id, sortKey: sortKeyOf(contact.name) };
}

function tooManyNumbers(): DomainError {
  return new DomainError("BAD_USER_INPUT", `A contact has at most ${contactNumbersMax} numbers.`, { field: "numbers" });
}

function unreadable(number: string, country: string | null): string {
  const where =
    country === null ? "write it with + and its country code, or set a default country" : `read in ${country}`;
  return `"${number.slice(0, 40)}" is no phone number (${where}).`;
}

function noVerdict(): never {
  throw new Error("Storage gave fewer verdicts than there were contacts.");
}
