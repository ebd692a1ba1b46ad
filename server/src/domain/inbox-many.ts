import { requireScope } from "./authorisation.ts";
import { readCallId } from "./call-id.ts";
import type { Call, CallOutcome } from "./call.ts";
import { callCursor, readCallCursor } from "./connection.ts";
import { DomainError } from "./errors.ts";
import { readRevision, type Terms } from "./inbox-edits.ts";
import { callsPerWriteMax, endOf, filteredCallsMax, mayHaveMore, setWhere, type Wanted } from "./many-calls.ts";
import { type CallFilterInput, readCallFilter } from "./read-filter.ts";
import type { Storage, Writing } from "./storage.ts";
import { readTag } from "./tag.ts";
import { readerOf } from "./unread.ts";
import type { Principal } from "./workspace.ts";

/** Which calls a write to many is for: exactly one of `ids` and `filter`. */
export type ManyCalls = {
  readonly ids?: readonly string[] | null | undefined;
  readonly filter?: CallFilterInput | null | undefined;
  /** Of a filter, so many at most; 1,000 when it is left out. */
  readonly first?: number | null | undefined;
  /** Of a filter, those after this place in the list; see {@link ManyOutcomes}. */
  readonly after?: string | null | undefined;
};

/** An outcome under the id that the client gave. */
export type GivenOutcome = {
  readonly id: string;
  readonly outcome: CallOutcome["outcome"];
  readonly call: Call | null;
};

/** What became of a write to many. */
export type ManyOutcomes = {
  readonly changedCount: number;
  readonly results: readonly GivenOutcome[];
  /** Whether the same request may find more to do; never where the calls were named. */
  readonly hasMore: boolean;
  /** The place of the last call of a filter, to go on after it; null where there was none, and where the calls were named. */
  readonly endCursor: string | null;
};

/** What became of one change that was to be taken back. */
export type UndoOutcome = Omit<GivenOutcome, "id"> & { readonly revision: number };

/** Most calls of one write to many. */
export const bulkCallsMax = 1_000;

/** Most changes that are taken back at once: all of them in one transaction. */
export const undoneChangesMax = callsPerWriteMax;

/** What people do with many calls at once. Part of the {@link Inbox}. */
export function createInboxMany(storage: Storage, writing: (principal: Principal, terms: Terms) => Writing) {
  return {
    /**
     * Makes each of the calls that are named what is wanted, or the newest that a filter lets through and that are not so yet.
     * One outcome for each id, in order; those of a filter newest first.
     * @param given the tag as the client wrote it
     * @throws DomainError BAD_USER_INPUT with none or both of them, with more than 1,000 ids, for a bad filter, place or tag, for ids with
     *   `first` or `after`, and for a filter with `ifRevision`; FORBIDDEN for a filter where calls may not be read; NOT_FOUND for
     *   a user who is disabled or not of the workspace
     */
    async setMany(
      principal: Principal,
      { ids, filter, first, after }: ManyCalls,
      given: Wanted,
      terms: Terms = {},
    ): Promise<ManyOutcomes> {
      if ((ids == null) === (filter == null)) {
        throw new DomainError("BAD_USER_INPUT", "Either ids or a filter is needed.", { field: "ids" });
      }
      const wanted = given.part === "tag" ? { ...given, tag: readTag(given.tag) } : given;
      const limit = readFirst(first, filter != null);
      if (ids != null) {
        if (after != null)
          throw new DomainError("BAD_USER_INPUT", "after is for calls of a filter.", { field: "after" });
        return told(await setNamed(principal, ids, wanted, terms), { hasMore: false, endCursor: null });
      }
      requireScope(principal, "read");
      if (terms.ifRevision != null) {
        const message = "ifRevision is for calls that you have seen, and so not for those of a filter.";
        throw new DomainError("BAD_USER_INPUT", message, { field: "ifRevision" });
      }
      const meant = readCallFilter(filter, readerOf(principal));
      const stretch = { first: limit, after: after == null ? null : readCallCursor("after", after) };
      const outcomes = await setWhere(storage, writing(principal, terms), meant, wanted, stretch);
      const results = outcomes.map(({ callId, outcome, call }) => ({ id: String(callId), outcome, call }));
      const end = endOf(outcomes);
      return told(results, { hasMore: mayHaveMore(outcomes, limit), endCursor: end && callCursor(end) });
    },

    /**
     * Takes changes back, each as `undo` does; one outcome each, in the order given.
     * @throws DomainError BAD_USER_INPUT, with nothing done, for more than 500 and where one of them is what a source told
     */
    async undoMany(
      principal: Principal,
      given: readonly number[],
      terms: Terms = {},
    ): Promise<{ readonly changedCount: number; readonly results: readonly UndoOutcome[] }> {
      if (given.length > undoneChangesMax) {
        const message = `revisions must be at most ${undoneChangesMax}`;
        throw new DomainError("BAD_USER_INPUT", message, { field: "revisions" });
      }
      const revisions = given.map((revision) => readRevision("revisions", revision));
      const outcomes = await storage.calls.undoMany(writing(principal, terms), revisions);
      const results = outcomes.map(({ outcome, call }, at) => ({ revision: revisions[at] ?? 0, outcome, call }));
      return { changedCount: changedOf(results), results };
    },
  };

  async function setNamed(
    principal: Principal,
    ids: readonly string[],
    wanted: Wanted,
    terms: Terms,
  ): Promise<readonly GivenOutcome[]> {
    if (ids.length > bulkCallsMax) {
      throw new DomainError("BAD_USER_INPUT", `ids must be at most ${bulkCallsMax}`, { field: "ids" });
    }
    const given = ids.map((id) => ({ id, callId: readCallId(id) }));
    const callIds = given.flatMap(({ callId }) => callId ?? []);
    const outcomes = await setAll(writing(principal, terms), callIds, wanted);
    let at = 0;
    return given.map(({ id, callId }) => {
      const known = callId === null ? undefined : outcomes[at++];
      return { id, outcome: known?.outcome ?? "not-found", call: known?.call ?? null };
    });
  }

  /**
   * In transactions of at most 500 calls, one after the other: a crash in between leaves the first ones written, and a retry
   * under the same key, each part of which has a key of its own, does the rest and answers for all.
   */
  async function setAll(terms: Writing, callIds: readonly number[], wanted: Wanted): Promise<readonly CallOutcome[]> {
    const outcomes: CallOutcome[] = [];
    for (let at = 0; at < callIds.length; at += callsPerWriteMax) {
      const chunk = callIds.slice(at, at + callsPerWriteMax);
      const { idempotency } = terms;
      const part = idempotency && { ...idempotency, part: at === 0 ? idempotency.part : `${idempotency.part} ${at}` };
      // oxlint-disable-next-line no-await-in-loop -- one after the other, in the order given
      outcomes.push(...(await storage.calls.setMany({ ...terms, idempotency: part }, chunk, wanted)));
    }
    return outcomes;
  }
}

function told(results: readonly GivenOutcome[], more: Pick<ManyOutcomes, "hasMore" | "endCursor">): ManyOutcomes {
  return { changedCount: changedOf(results), results, ...more };
}

function changedOf(results: readonly Pick<GivenOutcome, "outcome">[]): number {
  return results.filter(({ outcome }) => outcome === "changed").length;
}

/** How many calls of a filter are wanted. @throws DomainError BAD_USER_INPUT */
function readFirst(first: number | null | undefined, isFiltered: boolean): number {
  if (first == null) return filteredCallsMax;
  const message = isFiltered
    ? `first must be a whole number from 1 to ${filteredCallsMax}.`
    : "first is for calls of a filter.";
  if (isFiltered && Number.isSafeInteger(first) && first >= 1 && first <= filteredCallsMax) return first;
  throw new DomainError("BAD_USER_INPUT", message, { field: "first" });
}
