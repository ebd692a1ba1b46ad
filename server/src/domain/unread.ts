import { authorised } from "./authorisation.ts";
import { readCallId } from "./call-id.ts";
import type { Call, FeedPosition } from "./call.ts";
import type { Actor, ChangeKind, Cursor } from "./change.ts";
import { DomainError } from "./errors.ts";
import type { CallFilter } from "./filter.ts";
import type { ManyCalls } from "./inbox-many.ts";
import { createOnce, type Keep } from "./kept-answers.ts";
import type { Clock } from "./ports.ts";
import { readCallFilter } from "./read-filter.ts";
import type { Awaitable, IdempotencyKey, Storage } from "./storage.ts";
import type { Principal } from "./workspace.ts";

/**
 * What each person has not seen yet. A call that is not archived is unread for a person when something happened to it that asks to be
 * looked at ({@link newsOf}), by somebody else, after the person last had it before them; or when they said so themselves. An
 * archived call is unread for nobody, and nobody's own doing makes a call unread for themselves.
 *
 * Nothing of this is a change of a call: it moves no revision, and no answer that people share tells of it.
 */
export interface UnreadStore {
  /** Those of the calls that are unread for the person, in the order given. */
  among(workspaceId: number, userId: string, callIds: readonly number[]): Awaitable<readonly number[]>;
  /**
   * Makes the calls read for the person, up to what has happened to them by now, or unread. Those that altered by it, in the order
   * given: what is so already, archived or not there is left alone.
   */
  set(
    workspaceId: number,
    userId: string,
    callIds: readonly number[],
    isUnread: boolean,
    keep?: Keep,
  ): Promise<readonly number[]>;
  /** Makes every call read for the person; how many were unread. */
  readAll(workspaceId: number, userId: string, keep?: Keep): Promise<number>;
}

/** Tells the tabs of a person, at whatever node, what became read or unread by the person's own doing. */
export interface UnreadBell {
  /** @param callIds null for too many to name, or all. Never throws. */
  ring(workspaceId: number, userId: string, callIds: readonly number[] | null): void;
  /** Until the returned function is called. Null says that anything may have altered. */
  listen(workspaceId: number, userId: string, listener: (callIds: readonly number[] | null) => void): () => void;
}

/** How late a source may tell of a call that still asks to be looked at; older ones are history that is brought in. */
export const newsAgeMaxMs = 7 * 86_400_000;

/** What a change means to those who have its call before them or had. */
export type News =
  /** It asks everybody but the person who did it to look. `by` is null where no person did. */
  | { readonly kind: "for-all"; readonly by: string | null }
  /** It asks one person to look. */
  | { readonly kind: "for-one"; readonly userId: string }
  /** Nobody has to look any more. */
  | { readonly kind: "handled" };

/**
 * The news in a change: a new call, a call that is back in the inbox and a new note are for all; a call that somebody else gave to a person
 * is for that person; an archived one is handled. All else (tags, edits, returns) is nothing to look at.
 *
 * @param call as it is after the change
 */
export function newsOf(
  kind: ChangeKind,
  { actor, atMs }: { readonly actor: Actor; readonly atMs: number },
  call: Pick<Call, "isArchived" | "createdAtMs" | "assignee">,
): News | null {
  if (call.isArchived) return kind === "call.archived" ? { kind: "handled" } : null;
  const by = actor.kind === "user" ? actor.id : null;
  if (kind === "call.assigned") {
    const { assignee } = call;
    return assignee === null || assignee.id === by ? null : { kind: "for-one", userId: assignee.id };
  }
  const isNews =
    kind === "call.unarchived" ||
    kind === "note.added" ||
    (kind === "call.logged" && atMs - call.createdAtMs <= newsAgeMaxMs);
  return isNews ? { kind: "for-all", by } : null;
}

/** Most calls of one request; of a filter the newest ones. */
export const unreadCallsMax = 1_000;

/** How often a walk that was ended at its bound is gone on with for one request. */
const walksMax = 20;

/** Most calls that tabs are told by name. */
const namedCallsMax = 50;

/** What became of a request to read calls, or to make them unread. */
export type UnreadOutcome = {
  /** The calls that altered, as far as they are named: none are where all was read. */
  readonly callIds: readonly number[];
  readonly changedCount: number;
  /** Whether the same request may find more to do; never where the calls were named. */
  readonly hasMore: boolean;
};

/** What the person who asks has not seen yet. Programs have seen everything. */
export type Unread = ReturnType<typeof createUnread>;

export type UnreadDeps = {
  readonly storage: Pick<Storage, "unread" | "calls" | "keptAnswers" | "changes">;
  readonly bell: UnreadBell;
  readonly clock: Clock;
};

export function createUnread(deps: UnreadDeps) {
  return authorised(useCases(deps), { among: "read", of: "read", set: "read", follow: "read", position: "read" });
}

/** Whose unread calls a filter may ask for; null for a program, which has none. */
export function readerOf({ kind, userId }: Principal): string | null {
  return kind === "user" ? userId : null;
}

function useCases({ storage, bell, clock }: UnreadDeps) {
  const once = createOnce(storage.keptAnswers, clock);

  return {
    /** Those of the calls that are unread, in the order given. @throws DomainError BAD_USER_INPUT for more than 1,000 */
    async among(principal: Principal, ids: readonly string[]): Promise<readonly string[]> {
      const given = readIds(ids);
      const found = await unreadOf(principal, given);
      const unread = new Set(found);
      return ids.filter((id) => unread.has(readCallId(id) ?? 0));
    },

    /** The same for one answer after the other: what is asked in one turn is looked up at once. */
    of(principal: Principal): (callId: number) => Promise<boolean> {
      let waiting: { readonly callIds: Set<number>; readonly found: Promise<ReadonlySet<number>> } | null = null;
      return async (callId) => {
        waiting ??= lookUp();
        waiting.callIds.add(callId);
        return (await waiting.found).has(callId);
      };

      function lookUp() {
        const callIds = new Set<number>();
        const found = Promise.resolve().then(async () => {
          waiting = null;
          return new Set(await unreadOf(principal, [...callIds]));
        });
        return { callIds, found };
      }
    },

    /**
     * Makes calls read or unread for the person: those that are named, or the newest that a filter lets through, 1,000 at most;
     * with an empty filter all are read at once. The person's other tabs are told.
     * @throws DomainError FORBIDDEN for programs; BAD_USER_INPUT with none or both of them, for a bad filter, for more than 1,000 ids
     *   and when too many calls would have to be looked at
     */
    async set(
      principal: Principal,
      { ids, filter }: ManyCalls,
      isUnread: boolean,
      idempotency?: IdempotencyKey,
    ): Promise<UnreadOutcome> {
      const { workspaceId, userId } = principal;
      requirePerson(principal);
      if ((ids == null) === (filter == null)) {
        throw new DomainError("BAD_USER_INPUT", "Either ids or a filter is needed.", { field: "ids" });
      }
      if (ids == null) {
        const read = readCallFilter(filter, userId);
        if (read === null && !isUnread) return readAll(principal, idempotency);
        const { callIds, hasMore } = await found(workspaceId, read, { kind: "unread", userId, is: !isUnread });
        return setOf(principal, callIds, isUnread, hasMore, idempotency);
      }
      return setOf(principal, readIds(ids), isUnread, false, idempotency);
    },

    /** Tells what the person reads or makes unread, wherever that is done; see {@link UnreadBell}. @throws DomainError FORBIDDEN for programs */
    follow(principal: Principal, listener: (callIds: readonly number[] | null) => void): () => void {
      requirePerson(principal);
      return bell.listen(principal.workspaceId, principal.userId, listener);
    },

    /** Where the workspace's change log ends. */
    position({ workspaceId }: Principal): Awaitable<Cursor> {
      return storage.changes.head(workspaceId);
    },
  };

  function unreadOf(principal: Principal, callIds: readonly number[]): Awaitable<readonly number[]> {
    const userId = readerOf(principal);
    return userId === null || callIds.length === 0 ? [] : storage.unread.among(principal.workspaceId, userId, callIds);
  }

  async function readAll(principal: Principal, idempotency: IdempotencyKey | undefined): Promise<UnreadOutcome> {
    const { workspaceId, userId } = principal;
    const changedCount = await once<number>(principal, idempotency, (keep) =>
      storage.unread.readAll(workspaceId, userId, keep()),
    );
    if (changedCount > 0) bell.ring(workspaceId, userId, null);
    return { callIds: [], changedCount, hasMore: false };
  }

  async function setOf(
    principal: Principal,
    callIds: readonly number[],
    isUnread: boolean,
    hasMore: boolean,
    idempotency: IdempotencyKey | undefined,
  ): Promise<UnreadOutcome> {
    const { workspaceId, userId } = principal;
    const changed = await once<readonly number[]>(principal, idempotency, (keep) =>
      storage.unread.set(workspaceId, userId, callIds, isUnread, keep()),
    );
    if (changed.length > 0) bell.ring(workspaceId, userId, changed.length > namedCallsMax ? null : changed);
    return { callIds: changed, changedCount: changed.length, hasMore };
  }

  /** The newest calls that pass, with whether there may be more of them. */
  async function found(workspaceId: number, given: CallFilter | null, asked: CallFilter) {
    const open: CallFilter = { kind: "archived", is: false };
    const filter: CallFilter = { kind: "and", of: [...(given === null ? [] : [given]), open, asked] };
    const callIds: number[] = [];
    let after: FeedPosition | null = null;
    for (let walk = 0; walk < walksMax; walk += 1) {
      const limit = unreadCallsMax - callIds.length;
      const part = { filter, order: "newest-first", after, before: null, limit } as const;
      // oxlint-disable-next-line no-await-in-loop -- each begins where the one before ended
      const { calls, hasMore, stoppedAt } = await storage.calls.walk(workspaceId, part);
      callIds.push(...calls.map(({ id }) => id));
      if (stoppedAt === null || callIds.length >= unreadCallsMax) return { callIds, hasMore };
      after = stoppedAt;
    }
    const message = "Too many calls would have to be looked at: narrow the filter, to a span of time for instance.";
    throw new DomainError("BAD_USER_INPUT", message, { field: "filter" });
  }
}

/** Each id once; what is no id is of no call. @throws DomainError BAD_USER_INPUT */
function readIds(ids: readonly string[]): readonly number[] {
  if (ids.length > unreadCallsMax) {
    throw new DomainError("BAD_USER_INPUT", `ids must be at most ${unreadCallsMax}`, { field: "ids" });
  }
  return [...new Set(ids.flatMap((id) => readCallId(id) ?? []))];
}

function requirePerson({ kind }: Principal): void {
  if (kind !== "user") throw new DomainError("FORBIDDEN", "Only people have calls that they have not read.");
}
