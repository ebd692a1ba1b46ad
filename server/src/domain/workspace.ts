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

export type User = {
  readonly id: string;
  readonly workspaceId: number;
  /** As it was typed at creation; compared by {@link usernameKey}. */
  readonly username: string;
  readonly isDisabled: boolean;
  readonly createdAtMs: number;
};

/** Who signs a request: the claims of a verified access token, checked against the live session. */
export type Principal = {
  readonly workspaceId: number;
  readonly userId: string;
  readonly username: string;
  readonly sessionId: string;
  /** When the access token ends: milliseconds since the epoch. */
  readonly expiresAtMs: number;
};

/** What two spellings of one username have in common: Unicode NFKC; case and spaces count. */
export function usernameKey(username: string): string {
  return username.normalize("NFKC");
}
