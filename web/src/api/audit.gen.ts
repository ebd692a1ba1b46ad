// Generated from the operations of this name by `npm run generate`. Not to be edited.
import { operation } from "./operation.ts";
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
/** What does things that the audit log tells of. */
export type AuditActorKind =
  /** A person. */
  | 'USER'
  /** A program, by its API key. */
  | 'KEY'
  /** A phone system. */
  | 'SOURCE'
  /** Ringback itself. */
  | 'SYSTEM'
  /** Whoever runs commands on the machine of the server. */
  | 'COMMAND_LINE'
  /** Somebody who did not prove who they are. */
  | 'STRANGER';

/** What was done. More kinds may come. */
export type AuditKind =
  /** Somebody signed in. Details: `network`. */
  | 'SIGNED_IN'
  /**
   * Somebody gave the name of the target and not the password, or the target is disabled. The first attempt from a network is
   * told at once, further ones together after ten minutes. Details: `network`, `count`.
   */
  | 'SIGN_IN_REFUSED'
  /** Somebody ended their session. */
  | 'SIGNED_OUT'
  /** Somebody ended all sessions of theirs. */
  | 'SIGNED_OUT_EVERYWHERE'
  /**
   * A session of the target was ended because its token came back after it had been replaced, or its password was changed while
   * it began. Details: `reason`.
   */
  | 'SESSION_REVOKED'
  /** The first account was made by the link that is printed at the first start. */
  | 'WORKSPACE_SET_UP'
  /** An account was made. Details: `role`. */
  | 'USER_ADDED'
  /** A link was made by which one person makes their own account. Details: `role`. */
  | 'USER_INVITED'
  /** Such a link was withdrawn. */
  | 'INVITATION_WITHDRAWN'
  /** Somebody made their account by such a link. Details: `role`. */
  | 'USER_JOINED'
  /** The target has another role; their sessions ended. Details: `role`, and `before`. */
  | 'ROLE_CHANGED'
  /** The target can no longer sign in; their sessions, keys and open invitations ended. */
  | 'USER_DISABLED'
  /** The target can sign in again. */
  | 'USER_ENABLED'
  /** The target has another password; their sessions ended. */
  | 'PASSWORD_CHANGED'
  /** An API key was made. Details: `scopes`. */
  | 'KEY_CREATED'
  /** An API key was revoked. */
  | 'KEY_REVOKED'
  /** A phone system was added. */
  | 'SOURCE_ADDED'
  /** A phone system has another name. Details: `before`. */
  | 'SOURCE_RENAMED'
  /** A phone system has another key. */
  | 'SOURCE_KEY_REPLACED'
  /** A phone system was disabled. */
  | 'SOURCE_DISABLED'
  /** A phone system was enabled again. */
  | 'SOURCE_ENABLED'
  /** A phone system was removed; its calls stayed. */
  | 'SOURCE_REMOVED'
  /** Settings of the workspace are other ones. Details, of what is other: `name`, `timeZone`, `callsKeptDays` (`all` where calls are kept for ever). */
  | 'SETTINGS_CHANGED'
  /**
   * Numbers without a country code are read in another country, of the target alone or of the workspace. Details: `country`,
   * missing for none.
   */
  | 'COUNTRY_CHANGED'
  /**
   * Calls were taken away as a file. Details: `format`, `count` (with a `+` where there may be more), and `filter` as JSON where
   * there was one.
   */
  | 'CALLS_EXPORTED'
  /** Calls were brought in from a file, as calls of the target. */
  | 'CALLS_IMPORTED'
  /** All calls with a number were deleted for ever; the log does not tell which number. Details: `count`, of the calls. */
  | 'NUMBER_FORGOTTEN'
  /** All contacts were taken away as a file. Details: `format`. */
  | 'CONTACTS_EXPORTED'
  /** Contacts were brought in from a file. Details: `count`. */
  | 'CONTACTS_IMPORTED';

/** Which events of the audit log to show: all that is given has to hold. */
export type AuditFilter = {
  /** Only these kinds. */
  readonly kinds?: ReadonlyArray<AuditKind> | null | undefined;
  /** Only what this person or key did, by id. */
  readonly actor?: string | null | undefined;
  /** When it was done. */
  readonly at?: TimeRange | null | undefined;
};

/**
 * A span of time. Each end is ISO 8601 with its offset from UTC (`2024-02-29T12:00:00Z`), or a date alone, which means its
 * first instant in UTC.
 */
export type TimeRange = {
  /** The first instant that belongs to it. */
  readonly from?: string | null | undefined;
  /** The first instant after it. */
  readonly before?: string | null | undefined;
};

export type AuditEventPartsFragment = { readonly __typename: 'AuditEvent', readonly id: string, readonly kind: AuditKind, readonly at: string, readonly actor: { readonly __typename: 'AuditActor', readonly kind: AuditActorKind, readonly id: string | null, readonly name: string | null }, readonly target: { readonly __typename: 'AuditTarget', readonly id: string, readonly name: string } | null, readonly details: ReadonlyArray<{ readonly __typename: 'AuditDetail', readonly name: string, readonly value: string }> };

export type AuditEventsQueryVariables = Exact<{
  filter?: AuditFilter | null | undefined;
  after?: string | null | undefined;
}>;


export type AuditEventsQuery = { readonly __typename: 'Query', readonly auditEvents: { readonly __typename: 'AuditEventPage', readonly hasNextPage: boolean, readonly endCursor: string | null, readonly nodes: ReadonlyArray<{ readonly __typename: 'AuditEvent', readonly id: string, readonly kind: AuditKind, readonly at: string, readonly actor: { readonly __typename: 'AuditActor', readonly kind: AuditActorKind, readonly id: string | null, readonly name: string | null }, readonly target: { readonly __typename: 'AuditTarget', readonly id: string, readonly name: string } | null, readonly details: ReadonlyArray<{ readonly __typename: 'AuditDetail', readonly name: string, readonly value: string }> }> } };

export type AuditPeopleQueryVariables = Exact<{ [key: string]: never; }>;


export type AuditPeopleQuery = { readonly __typename: 'Query', readonly users: ReadonlyArray<{ readonly __typename: 'UserType', readonly id: string, readonly username: string }> };

export const AuditEventsDocument = operation<AuditEventsQuery, AuditEventsQueryVariables>(`query AuditEvents($filter: AuditFilter, $after: String) {
  auditEvents(first: 50, after: $after, filter: $filter) {
    nodes {
      ...AuditEventParts
    }
    hasNextPage
    endCursor
  }
}
fragment AuditEventParts on AuditEvent {
  id
  kind
  at
  actor {
    kind
    id
    name
  }
  target {
    id
    name
  }
  details {
    name
    value
  }
}`);

export const AuditPeopleDocument = operation<AuditPeopleQuery, AuditPeopleQueryVariables>(`query AuditPeople {
  users {
    id
    username
  }
}`);
