import { authorised } from "./authorisation.ts";
import { readCallId } from "./call-id.ts";
import type { Person } from "./call.ts";
import { callNotFound, DomainError } from "./errors.ts";
import type { Storage } from "./storage.ts";
import type { Principal } from "./workspace.ts";

/** Somebody is at a call: one row a person and call, whatever number of tabs show it. */
export type Presence = {
  readonly person: Person;
  readonly callId: number;
  /** Whether a note is being written in one of the tabs. */
  readonly isWriting: boolean;
  /** Since when without a break: milliseconds since the epoch. */
  readonly sinceMs: number;
};

/** What a tab says. */
export type TabWord = {
  readonly workspaceId: number;
  /** The client's own name for the tab, unique among those of the person. */
  readonly tab: string;
  readonly person: Person;
  readonly sessionId: string;
  /** Null: at no call. */
  readonly callId: number | null;
  readonly isWriting: boolean;
};

/**
 * Who is at which call, in memory alone. A word holds for 45 seconds, and no longer than the session of the person. A person has
 * 100 tabs at most (the one that was silent longest makes room) and a workspace 10,000.
 */
export interface PresenceBoard {
  /** False when there is no room for it, or the session has ended: then it is not shown. */
  say(word: TabWord): boolean;
  /** Who is at a call now, those first who came first. */
  at(workspaceId: number): readonly Presence[];
  /**
   * @param listener called with all of it before this returns, then soon after it has changed, five times a second at most. All
   *   followers are handed the same array.
   * @returns the way to stop; nothing is told once it has returned.
   */
  follow(workspaceId: number, listener: (presence: readonly Presence[]) => void): () => void;
}

/** Where colleagues are, for every role. */
export type PresenceDesk = ReturnType<typeof createPresenceDesk>;

const tabPattern = /^[\u0021-\u007e]{1,64}$/;

export function createPresenceDesk(deps: { readonly storage: Pick<Storage, "calls">; readonly board: PresenceBoard }) {
  return authorised(useCases(deps), { atCall: "read", presence: "read", follow: "read" });
}

function useCases({ storage, board }: { readonly storage: Pick<Storage, "calls">; readonly board: PresenceBoard }) {
  return {
    /**
     * Notes where a tab of the person is; null for no call. False when there are too many to show.
     * @throws DomainError BAD_USER_INPUT for a bad tab, NOT_FOUND for a call that the workspace does not have, FORBIDDEN for programs
     */
    async atCall(principal: Principal, tab: string, id: string | null, isWriting: boolean): Promise<boolean> {
      const { kind, workspaceId, userId, username, sessionId } = principal;
      if (kind !== "user") throw new DomainError("FORBIDDEN", "Only people can be at a call.");
      if (!tabPattern.test(tab)) {
        throw new DomainError("BAD_USER_INPUT", "tab must be 1 to 64 visible ASCII characters.", { field: "tab" });
      }
      const callId = id === null ? null : readCallId(id);
      if (id !== null && (callId === null || (await storage.calls.find(workspaceId, callId)) === null)) {
        throw callNotFound();
      }
      return board.say({ workspaceId, tab, person: { id: userId, username }, sessionId, callId, isWriting });
    },

    /** Who is at which call now. */
    presence({ workspaceId }: Principal): readonly Presence[] {
      return board.at(workspaceId);
    },

    /** The same, and again whenever it changes. See {@link PresenceBoard.follow}. */
    follow({ workspaceId }: Principal, listener: (presence: readonly Presence[]) => void): () => void {
      return board.follow(workspaceId, listener);
    },
  };
}
