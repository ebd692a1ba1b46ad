/** A team with its own calls, users and change log. Every row carries its id and every query is bound to it. */
export type Workspace = {
  readonly id: number;
  readonly name: string;
  /** Changes whenever the history of this database cannot be trusted any more (restore, new database). */
  readonly epoch: string;
  /** The number of the last committed change; 0 before the first. */
  readonly revision: number;
};

/** The workspace that a new database has, and that single-team installations live in. */
export const firstWorkspaceId = 1;

/** What a person may do in their workspace: `reader` looks, `member` works with calls, `admin` also decides who may. */
export type Role = "admin" | "member" | "reader";

export const roles: readonly Role[] = ["admin", "member", "reader"];

export type User = {
  readonly id: string;
  readonly workspaceId: number;
  /** As it was typed at creation; compared by {@link usernameKey}. */
  readonly username: string;
  readonly role: Role;
  readonly isDisabled: boolean;
  readonly createdAtMs: number;
};

/**
 * Who signs a request: a person by the claims of a verified access token, checked against the live session, or a program by
 * its API key. What it may do is decided by `authorisation.ts` alone.
 */
export type Principal = {
  readonly kind: "user" | "key";
  readonly workspaceId: number;
  /** The id of the person, or that of the key. */
  readonly userId: string;
  /** The name of the person, or that of the key. */
  readonly username: string;
  readonly role: Role;
  readonly scopes: readonly Scope[];
  /** What can be revoked: the session, or the key by {@link keySessionId}. */
  readonly sessionId: string;
  /** When the access token or the key ends: milliseconds since the epoch. */
  readonly expiresAtMs: number;
};

/** What a request may be allowed: to look, to change calls, to decide about people and keys. */
export type Scope = "read" | "write" | "admin";

/** What two spellings of one username have in common: Unicode NFKC; case and spaces count. */
export function usernameKey(username: string): string {
  return username.normalize("NFKC");
}
