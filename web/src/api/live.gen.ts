// Generated from the operations of this name by `npm run generate`. Not to be edited.
import { operation } from "./operation.ts";
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
/** Who made the call that settled a missed one. */
export type ReturnedBy =
  /** Somebody of ours called the number, whatever came of it. */
  | 'CALLED_BACK'
  /** The caller called again and was answered. */
  | 'GOT_THROUGH';

/** What makes changes. */
export type ActorKind =
  /** A person. */
  | 'USER'
  /** A program, by its API key. */
  | 'KEY'
  /** A phone system. */
  | 'SOURCE'
  /** Ringback itself. */
  | 'SYSTEM';

/** What a change did to its call. */
export type ChangeKind =
  /** A source sent a call that was not known. */
  | 'CALL_LOGGED'
  /** A source told more about a call. */
  | 'CALL_UPDATED'
  /** Somebody archived the call. */
  | 'CALL_ARCHIVED'
  /** Somebody restored the call. */
  | 'CALL_UNARCHIVED'
  /** Somebody added a note. */
  | 'NOTE_ADDED'
  /** Somebody gave a note another text. */
  | 'NOTE_EDITED'
  /** Somebody took a note away. */
  | 'NOTE_DELETED'
  /** Somebody brought a deleted note back. */
  | 'NOTE_RESTORED'
  /** Somebody put a tag on the call. */
  | 'TAG_ADDED'
  /** Somebody took a tag off the call. */
  | 'TAG_REMOVED'
  /** Somebody gave the call to a user. */
  | 'CALL_ASSIGNED'
  /** Somebody took the call from whoever had it. */
  | 'CALL_UNASSIGNED'
  /**
   * A later call settled this missed call or voicemail, or another one than before did. The actor is the source that told of that call,
   * or SYSTEM where another default country has made both calls those of one number.
   */
  | 'CALL_RETURNED'
  /**
   * The call that had settled this one turned out not to: its source told it anew. The actor is that source,
   * or SYSTEM where the two calls are those of two numbers in another default country.
   */
  | 'CALL_UNRETURNED'
  /**
   * The call was deleted, by whoever the actor is: take it out of what you keep. Of the call only the `id` tells anything; all else of it is
   * empty. Once a call was deleted, every earlier change of it is told as this kind too, at its own cursor, so a client that resumes hears of the
   * call nothing but that it is gone, once or several times, and of calls it never saw as well. A filter lets all of them through.
   */
  | 'CALL_DELETED';

export type LiveChangesSubscriptionVariables = Exact<{
  after?: string | null | undefined;
}>;


export type LiveChangesSubscription = { readonly __typename: 'Subscription', readonly changeStream:
    | { readonly __typename: 'ChangeProgress', readonly cursor: string }
    | { readonly __typename: 'Change', readonly kind: ChangeKind, readonly at: string, readonly revision: number, readonly cursor: string, readonly actor: { readonly __typename: 'ChangeActor', readonly kind: ActorKind, readonly id: string | null, readonly name: string | null }, readonly call: { readonly __typename: 'Call', readonly id: string, readonly direction: string, readonly from: string, readonly to: string, readonly duration: number, readonly is_archived: boolean, readonly call_type: string, readonly via: string, readonly created_at: string, readonly revision: number, readonly tags: ReadonlyArray<string>, readonly unreturned: boolean, readonly assignee: { readonly __typename: 'Person', readonly id: string, readonly username: string } | null, readonly notes: ReadonlyArray<{ readonly __typename: 'Note', readonly id: string, readonly content: string, readonly createdAt: string, readonly editedAt: string | null, readonly author: { readonly __typename: 'Person', readonly id: string, readonly username: string } | null }>, readonly return: { readonly __typename: 'CallReturn', readonly by: ReturnedBy, readonly callId: string, readonly at: string, readonly after: number } | null, readonly contact: { readonly __typename: 'Contact', readonly id: string, readonly name: string } | null, readonly fromNumber: { readonly __typename: 'PhoneNumber', readonly e164: string | null, readonly international: string | null, readonly national: string | null, readonly country: string | null, readonly isWithheld: boolean }, readonly toNumber: { readonly __typename: 'PhoneNumber', readonly e164: string | null, readonly international: string | null, readonly national: string | null, readonly country: string | null, readonly isWithheld: boolean } } }
   };

export type LogEndQueryVariables = Exact<{ [key: string]: never; }>;


export type LogEndQuery = { readonly __typename: 'Query', readonly cursor: string };

export type NamesChangedSubscriptionVariables = Exact<{ [key: string]: never; }>;


export type NamesChangedSubscription = { readonly __typename: 'Subscription', readonly contactsChanged: number };

export type CallRowFragment = { readonly __typename: 'Call', readonly id: string, readonly direction: string, readonly from: string, readonly to: string, readonly duration: number, readonly is_archived: boolean, readonly call_type: string, readonly via: string, readonly created_at: string, readonly revision: number, readonly tags: ReadonlyArray<string>, readonly unreturned: boolean, readonly assignee: { readonly __typename: 'Person', readonly id: string, readonly username: string } | null, readonly notes: ReadonlyArray<{ readonly __typename: 'Note', readonly id: string, readonly content: string, readonly createdAt: string, readonly editedAt: string | null, readonly author: { readonly __typename: 'Person', readonly id: string, readonly username: string } | null }>, readonly return: { readonly __typename: 'CallReturn', readonly by: ReturnedBy, readonly callId: string, readonly at: string, readonly after: number } | null, readonly contact: { readonly __typename: 'Contact', readonly id: string, readonly name: string } | null, readonly fromNumber: { readonly __typename: 'PhoneNumber', readonly e164: string | null, readonly international: string | null, readonly national: string | null, readonly country: string | null, readonly isWithheld: boolean }, readonly toNumber: { readonly __typename: 'PhoneNumber', readonly e164: string | null, readonly international: string | null, readonly national: string | null, readonly country: string | null, readonly isWithheld: boolean } };

export type NumberTextFragment = { readonly __typename: 'PhoneNumber', readonly e164: string | null, readonly international: string | null, readonly national: string | null, readonly country: string | null, readonly isWithheld: boolean };

export const LiveChangesDocument = operation<LiveChangesSubscription, LiveChangesSubscriptionVariables>(`subscription LiveChanges($after: Cursor) {
  changeStream(after: $after) {
    __typename
    cursor
    ... on Change {
      kind
      at
      revision
      actor {
        kind
        id
        name
      }
      call {
        ...CallRow
      }
    }
  }
}
fragment CallRow on Call {
  __typename
  id
  direction
  from
  to
  duration
  is_archived
  call_type
  via
  created_at
  revision
  tags
  assignee {
    __typename
    id
    username
  }
  notes {
    __typename
    id
    content
    createdAt
    editedAt
    author {
      __typename
      id
      username
    }
  }
  unreturned
  return {
    __typename
    by
    callId
    at
    after
  }
  contact {
    __typename
    id
    name
  }
  fromNumber {
    ...NumberText
  }
  toNumber {
    ...NumberText
  }
}
fragment NumberText on PhoneNumber {
  __typename
  e164
  international
  national
  country
  isWithheld
}`);

export const LogEndDocument = operation<LogEndQuery, LogEndQueryVariables>(`query LogEnd {
  cursor
}`);

export const NamesChangedDocument = operation<NamesChangedSubscription, NamesChangedSubscriptionVariables>(`subscription NamesChanged {
  contactsChanged
}`);
