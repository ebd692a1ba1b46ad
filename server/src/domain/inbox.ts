import { authorised } from "./authorisation.ts";
import { readCallId } from "./call-id.ts";
import type { Call, CallPage } from "./call.ts";
import type { Cursor } from "./change.ts";
import { type ChangePage, readChangePage } from "./change-page.ts";
import { callNotFound } from "./errors.ts";
import { checkNoteContent } from "./note.ts";
import { type PageWindow, readPageWindow } from "./page.ts";
import type { Clock } from "./ports.ts";
import type { Awaitable, IdempotencyKey, Storage, Writing } from "./storage.ts";
import type { Principal } from "./workspace.ts";

/** The shared inbox as a signed-in person uses it. */
export type Inbox = ReturnType<typeof createInbox>;

export type InboxDeps = { readonly storage: Storage; readonly clock: Clock };

/** Each use case fails with FORBIDDEN where the principal lacks the scope that stands beside it. */
export function createInbox(deps: InboxDeps) {
  return authorised(useCases(deps), {
    readable: "read",
    page: "read",
    call: "read",
    cursor: "read",
    changes: "read",
    toggleArchived: "write",
    addNote: "write",
  });
}

function useCases({ storage, clock }: InboxDeps) {
  return {
    /**
     * The workspace whose calls this person may read: the one place that says so for answers that are put together from
     * what was kept, without {@link page} and {@link call}.
     */
    readable({ workspaceId }: Principal): number {
      return workspaceId;
    },

    /**
     * A page of the workspace's calls, newest first, with the window that was really used.
     * @throws DomainError BAD_USER_INPUT for an offset or limit that is not a whole number from 0.
     */
    async page(
      { workspaceId }: Principal,
      offset: number | null | undefined,
      limit: number | null | undefined,
    ): Promise<{ readonly page: CallPage; readonly window: PageWindow }> {
      const window = readPageWindow(offset, limit);
      return { page: await storage.calls.page(workspaceId, window.offset, window.limit), window };
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
    changes({ workspaceId }: Principal, after: unknown, first: number | null | undefined): Promise<ChangePage> {
      return readChangePage(storage.changes, workspaceId, after, first);
    },

    /** Archives, or restores when archived. @throws DomainError NOT_FOUND */
    async toggleArchived(principal: Principal, id: unknown, idempotency?: IdempotencyKey): Promise<Call> {
      return storage.calls.toggleArchived(writing(principal, idempotency), knownCallId(id));
    },

    /** Adds a note in front of the call's notes. @throws DomainError NOT_FOUND, BAD_USER_INPUT */
    async addNote(principal: Principal, id: unknown, content: string, idempotency?: IdempotencyKey): Promise<Call> {
      const callId = knownCallId(id);
      return storage.calls.addNote(writing(principal, idempotency), callId, checkNoteContent(content));
    },
  };

  function writing(principal: Principal, idempotency: IdempotencyKey | undefined): Writing {
    const actor = { kind: principal.kind, id: principal.userId };
    return { workspaceId: principal.workspaceId, actor, atMs: clock.now(), idempotency };
  }
}

function knownCallId(id: unknown): number {
  const callId = readCallId(id);
  if (callId === null) throw callNotFound();
  return callId;
}
