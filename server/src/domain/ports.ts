import type { Change, Cursor } from "./change.ts";
import type { Awaitable } from "./storage.ts";
import type { Role } from "./workspace.ts";

/** Structured log lines: what happened in words, and the facts beside it. Never secrets, note texts or full phone numbers. */
export interface Log {
  trace(facts: object, message: string): void;
  debug(facts: object, message: string): void;
  info(facts: object, message: string): void;
  warn(facts: object, message: string): void;
  error(facts: object, message: string): void;
  fatal(facts: object, message: string): void;
}

/** The wall clock: milliseconds since the epoch. */
export type Clock = { now(): number };

/** Password hashing with bounded concurrency. */
export interface Passwords {
  /** An encoded hash with its parameters (PHC string format). @throws DomainError OVERLOADED */
  hash(password: string): Promise<string>;
  /**
   * Whether the password matches; costs the same time for `null` (no such user). `stale` asks for {@link hash} again because
   * the parameters have been raised since. @throws DomainError OVERLOADED
   */
  verify(password: string, encoded: string | null): Promise<{ readonly matches: boolean; readonly stale: boolean }>;
}

export type AccessClaims = {
  readonly userId: string;
  readonly username: string;
  readonly workspaceId: number;
  readonly role: Role;
  readonly sessionId: string;
  readonly issuedAtMs: number;
  readonly expiresAtMs: number;
};

export type RefreshClaims = {
  readonly userId: string;
  readonly sessionId: string;
  readonly generation: number;
  readonly expiresAtMs: number;
};

/** Secrets that are shown once and kept as digests. */
export interface Secrets {
  /** 256 random bits as text, after a prefix that says what they are for. */
  create(prefix: string): string;
  /** SHA-256, hex. Enough for secrets that nobody can guess. */
  digest(secret: string): string;
}

/** Secrets that this installation, and nobody else, can make again: what a request that is repeated has to be answered with. */
export interface RepeatableSecrets {
  /** Names the key that they are made with now. */
  keyId(): string;
  /** 256 bits as text after a prefix, the same for the same key and purpose; null once the key is gone. */
  make(keyId: string, prefix: string, purpose: string): string | null;
}

/** Secrets that have to be known again, as the database keeps them. Each is bound to what it belongs to. */
export interface SecretBox {
  seal(secret: string, boundTo: string): string;
  /** Null where it was sealed under a key that is not known any more, or belongs to something else. */
  open(sealed: string, boundTo: string): string | null;
}

/** Signed tokens. Reading verifies strictly, and fails with null for whatever is not a token of that very kind. */
export interface Tokens {
  signAccess(claims: AccessClaims & { readonly authTimeMs: number }): Promise<string>;
  /** The same claims and key give the same bytes. */
  signRefresh(
    claims: RefreshClaims & { readonly username: string; readonly issuedAtMs: number },
    keyId: string,
  ): Promise<string>;
  /** The id of the key that signs new refresh tokens now. */
  refreshKeyId(): string;
  /** Null for one that is not good. The same object again for a token that is read again soon. */
  readAccess(token: string): Awaitable<AccessClaims | null>;
  readRefresh(token: string): Promise<RefreshClaims | null>;
}

/** Slows down guessing: bounded counters per account and network. Where nodes share them, each may fail with UNAVAILABLE. */
export interface SignInThrottle {
  /**
   * Admits an attempt, which one of the other three ends.
   * @throws DomainError RATE_LIMITED with the time to wait, before any password is looked at.
   */
  check(account: string, network: string): Awaitable<void>;
  failed(account: string, network: string): Awaitable<void>;
  succeeded(account: string, network: string): Awaitable<void>;
  /** The attempt ended without a verdict: too busy, or a fault of ours. */
  abandoned(account: string, network: string): Awaitable<void>;
}

/** Tells at once which sessions ended, to whoever holds something open for them. */
export interface Revocations {
  /** Whether the session is known to have been revoked. Constant time, in memory. */
  has(sessionId: string): boolean;
  announce(sessionIds: readonly string[]): void;
  onRevoked(listener: (sessionId: string) => void): () => void;
}

/**
 * Tells every node that a workspace's log has grown. Only a hint: a ring may be lost, doubled or late, and whoever listens
 * reads the log for the truth.
 */
export interface Doorbell {
  /** Announces that a workspace is at a revision, after its commit is durable. Never throws. */
  ring(workspaceId: number, revision: number): void;
  /**
   * Hears the rings of one workspace until the returned function is called. A revision of `Infinity` says that rings may have
   * been missed: look.
   */
  listen(workspaceId: number, listener: (revision: number) => void): () => void;
}

/**
 * The live end of a workspace's change log. Whoever follows from a cursor is given every change after it once and in order:
 * first from the log, then live, without a hole or a double in between.
 */
export interface ChangeFeed {
  /**
   * @param after where to resume; null for the head.
   * @throws DomainError RESUME_GAP when the cursor's history is gone (other epoch, pruned, too far behind); BAD_USER_INPUT when
   *   it lies in the future.
   */
  follow(workspaceId: number, after: Cursor | null, follower: Follower): Promise<Following>;
}

export type Follower = {
  /** One or more changes, in order. Thrown errors are logged and do not reach other followers. */
  changes(changes: readonly Change[]): void;
  /** The log moved past what can be delivered (pruned while replaying); nothing follows. */
  failed(error: unknown): void;
  /**
   * Asked after each change of a replay: the next one waits for the promise, if there is one. For whoever hands changes on to
   * a reader that may be slow. Without it, a replay comes in batches, with a turn for other work between them.
   */
  drained?(): Promise<void> | null;
};

export type Following = {
  /** Where it starts: changes after this cursor are delivered. */
  readonly start: Cursor;
  /** Nothing is delivered once this has returned. */
  stop(): void;
};
