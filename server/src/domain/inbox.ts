import { authorised } from "./authorisation.ts";
import { readCallId } from "./call-id.ts";
import type { Call, CallPage } from "./call.ts";
import type { CallCount, CountBy, GroupedCounts } from "./call-counts.ts";
import type { Cursor } from "./change.ts";
import { type ChangePage, readChangePage } from "./change-page.ts";
import { createInboxEdits, knownCallId, readRevision, type Terms } from "./inbox-edits.ts";
import { createInboxMany } from "./inbox-many.ts";
import { checkNoteContent } from "./note.ts";
import { type PageWindow, readPageWindow } from "./page.ts";
import type { Clock } from "./ports.ts";
import type { Awaitable, Storage, Writing } from "./storage.ts";
import {
  type CallConnectionPage,
  callCursor,
  type CallOrder,
  type ConnectionArguments,
  readConnectionWindow,
} from "./connection.ts";
import { type CallFilterInput, readCallFilter } from "./read-filter.ts";
import type { ReturnFigures } from "./returns.ts";
import { checkTimeZone } from "./settings.ts";
import { readerOf } from "./unread.ts";
import type { Principal } from "./workspace.ts";

/** The shared inbox as a signed-in person uses it. */
export type Inbox = ReturnType<typeof createInbox>;

export type InboxDeps = { readonly storage: Storage; readonly clock: Clock };

/** Each use case fails with FORBIDDEN where the principal lacks the scope that stands beside it. */
export function createInbox(deps: InboxDeps) {
  return authorised(useCases(deps), {
    readable: "read",
    page: "read",
    connection: "read",
    count: "read",
    counts: "read",
    returns: "read",
    call: "read",
    cursor: "read",
    changes: "read",
    history: "read",
    setMany: "write",
    undoMany: "write",
    editNote: "write",
    deleteNote: "write",
    setTag: "write",
    assign: "write",
    undo: "write",
    toggleArchived: "write",
    addNote: "write",
  });
}

function useCases({ storage, clock }: InboxDeps) {
  return {
    ...createInboxEdits(storage, writing),
    ...createInboxMany(storage, writing),

    /**
     * The workspace whose calls this person may read: the one place that says so for answers that are put together from
     * what was kept, without {@link page} and {@link call}.
     */
    readable({ workspaceId }: Principal): number {
      return workspaceId;
    },

    /**
     * A page of the workspace's calls, newest first, with the window that was really used.
     * @throws DomainError BAD_USER_INPUT for an offset or limit that is not a whole number from 0, and for a bad filter.
     */
    async page(
      principal: Principal,
      offset: number | null | undefined,
      limit: number | null | undefined,
      filter?: CallFilterInput | null,
    ): Promise<{ readonly page: CallPage; readonly window: PageWindow }> {
      const window = readPageWindow(offset, limit);
      const read = readCallFilter(filter, readerOf(principal));
      return { page: await storage.calls.page(principal.workspaceId, window.offset, window.limit, read), window };
    },

    /**
     * A page of the list of calls that a filter lets through, between cursors.
     * @throws DomainError BAD_USER_INPUT naming the argument at fault.
     */
    async connection(
      principal: Principal,
      given: ConnectionArguments,
      filter: CallFilterInput | null | undefined,
      order: CallOrder,
    ): Promise<CallConnectionPage> {
      const { limit, fromEnd, after, before } = readConnectionWindow(given);
      const walked = await storage.calls.walk(principal.workspaceId, {
        filter: readCallFilter(filter, readerOf(principal)),
        // From its end a list is the opposite list.
        order: fromEnd === (order === "newest-first") ? "oldest-first" : "newest-first",
        after: fromEnd ? before : after,
        before: fromEnd ? after : before,
        limit,
      });
      const { hasMore, stoppedAt } = walked;
      const calls = fromEnd ? walked.calls.toReversed() : walked.calls;
      const [start, end] = [calls[0] ?? null, calls.at(-1) ?? null];
      const startAt = fromEnd ? (stoppedAt ?? start) : start;
      const endAt = fromEnd ? end : (stoppedAt ?? end);
      return {
        calls,
        hasNextPage: fromEnd ? before !== null : hasMore,
        hasPreviousPage: fromEnd ? hasMore : after !== null,
        startCursor: startAt && callCursor(startAt),
        endCursor: endAt && callCursor(endAt),
        isBounded: stoppedAt !== null,
      };
    },

    /** How many calls a filter lets through. @throws DomainError BAD_USER_INPUT */
    async count(principal: Principal, filter: CallFilterInput | null | undefined): Promise<CallCount> {
      return storage.calls.count(principal.workspaceId, readCallFilter(filter, readerOf(principal)));
    },

    /** The same in groups. @throws DomainError BAD_USER_INPUT for a bad filter or an unknown time zone. */
    async counts(
      principal: Principal,
      filter: CallFilterInput | null | undefined,
      by: CountBy,
      timeZone: string,
    ): Promise<GroupedCounts> {
      const read = readCallFilter(filter, readerOf(principal));
      const question = { filter: read, by, timeZone: checkTimeZone(timeZone) };
      return storage.calls.counts(principal.workspaceId, question);
    },

    /** What of the calls that a filter lets through was missed, and what came of it. @throws DomainError BAD_USER_INPUT */
    async returns(principal: Principal, filter: CallFilterInput | null | undefined): Promise<ReturnFigures> {
      return storage.calls.returns(principal.workspaceId, readCallFilter(filter, readerOf(principal)));
    },

    /** The call, or null when the workspace has none with this id, whatever was given as one. */
    call({ workspaceId }: Principal, id: unknown): Awaitable<Call | null> {
      const callId = readCallId(id);
      return callId === null ? null : storage.calls.find(workspaceId, callId);
    },

    /** Where the workspace's change log ends now: whoever follows from here sees every later change. */
    cursor({ workspaceId }: Principal): Awaitable<Cursor> {
      return storage.changes.head(workspaceId);
    },

    /** A page of the change log after a cursor. See {@link readChangePage}. @throws DomainError RESUME_GAP, BAD_USER_INPUT */
    async changes(
      { workspaceId }: Principal,
      after: unknown,
      first: number | null | undefined,
      filter?: CallFilterInput | null,
    ): Promise<ChangePage> {
      const read = readCallFilter(filter);
      const filtered = read && { filter: read, calls: storage.calls };
      return readChangePage(storage.changes, workspaceId, after, first, filtered);
    },

    /** Archives, or restores when archived. @throws DomainError NOT_FOUND, CONFLICT */
    async toggleArchived(principal: Principal, id: unknown, terms: Terms = {}): Promise<Call> {
      return storage.calls.toggleArchived(writing(principal, terms), knownCallId(id));
    },

    /** Adds a note in front of the call's notes. @throws DomainError NOT_FOUND, BAD_USER_INPUT, CONFLICT */
    async addNote(principal: Principal, id: unknown, content: string, terms: Terms = {}): Promise<Call> {
      const callId = knownCallId(id);
      return storage.calls.addNote(writing(principal, terms), callId, checkNoteContent(content));
    },
  };

  function writing(principal: Principal, { idempotency, ifRevision }: Terms): Writing {
    const actor = { kind: principal.kind, id: principal.userId };
    const bound = ifRevision == null ? undefined : readRevision("ifRevision", ifRevision);
    return { workspaceId: principal.workspaceId, actor, atMs: clock.now(), idempotency, ifRevision: bound };
  }
}
