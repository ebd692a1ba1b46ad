// Generated from schema.graphql by `npm run generate`. Not to be edited.
import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { Call as CallModel, Note as NoteModel } from '../domain/call.ts';
import type { Contact as ContactModel, ContactNumber as ContactNumberModel } from '../domain/contact.ts';
import type { ChangeEvent, ResolverContext } from './resolver-context.ts';
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
  /** The workspace's contacts by name, without regard to case and accents. */
  readonly contacts: ContactPage;
  /** One contact, or null when the workspace has none with this id. */
  readonly contact?: Maybe<Contact>;
  /**
   * A number that grows whenever the names that calls show, or the way numbers are read, may have changed. The subscription
   * `contactsChanged` tells it.
   */
  readonly contactsRevision: Scalars['Float']['output'];
  /** In which countries numbers are read that a source writes without a country code: that of the workspace first. */
  readonly defaultCountries: ReadonlyArray<DefaultCountry>;
};


/** What can be read. Everything here needs an access token in the header `Authorization: Bearer <token>`. */
export type QueryPaginatedCallsArgs = {
  offset?: InputMaybe<Scalars['Float']['input']>;
  limit?: InputMaybe<Scalars['Float']['input']>;
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


/** What can be read. Everything here needs an access token in the header `Authorization: Bearer <token>`. */
export type QueryContactsArgs = {
  search?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};


/** What can be read. Everything here needs an access token in the header `Authorization: Bearer <token>`. */
export type QueryContactArgs = {
  id: Scalars['ID']['input'];
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
  /** Adds a contact. From now on calls with its numbers show it. Files of contacts are taken in by `POST /contacts/import`. */
  readonly addContact: Contact;
  /** Replaces all that a contact says. Numbers that are new to it show it from now on. */
  readonly updateContact: Contact;
  /** Takes a contact away. Calls with its numbers show who else has them, if anybody. Always true; an unknown id is an error. */
  readonly deleteContact: Scalars['Boolean']['output'];
  /**
   * Says in which country numbers without a country code are read, of calls that are there and of those to come. What was dialled
   * stays as it is.
   */
  readonly setDefaultCountry: ReadonlyArray<DefaultCountry>;
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
 * What can be changed. A mutation that was answered is durable. With the header `Idempotency-Key` a retry does nothing and
 * gets the first answer again.
 */
export type MutationAddContactArgs = {
  input: ContactInput;
};


/**
 * What can be changed. A mutation that was answered is durable. With the header `Idempotency-Key` a retry does nothing and
 * gets the first answer again.
 */
export type MutationUpdateContactArgs = {
  id: Scalars['ID']['input'];
  input: ContactInput;
};


/**
 * What can be changed. A mutation that was answered is durable. With the header `Idempotency-Key` a retry does nothing and
 * gets the first answer again.
 */
export type MutationDeleteContactArgs = {
  id: Scalars['ID']['input'];
};


/**
 * What can be changed. A mutation that was answered is durable. With the header `Idempotency-Key` a retry does nothing and
 * gets the first answer again.
 */
export type MutationSetDefaultCountryArgs = {
  country?: InputMaybe<Scalars['String']['input']>;
  sourceId?: InputMaybe<Scalars['ID']['input']>;
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
  /**
   * The workspace's `contactsRevision`: at once, and within a second or so each time it has grown. A list that shows names then
   * asks for them again.
   */
  readonly contactsChanged: Scalars['Float']['output'];
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
  /** How many calls the workspace has in all. */
  readonly totalCount: Scalars['Int']['output'];
  /** Whether calls follow after this page. */
  readonly hasNextPage: Scalars['Boolean']['output'];
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
  /** The caller's number as it is understood now; `from` stays what was sent. */
  readonly fromNumber: PhoneNumber;
  /** The called number as it is understood now; `to` stays what was sent. */
  readonly toNumber: PhoneNumber;
  /**
   * Whose number it is at the other end, the caller's of an inbound call and the called one of an outbound call, as the contacts are now. Null
   * for numbers that nobody has and for callers who withheld theirs.
   */
  readonly contact?: Maybe<Contact>;
};

/** A text that somebody left on a call. */
export type Note = {
  /** Unique within the workspace. */
  readonly id: Scalars['ID']['output'];
  /** The text exactly as it was written. Plain text: show it as such. */
  readonly content: Scalars['String']['output'];
};

/** A number of a call, understood. */
export type PhoneNumber = {
  /** By ITU-T E.164, such as `+442079460123`. Null for what is no phone number: a withheld one, an extension, a short code, a SIP user. */
  readonly e164?: Maybe<Scalars['String']['output']>;
  /** As it is written for people elsewhere: `+44 20 7946 0123`. */
  readonly international?: Maybe<Scalars['String']['output']>;
  /** As it is written inside its country: `020 7946 0123`. */
  readonly national?: Maybe<Scalars['String']['output']>;
  /** Two letters of ISO 3166-1; null where it is not known and for numbers of no one country. */
  readonly country?: Maybe<Scalars['String']['output']>;
  /** Whether the caller withheld it, or the network did not tell it. Two such callers are never the same one. */
  readonly isWithheld: Scalars['Boolean']['output'];
};

/** Somebody outside who calls or is called. */
export type Contact = {
  /** Unique within the workspace. */
  readonly id: Scalars['ID']['output'];
  /** What calls show. */
  readonly name: Scalars['String']['output'];
  /** Where they belong. */
  readonly company?: Maybe<Scalars['String']['output']>;
  /** Their numbers, each once. */
  readonly numbers: ReadonlyArray<ContactNumber>;
  /** When it was added: ISO 8601, UTC, with milliseconds. */
  readonly createdAt: Scalars['String']['output'];
  /** When it was last altered: ISO 8601, UTC, with milliseconds. */
  readonly updatedAt: Scalars['String']['output'];
};

/** A number of a contact. */
export type ContactNumber = {
  /** The number. */
  readonly number: PhoneNumber;
  /** What kind of line it is: `work`, `mobile`. */
  readonly label?: Maybe<Scalars['String']['output']>;
  /** Whether calls with this number show this contact: of several that have it, the one that was given it last. */
  readonly isShown: Scalars['Boolean']['output'];
};

/** A part of the list of contacts. */
export type ContactPage = {
  /** The contacts of this page, by name. */
  readonly nodes: ReadonlyArray<Contact>;
  /** Whether contacts follow after this page. */
  readonly hasNextPage: Scalars['Boolean']['output'];
  /** Hand it back as `after` for those; null when there are no nodes. */
  readonly endCursor?: Maybe<Scalars['String']['output']>;
};

/** Where numbers without a country code belong. */
export type DefaultCountry = {
  /** Two letters of ISO 3166-1. */
  readonly country: Scalars['String']['output'];
  /** The source whose calls it is for; null for all that have none of their own. */
  readonly sourceId?: Maybe<Scalars['ID']['output']>;
};

/** What a contact says. */
export type ContactInput = {
  /** 1 to 200 characters. */
  readonly name: Scalars['String']['input'];
  /** At most 200 characters; null for none. */
  readonly company?: InputMaybe<Scalars['String']['input']>;
  /** At most 20. A number that another contact has shows this one from now on. */
  readonly numbers: ReadonlyArray<ContactNumberInput>;
};

/** A number of a contact. */
export type ContactNumberInput = {
  /** Typed any way; without a country code it is read in the workspace's default country. */
  readonly number: Scalars['String']['input'];
  /** What kind of line it is, in at most 50 characters. */
  readonly label?: InputMaybe<Scalars['String']['input']>;
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
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  Subscription: ResolverTypeWrapper<Record<PropertyKey, never>>;
  PaginatedCalls: ResolverTypeWrapper<Omit<PaginatedCalls, 'nodes'> & { nodes?: Maybe<ReadonlyArray<ResolversTypes['Call']>> }>;
  Call: ResolverTypeWrapper<CallModel>;
  Note: ResolverTypeWrapper<NoteModel>;
  PhoneNumber: ResolverTypeWrapper<PhoneNumber>;
  Contact: ResolverTypeWrapper<ContactModel>;
  ContactNumber: ResolverTypeWrapper<ContactNumberModel>;
  ContactPage: ResolverTypeWrapper<Omit<ContactPage, 'nodes'> & { nodes: ReadonlyArray<ResolversTypes['Contact']> }>;
  DefaultCountry: ResolverTypeWrapper<DefaultCountry>;
  ContactInput: ContactInput;
  ContactNumberInput: ContactNumberInput;
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
  ID: Scalars['ID']['output'];
  Mutation: Record<PropertyKey, never>;
  Boolean: Scalars['Boolean']['output'];
  Subscription: Record<PropertyKey, never>;
  PaginatedCalls: Omit<PaginatedCalls, 'nodes'> & { nodes?: Maybe<ReadonlyArray<ResolversParentTypes['Call']>> };
  Call: CallModel;
  Note: NoteModel;
  PhoneNumber: PhoneNumber;
  Contact: ContactModel;
  ContactNumber: ContactNumberModel;
  ContactPage: Omit<ContactPage, 'nodes'> & { nodes: ReadonlyArray<ResolversParentTypes['Contact']> };
  DefaultCountry: DefaultCountry;
  ContactInput: ContactInput;
  ContactNumberInput: ContactNumberInput;
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
  call?: Resolver<Maybe<ResolversTypes['Call']>, ParentType, ContextType, RequireFields<QueryCallArgs, 'id'>>;
  me?: Resolver<ResolversTypes['UserType'], ParentType, ContextType>;
  limits?: Resolver<ResolversTypes['Limits'], ParentType, ContextType>;
  changes?: Resolver<ResolversTypes['ChangePage'], ParentType, ContextType, RequireFields<QueryChangesArgs, 'after' | 'first'>>;
  cursor?: Resolver<ResolversTypes['Cursor'], ParentType, ContextType>;
  contacts?: Resolver<ResolversTypes['ContactPage'], ParentType, ContextType, RequireFields<QueryContactsArgs, 'first'>>;
  contact?: Resolver<Maybe<ResolversTypes['Contact']>, ParentType, ContextType, RequireFields<QueryContactArgs, 'id'>>;
  contactsRevision?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  defaultCountries?: Resolver<ReadonlyArray<ResolversTypes['DefaultCountry']>, ParentType, ContextType>;
};

export type MutationResolvers<ContextType = ResolverContext, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  login?: Resolver<ResolversTypes['AuthResponseType'], ParentType, ContextType, RequireFields<MutationLoginArgs, 'input'>>;
  refreshTokenV2?: Resolver<ResolversTypes['AuthResponseType'], ParentType, ContextType>;
  refreshToken?: Resolver<ResolversTypes['DeprecatedAuthResponseType'], ParentType, ContextType>;
  archiveCall?: Resolver<ResolversTypes['Call'], ParentType, ContextType, RequireFields<MutationArchiveCallArgs, 'id'>>;
  addNote?: Resolver<ResolversTypes['Call'], ParentType, ContextType, RequireFields<MutationAddNoteArgs, 'input'>>;
  logout?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  logoutAll?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  addContact?: Resolver<ResolversTypes['Contact'], ParentType, ContextType, RequireFields<MutationAddContactArgs, 'input'>>;
  updateContact?: Resolver<ResolversTypes['Contact'], ParentType, ContextType, RequireFields<MutationUpdateContactArgs, 'id' | 'input'>>;
  deleteContact?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType, RequireFields<MutationDeleteContactArgs, 'id'>>;
  setDefaultCountry?: Resolver<ReadonlyArray<ResolversTypes['DefaultCountry']>, ParentType, ContextType, Partial<MutationSetDefaultCountryArgs>>;
};

export type SubscriptionResolvers<ContextType = ResolverContext, ParentType extends ResolversParentTypes['Subscription'] = ResolversParentTypes['Subscription']> = {
  onUpdateCall?: SubscriptionResolver<ResolversTypes['Call'], "onUpdateCall", ParentType, ContextType>;
  onUpdatedCall?: SubscriptionResolver<Maybe<ResolversTypes['Call']>, "onUpdatedCall", ParentType, ContextType, Partial<SubscriptionOnUpdatedCallArgs>>;
  changes?: SubscriptionResolver<ResolversTypes['Change'], "changes", ParentType, ContextType, Partial<SubscriptionChangesArgs>>;
  changeStream?: SubscriptionResolver<ResolversTypes['ChangeStreamItem'], "changeStream", ParentType, ContextType, Partial<SubscriptionChangeStreamArgs>>;
  contactsChanged?: SubscriptionResolver<ResolversTypes['Float'], "contactsChanged", ParentType, ContextType>;
};

export type PaginatedCallsResolvers<ContextType = ResolverContext, ParentType extends ResolversParentTypes['PaginatedCalls'] = ResolversParentTypes['PaginatedCalls']> = {
  nodes?: Resolver<Maybe<ReadonlyArray<ResolversTypes['Call']>>, ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
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
  fromNumber?: Resolver<ResolversTypes['PhoneNumber'], ParentType, ContextType>;
  toNumber?: Resolver<ResolversTypes['PhoneNumber'], ParentType, ContextType>;
  contact?: Resolver<Maybe<ResolversTypes['Contact']>, ParentType, ContextType>;
};

export type NoteResolvers<ContextType = ResolverContext, ParentType extends ResolversParentTypes['Note'] = ResolversParentTypes['Note']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  content?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type PhoneNumberResolvers<ContextType = ResolverContext, ParentType extends ResolversParentTypes['PhoneNumber'] = ResolversParentTypes['PhoneNumber']> = {
  e164?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  international?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  national?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  country?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  isWithheld?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type ContactResolvers<ContextType = ResolverContext, ParentType extends ResolversParentTypes['Contact'] = ResolversParentTypes['Contact']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  company?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  numbers?: Resolver<ReadonlyArray<ResolversTypes['ContactNumber']>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  updatedAt?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ContactNumberResolvers<ContextType = ResolverContext, ParentType extends ResolversParentTypes['ContactNumber'] = ResolversParentTypes['ContactNumber']> = {
  number?: Resolver<ResolversTypes['PhoneNumber'], ParentType, ContextType>;
  label?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  isShown?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type ContactPageResolvers<ContextType = ResolverContext, ParentType extends ResolversParentTypes['ContactPage'] = ResolversParentTypes['ContactPage']> = {
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Contact']>, ParentType, ContextType>;
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type DefaultCountryResolvers<ContextType = ResolverContext, ParentType extends ResolversParentTypes['DefaultCountry'] = ResolversParentTypes['DefaultCountry']> = {
  country?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  sourceId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
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
  Call?: CallResolvers<ContextType>;
  Note?: NoteResolvers<ContextType>;
  PhoneNumber?: PhoneNumberResolvers<ContextType>;
  Contact?: ContactResolvers<ContextType>;
  ContactNumber?: ContactNumberResolvers<ContextType>;
  ContactPage?: ContactPageResolvers<ContextType>;
  DefaultCountry?: DefaultCountryResolvers<ContextType>;
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


