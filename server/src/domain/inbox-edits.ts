import { readCallId } from "./call-id.ts";
import type { Call, CallOutcome } from "./call.ts";
import { parseCursor, type Change } from "./change.ts";
import { requireScope } from "./authorisation.ts";
import { callNotFound, DomainError, noteNotFound } from "./errors.ts";
import { archiveWhere, callsPerWriteMax, filteredCallsMax, mayHaveMore } from "./filtered-archiving.ts";
import { checkNoteContent } from "./note.ts";
import { type CallFilterInput, readCallFilter } from "./read-filter.ts";
import type { IdempotencyKey, Storage, Writing } from "./storage.ts";
import { readTag } from "./tag.ts";
import type { Principal } from "./workspace.ts";

/** What a person may say beside what is to be done. */
export type Terms = {
  readonly idempotency?: IdempotencyKey | undefined;
  /** Only if nothing altered the call after this revision. As the client gave it. */
  readonly ifRevision?: number | null | undefined;
};

/** An outcome under the id that the client gave. */
export type GivenOutcome = {
  readonly id: string;
  readonly outcome: CallOutcome["outcome"];
  readonly call: Call | null;
};

/** Which calls a write to many is for: exactly one of the two. */
export type ManyCalls = {
  readonly ids?: readonly string[] | null | undefined;
  readonly filter?: CallFilterInput | null | undefined;
  /** Of a filter, so many at most; 1,000 when it is left out. */
  readonly first?: number | null | undefined;
};

/** What became of a write to many. */
export type ManyOutcomes = {
  readonly results: readonly GivenOutcome[];
  /** Whether the same request may find more to do; never where the calls were named. */
  readonly hasMore: boolean;
};

/** Changes, newest first, with the epoch that makes cursors of their revisions. */
export type ActivityPage = {
  readonly changes: readonly Change[];
  readonly epoch: string;
  readonly hasNextPage: boolean;
};

/** Most calls of one write to many. */
export const bulkCallsMax = 1_000;

/** Most changes of one page of history. */
export const historyLimitMax = 100;

export const historyLimitDefault = 20;

/** What people do with calls beyond archiving and noting, and who did what. Part of the {@link Inbox}. */
export function createInboxEdits(storage: Storage, writing: (principal: Principal, terms: Terms) => Writing) {
  return {
    /**
     * Archives or restores each of the calls that are named, or the newest that a filter lets through and that are not so yet.
     * One outcome for each id, in order; those of a filter newest first.
     * @throws DomainError BAD_USER_INPUT with none or both of them, with more than 1,000 ids, for a bad filter, for ids with
     *   `first`, and for a filter with `ifRevision`; FORBIDDEN for a filter where calls may not be read
     */
    async setArchived(
      principal: Principal,
      { ids, filter, first }: ManyCalls,
      isArchived: boolean,
      terms: Terms = {},
    ): Promise<ManyOutcomes> {
      if ((ids == null) === (filter == null)) {
        throw new DomainError("BAD_USER_INPUT", "Either ids or a filter is needed.", { field: "ids" });
      }
      const limit = readFirst(first, filter != null);
      if (ids != null) return { results: await setArchivedOf(principal, ids, isArchived, terms), hasMore: false };
      requireScope(principal, "read");
      if (terms.ifRevision != null) {
        const message = "ifRevision is for calls that you have seen, and so not for those of a filter.";
        throw new DomainError("BAD_USER_INPUT", message, { field: "ifRevision" });
      }
      const wanted = readCallFilter(filter);
      const outcomes = await archiveWhere(storage, writing(principal, terms), wanted, isArchived, limit);
      const results = outcomes.map(({ callId, outcome, call }) => ({ id: String(callId), outcome, call }));
      return { results, hasMore: mayHaveMore(outcomes, limit) };
    },

    /** Gives a note another text; its call after it. @throws DomainError NOT_FOUND, BAD_USER_INPUT, CONFLICT */
    async editNote(principal: Principal, id: unknown, content: string, terms: Terms = {}): Promise<Call> {
      const noteId = knownNoteId(id);
      return storage.calls.editNote(writing(principal, terms), noteId, checkNoteContent(content));
    },

    /** Takes a note away; its call after it. @throws DomainError NOT_FOUND, CONFLICT */
    async deleteNote(principal: Principal, id: unknown, terms: Terms = {}): Promise<Call> {
      return storage.calls.deleteNote(writing(principal, terms), knownNoteId(id));
    },

    /** Puts a tag on the call or takes it off. @throws DomainError NOT_FOUND, BAD_USER_INPUT, CONFLICT */
    async setTag(principal: Principal, id: unknown, tag: string, isTagged: boolean, terms: Terms = {}): Promise<Call> {
      const callId = knownCallId(id);
      return storage.calls.setTag(writing(principal, terms), callId, readTag(tag), isTagged);
    },

    /** Gives the call to a user, or to nobody for null. @throws DomainError NOT_FOUND, CONFLICT */
    async assign(
      principal: Principal,
      id: unknown,
      userId: string | null | undefined,
      terms: Terms = {},
    ): Promise<Call> {
      return storage.calls.assign(writing(principal, terms), knownCallId(id), userId ?? null);
    },

    /** Takes one change back. @throws DomainError NOT_FOUND, BAD_USER_INPUT, CONFLICT */
    async undo(principal: Principal, revision: number, terms: Terms = {}): Promise<Call> {
      return storage.calls.undo(writing(principal, terms), readRevision("revision", revision));
    },

    /**
     * What was done, newest first, to one call or in the whole workspace.
     * @throws DomainError BAD_USER_INPUT; RESUME_GAP for a cursor of another history
     */
    async history(
      { workspaceId }: Principal,
      callId: number | null,
      first: number | null | undefined,
      after: unknown,
    ): Promise<ActivityPage> {
      const limit = first ?? historyLimitDefault;
      if (!Number.isSafeInteger(limit) || limit < 0 || limit > historyLimitMax) {
        const message = `first must be a whole number from 0 to ${historyLimitMax}.`;
        throw new DomainError("BAD_USER_INPUT", message, { field: "first" });
      }
      const cursor = after == null ? null : parseCursor(after);
      const { epoch } = await storage.changes.head(workspaceId);
      if (cursor !== null && cursor.epoch !== epoch) {
        throw new DomainError("RESUME_GAP", "This cursor is of another history: begin again without it.", {
          field: "after",
        });
      }
      const which = { callId, before: cursor?.revision ?? null };
      const changes = await storage.changes.latest(workspaceId, which, limit + 1);
      return { changes: changes.slice(0, limit), epoch, hasNextPage: changes.length > limit };
    },
  };

  async function setArchivedOf(
    principal: Principal,
    ids: readonly string[],
    isArchived: boolean,
    terms: Terms,
  ): Promise<readonly GivenOutcome[]> {
    if (ids.length > bulkCallsMax) {
      throw new DomainError("BAD_USER_INPUT", `ids must be at most ${bulkCallsMax}`, { field: "ids" });
    }
    const given = ids.map((id) => ({ id, callId: readCallId(id) }));
    const callIds = given.flatMap(({ callId }) => callId ?? []);
    const outcomes = await archiveAll(writing(principal, terms), callIds, isArchived);
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
  async function archiveAll(
    terms: Writing,
    callIds: readonly number[],
    isArchived: boolean,
  ): Promise<readonly CallOutcome[]> {
    const outcomes: CallOutcome[] = [];
    for (let at = 0; at < callIds.length; at += callsPerWriteMax) {
      const chunk = callIds.slice(at, at + callsPerWriteMax);
      const { idempotency } = terms;
      const part = idempotency && { ...idempotency, part: at === 0 ? idempotency.part : `${idempotency.part} ${at}` };
      // oxlint-disable-next-line no-await-in-loop -- one after the other, in the order given
      outcomes.push(...(await storage.calls.setArchived({ ...terms, idempotency: part }, chunk, isArchived)));
    }
    return outcomes;
  }
}

/** @throws DomainError NOT_FOUND for what cannot be the id of any call, BAD_USER_INPUT */
export function knownCallId(id: unknown): number {
  const callId = readCallId(id);
  if (callId === null) throw callNotFound();
  return callId;
}

/** A revision as clients write it. @throws DomainError BAD_USER_INPUT naming the argument */
export function readRevision(field: string, revision: number): number {
  if (Number.isSafeInteger(revision) && revision >= 0) return revision;
  throw new DomainError("BAD_USER_INPUT", `${field} must be a whole number from 0 to 9007199254740991.`, { field });
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

/** Ids of notes are written like those of calls. */
function knownNoteId(id: unknown): number {
  const noteId = readCallId(id);
  if (noteId === null) throw noteNotFound();
  return noteId;
}
