import { andThen } from "./awaitable.ts";
import type { Call } from "./call.ts";
import type { Contact } from "./contact.ts";
import type { CallFilter } from "./filter.ts";
import { type OtherEnd, otherEndsFor } from "./other-end.ts";
import type { ContactStore } from "./contact-store.ts";
import type { NumberStore } from "./number-store.ts";
import type { PhoneNumber, PhoneNumbers } from "./phone-numbers.ts";
import { otherKey } from "./returns.ts";
import type { Awaitable, CallStore } from "./storage.ts";

/**
 * Whose numbers the calls of one workspace have, as it is known at this moment. Made for one answer: within it a number has one
 * name. Answers at once wherever the database does.
 */
export type CallNames = {
  number(call: Call, end: "caller" | "called"): Awaitable<PhoneNumber>;
  /** The contact of the other end: the caller of an inbound call, the called of an outbound one. */
  contact(call: Call): Awaitable<Contact | null>;
  /** A line of ours, by its text. No call tells its source, so the country of the workspace counts. */
  line(text: string): Awaitable<PhoneNumber>;
  /** A number that is in E.164 already. */
  known(e164: string): PhoneNumber;
};

export type Directory = {
  /** Names for the calls of a workspace; new ones for each answer. */
  names(workspaceId: number): CallNames;
  /** Who is at the other end of some calls, as far as the filter asks; see {@link otherEndsFor}. */
  otherEndsFor(
    filter: CallFilter | null,
    workspaceId: number,
    calls: readonly Call[],
  ): Awaitable<ReadonlyMap<number, OtherEnd>>;
  /** A number that moves whenever names may have altered. */
  revision(workspaceId: number): Awaitable<number>;
};

export function createDirectory({
  storage: { calls, contacts, numbers },
  phoneNumbers,
}: {
  readonly storage: {
    readonly calls: Pick<CallStore, "otherEnds">;
    readonly contacts: Pick<ContactStore, "shown" | "revision">;
    readonly numbers: Pick<NumberStore, "countryOf" | "countries">;
  };
  readonly phoneNumbers: PhoneNumbers;
}): Directory {
  return {
    names,
    otherEndsFor: (filter, workspaceId, of) => otherEndsFor(filter, calls, workspaceId, of),
    revision: (workspaceId) => contacts.revision(workspaceId),
  };

  function names(workspaceId: number): CallNames {
    const asked = new Map<string, Awaitable<Contact | null>>();
    let countries: ReturnType<NumberStore["countries"]> | null = null;

    function number(call: Call, end: "caller" | "called"): Awaitable<PhoneNumber> {
      const text = end === "caller" ? call.from : call.to;
      if (!phoneNumbers.needsCountry(text)) return phoneNumbers.read(text, null);
      return andThen(numbers.countryOf(workspaceId, call.id), (country) => phoneNumbers.read(text, country));
    }

    function ownCountry(): Awaitable<string | null> {
      return andThen(
        (countries ??= numbers.countries(workspaceId)),
        (all) => all.find(({ sourceId }) => sourceId === null)?.country ?? null,
      );
    }

    /** Filters know a number by its key: who is found by one is also shown by it. */
    function shown(e164: string | null): Awaitable<Contact | null> {
      if (e164 === null || !e164.startsWith("+")) return null;
      const known = asked.get(e164);
      if (known !== undefined) return known;
      const found = contacts.shown(workspaceId, e164);
      asked.set(e164, found);
      return found;
    }

    return {
      number,
      contact: (call) =>
        andThen(number(call, call.direction === "inbound" ? "caller" : "called"), ({ e164 }) =>
          shown(e164 ?? otherKey(call)),
        ),
      line: (text) =>
        phoneNumbers.needsCountry(text)
          ? andThen(ownCountry(), (country) => phoneNumbers.read(text, country))
          : phoneNumbers.read(text, null),
      known: (e164) => phoneNumbers.read(e164, null),
    };
  }
}
