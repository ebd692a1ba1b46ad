// Generated from schema.graphql by `npm run generate`. Not to be edited.
import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { Call as CallModel, Note as NoteModel } from '../domain/call.ts';
import type { CallList, ChangeEvent, ResolverContext } from './resolver-context.ts';
import type { GroupedCounts } from '../domain/call-counts.ts';
import type { SignedIn } from '../domain/sessions.ts';
export type Maybe<T> = T | null;
export type InputMaybe<T> = Maybe<T>;
export type Omit<T, K extends keyof T> = Pick<T, Exclude<keyof T, K>>;
export type RequireFields<T, K extends keyof T> = Omit<T, K> & { [P in K]-?: NonNullable<T[P]> };
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  /** A place in the workspace's change log. Opaque: hand back what you were given. */
  Cursor: { input: string; output: string; }
};

/** What can be read. Everything here needs an access token in the header `Authorization: Bearer <token>`. */
export type Query = {
  /**
   * A page of the workspace's calls, newest first: `created_at` descending, then `id` descending. The page, its count and
   * `hasNextPage` belong to one moment.
   */
  readonly paginatedCalls: PaginatedCalls;
  /**
   * A list of calls by the GraphQL Cursor Connections Specification (Relay): pages between cursors, which stay in place while
   * calls come and go. Without `first` and `last` the first ten.
   */
  readonly calls: CallConnection;
  /** How many calls there are by type, line, hour and so on: the counts beside filters, and charts. */
  readonly callCounts: CallCounts;
  /** One call, or null when the workspace has none with this id. */
  readonly call?: Maybe<Call>;
  /** Who is signed in. */
  readonly me: UserType;
  /** What one request may ask for, and how much this session may still ask for now. */
  readonly limits: Limits;
  /**
   * Changes of the workspace after a cursor, once and in order: what the subscription of this name delivers, for clients that
   * ask now and then. Read on from the page's `cursor` while `hasMore`. RESUME_GAP as for the subscription.
   */
  readonly changes: ChangePage;
  /**
   * Where the workspace's change log ends now. Take it before a list of calls is fetched; the changes after it then bring the
   * list up to date.
   */
  readonly cursor: Scalars['Cursor']['output'];
};


/** What can be read. Everything here needs an access token in the header `Authorization: Bearer <token>`. */
export type QueryPaginatedCallsArgs = {
  offset?: InputMaybe<Scalars['Float']['input']>;
  limit?: InputMaybe<Scalars['Float']['input']>;
  filter?: InputMaybe<CallFilter>;
};


/** What can be read. Everything here needs an access token in the header `Authorization: Bearer <token>`. */
export type QueryCallsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<CallFilter>;
  orderBy?: CallOrder;
};


/** What can be read. Everything here needs an access token in the header `Authorization: Bearer <token>`. */
export type QueryCallCountsArgs = {
  filter?: InputMaybe<CallFilter>;
  by: CallCountBy;
  timeZone?: Scalars['String']['input'];
};


/** What can be read. Everything here needs an access token in the header `Authorization: Bearer <token>`. */
export type QueryCallArgs = {
  id: Scalars['Float']['input'];
};


/** What can be read. Everything here needs an access token in the header `Authorization: Bearer <token>`. */
export type QueryChangesArgs = {
  after: Scalars['Cursor']['input'];
  first?: InputMaybe<Scalars['Int']['input']>;
};

/**
 * What can be changed. A mutation that was answered is durable. With the header `Idempotency-Key` a retry does nothing and
 * gets the first answer again.
 */
export type Mutation = {
  /** Signs in. Needs no Authorization header and ignores one. Fails with `Unauthorized` for every reason alike. */
  readonly login: AuthResponseType;
  /** A fresh pair of tokens. The Authorization header carries the refresh token. */
  readonly refreshTokenV2: AuthResponseType;
  /**
   * A fresh access token. The Authorization header carries an access token that has not expired.
   * @deprecated Use refreshTokenV2.
   */
  readonly refreshToken: DeprecatedAuthResponseType;
  /** Archives the call, or restores it when it is archived. An unknown id is an error. */
  readonly archiveCall: Call;
  /** Adds a note in front of the call's notes. */
  readonly addNote: Call;
  /** Ends this session: its tokens are refused and its sockets closed from now on. Always true. */
  readonly logout: Scalars['Boolean']['output'];
  /** Ends every session of the signed-in user, this one too. Always true. */
  readonly logoutAll: Scalars['Boolean']['output'];
};


/**
 * What can be changed. A mutation that was answered is durable. With the header `Idempotency-Key` a retry does nothing and
 * gets the first answer again.
 */
export type MutationLoginArgs = {
  input: LoginInput;
};


/**
 * What can be changed. A mutation that was answered is durable. With the header `Idempotency-Key` a retry does nothing and
 * gets the first answer again.
 */
export type MutationArchiveCallArgs = {
  id: Scalars['ID']['input'];
};


/**
 * What can be changed. A mutation that was answered is durable. With the header `Idempotency-Key` a retry does nothing and
 * gets the first answer again.
 */
export type MutationAddNoteArgs = {
  input: AddNoteInput;
};

/**
 * What can be followed, over the WebSocket at `/websocket` in either subprotocol (`graphql-transport-ws` or `graphql-ws`) or
 * as server-sent events at `/graphql/stream`.
 * Each result carries its place in the change log as `extensions.cursor`; handed back as `extensions.resumeFrom` of the
 * subscription, it resumes without a gap.
 */
export type Subscription = {
  /** Every change to a call by archiveCall or addNote (and by their richer siblings), after it is durable. */
  readonly onUpdateCall: Call;
  /** The name that existing clients use for onUpdateCall; nullable, and with an optional id to follow one call. */
  readonly onUpdatedCall?: Maybe<Call>;
  /**
   * Every change of the workspace, each once and in order: first those after the cursor, then live. An error with the code
   * RESUME_GAP says that the changes after the cursor are no longer kept: fetch the calls again and follow without one.
   */
  readonly changes: Change;
  /**
   * The same changes, with word of the place in the log between them: at once where the stream starts, and within a second after
   * changes went by that `kinds` leaves out. So a client knows what it has seen even when nothing is delivered, and resumes
   * from there. Whatever is committed after the first word is delivered.
   */
  readonly changeStream: ChangeStreamItem;
};


/**
 * What can be followed, over the WebSocket at `/websocket` in either subprotocol (`graphql-transport-ws` or `graphql-ws`) or
 * as server-sent events at `/graphql/stream`.
 * Each result carries its place in the change log as `extensions.cursor`; handed back as `extensions.resumeFrom` of the
 * subscription, it resumes without a gap.
 */
export type SubscriptionOnUpdatedCallArgs = {
  id?: InputMaybe<Scalars['ID']['input']>;
};


/**
 * What can be followed, over the WebSocket at `/websocket` in either subprotocol (`graphql-transport-ws` or `graphql-ws`) or
 * as server-sent events at `/graphql/stream`.
 * Each result carries its place in the change log as `extensions.cursor`; handed back as `extensions.resumeFrom` of the
 * subscription, it resumes without a gap.
 */
export type SubscriptionChangesArgs = {
  after?: InputMaybe<Scalars['Cursor']['input']>;
};


/**
 * What can be followed, over the WebSocket at `/websocket` in either subprotocol (`graphql-transport-ws` or `graphql-ws`) or
 * as server-sent events at `/graphql/stream`.
 * Each result carries its place in the change log as `extensions.cursor`; handed back as `extensions.resumeFrom` of the
 * subscription, it resumes without a gap.
 */
export type SubscriptionChangeStreamArgs = {
  after?: InputMaybe<Scalars['Cursor']['input']>;
  kinds?: InputMaybe<ReadonlyArray<ChangeKind>>;
};

/** A part of the list of calls. */
export type PaginatedCalls = {
  /** The calls of this page, newest first. */
  readonly nodes?: Maybe<ReadonlyArray<Call>>;
  /**
   * How many calls the workspace has in all, or lets the filter through. A warning in the answer's `extensions` says when so
   * many calls would have to be looked at that there may be more.
   */
  readonly totalCount: Scalars['Int']['output'];
  /** Whether calls follow after this page. */
  readonly hasNextPage: Scalars['Boolean']['output'];
};

/** A page of a list of calls. */
export type CallConnection = {
  /** The calls of this page with their cursors, in the order of the list. */
  readonly edges: ReadonlyArray<CallEdge>;
  /** The calls of this page without their cursors. */
  readonly nodes: ReadonlyArray<Call>;
  /** What lies before and after this page. */
  readonly pageInfo: PageInfo;
  /**
   * How many calls the whole list has, whatever the page; counted only when it is asked for. A warning in the answer's
   * `extensions` says when so many calls would have to be looked at that there may be more.
   */
  readonly totalCount: Scalars['Int']['output'];
};

/** A call in its place. */
export type CallEdge = {
  /** The place of the call in every list of calls. Opaque: hand back what you were given. */
  readonly cursor: Scalars['String']['output'];
  /** The call. */
  readonly node: Call;
};

/** What lies before and after a page. */
export type PageInfo = {
  /**
   * Whether there are calls after this page. Also true when the page was ended early because so many calls had to be looked at
   * (with a warning in the answer's `extensions`): `endCursor` then leads on, even from an empty page.
   */
  readonly hasNextPage: Scalars['Boolean']['output'];
  /** Whether there are calls before this page. Also true where a page from the end was ended early. */
  readonly hasPreviousPage: Scalars['Boolean']['output'];
  /** Where the page begins; null for an empty one. */
  readonly startCursor?: Maybe<Scalars['String']['output']>;
  /** Where the page ends; null for an empty one. */
  readonly endCursor?: Maybe<Scalars['String']['output']>;
};

/** The order of a list of calls. */
export type CallOrder =
  /** Newest first: `created_at` descending, then `id` descending. */
  | 'CREATED_AT_DESC'
  /** Oldest first: the same list backwards. */
  | 'CREATED_AT_ASC';

/**
 * Which calls to see. All fields that are given have to hold; at most 50 conditions, five levels deep. A list lets through what
 * is equal to one of its values; an empty list is refused.
 */
export type CallFilter = {
  /** All of these have to hold. */
  readonly and?: InputMaybe<ReadonlyArray<CallFilter>>;
  /** At least one of these has to hold. */
  readonly or?: InputMaybe<ReadonlyArray<CallFilter>>;
  /** This must not hold. */
  readonly not?: InputMaybe<CallFilter>;
  /** The call's direction. */
  readonly direction?: InputMaybe<ReadonlyArray<CallDirection>>;
  /** The call's type. */
  readonly type?: InputMaybe<ReadonlyArray<CallType>>;
  /** Whether the call is done with. */
  readonly archived?: InputMaybe<Scalars['Boolean']['input']>;
  /**
   * The caller's or the called number, typed any way: any run of four digits or more of it. For a whole number the zeros that are
   * dialled before it do not count (`0044 20 7946 0123`, `020 7946 0123` and `+44 (0)20 7946 0123` all find `+442079460123`).
   */
  readonly number?: InputMaybe<Scalars['String']['input']>;
  /** The line of ours that the call used, exactly as `via` has it. */
  readonly line?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** When the call was made. */
  readonly created?: InputMaybe<TimeRange>;
  /** How long the call was, in milliseconds. */
  readonly duration?: InputMaybe<DurationRange>;
  /** Whether the call has notes. */
  readonly hasNotes?: InputMaybe<Scalars['Boolean']['input']>;
  /**
   * Words in a note: one note has to have, for each of them, a word that begins with it. Case and accents do not count. At most 200
   * characters and ten words.
   */
  readonly text?: InputMaybe<Scalars['String']['input']>;
};

/**
 * A span of time. Each end is ISO 8601 with its offset from UTC (`2024-02-29T12:00:00Z`), or a date alone, which means its
 * first instant in UTC.
 */
export type TimeRange = {
  /** The first instant that belongs to it. */
  readonly from?: InputMaybe<Scalars['String']['input']>;
  /** The first instant after it. */
  readonly before?: InputMaybe<Scalars['String']['input']>;
};

/** A range of lengths in milliseconds, both ends included. */
export type DurationRange = {
  /** The shortest. */
  readonly min?: InputMaybe<Scalars['Float']['input']>;
  /** The longest. */
  readonly max?: InputMaybe<Scalars['Float']['input']>;
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

/** What calls can be counted by. */
export type CallCountBy =
  /** `answered`, `missed` and `voicemail`. */
  | 'TYPE'
  /** `inbound` and `outbound`. */
  | 'DIRECTION'
  /** The line of ours, as `via` has it. At most the 1,000 largest. */
  | 'LINE'
  /** `true` and `false`. */
  | 'ARCHIVED'
  /** The hour of the day: `0` to `23`. */
  | 'HOUR'
  /** The day of the week: `1` (Monday) to `7` (Sunday). */
  | 'WEEKDAY'
  /** The date: `2024-02-29`. At most the 1,000 newest. */
  | 'DAY';

/** How many calls there are in groups. */
export type CallCounts = {
  /** The groups that have calls: hours, days of the week and dates in their order, all else with the largest first. */
  readonly groups: ReadonlyArray<CallCountGroup>;
  /** False when the look at the calls was ended at its bound, or groups were left out: each group has at least its count. */
  readonly exact: Scalars['Boolean']['output'];
  /** How many calls were looked at one by one; 0 when counts that are kept anyway have answered alone. */
  readonly scanned: Scalars['Int']['output'];
};

/** One group of counted calls. */
export type CallCountGroup = {
  /** What the calls have in common, in the spelling of `CallCountBy`. */
  readonly key: Scalars['String']['output'];
  /** How many they are. */
  readonly count: Scalars['Int']['output'];
};

/** One conversation as a person counts them, whatever number of legs the phone system saw. */
export type Call = {
  /** Unique within the workspace, and never given to another call. */
  readonly id: Scalars['ID']['output'];
  /** `inbound` or `outbound`. */
  readonly direction: Scalars['String']['output'];
  /** The caller's number. */
  readonly from: Scalars['String']['output'];
  /** The number that was called. */
  readonly to: Scalars['String']['output'];
  /** Length of the call in milliseconds. */
  readonly duration: Scalars['Float']['output'];
  /** Whether the call is done with. `archiveCall` changes it. */
  readonly is_archived: Scalars['Boolean']['output'];
  /** `answered` (by a person), `missed` or `voicemail` (a message was left). */
  readonly call_type: Scalars['String']['output'];
  /** The line of ours that the call used. */
  readonly via: Scalars['String']['output'];
  /** When the call was made: ISO 8601, UTC, with milliseconds. */
  readonly created_at: Scalars['String']['output'];
  /** What people wrote about the call, newest first. */
  readonly notes: ReadonlyArray<Note>;
};

/** A text that somebody left on a call. */
export type Note = {
  /** Unique within the workspace. */
  readonly id: Scalars['ID']['output'];
  /** The text exactly as it was written. Plain text: show it as such. */
  readonly content: Scalars['String']['output'];
};

/** A person with an account. */
export type UserType = {
  /** Stays the same when the name changes. */
  readonly id: Scalars['String']['output'];
  /** The name to sign in with, as it was typed when the account was made. */
  readonly username: Scalars['String']['output'];
};

/** The answer to a sign-in. Both tokens are JWTs; `exp` says in seconds when they end. */
export type AuthResponseType = {
  /** For the Authorization header of everything but `refreshTokenV2`. Works for 10 minutes. */
  readonly access_token: Scalars['String']['output'];
  /** For the Authorization header of `refreshTokenV2`. Works for an hour. */
  readonly refresh_token: Scalars['String']['output'];
  /** Who signed in. */
  readonly user: UserType;
};

/** The answer to the deprecated `refreshToken`. */
export type DeprecatedAuthResponseType = {
  /** For the Authorization header. Works for 10 minutes. */
  readonly access_token: Scalars['String']['output'];
  /** Who is signed in. */
  readonly user: UserType;
};

/** Name and password. */
export type LoginInput = {
  /** Compared in Unicode's form NFKC; case and spaces count. */
  readonly username: Scalars['String']['input'];
  /** Never trimmed or cut short; at most 1,024 bytes. */
  readonly password: Scalars['String']['input'];
};

/** A note to add. */
export type AddNoteInput = {
  /** The call's id. */
  readonly activityId: Scalars['ID']['input'];
  /** The text: not blank, at most 10,000 characters. Kept exactly as given. */
  readonly content: Scalars['String']['input'];
};

/** What `changeStream` delivers: a change, or word of how far the stream has come. */
export type ChangeStreamItem = {
  /** Everything up to here has been delivered or left out as asked. Resume after it. */
  readonly cursor: Scalars['Cursor']['output'];
};

/** How far a stream has come; nothing was delivered for it. */
export type ChangeProgress = ChangeStreamItem & {
  /** Everything up to here has been delivered or left out as asked. Resume after it. */
  readonly cursor: Scalars['Cursor']['output'];
};

/** A part of the change log. */
export type ChangePage = {
  /** In order; the first is the one right after the cursor that was given. */
  readonly changes: ReadonlyArray<Change>;
  /** Where the next page starts. The cursor that was given when there are no changes. */
  readonly cursor: Scalars['Cursor']['output'];
  /** Whether more changes were there when the page was read. */
  readonly hasMore: Scalars['Boolean']['output'];
};

/** One committed fact about a call. */
export type Change = ChangeStreamItem & {
  /** Resume after this change with it. */
  readonly cursor: Scalars['Cursor']['output'];
  /** What happened. */
  readonly kind: ChangeKind;
  /** When it was committed: ISO 8601, UTC, with milliseconds. */
  readonly at: Scalars['String']['output'];
  /** The call as it was right after this change. */
  readonly call: Call;
};

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
  | 'NOTE_ADDED';

/**
 * What one request may ask for. Beyond any of these it is refused as QUERY_TOO_COMPLEX or GRAPHQL_PARSE_FAILED before
 * anything of it runs.
 */
export type Limits = {
  /** Lexical tokens of the document. */
  readonly tokens: Scalars['Int']['output'];
  /** Levels of nested fields, fragments followed. */
  readonly depth: Scalars['Int']['output'];
  /** Aliases of one operation, fragments followed. */
  readonly aliases: Scalars['Int']['output'];
  /** Fields at the root of one operation. */
  readonly rootFields: Scalars['Int']['output'];
  /** Directives in the document. */
  readonly directives: Scalars['Int']['output'];
  /** Fragment definitions in the document. */
  readonly fragments: Scalars['Int']['output'];
  /** Operations in the document. */
  readonly operations: Scalars['Int']['output'];
  /** Cost of one operation: one point for each object that its answer may have. Shown as `extensions.cost` to who asks for it. */
  readonly cost: Scalars['Int']['output'];
  /** Calls of one page. */
  readonly pageLimit: Scalars['Int']['output'];
  /** How long one operation may take, in milliseconds. */
  readonly executionMs: Scalars['Int']['output'];
  /** What this session may spend over time. Null where that is not limited. */
  readonly rate?: Maybe<RateBudget>;
};

/**
 * An allowance that fills up evenly and is spent by the cost of each operation. An operation that it does not suffice for is
 * refused as RATE_LIMITED, with the time to wait in `extensions.retryAfterMs`.
 */
export type RateBudget = {
  /** Points of cost that may be spent at once, and in each window in the long run. */
  readonly quota: Scalars['Int']['output'];
  /** Length of the window in seconds. */
  readonly windowSeconds: Scalars['Int']['output'];
  /** Points that are left now, after this operation. */
  readonly remaining: Scalars['Int']['output'];
  /** How long until the whole quota is there again, in milliseconds, if nothing is spent until then. */
  readonly fullInMs: Scalars['Int']['output'];
};

/** What an error's `extensions.code` may be. The texts of errors may change, the codes do not. */
export type ErrorCode =
  /** Not signed in, or the token is not accepted here. */
  | 'UNAUTHENTICATED'
  /** Signed in, but not allowed to do this. */
  | 'FORBIDDEN'
  /** There is nothing with this id in the workspace. */
  | 'NOT_FOUND'
  /** A value is not acceptable; the message says which. */
  | 'BAD_USER_INPUT'
  /** It exists already, or has changed since it was read. */
  | 'CONFLICT'
  /** The request is not of the form its protocol asks for. */
  | 'BAD_REQUEST'
  /** This path takes other methods; see Allow. */
  | 'METHOD_NOT_ALLOWED'
  /** None of the media types in Accept can be served. */
  | 'NOT_ACCEPTABLE'
  /** The body or message is larger than the limit. */
  | 'PAYLOAD_TOO_LARGE'
  /** The body must be JSON in UTF-8. */
  | 'UNSUPPORTED_MEDIA_TYPE'
  /** The document is not GraphQL, or has too many tokens. */
  | 'GRAPHQL_PARSE_FAILED'
  /** The document does not fit the schema. */
  | 'GRAPHQL_VALIDATION_FAILED'
  /** The document has no such operation, or several and none is named. */
  | 'OPERATION_RESOLUTION_FAILURE'
  /** Send the document itself; hashes are not kept. */
  | 'PERSISTED_QUERY_NOT_SUPPORTED'
  /** The document is deeper, wider or costlier than the limits allow. */
  | 'QUERY_TOO_COMPLEX'
  /** Too many requests; retry after the stated time. */
  | 'RATE_LIMITED'
  /** The changes after this cursor are no longer kept: fetch again, then follow from now. */
  | 'RESUME_GAP'
  /** Too busy to take this on; retry after the stated time. */
  | 'OVERLOADED'
  /** Stopping or starting, or the database does not answer; retry. */
  | 'UNAVAILABLE'
  /** It took longer than the limit and was given up. */
  | 'TIMEOUT'
  /** The disk is full: reads go on, writes are refused until there is space. */
  | 'STORAGE_FULL'
  /** Another process holds the data folder. */
  | 'STORAGE_LOCKED'
  /** The data folder cannot be written. */
  | 'STORAGE_READ_ONLY'
  /** The database file is damaged; restore a backup. */
  | 'STORAGE_CORRUPT'
  /** The database was written by a newer version. */
  | 'STORAGE_TOO_NEW'
  /** Something else listens on the address already. */
  | 'PORT_TAKEN'
  /** A setting is not acceptable; the message lists all. */
  | 'BAD_CONFIGURATION'
  /** A fault of ours; the log has it under the request id. */
  | 'INTERNAL_SERVER_ERROR';



export type ResolverTypeWrapper<T> = Promise<T> | T;


export type ResolverWithResolve<TResult, TParent, TContext, TArgs> = {
  resolve: ResolverFn<TResult, TParent, TContext, TArgs>;
};
export type Resolver<TResult, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = ResolverFn<TResult, TParent, TContext, TArgs> | ResolverWithResolve<TResult, TParent, TContext, TArgs>;

export type ResolverFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => Promise<TResult> | TResult;

export type SubscriptionSubscribeFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => AsyncIterable<TResult> | Promise<AsyncIterable<TResult>>;

export type SubscriptionResolveFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

export interface SubscriptionSubscriberObject<TResult, TKey extends string, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<{ [key in TKey]: TResult }, TParent, TContext, TArgs>;
  resolve?: SubscriptionResolveFn<TResult, { [key in TKey]: TResult }, TContext, TArgs>;
}

export interface SubscriptionResolverObject<TResult, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<any, TParent, TContext, TArgs>;
  resolve: SubscriptionResolveFn<TResult, any, TContext, TArgs>;
}

export type SubscriptionObject<TResult, TKey extends string, TParent, TContext, TArgs> =
  | SubscriptionSubscriberObject<TResult, TKey, TParent, TContext, TArgs>
  | SubscriptionResolverObject<TResult, TParent, TContext, TArgs>;

export type SubscriptionResolver<TResult, TKey extends string, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> =
  | ((...args: any[]) => SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>)
  | SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>;

export type TypeResolveFn<TTypes, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (
  parent: TParent,
  context: TContext,
  info: GraphQLResolveInfo
) => Maybe<TTypes> | Promise<Maybe<TTypes>>;

export type IsTypeOfResolverFn<T = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (obj: T, context: TContext, info: GraphQLResolveInfo) => boolean | Promise<boolean>;

export type NextResolverFn<T> = () => Promise<T>;

export type DirectiveResolverFn<TResult = Record<PropertyKey, never>, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = (
  next: NextResolverFn<TResult>,
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;




/** Mapping of interface types */
export type ResolversInterfaceTypes<_RefType extends Record<string, unknown>> = {
  ChangeStreamItem:
    | ( ChangeProgress )
    | ( ChangeEvent )
  ;
};

/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  Cursor: ResolverTypeWrapper<Scalars['Cursor']['output']>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Float: ResolverTypeWrapper<Scalars['Float']['output']>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  Subscription: ResolverTypeWrapper<Record<PropertyKey, never>>;
  PaginatedCalls: ResolverTypeWrapper<Omit<PaginatedCalls, 'nodes'> & { nodes?: Maybe<ReadonlyArray<ResolversTypes['Call']>> }>;
  CallConnection: ResolverTypeWrapper<CallList>;
  CallEdge: ResolverTypeWrapper<CallModel>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  CallOrder: CallOrder;
  CallFilter: CallFilter;
  TimeRange: TimeRange;
  DurationRange: DurationRange;
  CallDirection: CallDirection;
  CallType: CallType;
  CallCountBy: CallCountBy;
  CallCounts: ResolverTypeWrapper<GroupedCounts>;
  CallCountGroup: ResolverTypeWrapper<CallCountGroup>;
  Call: ResolverTypeWrapper<CallModel>;
  Note: ResolverTypeWrapper<NoteModel>;
  UserType: ResolverTypeWrapper<UserType>;
  AuthResponseType: ResolverTypeWrapper<SignedIn>;
  DeprecatedAuthResponseType: ResolverTypeWrapper<DeprecatedAuthResponseType>;
  LoginInput: LoginInput;
  AddNoteInput: AddNoteInput;
  ChangeStreamItem: ResolverTypeWrapper<ResolversInterfaceTypes<ResolversTypes>['ChangeStreamItem']>;
  ChangeProgress: ResolverTypeWrapper<ChangeProgress>;
  ChangePage: ResolverTypeWrapper<Omit<ChangePage, 'changes'> & { changes: ReadonlyArray<ResolversTypes['Change']> }>;
  Change: ResolverTypeWrapper<ChangeEvent>;
  ChangeKind: ChangeKind;
  Limits: ResolverTypeWrapper<Limits>;
  RateBudget: ResolverTypeWrapper<RateBudget>;
  ErrorCode: ErrorCode;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  Cursor: Scalars['Cursor']['output'];
  Query: Record<PropertyKey, never>;
  Float: Scalars['Float']['output'];
  Int: Scalars['Int']['output'];
  String: Scalars['String']['output'];
  Mutation: Record<PropertyKey, never>;
  ID: Scalars['ID']['output'];
  Boolean: Scalars['Boolean']['output'];
  Subscription: Record<PropertyKey, never>;
  PaginatedCalls: Omit<PaginatedCalls, 'nodes'> & { nodes?: Maybe<ReadonlyArray<ResolversParentTypes['Call']>> };
  CallConnection: CallList;
  CallEdge: CallModel;
  PageInfo: PageInfo;
  CallFilter: CallFilter;
  TimeRange: TimeRange;
  DurationRange: DurationRange;
  CallCounts: GroupedCounts;
  CallCountGroup: CallCountGroup;
  Call: CallModel;
  Note: NoteModel;
  UserType: UserType;
  AuthResponseType: SignedIn;
  DeprecatedAuthResponseType: DeprecatedAuthResponseType;
  LoginInput: LoginInput;
  AddNoteInput: AddNoteInput;
  ChangeStreamItem: ResolversInterfaceTypes<ResolversParentTypes>['ChangeStreamItem'];
  ChangeProgress: ChangeProgress;
  ChangePage: Omit<ChangePage, 'changes'> & { changes: ReadonlyArray<ResolversParentTypes['Change']> };
  Change: ChangeEvent;
  Limits: Limits;
  RateBudget: RateBudget;
};

export interface CursorScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['Cursor'], any> {
  name: 'Cursor';
}

export type QueryResolvers<ContextType = ResolverContext, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  paginatedCalls?: Resolver<ResolversTypes['PaginatedCalls'], ParentType, ContextType, RequireFields<QueryPaginatedCallsArgs, 'offset' | 'limit'>>;
  calls?: Resolver<ResolversTypes['CallConnection'], ParentType, ContextType, RequireFields<QueryCallsArgs, 'orderBy'>>;
  callCounts?: Resolver<ResolversTypes['CallCounts'], ParentType, ContextType, RequireFields<QueryCallCountsArgs, 'by' | 'timeZone'>>;
  call?: Resolver<Maybe<ResolversTypes['Call']>, ParentType, ContextType, RequireFields<QueryCallArgs, 'id'>>;
  me?: Resolver<ResolversTypes['UserType'], ParentType, ContextType>;
  limits?: Resolver<ResolversTypes['Limits'], ParentType, ContextType>;
  changes?: Resolver<ResolversTypes['ChangePage'], ParentType, ContextType, RequireFields<QueryChangesArgs, 'after' | 'first'>>;
  cursor?: Resolver<ResolversTypes['Cursor'], ParentType, ContextType>;
};

export type MutationResolvers<ContextType = ResolverContext, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  login?: Resolver<ResolversTypes['AuthResponseType'], ParentType, ContextType, RequireFields<MutationLoginArgs, 'input'>>;
  refreshTokenV2?: Resolver<ResolversTypes['AuthResponseType'], ParentType, ContextType>;
  refreshToken?: Resolver<ResolversTypes['DeprecatedAuthResponseType'], ParentType, ContextType>;
  archiveCall?: Resolver<ResolversTypes['Call'], ParentType, ContextType, RequireFields<MutationArchiveCallArgs, 'id'>>;
  addNote?: Resolver<ResolversTypes['Call'], ParentType, ContextType, RequireFields<MutationAddNoteArgs, 'input'>>;
  logout?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  logoutAll?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type SubscriptionResolvers<ContextType = ResolverContext, ParentType extends ResolversParentTypes['Subscription'] = ResolversParentTypes['Subscription']> = {
  onUpdateCall?: SubscriptionResolver<ResolversTypes['Call'], "onUpdateCall", ParentType, ContextType>;
  onUpdatedCall?: SubscriptionResolver<Maybe<ResolversTypes['Call']>, "onUpdatedCall", ParentType, ContextType, Partial<SubscriptionOnUpdatedCallArgs>>;
  changes?: SubscriptionResolver<ResolversTypes['Change'], "changes", ParentType, ContextType, Partial<SubscriptionChangesArgs>>;
  changeStream?: SubscriptionResolver<ResolversTypes['ChangeStreamItem'], "changeStream", ParentType, ContextType, Partial<SubscriptionChangeStreamArgs>>;
};

export type PaginatedCallsResolvers<ContextType = ResolverContext, ParentType extends ResolversParentTypes['PaginatedCalls'] = ResolversParentTypes['PaginatedCalls']> = {
  nodes?: Resolver<Maybe<ReadonlyArray<ResolversTypes['Call']>>, ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type CallConnectionResolvers<ContextType = ResolverContext, ParentType extends ResolversParentTypes['CallConnection'] = ResolversParentTypes['CallConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['CallEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Call']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type CallEdgeResolvers<ContextType = ResolverContext, ParentType extends ResolversParentTypes['CallEdge'] = ResolversParentTypes['CallEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Call'], ParentType, ContextType>;
};

export type PageInfoResolvers<ContextType = ResolverContext, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type CallCountsResolvers<ContextType = ResolverContext, ParentType extends ResolversParentTypes['CallCounts'] = ResolversParentTypes['CallCounts']> = {
  groups?: Resolver<ReadonlyArray<ResolversTypes['CallCountGroup']>, ParentType, ContextType>;
  exact?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  scanned?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type CallCountGroupResolvers<ContextType = ResolverContext, ParentType extends ResolversParentTypes['CallCountGroup'] = ResolversParentTypes['CallCountGroup']> = {
  key?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type CallResolvers<ContextType = ResolverContext, ParentType extends ResolversParentTypes['Call'] = ResolversParentTypes['Call']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  direction?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  from?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  to?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  duration?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  is_archived?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  call_type?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  via?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  created_at?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  notes?: Resolver<ReadonlyArray<ResolversTypes['Note']>, ParentType, ContextType>;
};

export type NoteResolvers<ContextType = ResolverContext, ParentType extends ResolversParentTypes['Note'] = ResolversParentTypes['Note']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  content?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type UserTypeResolvers<ContextType = ResolverContext, ParentType extends ResolversParentTypes['UserType'] = ResolversParentTypes['UserType']> = {
  id?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  username?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type AuthResponseTypeResolvers<ContextType = ResolverContext, ParentType extends ResolversParentTypes['AuthResponseType'] = ResolversParentTypes['AuthResponseType']> = {
  access_token?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  refresh_token?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  user?: Resolver<ResolversTypes['UserType'], ParentType, ContextType>;
};

export type DeprecatedAuthResponseTypeResolvers<ContextType = ResolverContext, ParentType extends ResolversParentTypes['DeprecatedAuthResponseType'] = ResolversParentTypes['DeprecatedAuthResponseType']> = {
  access_token?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  user?: Resolver<ResolversTypes['UserType'], ParentType, ContextType>;
};

export type ChangeStreamItemResolvers<ContextType = ResolverContext, ParentType extends ResolversParentTypes['ChangeStreamItem'] = ResolversParentTypes['ChangeStreamItem']> = {
  __resolveType?: TypeResolveFn<'ChangeProgress' | 'Change', ParentType, ContextType>;
};

export type ChangeProgressResolvers<ContextType = ResolverContext, ParentType extends ResolversParentTypes['ChangeProgress'] = ResolversParentTypes['ChangeProgress']> = {
  cursor?: Resolver<ResolversTypes['Cursor'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ChangePageResolvers<ContextType = ResolverContext, ParentType extends ResolversParentTypes['ChangePage'] = ResolversParentTypes['ChangePage']> = {
  changes?: Resolver<ReadonlyArray<ResolversTypes['Change']>, ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['Cursor'], ParentType, ContextType>;
  hasMore?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type ChangeResolvers<ContextType = ResolverContext, ParentType extends ResolversParentTypes['Change'] = ResolversParentTypes['Change']> = {
  cursor?: Resolver<ResolversTypes['Cursor'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['ChangeKind'], ParentType, ContextType>;
  at?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  call?: Resolver<ResolversTypes['Call'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type LimitsResolvers<ContextType = ResolverContext, ParentType extends ResolversParentTypes['Limits'] = ResolversParentTypes['Limits']> = {
  tokens?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  depth?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  aliases?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  rootFields?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  directives?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  fragments?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  operations?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  cost?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  pageLimit?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  executionMs?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  rate?: Resolver<Maybe<ResolversTypes['RateBudget']>, ParentType, ContextType>;
};

export type RateBudgetResolvers<ContextType = ResolverContext, ParentType extends ResolversParentTypes['RateBudget'] = ResolversParentTypes['RateBudget']> = {
  quota?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  windowSeconds?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  remaining?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  fullInMs?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type Resolvers<ContextType = ResolverContext> = {
  Cursor?: GraphQLScalarType;
  Query?: QueryResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  Subscription?: SubscriptionResolvers<ContextType>;
  PaginatedCalls?: PaginatedCallsResolvers<ContextType>;
  CallConnection?: CallConnectionResolvers<ContextType>;
  CallEdge?: CallEdgeResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  CallCounts?: CallCountsResolvers<ContextType>;
  CallCountGroup?: CallCountGroupResolvers<ContextType>;
  Call?: CallResolvers<ContextType>;
  Note?: NoteResolvers<ContextType>;
  UserType?: UserTypeResolvers<ContextType>;
  AuthResponseType?: AuthResponseTypeResolvers<ContextType>;
  DeprecatedAuthResponseType?: DeprecatedAuthResponseTypeResolvers<ContextType>;
  ChangeStreamItem?: ChangeStreamItemResolvers<ContextType>;
  ChangeProgress?: ChangeProgressResolvers<ContextType>;
  ChangePage?: ChangePageResolvers<ContextType>;
  Change?: ChangeResolvers<ContextType>;
  Limits?: LimitsResolvers<ContextType>;
  RateBudget?: RateBudgetResolvers<ContextType>;
};


