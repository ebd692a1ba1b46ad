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

export type CountedFragment = { readonly __typename: 'CallCounts', readonly exact: boolean, readonly groups: ReadonlyArray<{ readonly __typename: 'CallCountGroup', readonly key: string, readonly count: number }> };

export type InsightsFiguresQueryVariables = Exact<{
  all: CallFilter;
  missed: CallFilter;
  open: CallFilter;
  before: CallFilter;
}>;


export type InsightsFiguresQuery = { readonly __typename: 'Query', readonly types: { readonly __typename: 'CallCounts', readonly exact: boolean, readonly groups: ReadonlyArray<{ readonly __typename: 'CallCountGroup', readonly key: string, readonly count: number }> }, readonly directions: { readonly __typename: 'CallCounts', readonly exact: boolean, readonly groups: ReadonlyArray<{ readonly __typename: 'CallCountGroup', readonly key: string, readonly count: number }> }, readonly missed: { readonly __typename: 'CallCounts', readonly exact: boolean, readonly groups: ReadonlyArray<{ readonly __typename: 'CallCountGroup', readonly key: string, readonly count: number }> }, readonly open: { readonly __typename: 'CallCounts', readonly exact: boolean, readonly groups: ReadonlyArray<{ readonly __typename: 'CallCountGroup', readonly key: string, readonly count: number }> }, readonly before: { readonly __typename: 'CallCounts', readonly exact: boolean, readonly groups: ReadonlyArray<{ readonly __typename: 'CallCountGroup', readonly key: string, readonly count: number }> }, readonly returns: { readonly __typename: 'CallReturnFigures', readonly missed: number, readonly unreturned: number, readonly returned: number, readonly medianAfter: number | null, readonly exact: boolean } };

export type InsightsChartsQueryVariables = Exact<{
  all: CallFilter;
  missed: CallFilter;
  allLines: CallFilter;
  missedOfAllLines: CallFilter;
  timeZone: string;
}>;


export type InsightsChartsQuery = { readonly __typename: 'Query', readonly days: { readonly __typename: 'CallCounts', readonly exact: boolean, readonly groups: ReadonlyArray<{ readonly __typename: 'CallCountGroup', readonly key: string, readonly count: number }> }, readonly missedDays: { readonly __typename: 'CallCounts', readonly exact: boolean, readonly groups: ReadonlyArray<{ readonly __typename: 'CallCountGroup', readonly key: string, readonly count: number }> }, readonly slots: { readonly __typename: 'CallCounts', readonly exact: boolean, readonly groups: ReadonlyArray<{ readonly __typename: 'CallCountGroup', readonly key: string, readonly count: number }> }, readonly missedSlots: { readonly __typename: 'CallCounts', readonly exact: boolean, readonly groups: ReadonlyArray<{ readonly __typename: 'CallCountGroup', readonly key: string, readonly count: number }> }, readonly lines: { readonly __typename: 'CallCounts', readonly exact: boolean, readonly groups: ReadonlyArray<{ readonly __typename: 'CallCountGroup', readonly key: string, readonly count: number }> }, readonly people: { readonly __typename: 'CallCounts', readonly exact: boolean, readonly groups: ReadonlyArray<{ readonly __typename: 'CallCountGroup', readonly key: string, readonly count: number }> }, readonly missedPeople: { readonly __typename: 'CallCounts', readonly exact: boolean, readonly groups: ReadonlyArray<{ readonly __typename: 'CallCountGroup', readonly key: string, readonly count: number }> }, readonly missedLines: { readonly __typename: 'CallCounts', readonly exact: boolean, readonly groups: ReadonlyArray<{ readonly __typename: 'CallCountGroup', readonly key: string, readonly count: number }> } };

export const InsightsFiguresDocument = operation<InsightsFiguresQuery, InsightsFiguresQueryVariables>(`query InsightsFigures($all: CallFilter!, $missed: CallFilter!, $open: CallFilter!, $before: CallFilter!) {
  types: callCounts(filter: $all, by: TYPE) {
    ...Counted
  }
  directions: callCounts(filter: $all, by: DIRECTION) {
    ...Counted
  }
  missed: callCounts(filter: $missed, by: TYPE) {
    ...Counted
  }
  open: callCounts(filter: $open, by: TYPE) {
    ...Counted
  }
  before: callCounts(filter: $before, by: TYPE) {
    ...Counted
  }
  returns: callReturns(filter: $all) {
    missed
    unreturned
    returned
    medianAfter
    exact
  }
}
fragment Counted on CallCounts {
  groups {
    key
    count
  }
  exact
}`);

export const InsightsChartsDocument = operation<InsightsChartsQuery, InsightsChartsQueryVariables>(`query InsightsCharts($all: CallFilter!, $missed: CallFilter!, $allLines: CallFilter!, $missedOfAllLines: CallFilter!, $timeZone: String!) {
  days: callCounts(filter: $all, by: DAY, timeZone: $timeZone) {
    ...Counted
  }
  missedDays: callCounts(filter: $missed, by: DAY, timeZone: $timeZone) {
    ...Counted
  }
  slots: callCounts(filter: $all, by: WEEKDAY_HOUR, timeZone: $timeZone) {
    ...Counted
  }
  missedSlots: callCounts(filter: $missed, by: WEEKDAY_HOUR, timeZone: $timeZone) {
    ...Counted
  }
  lines: callCounts(filter: $allLines, by: LINE) {
    ...Counted
  }
  people: callCounts(filter: $all, by: ASSIGNEE) {
    ...Counted
  }
  missedPeople: callCounts(filter: $missed, by: ASSIGNEE) {
    ...Counted
  }
  missedLines: callCounts(filter: $missedOfAllLines, by: LINE) {
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
