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

export type CallListQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
  filter?: CallFilter | null | undefined;
}>;


export type CallListQuery = { readonly __typename: 'Query', readonly calls: { readonly __typename: 'CallConnection', readonly nodes: ReadonlyArray<{ readonly __typename: 'Call', readonly id: string, readonly direction: string, readonly from: string, readonly to: string, readonly duration: number, readonly is_archived: boolean, readonly call_type: string, readonly via: string, readonly created_at: string, readonly revision: number, readonly tags: ReadonlyArray<string>, readonly unreturned: boolean, readonly assignee: { readonly __typename: 'Person', readonly id: string, readonly username: string } | null, readonly notes: ReadonlyArray<{ readonly __typename: 'Note', readonly id: string, readonly content: string, readonly createdAt: string, readonly editedAt: string | null, readonly author: { readonly __typename: 'Person', readonly id: string, readonly username: string } | null }>, readonly return: { readonly __typename: 'CallReturn', readonly by: ReturnedBy, readonly callId: string, readonly at: string, readonly after: number } | null, readonly contact: { readonly __typename: 'Contact', readonly id: string, readonly name: string } | null, readonly fromNumber: { readonly __typename: 'PhoneNumber', readonly e164: string | null, readonly international: string | null, readonly national: string | null, readonly country: string | null, readonly isWithheld: boolean }, readonly toNumber: { readonly __typename: 'PhoneNumber', readonly e164: string | null, readonly international: string | null, readonly national: string | null, readonly country: string | null, readonly isWithheld: boolean } }>, readonly pageInfo: { readonly __typename: 'PageInfo', readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type FirstCallsQueryVariables = Exact<{
  first: number;
  filter?: CallFilter | null | undefined;
}>;


export type FirstCallsQuery = { readonly __typename: 'Query', readonly cursor: string, readonly calls: { readonly __typename: 'CallConnection', readonly nodes: ReadonlyArray<{ readonly __typename: 'Call', readonly id: string, readonly direction: string, readonly from: string, readonly to: string, readonly duration: number, readonly is_archived: boolean, readonly call_type: string, readonly via: string, readonly created_at: string, readonly revision: number, readonly tags: ReadonlyArray<string>, readonly unreturned: boolean, readonly assignee: { readonly __typename: 'Person', readonly id: string, readonly username: string } | null, readonly notes: ReadonlyArray<{ readonly __typename: 'Note', readonly id: string, readonly content: string, readonly createdAt: string, readonly editedAt: string | null, readonly author: { readonly __typename: 'Person', readonly id: string, readonly username: string } | null }>, readonly return: { readonly __typename: 'CallReturn', readonly by: ReturnedBy, readonly callId: string, readonly at: string, readonly after: number } | null, readonly contact: { readonly __typename: 'Contact', readonly id: string, readonly name: string } | null, readonly fromNumber: { readonly __typename: 'PhoneNumber', readonly e164: string | null, readonly international: string | null, readonly national: string | null, readonly country: string | null, readonly isWithheld: boolean }, readonly toNumber: { readonly __typename: 'PhoneNumber', readonly e164: string | null, readonly international: string | null, readonly national: string | null, readonly country: string | null, readonly isWithheld: boolean } }>, readonly pageInfo: { readonly __typename: 'PageInfo', readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type CallInListQueryVariables = Exact<{
  id: number;
}>;


export type CallInListQuery = { readonly __typename: 'Query', readonly call: { readonly __typename: 'Call', readonly id: string, readonly direction: string, readonly from: string, readonly to: string, readonly duration: number, readonly is_archived: boolean, readonly call_type: string, readonly via: string, readonly created_at: string, readonly revision: number, readonly tags: ReadonlyArray<string>, readonly unreturned: boolean, readonly assignee: { readonly __typename: 'Person', readonly id: string, readonly username: string } | null, readonly notes: ReadonlyArray<{ readonly __typename: 'Note', readonly id: string, readonly content: string, readonly createdAt: string, readonly editedAt: string | null, readonly author: { readonly __typename: 'Person', readonly id: string, readonly username: string } | null }>, readonly return: { readonly __typename: 'CallReturn', readonly by: ReturnedBy, readonly callId: string, readonly at: string, readonly after: number } | null, readonly contact: { readonly __typename: 'Contact', readonly id: string, readonly name: string } | null, readonly fromNumber: { readonly __typename: 'PhoneNumber', readonly e164: string | null, readonly international: string | null, readonly national: string | null, readonly country: string | null, readonly isWithheld: boolean }, readonly toNumber: { readonly __typename: 'PhoneNumber', readonly e164: string | null, readonly international: string | null, readonly national: string | null, readonly country: string | null, readonly isWithheld: boolean } } | null };

export type CallTotalQueryVariables = Exact<{
  filter?: CallFilter | null | undefined;
}>;


export type CallTotalQuery = { readonly __typename: 'Query', readonly calls: { readonly __typename: 'CallConnection', readonly totalCount: number } };

export type ViewCountsQueryVariables = Exact<{ [key: string]: never; }>;


export type ViewCountsQuery = { readonly __typename: 'Query', readonly open: { readonly __typename: 'CallCounts', readonly groups: ReadonlyArray<{ readonly __typename: 'CallCountGroup', readonly key: string, readonly count: number }> }, readonly all: { readonly __typename: 'CallCounts', readonly groups: ReadonlyArray<{ readonly __typename: 'CallCountGroup', readonly key: string, readonly count: number }> } };

export type LinesQueryVariables = Exact<{ [key: string]: never; }>;


export type LinesQuery = { readonly __typename: 'Query', readonly callCounts: { readonly __typename: 'CallCounts', readonly groups: ReadonlyArray<{ readonly __typename: 'CallCountGroup', readonly key: string, readonly number: { readonly __typename: 'PhoneNumber', readonly e164: string | null, readonly international: string | null, readonly national: string | null, readonly country: string | null, readonly isWithheld: boolean } | null }> } };

export type OwnCountsQueryVariables = Exact<{
  mine: CallFilter;
  unassigned: CallFilter;
  missed: CallFilter;
  callback: CallFilter;
}>;


export type OwnCountsQuery = { readonly __typename: 'Query', readonly mine: { readonly __typename: 'CallCounts', readonly exact: boolean, readonly groups: ReadonlyArray<{ readonly __typename: 'CallCountGroup', readonly key: string, readonly count: number }> }, readonly unassigned: { readonly __typename: 'CallCounts', readonly exact: boolean, readonly groups: ReadonlyArray<{ readonly __typename: 'CallCountGroup', readonly key: string, readonly count: number }> }, readonly missed: { readonly __typename: 'CallCounts', readonly exact: boolean, readonly groups: ReadonlyArray<{ readonly __typename: 'CallCountGroup', readonly key: string, readonly count: number }> }, readonly callback: { readonly __typename: 'CallCounts', readonly exact: boolean, readonly groups: ReadonlyArray<{ readonly __typename: 'CallCountGroup', readonly key: string, readonly count: number }> } };

export type CallRowFragment = { readonly __typename: 'Call', readonly id: string, readonly direction: string, readonly from: string, readonly to: string, readonly duration: number, readonly is_archived: boolean, readonly call_type: string, readonly via: string, readonly created_at: string, readonly revision: number, readonly tags: ReadonlyArray<string>, readonly unreturned: boolean, readonly assignee: { readonly __typename: 'Person', readonly id: string, readonly username: string } | null, readonly notes: ReadonlyArray<{ readonly __typename: 'Note', readonly id: string, readonly content: string, readonly createdAt: string, readonly editedAt: string | null, readonly author: { readonly __typename: 'Person', readonly id: string, readonly username: string } | null }>, readonly return: { readonly __typename: 'CallReturn', readonly by: ReturnedBy, readonly callId: string, readonly at: string, readonly after: number } | null, readonly contact: { readonly __typename: 'Contact', readonly id: string, readonly name: string } | null, readonly fromNumber: { readonly __typename: 'PhoneNumber', readonly e164: string | null, readonly international: string | null, readonly national: string | null, readonly country: string | null, readonly isWithheld: boolean }, readonly toNumber: { readonly __typename: 'PhoneNumber', readonly e164: string | null, readonly international: string | null, readonly national: string | null, readonly country: string | null, readonly isWithheld: boolean } };

export type NumberTextFragment = { readonly __typename: 'PhoneNumber', readonly e164: string | null, readonly international: string | null, readonly national: string | null, readonly country: string | null, readonly isWithheld: boolean };

export type CountedFragment = { readonly __typename: 'CallCounts', readonly exact: boolean, readonly groups: ReadonlyArray<{ readonly __typename: 'CallCountGroup', readonly key: string, readonly count: number }> };

export const CallListDocument = operation<CallListQuery, CallListQueryVariables>(`query CallList($first: Int!, $after: String, $filter: CallFilter) {
  calls(first: $first, after: $after, filter: $filter) {
    nodes {
      ...CallRow
    }
    pageInfo {
      hasNextPage
      endCursor
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

export const FirstCallsDocument = operation<FirstCallsQuery, FirstCallsQueryVariables>(`query FirstCalls($first: Int!, $filter: CallFilter) {
  cursor
  calls(first: $first, filter: $filter) {
    nodes {
      ...CallRow
    }
    pageInfo {
      hasNextPage
      endCursor
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

export const CallInListDocument = operation<CallInListQuery, CallInListQueryVariables>(`query CallInList($id: Float!) {
  call(id: $id) {
    ...CallRow
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

export const CallTotalDocument = operation<CallTotalQuery, CallTotalQueryVariables>(`query CallTotal($filter: CallFilter) {
  calls(first: 0, filter: $filter) {
    totalCount
  }
}`);

export const ViewCountsDocument = operation<ViewCountsQuery, ViewCountsQueryVariables>(`query ViewCounts {
  open: callCounts(filter: {archived: false}, by: TYPE) {
    groups {
      key
      count
    }
  }
  all: callCounts(by: ARCHIVED) {
    groups {
      key
      count
    }
  }
}`);

export const LinesDocument = operation<LinesQuery, LinesQueryVariables>(`query Lines {
  callCounts(by: LINE) {
    groups {
      key
      number {
        ...NumberText
      }
    }
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

export const OwnCountsDocument = operation<OwnCountsQuery, OwnCountsQueryVariables>(`query OwnCounts($mine: CallFilter!, $unassigned: CallFilter!, $missed: CallFilter!, $callback: CallFilter!) {
  mine: callCounts(filter: $mine, by: ARCHIVED) {
    ...Counted
  }
  unassigned: callCounts(filter: $unassigned, by: ARCHIVED) {
    ...Counted
  }
  missed: callCounts(filter: $missed, by: ARCHIVED) {
    ...Counted
  }
  callback: callCounts(filter: $callback, by: ARCHIVED) {
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
