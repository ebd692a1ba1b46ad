import type { ApiKey } from "./api-key.ts";
import type { AuditStore } from "./audit.ts";
import type { Call, CallOutcome, CallPage, CallPlaces, FeedPosition } from "./call.ts";
import type { Actor, Change, Cursor } from "./change.ts";
import type { DeliveryStore } from "./delivery-store.ts";
import type { Invitation } from "./invitation.ts";
import type { Keep, KeptAnswerStore } from "./kept-answers.ts";
import type { ContactStore } from "./contact-store.ts";
import type { NumberStore } from "./number-store.ts";
import type { CallCount, CountQuestion, GroupedCounts } from "./call-counts.ts";
import type { CallOrder } from "./connection.ts";
import type { CallFilter } from "./filter.ts";
import type { Wanted } from "./many-calls.ts";
import type { OtherEnd } from "./other-end.ts";
import type { RetentionStore } from "./retention.ts";
import type { ReturnFigures } from "./returns.ts";
import type { RevocationReason, RotationOutcome, Session } from "./session.ts";
import type { SettingsStore } from "./settings.ts";
import type { SourceRegister } from "./source-register.ts";
import type { Delivery, Source, Verdict } from "./source.ts";
import type { UnreadStore } from "./unread.ts";
import type { ViewStore } from "./view.ts";
import type { WebhookStore } from "./webhook-store.ts";
import type { Role, User, Workspace } from "./workspace.ts";

/** Reads may answer at once (SQLite) or later (PostgreSQL); `await` takes both. */
export type Awaitable<T> = T | Promise<T>;

/**
 * The only truth. Two databases implement it and `storage.contract.ts` holds both to the same promises:
 *
 * - A promise of a writing method resolves after its transaction is durable, never before; then nothing loses it.
 * - Each write is one transaction with its `changes` rows and the workspace's revision; writes that wait together may share
 *   a commit, and one that fails leaves its neighbours alone.
 * - Revisions of a workspace are gapless and in commit order; writes that one process asks for are done in the order of asking.
 * - What a call shows alters only with a change that names the call: whoever keeps what was made of calls rests on it.
 * - Every method is bound to the workspace it names; rows of others do not exist for it.
 * - What another process commits to the same database is seen by the next read.
 *
 * Writes fail with DomainError STORAGE_FULL or UNAVAILABLE when the database cannot take them; nothing is half done then.
 */
export interface Storage {
  readonly workspaces: WorkspaceStore;
  readonly calls: CallStore;
  readonly changes: ChangeLog;
  readonly users: UserStore;
  readonly sessions: SessionStore;
  readonly sources: SourceStore;
  readonly sourceRegister: SourceRegister;
  readonly deliveries: DeliveryStore;
  readonly views: ViewStore;
  readonly settings: SettingsStore;
  readonly apiKeys: ApiKeyStore;
  readonly invitations: InvitationStore;
  readonly keptAnswers: KeptAnswerStore;
  readonly contacts: ContactStore;
  readonly numbers: NumberStore;
  readonly unread: UnreadStore;
  readonly webhooks: WebhookStore;
  readonly audit: AuditStore;
  readonly retention: RetentionStore;
  /**
   * A sentence for the operator once the database was moved to another place while it was open: nothing is written here any more. Null
   * while it is at its place.
   */
  movedTo(): Awaitable<string | null>;
  /** Compares what is derived (rollups, revisions) with a full scan, and the file's own integrity. Reads only. */
  check(): Promise<CheckReport>;
  /** Resolves when what was accepted is durable and the database is closed; afterwards every method fails. */
  close(): Promise<void>;
}

export interface WorkspaceStore {
  find(workspaceId: number): Awaitable<Workspace | null>;
  /** All workspaces, by id. */
  list(): Awaitable<readonly Workspace[]>;
  /** A further workspace, empty, with the next id. @throws DomainError CONFLICT when there is one of this name. */
  add(name: string, atMs: number): Promise<Workspace>;
}

/** What every write of a person, a source or the product carries. */
export type Writing = {
  readonly workspaceId: number;
  readonly actor: Actor;
  readonly atMs: number;
  /** Makes a retry harmless: see {@link IdempotencyKey}. */
  readonly idempotency?: IdempotencyKey | undefined;
  /**
   * Binds the write to a state: when the call was altered after this revision, nothing is written and it fails with CONFLICT,
   * which carries the call as it is. A retry under a used idempotency key is answered all the same.
   */
  readonly ifRevision?: number | undefined;
};

/**
 * A write under a key that was used before by the same actor does nothing and returns what the first returned (the call as it
 * was right after it). With another `fingerprint` it fails with BAD_USER_INPUT. Keys are kept for 24 hours.
 */
export type IdempotencyKey = {
  /** The client's key. */
  readonly key: string;
  /** Which field of the request this is: its response key. */
  readonly part: string;
  /** Digest of the whole request. */
  readonly fingerprint: string;
};

export interface CallStore {
  /**
   * The calls at `offset` of the feed (created_at descending, then id descending), with the count, of one snapshot; with a
   * filter, of those calls alone that it lets through.
   */
  page(workspaceId: number, offset: number, limit: number, filter?: CallFilter | null): Awaitable<CallPage>;
  find(workspaceId: number, callId: number): Awaitable<Call | null>;
  /** What {@link CallStore.page} has at the same place, ids alone: an index answers it. */
  places(workspaceId: number, offset: number, limit: number): Awaitable<CallPlaces>;
  /** The calls with these ids in the order of `callIds`, without those that do not exist, of one snapshot. */
  some(
    workspaceId: number,
    callIds: readonly number[],
  ): Awaitable<{ readonly calls: readonly Call[]; readonly revision: number }>;
  /**
   * The next `limit` calls of the feed after a place in it, or from its head for null. For walking it whole: with a filter it
   * looks at as many calls as it takes, and fewer than `limit` are the last ones.
   */
  after(
    workspaceId: number,
    position: FeedPosition | null,
    limit: number,
    filter?: CallFilter | null,
  ): Awaitable<readonly Call[]>;
  /** The next calls of a list of calls; see {@link CallWalk}. One snapshot, bounded time. */
  walk(workspaceId: number, walk: CallWalk): Awaitable<CallStretch>;
  /** How many calls the filter lets through. Bounded time; exact wherever kept counts or indices can answer. */
  count(workspaceId: number, filter: CallFilter | null): Awaitable<CallCount>;
  /** The same in groups. */
  counts(workspaceId: number, question: CountQuestion): Awaitable<GroupedCounts>;
  /** Who is at the other end of each of these calls, as filters see it now; without the calls that do not exist. */
  otherEnds(workspaceId: number, callIds: readonly number[]): Awaitable<ReadonlyMap<number, OtherEnd>>;
  /** What is to be called back among the calls that the filter lets through, and what was; see {@link ReturnFigures}. */
  returns(workspaceId: number, filter: CallFilter | null): Awaitable<ReturnFigures>;
  /**
   * How much is still to be worked out that was too much for the write it follows from: numbers whose calls may have been returned, and
   * one for calls whose numbers are to be read in another country. It falls by itself.
   */
  unsettled(workspaceId: number): Awaitable<number>;
  /** Archives the call, or restores it when it is archived; the call after it. @throws DomainError NOT_FOUND, CONFLICT */
  toggleArchived(writing: Writing, callId: number): Promise<Call>;
  /** Adds a note in front; the call after it. @throws DomainError NOT_FOUND, CONFLICT */
  addNote(writing: Writing, callId: number, content: string): Promise<Call>;
  /**
   * Makes each call what is wanted, in the order given and all in one transaction; one outcome each, in that order. What is
   * so already is left alone. One call's conflict or absence does not keep the others from being written.
   * @throws DomainError NOT_FOUND, with nothing written, for a user who is disabled or not of the workspace
   */
  setMany(writing: Writing, callIds: readonly number[], wanted: Wanted): Promise<readonly CallOutcome[]>;
  /** Gives a note another text; its call after it. The same text changes nothing. @throws DomainError NOT_FOUND, CONFLICT */
  editNote(writing: Writing, noteId: number, content: string): Promise<Call>;
  /** Takes a note away; its call after it. The change log keeps the text. @throws DomainError NOT_FOUND, CONFLICT */
  deleteNote(writing: Writing, noteId: number): Promise<Call>;
  /**
   * Puts a tag on the call or takes it off; the call after it. What is so already changes nothing.
   * @throws DomainError NOT_FOUND, CONFLICT; BAD_USER_INPUT when the call has as many tags as it may
   */
  setTag(writing: Writing, callId: number, tag: string, isTagged: boolean): Promise<Call>;
  /**
   * Gives the call to a user of the workspace, or to nobody for null; the call after it. Who has it already stays.
   * @throws DomainError NOT_FOUND for the call, and for a user who is disabled or not of the workspace; CONFLICT
   */
  assign(writing: Writing, callId: number, userId: string | null): Promise<Call>;
  /**
   * Takes back exactly what the change of this revision altered, as a change of its own that can be undone too; the call after it.
   * @throws DomainError NOT_FOUND when the change is not (or no longer) in the log; BAD_USER_INPUT for what a source told;
   *   CONFLICT when a later change altered the same thing of the call.
   */
  undo(writing: Writing, revision: number): Promise<Call>;
  /**
   * The same for many changes, in the order given and all in one transaction; one outcome each, in that order: `not-found` (with
   * 0 for the call's id) where the change is not kept, `conflict` where it would fail with CONFLICT. What cannot be taken back
   * does not keep the others from being.
   * @throws DomainError BAD_USER_INPUT, with nothing written, where one of them is what a source told
   */
  undoMany(writing: Writing, revisions: readonly number[]): Promise<readonly CallOutcome[]>;
}

/** A part of a list of calls to walk: from one place in it to another, both left out, null for the end of the list. */
export type CallWalk = {
  readonly filter: CallFilter | null;
  readonly order: CallOrder;
  readonly after: FeedPosition | null;
  readonly before: FeedPosition | null;
  readonly limit: number;
};

/** What a walk has found, in its order. */
export type CallStretch = {
  readonly calls: readonly Call[];
  /** Whether there are, or may be, more of them before the walk's end. */
  readonly hasMore: boolean;
  /** Where the walk was given up at the bound of its time, to be walked on from; null when it was not. */
  readonly stoppedAt: FeedPosition | null;
};

export interface ChangeLog {
  /** Where the workspace's log ends now. */
  head(workspaceId: number): Awaitable<Cursor>;
  /**
   * At most `limit` changes after a revision, in order; empty at the head. Each carries the call as it was right after it, unless the
   * call has been deleted since: then it has become a `call.deleted` itself.
   * @throws DomainError RESUME_GAP when changes after `revision` have been pruned.
   */
  after(workspaceId: number, revision: number, limit: number): Awaitable<readonly Change[]>;
  /**
   * The call of each change that {@link ChangeLog.after} would tell, in order: one each revision, so that the last is of `revision` plus
   * their number. For those who only need to know what is not as it was.
   * @throws DomainError RESUME_GAP when changes after `revision` have been pruned.
   */
  changedCalls(workspaceId: number, revision: number, limit: number): Awaitable<readonly number[]>;
  /** At most `limit` of the changes that are kept, newest first, below revision `before` and of one call, which there is, unless null. */
  latest(
    workspaceId: number,
    which: { readonly callId: number | null; readonly before: number | null },
    limit: number,
  ): Awaitable<readonly Change[]>;
  /** Forgets changes committed before `beforeMs`, but keeps the newest `keepCount`; returns how many went. */
  prune(workspaceId: number, beforeMs: number, keepCount: number): Promise<number>;
  /**
   * Calls `listener` after each durable commit of this process that moved a workspace's revision. A hint for whoever waits:
   * commits of other processes are not announced. Returns the way to stop listening.
   */
  onCommit(listener: (workspaceId: number, revision: number) => void): () => void;
}

export interface UserStore {
  /** The user with this `usernameKey`, with the password's hash. Names are unique in the whole database. */
  byName(nameKey: string): Awaitable<{ readonly user: User; readonly passwordHash: string } | null>;
  find(userId: string): Awaitable<User | null>;
  /** By name. */
  list(workspaceId: number): Awaitable<readonly User[]>;
  /** How many users there are in all; 0 means that the first account is still to be made. */
  count(): Awaitable<number>;
  /** @throws DomainError CONFLICT when the name is taken. */
  add(user: User, passwordHash: string, keep?: Keep): Promise<void>;
  /** Adds the user unless there is one already, of whatever name; whether it did. Of any number at once one does. */
  addFirst(user: User, passwordHash: string, keep?: Keep): Promise<boolean>;
  /** Stores a new hash of the same password (stronger parameters). Sessions live on. @throws DomainError NOT_FOUND */
  rehash(userId: string, passwordHash: string): Promise<void>;
  /** Sets another password and revokes the user's sessions in the same transaction; the ids of those revoked. @throws DomainError NOT_FOUND */
  changePassword(userId: string, passwordHash: string, atMs: number, keep?: Keep): Promise<readonly string[]>;
  /**
   * Gives the user another role and revokes their sessions in the same transaction; where that ends an admin's power, also the
   * keys and invitations that they made. The ids of the sessions revoked, with `keySessionId` of the keys; none where the user
   * has the role already. @throws DomainError NOT_FOUND
   */
  setRole(userId: string, role: Role, atMs: number, keep?: Keep): Promise<readonly string[]>;
  /**
   * Disables or enables; disabling revokes the user's sessions, and the keys and invitations that they made, in the same
   * transaction. The ids of the sessions revoked, with `keySessionId` of the keys. @throws DomainError NOT_FOUND
   */
  setDisabled(userId: string, isDisabled: boolean, atMs: number, keep?: Keep): Promise<readonly string[]>;
}

export interface SessionStore {
  find(sessionId: string): Awaitable<Session | null>;
  /** @throws DomainError UNAUTHENTICATED when the user is disabled or gone by then. */
  add(session: Session, keep?: Keep): Promise<void>;
  /**
   * Replaces refresh token number `generation` by compare-and-swap, in one transaction with everything it looks at:
   *
   * - it is the current one of a live session: `rotated`, the session with the next generation, issued at `atMs` under `keyId`;
   * - it is the one before the current one, replaced at most `graceMs` ago: `repeated`, nothing changes;
   * - it is older: `reused`, and the session is revoked by this very transaction with the reason `token-reused`;
   * - it is ahead of the row (a restored backup): `ahead`, nothing changes;
   * - the session is revoked, past its end or unknown: `ended`.
   *
   * An entry for the audit log is left where it is `reused`.
   */
  rotate(
    rotation: {
      readonly sessionId: string;
      readonly generation: number;
      readonly atMs: number;
      readonly graceMs: number;
      readonly keyId: string;
    },
    keep?: Keep,
  ): Promise<RotationOutcome>;
  /** Revokes one session; false when it was not live. */
  revoke(sessionId: string, reason: RevocationReason, atMs: number, keep?: Keep): Promise<boolean>;
  /** Revokes all live sessions of a user; their ids. */
  revokeAll(userId: string, reason: RevocationReason, atMs: number, keep?: Keep): Promise<readonly string[]>;
  /** Sessions revoked at or after `sinceMs`, by any process. */
  revokedSince(sinceMs: number): Awaitable<readonly { readonly sessionId: string; readonly revokedAtMs: number }[]>;
  /** Forgets sessions whose absolute end is before `beforeMs`; returns how many went. */
  prune(beforeMs: number): Promise<number>;
}

export interface ApiKeyStore {
  /** The key whose secret has this SHA-256 (hex), revoked and expired ones too. */
  byHash(keyHash: string): Awaitable<ApiKey | null>;
  /** Those that are not revoked, by name. */
  list(workspaceId: number): Awaitable<readonly ApiKey[]>;
  /** @throws DomainError CONFLICT when the workspace has a key of this name that is not revoked. */
  add(key: ApiKey, keyHash: string, keep?: Keep): Promise<void>;
  /** False when the workspace has none of this id that is not revoked. */
  revoke(workspaceId: number, keyId: string, atMs: number, keep?: Keep): Promise<boolean>;
  /** Remembers a use, where it is later than the one remembered. */
  noteUse(keyId: string, atMs: number): Promise<void>;
  /** Keys revoked at or after `sinceMs`, by any process, as `keySessionId`. */
  revokedSince(sinceMs: number): Awaitable<readonly { readonly sessionId: string; readonly revokedAtMs: number }[]>;
}

/** An invitation is open until it is accepted or withdrawn, or its time is over. */
export interface InvitationStore {
  /** The open invitation whose token has this SHA-256 (hex). */
  byHash(tokenHash: string, atMs: number): Awaitable<Invitation | null>;
  /** The open ones, newest first. */
  list(workspaceId: number, atMs: number): Awaitable<readonly Invitation[]>;
  add(invitation: Invitation, tokenHash: string, keep?: Keep): Promise<void>;
  /** False when the workspace has no open one of this id. */
  withdraw(workspaceId: number, invitationId: string, atMs: number, keep?: Keep): Promise<boolean>;
  /**
   * Makes the user, in the workspace and role of the invitation, and closes it, in one transaction: of any number at once
   * one succeeds. @throws DomainError FORBIDDEN when it is not open; CONFLICT when the name is taken, and it stays open.
   */
  accept(
    acceptance: {
      readonly tokenHash: string;
      readonly userId: string;
      readonly username: string;
      readonly passwordHash: string;
      readonly atMs: number;
    },
    keep?: Keep,
  ): Promise<User>;
}

export interface SourceStore {
  /** The source that signs with the key of this SHA-256 (hex), unless it is disabled. */
  byKeyHash(keyHash: string): Awaitable<Source | null>;
  /** By name. */
  list(workspaceId: number): Awaitable<readonly Source[]>;
  /** @throws DomainError CONFLICT when the workspace has a source of this name. */
  add(source: Source, keyHash: string, keep?: Keep): Promise<void>;
  /** Removes the source and so its key; its calls and deliveries stay. False when there is none of this id. */
  remove(workspaceId: number, sourceId: string, keep?: Keep): Promise<boolean>;
  /**
   * Stores the raw deliveries and folds their facts into calls, all in one transaction: a new group logs a call, a known one
   * is folded (`folding.ts`) and, where that alters the call, updated. One verdict a delivery, in order. Safe to repeat.
   */
  accept(
    source: Source,
    deliveries: readonly Delivery[],
    receivedAtMs: number,
    keep?: Keep,
  ): Promise<readonly Verdict[]>;
}

export type CheckReport = {
  /** What was counted, for a person to read: calls, notes, changes and so on. */
  readonly counts: Readonly<Record<string, number>>;
  /** One sentence each; empty when all is well. */
  readonly problems: readonly string[];
};
