// Generated from the operations of this name by `npm run generate`. Not to be edited.
import { operation } from "./operation.ts";
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
/**
 * Which calls to see. All fields that are given have to hold; at most 50 conditions, five levels deep. A list lets through what
 * is equal to one of its values; an empty list is refused.
 */
export type CallFilter = {
  /** All of these have to hold. */
  readonly and?: ReadonlyArray<CallFilter> | null | undefined;
  /** At least one of these has to hold. */
  readonly or?: ReadonlyArray<CallFilter> | null | undefined;
  /** This must not hold. */
  readonly not?: CallFilter | null | undefined;
  /** The calls with these ids, 1,000 at most; what is the id of no call lets none through. */
  readonly ids?: ReadonlyArray<string> | null | undefined;
  /** The call's direction. */
  readonly direction?: ReadonlyArray<CallDirection> | null | undefined;
  /** The call's type. */
  readonly type?: ReadonlyArray<CallType> | null | undefined;
  /** Whether the call is done with. */
  readonly archived?: boolean | null | undefined;
  /**
   * The caller's or the called number, typed any way: any run of four digits or more of it. For a whole number the zeros that are
   * dialled before it do not count (`0044 20 7946 0123`, `020 7946 0123` and `+44 (0)20 7946 0123` all find `+442079460123`). A number that was
   * sent without its country code is also found with it, as it is read in the default country of its source.
   */
  readonly number?: string | null | undefined;
  /** The line of ours that the call used, exactly as `via` has it. */
  readonly line?: ReadonlyArray<string> | null | undefined;
  /** When the call was made. */
  readonly created?: TimeRange | null | undefined;
  /** How long the call was, in milliseconds. */
  readonly duration?: DurationRange | null | undefined;
  /** Whether the call has notes. */
  readonly hasNotes?: boolean | null | undefined;
  /** What people sorted the call under: calls that have one of these tags, exactly as `tags` has them. */
  readonly tag?: ReadonlyArray<string> | null | undefined;
  /** Who takes care of the call: ids of users, and null for nobody. */
  readonly assignee?: ReadonlyArray<string | null | undefined> | null | undefined;
  /** Whether the call is a missed one or a voicemail that still waits for somebody to call back. */
  readonly unreturned?: boolean | null | undefined;
  /**
   * Whether the call is unread for the person who asks; see `Call.unread`. BAD_USER_INPUT for programs, and wherever changes are
   * asked for: those are told to everybody alike.
   */
  readonly unread?: boolean | null | undefined;
  /**
   * Words of notes and names: for each of them a word has to begin with it in one note or in the name or company of the call's `contact`,
   * so that `anna invoice` finds the calls of Anna that have a note about an invoice. Contacts count as they are now. Case and accents do not
   * count. At most 200 characters and ten words.
   */
  readonly text?: string | null | undefined;
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

/** A range of lengths in milliseconds, both ends included. */
export type DurationRange = {
  /** The shortest. */
  readonly min?: number | null | undefined;
  /** The longest. */
  readonly max?: number | null | undefined;
};

/** Who called whom, in the spelling of `Call.direction`. */
export type CallDirection =
  /** Somebody called us. */
  | 'inbound'
  /** We called somebody. */
  | 'outbound';

/** How a call ended, in the spelling of `Call.call_type`. */
export type CallType =
  /** A person answered. */
  | 'answered'
  /** Nobody answered. */
  | 'missed'
  /** A message was left. */
  | 'voicemail';

export type UnreadAmongQueryVariables = Exact<{
  ids: ReadonlyArray<string> | string;
}>;


export type UnreadAmongQuery = { readonly __typename: 'Query', readonly unreadCalls: ReadonlyArray<string> };

export type UnreadCountQueryVariables = Exact<{
  filter: CallFilter;
}>;


export type UnreadCountQuery = { readonly __typename: 'Query', readonly callCounts: { readonly __typename: 'CallCounts', readonly exact: boolean, readonly groups: ReadonlyArray<{ readonly __typename: 'CallCountGroup', readonly key: string, readonly count: number }> } };

export type SetCallsUnreadMutationVariables = Exact<{
  ids: ReadonlyArray<string> | string;
  unread: boolean;
}>;


export type SetCallsUnreadMutation = { readonly __typename: 'Mutation', readonly setCallsUnread: { readonly __typename: 'SetCallsUnreadResult', readonly changedCount: number } };

export type ReadMatchingMutationVariables = Exact<{
  filter: CallFilter;
}>;


export type ReadMatchingMutation = { readonly __typename: 'Mutation', readonly setCallsUnread: { readonly __typename: 'SetCallsUnreadResult', readonly changedCount: number, readonly hasMore: boolean } };

export type UnreadChangedSubscriptionVariables = Exact<{ [key: string]: never; }>;


export type UnreadChangedSubscription = { readonly __typename: 'Subscription', readonly unreadChanged: ReadonlyArray<string> | null };

export type CountedFragment = { readonly __typename: 'CallCounts', readonly exact: boolean, readonly groups: ReadonlyArray<{ readonly __typename: 'CallCountGroup', readonly key: string, readonly count: number }> };

export const UnreadAmongDocument = operation<UnreadAmongQuery, UnreadAmongQueryVariables>(`query UnreadAmong($ids: [ID!]!) {
  unreadCalls(ids: $ids)
}`);

export const UnreadCountDocument = operation<UnreadCountQuery, UnreadCountQueryVariables>(`query UnreadCount($filter: CallFilter!) {
  callCounts(filter: $filter, by: ARCHIVED) {
    ...Counted
  }
}
fragment Counted on CallCounts {
  groups {
    key
    count
  }
  exact
}`);

export const SetCallsUnreadDocument = operation<SetCallsUnreadMutation, SetCallsUnreadMutationVariables>(`mutation SetCallsUnread($ids: [ID!]!, $unread: Boolean!) {
  setCallsUnread(ids: $ids, unread: $unread) {
    changedCount
  }
}`);

export const ReadMatchingDocument = operation<ReadMatchingMutation, ReadMatchingMutationVariables>(`mutation ReadMatching($filter: CallFilter!) {
  setCallsUnread(filter: $filter, unread: false) {
    changedCount
    hasMore
  }
}`);

export const UnreadChangedDocument = operation<UnreadChangedSubscription, UnreadChangedSubscriptionVariables>(`subscription UnreadChanged {
  unreadChanged
}`);
