import type { AuditTarget, Deed } from "./audit.ts";
import type { Keep } from "./kept-answers.ts";
import type { Awaitable } from "./storage.ts";

/** Where numbers that are written without a country code belong; `sourceId` null for all sources that do not say otherwise. */
export type DefaultCountry = { readonly sourceId: string | null; readonly country: string };

/**
 * In which country the numbers of calls are read. It alters which calls have the same number, never what was dialled: each call is kept under the key
 * that its number had in the country of its source when it was told, and a country that is set makes the keys of the calls before it anew,
 * with all that follows from them (who has returned whom), bit by bit after the write is answered, also through a restart.
 */
export interface NumberStore {
  /** That of the workspace first, then by source. */
  countries(workspaceId: number): Awaitable<readonly DefaultCountry[]>;
  /**
   * Sets or, with null, clears it. A source that is removed keeps it, as it keeps its calls.
   * @param atMs now: the time of the changes that tell which calls are settled by this, or no longer.
   * @throws DomainError NOT_FOUND for an unknown source.
   */
  setCountry(
    workspaceId: number,
    sourceId: string | null,
    country: string | null,
    atMs: number,
    keep?: Keep,
  ): Promise<void>;
  /** The country of the source that sent the call, else that of the workspace, else null. An index answers it. */
  countryOf(workspaceId: number, callId: number): Awaitable<string | null>;
}

/** For the audit log: that numbers are read in this country from now on, or in none, of one source or of all. */
export function countryDeed(country: string | null, source?: AuditTarget): Deed {
  return { kind: "country-changed", target: source, details: country === null ? {} : { country } };
}
