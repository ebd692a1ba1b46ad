import type { Budget } from "../domain/budgets.ts";
import { unauthenticated } from "../domain/errors.ts";
import type { Change, Cursor } from "../domain/change.ts";
import type { Desk } from "../domain/desk.ts";
import type { CallNames } from "../domain/call-names.ts";
import type { Contacts } from "../domain/contacts.ts";
import type { Call } from "../domain/call.ts";
import type { CallCount } from "../domain/call-counts.ts";
import type { CallConnectionPage } from "../domain/connection.ts";
import type { Inbox } from "../domain/inbox.ts";
import type { People } from "../domain/people.ts";
import type { PresenceDesk } from "../domain/presence.ts";
import type { Sessions, SignInOrigin } from "../domain/sessions.ts";
import type { IdempotencyKey, WorkspaceStore } from "../domain/storage.ts";
import type { Unread } from "../domain/unread.ts";
import type { Webhooks } from "../domain/webhooks.ts";
import type { Principal } from "../domain/workspace.ts";

/** What the resolvers of one request work with. */
export type ResolverContext = {
  readonly inbox: Inbox;
  readonly sessions: Sessions;
  readonly people: People;
  readonly presence: PresenceDesk;
  readonly desk: Desk;
  readonly unread: Unread;
  readonly webhooks: Webhooks;
  readonly workspaces: Pick<WorkspaceStore, "find">;
  readonly contacts: Contacts;
  /** Null where {@link principal} is. */
  readonly names: CallNames | null;
  /** Null only where nothing but sign-in, refresh or the schema is asked for. */
  readonly principal: Principal | null;
  /** The token of the request as it came: what the refreshing mutations read. */
  readonly bearer: string | null;
  readonly origin: SignInOrigin;
  /** What the request was taken from, or null where nothing is limited. */
  readonly budget: Budget | null;
  /** The client's idempotency key for the mutation under this response key, when it sent one: `key`, or one for the request. */
  idempotency(part: string, key: string | null): IdempotencyKey | undefined;
  /** Where the change log ended before anything else of the request was read; null where nobody asks for it. */
  readonly logEnd: Promise<Cursor> | null;
  /** Tells the client something that is no error: goes into `extensions.warnings`. */
  warn(warning: Warning): void;
};

export type Warning = {
  readonly code: "LIMIT_CAPPED" | "SCAN_BOUNDED";
  readonly message: string;
  readonly path: readonly unknown[];
};

/** A page of a list of calls, and how to count the list when somebody asks. */
export type CallList = {
  readonly page: CallConnectionPage;
  readonly nodes: readonly Call[];
  readonly count: () => Promise<CallCount>;
};

/** One change with its place in the log as clients see it. */
export type ChangeEvent = { readonly change: Change; readonly cursor: string };

/** @throws DomainError UNAUTHENTICATED */
export function signedIn({ principal }: ResolverContext): Principal {
  if (principal === null) throw unauthenticated();
  return principal;
}
