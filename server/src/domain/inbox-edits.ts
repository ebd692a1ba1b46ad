import { readCallId } from "./call-id.ts";
import type { Call } from "./call.ts";
import { parseCursor, type Change } from "./change.ts";
import { callNotFound, DomainError, noteNotFound } from "./errors.ts";
import { checkNoteContent } from "./note.ts";
import type { IdempotencyKey, Storage, Writing } from "./storage.ts";
import { readTag } from "./tag.ts";
import type { Principal } from "./workspace.ts";

/** What a person may say beside what is to be done. */
export type Terms = {
  readonly idempotency?: IdempotencyKey | undefined;
  /** Only if nothing altered the call after this revision. As the client gave it. */
  readonly ifRevision?: number | null | undefined;
};

/** Changes, newest first, with the epoch that makes cursors of their revisions. */
export type ActivityPage = {
  readonly changes: readonly Change[];
  readonly epoch: string;
  readonly hasNextPage: boolean;
};

/** Most changes of one page of history. */
export const historyLimitMax = 100;

export const historyLimitDefault = 20;

/** What people do with calls beyond archiving and noting, and who did what. Part of the {@link Inbox}. */
export function createInboxEdits(storage: Storage, writing: (principal: Principal, terms: Terms) => Writing) {
  return {
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

/** Ids of notes are written like those of calls. */
function knownNoteId(id: unknown): number {
  const noteId = readCallId(id);
  if (noteId === null) throw noteNotFound();
  return noteId;
}
