import { DomainError } from "./errors.ts";
import type { Role } from "./workspace.ts";

/** A one-time link by which somebody makes their own account in a workspace. Its token is shown once and kept as a digest. */
export type Invitation = {
  readonly id: string;
  readonly workspaceId: number;
  /** The role of whoever accepts it. */
  readonly role: Role;
  /** The admin who made it, with whose power it ends; null for one made on the command line. */
  readonly createdBy: string | null;
  readonly createdAtMs: number;
  readonly expiresAtMs: number;
};

/** How long a link works: seven days. */
export const invitationLifetimeMs = 7 * 86_400_000;

/** Where the page for a link is; the token stands behind the `#`, which browsers do not send and servers do not log. */
export function invitationPath(token: string): string {
  return `/invitation#token=${token}`;
}

/** The one answer for a link that does not work, whatever the reason. */
export function invitationSpent(): DomainError {
  return new DomainError("FORBIDDEN", "This link has been used or withdrawn, or its time is over. Ask for another.");
}
