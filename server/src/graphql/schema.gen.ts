// Generated from schema.graphql by `npm run generate`. Not to be edited.
import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { Call as CallModel, Note as NoteModel } from '../domain/call.ts';
import type { Contact as ContactModel, ContactNumber as ContactNumberModel } from '../domain/contact.ts';
import type { CallList, ChangeEvent, ResolverContext } from './resolver-context.ts';
import type { CountedCalls, CountedGroup } from './count-resolvers.ts';
import type { Person as PersonModel, SignedIn } from '../domain/sessions.ts';
import type { Workspace as WorkspaceModel } from '../domain/workspace.ts';
import type { ApiKey as ApiKeyModel } from '../domain/api-key.ts';
import type { Invitation as InvitationModel } from '../domain/invitation.ts';
import type { GivenOutcome, UndoOutcome } from '../domain/inbox-many.ts';
import type { SourceCard as SourceCardModel } from '../domain/source-register.ts';
import type { DeliveryModel } from './source-resolvers.ts';
import type { AuditEvent as AuditEventModel } from '../domain/audit.ts';
import type { SavedView as SavedViewModel } from '../domain/view.ts';
import type { Preferences as PreferencesModel } from '../domain/settings.ts';
import type { Presence as PresenceModel } from '../domain/presence.ts';
import type { WebhookCard as WebhookModel, WebhookDelivery as WebhookDeliveryModel, WebhookAttempt as WebhookAttemptModel } from '../domain/webhook.ts';
import type { CallLeg as CallLegModel } from '../domain/leg.ts';
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
  /** Everybody with an account in the workspace, by name. For admins. */
  readonly users: ReadonlyArray<UserType>;
  /** The people of the workspace who can take care of calls, by name. For every role. */
  readonly colleagues: ReadonlyArray<Person>;
  /** Who is at which call now, those first who came first. For every role. */
  readonly presence: ReadonlyArray<Presence>;
  /** Those of the calls that are unread for the person who asks, in the order given; see `Call.unread`. None for programs. */
  readonly unreadCalls: ReadonlyArray<Scalars['ID']['output']>;
  /** The keys of programs that are not revoked, by name. For admins. */
  readonly apiKeys: ReadonlyArray<ApiKey>;
  /** The invitations that still work, newest first. For admins. */
  readonly invitations: ReadonlyArray<Invitation>;
  /** What one request may ask for, and how much this session may still ask for now. */
  readonly limits: Limits;
  /**
   * Changes of the workspace after a cursor, once and in order: what the subscription of this name delivers, for clients that
   * ask now and then. Read on from the page's `cursor` while `hasMore`. RESUME_GAP as for the subscription.
   */
  readonly changes: ChangePage;
  /**
   * Where the workspace's change log ends now. Take it before a list of calls is fetched, or in the same document, where it is
   * read before all else; the changes after it then bring the list up to date.
   */
  readonly cursor: Scalars['Cursor']['output'];
  /** What was done in the workspace, newest first, as far as the log is kept. */
  readonly activity: ActivityPage;
  /** The phone systems that send calls, by name. For admins. */
  readonly sources: ReadonlyArray<SourceCard>;
  /** What one source sent, newest first. For admins. */
  readonly deliveries: DeliveryPage;
  /** One delivery with its body, or null when there is none with this id. For admins. */
  readonly delivery?: Maybe<Delivery>;
  /** The workspace's webhooks, by name. For admins. */
  readonly webhooks: ReadonlyArray<Webhook>;
  /** What was told to one webhook, newest first; for 30 days, and at most 10,000 that are through. For admins. */
  readonly webhookDeliveries: WebhookDeliveryConnection;
  /** One thing that was told to a webhook; null when there is none of this id, or it is no longer kept. For admins. */
  readonly webhookDelivery?: Maybe<WebhookDelivery>;
  /**
   * Who came in, and what was decided about people, keys, phone systems, settings and files, newest first, for as long as the log is kept.
   * For admins.
   */
  readonly auditEvents: AuditEventPage;
  /** Your saved views, and those that others share, by name. */
  readonly views: ReadonlyArray<SavedView>;
  /** How you like the web app. */
  readonly preferences: Preferences;
  /** What holds for everybody in the workspace who has not chosen otherwise. */
  readonly workspaceSettings: WorkspaceSettings;
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
  /**
   * A list of calls by the GraphQL Cursor Connections Specification (Relay): pages between cursors, which stay in place while
   * calls come and go. Without `first` and `last` the first ten.
   */
  readonly calls: CallConnection;
  /** How many calls there are by type, line, hour and so on: the counts beside filters, and charts. */
  readonly callCounts: CallCounts;
  /** How many calls were missed, how many of them were returned, and how soon. */
  readonly callReturns: CallReturnFigures;
};


/** What can be read. Everything here needs an access token in the header `Authorization: Bearer <token>`. */
export type QueryPaginatedCallsArgs = {
  offset?: InputMaybe<Scalars['Float']['input']>;
  limit?: InputMaybe<Scalars['Float']['input']>;
  filter?: InputMaybe<CallFilter>;
};


/** What can be read. Everything here needs an access token in the header `Authorization: Bearer <token>`. */
export type QueryCallArgs = {
  id: Scalars['Float']['input'];
};


/** What can be read. Everything here needs an access token in the header `Authorization: Bearer <token>`. */
export type QueryUnreadCallsArgs = {
  ids: ReadonlyArray<Scalars['ID']['input']>;
};


/** What can be read. Everything here needs an access token in the header `Authorization: Bearer <token>`. */
export type QueryChangesArgs = {
  after: Scalars['Cursor']['input'];
  first?: InputMaybe<Scalars['Int']['input']>;
  filter?: InputMaybe<CallFilter>;
};


/** What can be read. Everything here needs an access token in the header `Authorization: Bearer <token>`. */
export type QueryActivityArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['Cursor']['input']>;
};


/** What can be read. Everything here needs an access token in the header `Authorization: Bearer <token>`. */
export type QueryDeliveriesArgs = {
  sourceId: Scalars['ID']['input'];
  verdict?: InputMaybe<DeliveryVerdict>;
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};


/** What can be read. Everything here needs an access token in the header `Authorization: Bearer <token>`. */
export type QueryDeliveryArgs = {
  id: Scalars['ID']['input'];
};


/** What can be read. Everything here needs an access token in the header `Authorization: Bearer <token>`. */
export type QueryWebhookDeliveriesArgs = {
  webhookId: Scalars['ID']['input'];
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  state?: InputMaybe<WebhookDeliveryState>;
};


/** What can be read. Everything here needs an access token in the header `Authorization: Bearer <token>`. */
export type QueryWebhookDeliveryArgs = {
  id: Scalars['ID']['input'];
};


/** What can be read. Everything here needs an access token in the header `Authorization: Bearer <token>`. */
export type QueryAuditEventsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<AuditFilter>;
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
export type QueryCallReturnsArgs = {
  filter?: InputMaybe<CallFilter>;
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
  /**
   * Archives or restores many calls at once, 500 in a transaction. What is so already stays as it is, and one call that is
   * missing or has changed does not keep the others from being written. Exactly one of `ids` and `filter` is needed.
   */
  readonly setCallsArchived: SetCallsArchivedResult;
  /**
   * Puts a tag on many calls or takes it off, in every other way as `setCallsArchived`. A call that has 20 tags already is left alone as
   * TOO_MANY_TAGS, and is so again whenever the filter is asked: `after` leads past it.
   */
  readonly setCallsTag: SetCallsResult;
  /**
   * Gives many calls to somebody to take care of, or to nobody, in every other way as `setCallsArchived`. NOT_FOUND for a user who is
   * disabled or not of the workspace.
   */
  readonly setCallsAssignee: SetCallsResult;
  /**
   * Takes back many changes, each as `undoChange` does and all in one transaction. One that cannot be taken back does not keep the others from
   * being; one that only sources make is a fault of the whole request.
   */
  readonly undoChanges: UndoChangesResult;
  /**
   * Makes calls read or unread for the person who asks, readers too; see `Call.unread`. It is no change of the calls: nobody else sees it,
   * and no revision moves. Archived calls are left alone. Exactly one of `ids` and `filter` is needed. FORBIDDEN for programs.
   */
  readonly setCallsUnread: SetCallsUnreadResult;
  /** Gives a note another text. What it was stays in the call's history. */
  readonly editNote: Call;
  /** Takes a note away. What it was stays in the call's history, and `undoChange` brings it back. */
  readonly deleteNote: Call;
  /** Puts a tag on the call. One that is there already changes nothing. */
  readonly addTag: Call;
  /** Takes a tag off the call. One that is not there changes nothing. */
  readonly removeTag: Call;
  /**
   * Says where a tab of the signed-in person is, for every role. Kept for 45 seconds and until the session ends: say it again while it
   * holds. False when there are too many to show. It is in no log, and needs no idempotency key.
   */
  readonly atCall: Scalars['Boolean']['output'];
  /** Gives the call to somebody to take care of, or to nobody. */
  readonly assignCall: Call;
  /**
   * Takes back exactly what one change altered, as a new change that can be undone in turn. Only what people do can be undone. When
   * the same thing of the call was altered again since, it fails with CONFLICT; other changes of the call do not matter.
   */
  readonly undoChange: Call;
  /** Ends this session: its tokens are refused and its sockets closed from now on. Always true. */
  readonly logout: Scalars['Boolean']['output'];
  /** Ends every session of the signed-in user, this one too. Always true. */
  readonly logoutAll: Scalars['Boolean']['output'];
  /** Makes a link by which one person makes their own account in this workspace, within seven days. For admins. */
  readonly inviteUser: NewInvitation;
  /** The invitation does not work any more. Always true; an unknown id is an error. For admins. */
  readonly withdrawInvitation: Scalars['Boolean']['output'];
  /**
   * Gives somebody else another role and signs them out everywhere, so that it counts at once. Who was an admin also loses the
   * keys and open invitations that they made. For admins.
   */
  readonly setUserRole: UserType;
  /**
   * Keeps somebody else from signing in and signs them out everywhere; the keys and open invitations that they made end as well.
   * For admins.
   */
  readonly disableUser: UserType;
  /** Lets somebody who was disabled sign in again. Nothing that ended comes back. For admins. */
  readonly enableUser: UserType;
  /** Makes a key for a program. For admins. */
  readonly createApiKey: NewApiKey;
  /** The key is refused from now on and its sockets are closed. Always true; an unknown id is an error. For admins. */
  readonly revokeApiKey: Scalars['Boolean']['output'];
  /** Adds a phone system. Its key is shown this once. For admins. */
  readonly addSource: NewSource;
  /** Gives a phone system another name. For admins. */
  readonly renameSource: SourceCard;
  /** Gives a phone system another key, shown this once; the one that it had is refused from now on. For admins. */
  readonly rotateSourceKey: NewSource;
  /** Refuses what a phone system sends until it is enabled again. For admins. */
  readonly disableSource: SourceCard;
  /** Takes what a phone system sends again. For admins. */
  readonly enableSource: SourceCard;
  /**
   * Reads a delivery and all others of its call again, as this version of the server reads them, and makes the call what they
   * say. What people did stays, and notes are only added. For admins.
   */
  readonly remapDelivery: Delivery;
  /** Reads what a source sent again, oldest first and a hundred at a time: go on with `after` until `cursor` is null. For admins. */
  readonly remapSource: RemapResult;
  /** Makes a missed call of the kind that the source sends, on the way that every call takes, so that it shows in the inbox. For admins. */
  readonly sendTestCall: Delivery;
  /**
   * Adds a webhook: it is told by HTTP of each change that is committed from now on. Its secret is shown this once. A workspace has 20 at
   * most. For admins.
   */
  readonly addWebhook: NewWebhook;
  /** Alters a webhook. For admins. */
  readonly updateWebhook: Webhook;
  /** Gives a webhook a new secret, which is shown this once. The one that it had signs beside it for 24 hours. For admins. */
  readonly rotateWebhookSecret: NewWebhook;
  /** Tells a webhook nothing until it is resumed. For admins. */
  readonly pauseWebhook: Webhook;
  /** Goes on with a webhook that is paused or disabled, where it stopped: nothing is left out. What waits is sent at once. For admins. */
  readonly resumeWebhook: Webhook;
  /** Removes a webhook with what was told to it. Always true; an unknown id is an error. For admins. */
  readonly deleteWebhook: Scalars['Boolean']['output'];
  /**
   * Sends an event of the type `webhook.test` to a webhook, once, in whatever state it is. The answer tells what was begun; what came of it is
   * soon in `webhookDeliveries`. For admins.
   */
  readonly sendTestWebhook: WebhookDelivery;
  /** Sends something again under the id that it had, at once and in whatever state its webhook is. For admins. */
  readonly resendWebhookDelivery: WebhookDelivery;
  /** Saves a list under a name. One of your own with this name is replaced and keeps its id. You have 100 at most. */
  readonly saveView: SavedView;
  /** Removes one of your own views. */
  readonly deleteView: Scalars['Boolean']['output'];
  /** Changes how you like the web app; what is left out stays. */
  readonly setPreferences: Preferences;
  /** Changes what holds for everybody; what is left out stays. For admins. */
  readonly setWorkspaceSettings: WorkspaceSettings;
  /**
   * Deletes the calls of somebody who asks to be forgotten: those whose other end has this number, the oldest first and 1,000 at most; ask again
   * while `hasMore`, with a new idempotency key. With a call go its notes, its history and what sources sent of it, and nothing brings it back;
   * a contact of the number stays. For admins.
   */
  readonly deleteCallsOfNumber: DeletedCalls;
  /** A ticket for one download of calls within a minute, for a browser, which sends no header with a link. */
  readonly exportTicket: ExportTicket;
  /** Adds a contact. From now on calls with its numbers show it. Files of contacts are taken in by `POST /contacts/import`. */
  readonly addContact: Contact;
  /** Replaces all that a contact says. Numbers that are new to it show it from now on. */
  readonly updateContact: Contact;
  /** Takes a contact away. Calls with its numbers show who else has them, if anybody. Always true; an unknown id is an error. */
  readonly deleteContact: Scalars['Boolean']['output'];
  /**
   * Says in which country numbers without a country code are read, of calls that are there and of those to come. What was dialled
   * stays as it is. Which number a call has follows from this, and so do its contact, what finds it and what settles it: for calls that are there a
   * moment later, without anybody having to wait.
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
  ifRevision?: InputMaybe<Scalars['Float']['input']>;
};


/**
 * What can be changed. A mutation that was answered is durable. With the header `Idempotency-Key` a retry does nothing and
 * gets the first answer again.
 */
export type MutationAddNoteArgs = {
  input: AddNoteInput;
  ifRevision?: InputMaybe<Scalars['Float']['input']>;
};


/**
 * What can be changed. A mutation that was answered is durable. With the header `Idempotency-Key` a retry does nothing and
 * gets the first answer again.
 */
export type MutationSetCallsArchivedArgs = {
  ids?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
  filter?: InputMaybe<CallFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  archived: Scalars['Boolean']['input'];
  ifRevision?: InputMaybe<Scalars['Float']['input']>;
};


/**
 * What can be changed. A mutation that was answered is durable. With the header `Idempotency-Key` a retry does nothing and
 * gets the first answer again.
 */
export type MutationSetCallsTagArgs = {
  ids?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
  filter?: InputMaybe<CallFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  tag: Scalars['String']['input'];
  present: Scalars['Boolean']['input'];
  ifRevision?: InputMaybe<Scalars['Float']['input']>;
};


/**
 * What can be changed. A mutation that was answered is durable. With the header `Idempotency-Key` a retry does nothing and
 * gets the first answer again.
 */
export type MutationSetCallsAssigneeArgs = {
  ids?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
  filter?: InputMaybe<CallFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  userId?: InputMaybe<Scalars['ID']['input']>;
  ifRevision?: InputMaybe<Scalars['Float']['input']>;
};


/**
 * What can be changed. A mutation that was answered is durable. With the header `Idempotency-Key` a retry does nothing and
 * gets the first answer again.
 */
export type MutationUndoChangesArgs = {
  revisions: ReadonlyArray<Scalars['Float']['input']>;
};


/**
 * What can be changed. A mutation that was answered is durable. With the header `Idempotency-Key` a retry does nothing and
 * gets the first answer again.
 */
export type MutationSetCallsUnreadArgs = {
  ids?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
  filter?: InputMaybe<CallFilter>;
  unread: Scalars['Boolean']['input'];
};


/**
 * What can be changed. A mutation that was answered is durable. With the header `Idempotency-Key` a retry does nothing and
 * gets the first answer again.
 */
export type MutationEditNoteArgs = {
  id: Scalars['ID']['input'];
  content: Scalars['String']['input'];
  ifRevision?: InputMaybe<Scalars['Float']['input']>;
};


/**
 * What can be changed. A mutation that was answered is durable. With the header `Idempotency-Key` a retry does nothing and
 * gets the first answer again.
 */
export type MutationDeleteNoteArgs = {
  id: Scalars['ID']['input'];
  ifRevision?: InputMaybe<Scalars['Float']['input']>;
};


/**
 * What can be changed. A mutation that was answered is durable. With the header `Idempotency-Key` a retry does nothing and
 * gets the first answer again.
 */
export type MutationAddTagArgs = {
  id: Scalars['ID']['input'];
  tag: Scalars['String']['input'];
  ifRevision?: InputMaybe<Scalars['Float']['input']>;
};


/**
 * What can be changed. A mutation that was answered is durable. With the header `Idempotency-Key` a retry does nothing and
 * gets the first answer again.
 */
export type MutationRemoveTagArgs = {
  id: Scalars['ID']['input'];
  tag: Scalars['String']['input'];
  ifRevision?: InputMaybe<Scalars['Float']['input']>;
};


/**
 * What can be changed. A mutation that was answered is durable. With the header `Idempotency-Key` a retry does nothing and
 * gets the first answer again.
 */
export type MutationAtCallArgs = {
  tab: Scalars['ID']['input'];
  id?: InputMaybe<Scalars['ID']['input']>;
  isWriting?: InputMaybe<Scalars['Boolean']['input']>;
};


/**
 * What can be changed. A mutation that was answered is durable. With the header `Idempotency-Key` a retry does nothing and
 * gets the first answer again.
 */
export type MutationAssignCallArgs = {
  id: Scalars['ID']['input'];
  userId?: InputMaybe<Scalars['ID']['input']>;
  ifRevision?: InputMaybe<Scalars['Float']['input']>;
};


/**
 * What can be changed. A mutation that was answered is durable. With the header `Idempotency-Key` a retry does nothing and
 * gets the first answer again.
 */
export type MutationUndoChangeArgs = {
  revision: Scalars['Float']['input'];
  ifRevision?: InputMaybe<Scalars['Float']['input']>;
};


/**
 * What can be changed. A mutation that was answered is durable. With the header `Idempotency-Key` a retry does nothing and
 * gets the first answer again.
 */
export type MutationInviteUserArgs = {
  role?: Role;
};


/**
 * What can be changed. A mutation that was answered is durable. With the header `Idempotency-Key` a retry does nothing and
 * gets the first answer again.
 */
export type MutationWithdrawInvitationArgs = {
  id: Scalars['ID']['input'];
};


/**
 * What can be changed. A mutation that was answered is durable. With the header `Idempotency-Key` a retry does nothing and
 * gets the first answer again.
 */
export type MutationSetUserRoleArgs = {
  userId: Scalars['ID']['input'];
  role: Role;
};


/**
 * What can be changed. A mutation that was answered is durable. With the header `Idempotency-Key` a retry does nothing and
 * gets the first answer again.
 */
export type MutationDisableUserArgs = {
  userId: Scalars['ID']['input'];
};


/**
 * What can be changed. A mutation that was answered is durable. With the header `Idempotency-Key` a retry does nothing and
 * gets the first answer again.
 */
export type MutationEnableUserArgs = {
  userId: Scalars['ID']['input'];
};


/**
 * What can be changed. A mutation that was answered is durable. With the header `Idempotency-Key` a retry does nothing and
 * gets the first answer again.
 */
export type MutationCreateApiKeyArgs = {
  input: CreateApiKeyInput;
};


/**
 * What can be changed. A mutation that was answered is durable. With the header `Idempotency-Key` a retry does nothing and
 * gets the first answer again.
 */
export type MutationRevokeApiKeyArgs = {
  id: Scalars['ID']['input'];
};


/**
 * What can be changed. A mutation that was answered is durable. With the header `Idempotency-Key` a retry does nothing and
 * gets the first answer again.
 */
export type MutationAddSourceArgs = {
  name: Scalars['String']['input'];
  kind?: SourceKind;
};


/**
 * What can be changed. A mutation that was answered is durable. With the header `Idempotency-Key` a retry does nothing and
 * gets the first answer again.
 */
export type MutationRenameSourceArgs = {
  id: Scalars['ID']['input'];
  name: Scalars['String']['input'];
};


/**
 * What can be changed. A mutation that was answered is durable. With the header `Idempotency-Key` a retry does nothing and
 * gets the first answer again.
 */
export type MutationRotateSourceKeyArgs = {
  id: Scalars['ID']['input'];
};


/**
 * What can be changed. A mutation that was answered is durable. With the header `Idempotency-Key` a retry does nothing and
 * gets the first answer again.
 */
export type MutationDisableSourceArgs = {
  id: Scalars['ID']['input'];
};


/**
 * What can be changed. A mutation that was answered is durable. With the header `Idempotency-Key` a retry does nothing and
 * gets the first answer again.
 */
export type MutationEnableSourceArgs = {
  id: Scalars['ID']['input'];
};


/**
 * What can be changed. A mutation that was answered is durable. With the header `Idempotency-Key` a retry does nothing and
 * gets the first answer again.
 */
export type MutationRemapDeliveryArgs = {
  id: Scalars['ID']['input'];
};


/**
 * What can be changed. A mutation that was answered is durable. With the header `Idempotency-Key` a retry does nothing and
 * gets the first answer again.
 */
export type MutationRemapSourceArgs = {
  id: Scalars['ID']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
};


/**
 * What can be changed. A mutation that was answered is durable. With the header `Idempotency-Key` a retry does nothing and
 * gets the first answer again.
 */
export type MutationSendTestCallArgs = {
  sourceId: Scalars['ID']['input'];
};


/**
 * What can be changed. A mutation that was answered is durable. With the header `Idempotency-Key` a retry does nothing and
 * gets the first answer again.
 */
export type MutationAddWebhookArgs = {
  input: WebhookInput;
};


/**
 * What can be changed. A mutation that was answered is durable. With the header `Idempotency-Key` a retry does nothing and
 * gets the first answer again.
 */
export type MutationUpdateWebhookArgs = {
  id: Scalars['ID']['input'];
  input: WebhookInput;
};


/**
 * What can be changed. A mutation that was answered is durable. With the header `Idempotency-Key` a retry does nothing and
 * gets the first answer again.
 */
export type MutationRotateWebhookSecretArgs = {
  id: Scalars['ID']['input'];
};


/**
 * What can be changed. A mutation that was answered is durable. With the header `Idempotency-Key` a retry does nothing and
 * gets the first answer again.
 */
export type MutationPauseWebhookArgs = {
  id: Scalars['ID']['input'];
};


/**
 * What can be changed. A mutation that was answered is durable. With the header `Idempotency-Key` a retry does nothing and
 * gets the first answer again.
 */
export type MutationResumeWebhookArgs = {
  id: Scalars['ID']['input'];
};


/**
 * What can be changed. A mutation that was answered is durable. With the header `Idempotency-Key` a retry does nothing and
 * gets the first answer again.
 */
export type MutationDeleteWebhookArgs = {
  id: Scalars['ID']['input'];
};


/**
 * What can be changed. A mutation that was answered is durable. With the header `Idempotency-Key` a retry does nothing and
 * gets the first answer again.
 */
export type MutationSendTestWebhookArgs = {
  id: Scalars['ID']['input'];
};


/**
 * What can be changed. A mutation that was answered is durable. With the header `Idempotency-Key` a retry does nothing and
 * gets the first answer again.
 */
export type MutationResendWebhookDeliveryArgs = {
  id: Scalars['ID']['input'];
};


/**
 * What can be changed. A mutation that was answered is durable. With the header `Idempotency-Key` a retry does nothing and
 * gets the first answer again.
 */
export type MutationSaveViewArgs = {
  name: Scalars['String']['input'];
  query: Scalars['String']['input'];
  shared?: Scalars['Boolean']['input'];
};


/**
 * What can be changed. A mutation that was answered is durable. With the header `Idempotency-Key` a retry does nothing and
 * gets the first answer again.
 */
export type MutationDeleteViewArgs = {
  id: Scalars['ID']['input'];
};


/**
 * What can be changed. A mutation that was answered is durable. With the header `Idempotency-Key` a retry does nothing and
 * gets the first answer again.
 */
export type MutationSetPreferencesArgs = {
  input: PreferencesInput;
};


/**
 * What can be changed. A mutation that was answered is durable. With the header `Idempotency-Key` a retry does nothing and
 * gets the first answer again.
 */
export type MutationSetWorkspaceSettingsArgs = {
  input: WorkspaceSettingsInput;
};


/**
 * What can be changed. A mutation that was answered is durable. With the header `Idempotency-Key` a retry does nothing and
 * gets the first answer again.
 */
export type MutationDeleteCallsOfNumberArgs = {
  number: Scalars['String']['input'];
};


/**
 * What can be changed. A mutation that was answered is durable. With the header `Idempotency-Key` a retry does nothing and
 * gets the first answer again.
 */
export type MutationExportTicketArgs = {
  format?: Scalars['String']['input'];
  timeZone?: Scalars['String']['input'];
  filter?: InputMaybe<CallFilter>;
  columns?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
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
   * changes went by that `kinds` or `filter` leave out. So a client knows what it has seen even when nothing is delivered, and resumes
   * from there. Whatever is committed after the first word is delivered.
   */
  readonly changeStream: ChangeStreamItem;
  /**
   * The workspace's `contactsRevision`: at once, and within a second or so each time it has grown. A list that shows names then
   * asks for them again.
   */
  readonly contactsChanged: Scalars['Float']['output'];
  /** Who is at which call: all of it at once, and again whenever it changes, at most five times a second. */
  readonly presence: ReadonlyArray<Presence>;
  /**
   * The calls that became read or unread by what the person who follows did, in whatever tab: `unreadCalls` then tells which. Null
   * stands for any calls: at once where it begins, and where there were too many to name. What others do comes by `changeStream`, and
   * may make a call unread too. FORBIDDEN for programs.
   */
  readonly unreadChanged?: Maybe<ReadonlyArray<Scalars['ID']['output']>>;
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
  filter?: InputMaybe<CallFilter>;
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
  filter?: InputMaybe<CallFilter>;
};

/** Somebody is at a call. */
export type Presence = {
  /** Who it is. */
  readonly person: Person;
  /** The call's id. */
  readonly callId: Scalars['ID']['output'];
  /** Whether a note is being written. */
  readonly isWriting: Scalars['Boolean']['output'];
  /** Since when: ISO 8601, UTC, with milliseconds. */
  readonly since: Scalars['String']['output'];
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
  /**
   * The number of the last change of the call: it grows with each. Handed to a mutation as `ifRevision`, the mutation fails with
   * CONFLICT when somebody was faster; `extensions.call` of the error then has the call as it is.
   */
  readonly revision: Scalars['Float']['output'];
  /** What people sorted the call under, each once, in a fixed order. */
  readonly tags: ReadonlyArray<Scalars['String']['output']>;
  /** Who takes care of the call. */
  readonly assignee?: Maybe<Person>;
  /** What happened to the call, newest first, as far as the log is kept. Not in subscriptions. */
  readonly history: ActivityPage;
  /** How the call went, as far as its source said: one for each source that told of it. Not in subscriptions. */
  readonly legs: ReadonlyArray<CallLeg>;
  /** What sources sent about the call, oldest first: 20 at most, with their bodies. For admins; not in subscriptions. */
  readonly rawDeliveries?: Maybe<ReadonlyArray<Delivery>>;
  /** The caller's number as it is understood now; `from` stays what was sent. */
  readonly fromNumber: PhoneNumber;
  /** The called number as it is understood now; `to` stays what was sent. */
  readonly toNumber: PhoneNumber;
  /**
   * Whose number it is at the other end, the caller's of an inbound call and the called one of an outbound call, as the contacts are now. Null
   * for numbers that nobody has and for callers who withheld theirs.
   */
  readonly contact?: Maybe<Contact>;
  /**
   * Whether this missed call or voicemail still waits for somebody to call back. Always false for others and for callers who withheld
   * their number.
   */
  readonly unreturned: Scalars['Boolean']['output'];
  /**
   * How it was settled: by the first later call with the same number that was outbound, whatever came of it, or inbound and answered. Null while
   * it was not, and for calls that need nothing.
   */
  readonly return?: Maybe<CallReturn>;
  /**
   * Whether the person who asks has yet to look at it: it came in within a week of being made, was restored, got a note, or was given to
   * them, each time by somebody else and after they last had it before them. `setCallsUnread` says that they have, or makes it unread again. An
   * archived call is unread for nobody, and nothing is for programs. Not in subscriptions, whose results are shared.
   */
  readonly unread: Scalars['Boolean']['output'];
};


/** One conversation as a person counts them, whatever number of legs the phone system saw. */
export type CallHistoryArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['Cursor']['input']>;
};

/** How a missed call or voicemail was settled. */
export type CallReturn = {
  /** Who made the settling call. */
  readonly by: ReturnedBy;
  /** The call that settled it. */
  readonly callId: Scalars['ID']['output'];
  /** When that call was made: ISO 8601, UTC, with milliseconds. */
  readonly at: Scalars['String']['output'];
  /** Milliseconds from the one call to the other. */
  readonly after: Scalars['Float']['output'];
};

/** Who made the call that settled a missed one. */
export type ReturnedBy =
  /** Somebody of ours called the number, whatever came of it. */
  | 'CALLED_BACK'
  /** The caller called again and was answered. */
  | 'GOT_THROUGH';

/** A part of the change log. */
export type ActivityPage = {
  /** The changes, newest first. */
  readonly nodes: ReadonlyArray<Change>;
  /** Whether older ones follow. */
  readonly hasNextPage: Scalars['Boolean']['output'];
  /** Hand it back as `after` for the older ones; null when there are no nodes. */
  readonly endCursor?: Maybe<Scalars['Cursor']['output']>;
};

/** What became of a mutation of many calls. */
export type SetCallsArchivedResult = {
  /** How many calls were changed. */
  readonly changedCount: Scalars['Int']['output'];
  /** One for each id, in the order given; those of a filter newest first. */
  readonly results: ReadonlyArray<CallResult>;
  /** Whether the same filter may find more to do. False where ids were given. */
  readonly hasMore: Scalars['Boolean']['output'];
  /**
   * The place of the filter's last call: handed back as `after`, it leads on to what follows. Null where there was none, and where ids were
   * given.
   */
  readonly endCursor?: Maybe<Scalars['String']['output']>;
};

/** What became of a mutation of many calls. */
export type SetCallsResult = {
  /** How many calls were changed. */
  readonly changedCount: Scalars['Int']['output'];
  /** One for each id, in the order given; those of a filter newest first. */
  readonly results: ReadonlyArray<CallResult>;
  /** Whether the same filter may find more to do. False where ids were given. */
  readonly hasMore: Scalars['Boolean']['output'];
  /**
   * The place of the filter's last call: handed back as `after`, it leads on to what follows. Null where there was none, and where ids were
   * given.
   */
  readonly endCursor?: Maybe<Scalars['String']['output']>;
};

/** What became of an `undoChanges`. */
export type UndoChangesResult = {
  /** How many changes were taken back. */
  readonly changedCount: Scalars['Int']['output'];
  /** One for each change, in the order given. */
  readonly results: ReadonlyArray<UndoResult>;
};

/** What became of one change that was to be taken back. */
export type UndoResult = {
  /** The number of the change. */
  readonly revision: Scalars['Float']['output'];
  /** NOT_FOUND where the change or its call is not kept any more, CONFLICT where a later change altered the same thing of its call. */
  readonly outcome: CallOutcome;
  /** The change's call as it is now; null with NOT_FOUND. */
  readonly call?: Maybe<Call>;
};

/** What became of a `setCallsUnread`. */
export type SetCallsUnreadResult = {
  /** The ids of the calls that altered; none where every call was read at once. */
  readonly ids: ReadonlyArray<Scalars['ID']['output']>;
  /** How many calls altered. */
  readonly changedCount: Scalars['Int']['output'];
  /** Whether the same filter may find more to do. False where ids were given. */
  readonly hasMore: Scalars['Boolean']['output'];
};

/** What became of one call. */
export type CallResult = {
  /** The id as it was given; of a filter that of the call. */
  readonly id: Scalars['ID']['output'];
  /** Whether it was changed, and why not. */
  readonly outcome: CallOutcome;
  /** The call as it is now; null when there is none with this id. */
  readonly call?: Maybe<Call>;
};

/** What a mutation of many did to one of them. */
export type CallOutcome =
  /** It was changed. */
  | 'CHANGED'
  /** It was so already. */
  | 'UNCHANGED'
  /** There is no call with this id. */
  | 'NOT_FOUND'
  /** It was altered after `ifRevision`, or between the look at a filter and the write, and left alone. */
  | 'CONFLICT'
  /** It has as many tags as a call may have, so that this one could not be added. */
  | 'TOO_MANY_TAGS';

/** A text that somebody left on a call. */
export type Note = {
  /** Unique within the workspace. */
  readonly id: Scalars['ID']['output'];
  /** The text exactly as it was written. Plain text: show it as such. */
  readonly content: Scalars['String']['output'];
  /** Who wrote it; null when it came with the call. */
  readonly author?: Maybe<Person>;
  /** When it was written: ISO 8601, UTC, with milliseconds. */
  readonly createdAt: Scalars['String']['output'];
  /** When its text was last altered; null while it stands as it was written. */
  readonly editedAt?: Maybe<Scalars['String']['output']>;
};

/** A person as colleagues see them beside a call. */
export type Person = {
  /** The user's id: stays the same when the name changes. */
  readonly id: Scalars['String']['output'];
  /** The name as it was when this was done. */
  readonly username: Scalars['String']['output'];
};

/** A person with an account. */
export type UserType = {
  /** Stays the same when the name changes. */
  readonly id: Scalars['String']['output'];
  /** The name to sign in with, as it was typed when the account was made. */
  readonly username: Scalars['String']['output'];
  /** What the person may do. */
  readonly role: Role;
  /** Where the account is: a person has one workspace. */
  readonly workspace: Workspace;
  /** Whether an admin keeps the person from signing in. */
  readonly isDisabled: Scalars['Boolean']['output'];
};

/** A team with its own calls, people and changes. Nothing of it is seen in another. */
export type Workspace = {
  /** Unique on this server. */
  readonly id: Scalars['ID']['output'];
  /** What the operator calls it. */
  readonly name: Scalars['String']['output'];
};

/** What somebody may do in their workspace. */
export type Role =
  /** Everything, and decides who else may. */
  | 'ADMIN'
  /** Reads and works with calls. */
  | 'MEMBER'
  /** Reads, and changes nothing: mutations of calls are FORBIDDEN. */
  | 'READER';

/**
 * A program's way in: sent as `Authorization: Bearer rbk_...`, wherever an access token is. To `me`, the program is a user with
 * the name of its key.
 */
export type ApiKey = {
  /** Not the secret. */
  readonly id: Scalars['ID']['output'];
  /** Unique among the workspace's keys. */
  readonly name: Scalars['String']['output'];
  /** What the key may do. */
  readonly scopes: ReadonlyArray<ApiKeyScope>;
  /** How many requests it may make within a minute; more are RATE_LIMITED. */
  readonly requestsPerMinute: Scalars['Int']['output'];
  /** The id of the user who made it; null when it was made on the command line. */
  readonly createdBy?: Maybe<Scalars['ID']['output']>;
  /** When it was made: ISO 8601, UTC, with milliseconds. */
  readonly createdAt: Scalars['String']['output'];
  /** When it ends: ISO 8601, UTC, with milliseconds; null for one that does not end by itself. */
  readonly expiresAt?: Maybe<Scalars['String']['output']>;
  /** When it was last used, to the minute or so; null before its first use. */
  readonly lastUsedAt?: Maybe<Scalars['String']['output']>;
};

/** What a key may do. Only people decide about people and keys. */
export type ApiKeyScope =
  /** Queries and subscriptions. */
  | 'READ'
  /** Mutations of calls. */
  | 'WRITE';

/** A key that was just made. */
export type NewApiKey = {
  /** The key. */
  readonly key: ApiKey;
  /** What the program sends. Shown this once: only a digest is kept. */
  readonly secret: Scalars['String']['output'];
};

/** A link for one person to make their own account with. */
export type Invitation = {
  /** Not the token. */
  readonly id: Scalars['ID']['output'];
  /** What the person will be. */
  readonly role: Role;
  /** When it was made: ISO 8601, UTC, with milliseconds. */
  readonly createdAt: Scalars['String']['output'];
  /** When it stops working: ISO 8601, UTC, with milliseconds. */
  readonly expiresAt: Scalars['String']['output'];
};

/** An invitation that was just made. */
export type NewInvitation = {
  /** The invitation. */
  readonly invitation: Invitation;
  /** What `POST /invitations/accept` takes. Shown this once: only a digest is kept. */
  readonly token: Scalars['String']['output'];
  /** The page for the person, below the address of this server; it carries the token behind the `#`. */
  readonly path: Scalars['String']['output'];
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

/** A key to make. */
export type CreateApiKeyInput = {
  /** What to call it: printable text of 1 to 100 characters, unique among the workspace's keys. */
  readonly name: Scalars['String']['input'];
  /** What it may do: one of them at least. */
  readonly scopes: ReadonlyArray<ApiKeyScope>;
  /** When it ends: an instant to come, in ISO 8601 with `Z` or an offset. Without one it does not end by itself. */
  readonly expiresAt?: InputMaybe<Scalars['String']['input']>;
  /** How many requests it may make within a minute: 1 to 100,000. */
  readonly requestsPerMinute?: InputMaybe<Scalars['Int']['input']>;
};

/** What a webhook is to be. */
export type WebhookInput = {
  /** What to call it: printable text of 1 to 100 characters. */
  readonly name: Scalars['String']['input'];
  /**
   * Where to tell it: an http or https address of at most 2,000 characters, without a password. Private addresses are refused unless the operator
   * allows them (`RINGBACK_WEBHOOK_NETWORKS`).
   */
  readonly url: Scalars['String']['input'];
  /** The kinds of changes that it is told of; empty for all. */
  readonly kinds?: ReadonlyArray<ChangeKind>;
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
  /** The call as it was right after this change; of a call that has been deleted since, the `id` alone (see `CALL_DELETED`). */
  readonly call: Call;
  /** The number of the change in the workspace, for `undoChange`. */
  readonly revision: Scalars['Float']['output'];
  /** Who did it. */
  readonly actor: ChangeActor;
  /** The note that it was about, as it was after this change; null for changes of other kinds and when it was deleted. */
  readonly note?: Maybe<Note>;
  /** The note that it was about, as it was before; null when it was not there. */
  readonly noteBefore?: Maybe<Note>;
  /** The tag that it was about. */
  readonly tag?: Maybe<Scalars['String']['output']>;
  /** Who had the call before; for changes of the assignee. */
  readonly assigneeBefore?: Maybe<Person>;
  /** The revision of the change that this one took back. */
  readonly undoes?: Maybe<Scalars['Float']['output']>;
};

/** Who made a change. */
export type ChangeActor = {
  /** What it is. */
  readonly kind: ActorKind;
  /** The id of the user or the source. */
  readonly id?: Maybe<Scalars['ID']['output']>;
  /** What it is called now; null for the product itself, and for a source that was removed. */
  readonly name?: Maybe<Scalars['String']['output']>;
};

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

/** A phone system that sends calls. */
export type SourceCard = {
  /** Stays the same when the name changes. */
  readonly id: Scalars['ID']['output'];
  /** Unique among the workspace's sources. */
  readonly name: Scalars['String']['output'];
  /** The format that it sends calls in. */
  readonly kind: SourceKind;
  /** The last characters of its key; null for a key that was made on the command line. */
  readonly keyHint?: Maybe<Scalars['String']['output']>;
  /** When it was added: ISO 8601, UTC, with milliseconds. */
  readonly createdAt: Scalars['String']['output'];
  /** Whether what it sends is refused. */
  readonly isDisabled: Scalars['Boolean']['output'];
  /** When it last sent something, well or amiss; null before. */
  readonly lastEventAt?: Maybe<Scalars['String']['output']>;
  /** Things that it sent in the last hour. Repeats do not count; above 100,000 nothing is counted. */
  readonly eventsLastHour: Scalars['Int']['output'];
  /** Things that it sent in the last 24 hours, likewise. */
  readonly eventsLastDay: Scalars['Int']['output'];
  /** Of the last 24 hours, what was refused or conflicting. */
  readonly errorsLastDay: Scalars['Int']['output'];
  /** How to make the phone system send calls here, as Markdown. */
  readonly setUp: Scalars['String']['output'];
};


/** A phone system that sends calls. */
export type SourceCardSetUpArgs = {
  address?: Scalars['String']['input'];
};

/** The formats that calls come in. */
export type SourceKind =
  /** JSON of the product's own, for whatever can make an HTTP request. */
  | 'GENERIC'
  /** CDRs of Kamailio. */
  | 'KAMAILIO';

/** A source that was just made, or has a new key. */
export type NewSource = {
  /** The source. */
  readonly source: SourceCard;
  /** What the phone system sends as `Authorization: Bearer`. Shown this once: only a digest is kept. */
  readonly key: Scalars['String']['output'];
};

/** A part of what a source sent. */
export type DeliveryPage = {
  /** The deliveries, newest first, without their bodies. */
  readonly nodes: ReadonlyArray<Delivery>;
  /** Whether older ones follow. */
  readonly hasNextPage: Scalars['Boolean']['output'];
  /** Hand it back as `after` for the older ones; null when there are no nodes. */
  readonly endCursor?: Maybe<Scalars['String']['output']>;
};

/** One thing that a source sent. */
export type Delivery = {
  /** Unique on this server. */
  readonly id: Scalars['ID']['output'];
  /** The id of the source that sent it; the source may have been removed. */
  readonly sourceId: Scalars['ID']['output'];
  /** What became of it. */
  readonly verdict: DeliveryVerdict;
  /** Why, for whoever runs the phone system; null when there is nothing to say. */
  readonly reason?: Maybe<Scalars['String']['output']>;
  /** When it came: ISO 8601, UTC, with milliseconds. */
  readonly receivedAt: Scalars['String']['output'];
  /** Length of its body in bytes. */
  readonly size: Scalars['Int']['output'];
  /** The phone system's own id of the call; null where none could be read. */
  readonly key?: Maybe<Scalars['String']['output']>;
  /** The call that it came to. */
  readonly call?: Maybe<Call>;
  /** Whether it was made by `sendTestCall`. */
  readonly isTest: Scalars['Boolean']['output'];
  /** Its body as it came. Null in lists of deliveries, and once it has been forgotten (after 90 days, unless the operator says otherwise). */
  readonly body?: Maybe<Scalars['String']['output']>;
};

/** What became of something that a source sent. */
export type DeliveryVerdict =
  /** It was logged as a call. */
  | 'NEW'
  /** It told more about a call that was known. */
  | 'MERGED'
  /** It told nothing new about its call. */
  | 'DUPLICATE'
  /** The same delivery came before with other content; the first counts. */
  | 'CONFLICTING'
  /** It is kept, but is no call of the inbox. */
  | 'IGNORED'
  /** It could not be read. */
  | 'REFUSED';

/** What reading a part of a source's deliveries again came to. */
export type RemapResult = {
  /** How many deliveries were read in this part. */
  readonly readCount: Scalars['Int']['output'];
  /** How many calls are now other than before, or new. */
  readonly changedCount: Scalars['Int']['output'];
  /** Hand it back as `after` for the next part; null when it was the last. */
  readonly cursor?: Maybe<Scalars['String']['output']>;
};

/** How a call went, as one source tells it. What the source did not say is null. */
export type CallLeg = {
  /** The id of the source; it may have been removed. */
  readonly sourceId: Scalars['ID']['output'];
  /** When the call was made: ISO 8601, UTC, with milliseconds. */
  readonly startedAt?: Maybe<Scalars['String']['output']>;
  /** When a person took it. */
  readonly answeredAt?: Maybe<Scalars['String']['output']>;
  /** When it ended. */
  readonly endedAt?: Maybe<Scalars['String']['output']>;
  /** For how long it rang in milliseconds: until it was taken, or to its end when nobody took it. */
  readonly ringTime?: Maybe<Scalars['Float']['output']>;
  /** For how long a person was on it, in milliseconds. */
  readonly talkTime?: Maybe<Scalars['Float']['output']>;
  /** Why nobody took it. */
  readonly missReason?: Maybe<MissReason>;
  /** The same in words, such as `nobody picked up, 18 s`. */
  readonly missText?: Maybe<Scalars['String']['output']>;
};

/** Why nobody took a call. */
export type MissReason =
  /** It rang until somebody or something gave up. */
  | 'NO_ANSWER'
  /** The caller hung up. */
  | 'CALLER_HUNG_UP'
  /** The called side was busy. */
  | 'BUSY'
  /** The called side rejected it. */
  | 'REJECTED'
  /** It could not be put through. */
  | 'FAILED';

/** Where changes are told to another program by HTTP, signed as Standard Webhooks has it. */
export type Webhook = {
  /** Stays the same when it is altered. */
  readonly id: Scalars['ID']['output'];
  /** What it is called. */
  readonly name: Scalars['String']['output'];
  /** Where it is told: an http or https address. */
  readonly url: Scalars['String']['output'];
  /** The kinds of changes that it is told of; empty for all. */
  readonly kinds: ReadonlyArray<ChangeKind>;
  /** Whether it is told anything. */
  readonly state: WebhookState;
  /** Why it was disabled; null unless its state is `DISABLED`. */
  readonly disabledFor?: Maybe<WebhookDisabledFor>;
  /** When it was added: ISO 8601, UTC, with milliseconds. */
  readonly createdAt: Scalars['String']['output'];
  /** Since when nothing went through; null while the last attempt did, and before the first. */
  readonly failingSince?: Maybe<Scalars['String']['output']>;
  /** When something last went through, tests apart; null before. */
  readonly lastDeliveredAt?: Maybe<Scalars['String']['output']>;
  /** Deliveries that are not through yet and will be tried again, counted up to 1,000. */
  readonly waiting: Scalars['Int']['output'];
  /** Changes, of whatever kinds, that have been committed since and are still to be looked at for it: they grow while it is paused. */
  readonly behind: Scalars['Float']['output'];
};

/** Whether a webhook is told anything. */
export type WebhookState =
  /** It is told of what happens. */
  | 'ACTIVE'
  /** An admin paused it: what happens meanwhile is told once it is resumed. */
  | 'PAUSED'
  /** The server gave it up; see `disabledFor`. What happens meanwhile is told once it is resumed. */
  | 'DISABLED';

/** Why the server gave a webhook up. */
export type WebhookDisabledFor =
  /** The receiver answered 410 Gone. */
  | 'GONE'
  /** Nothing went through for five days. */
  | 'FAILING';

/** A webhook with its secret, which is shown this once. */
export type NewWebhook = {
  /** The webhook. */
  readonly webhook: Webhook;
  /** What the receiver verifies signatures with: `whsec_` and 32 bytes in base64. */
  readonly secret: Scalars['String']['output'];
};

/** A page of what was told to a webhook. */
export type WebhookDeliveryConnection = {
  /** Newest first. */
  readonly nodes: ReadonlyArray<WebhookDelivery>;
  /** Whether there are older ones. */
  readonly hasNextPage: Scalars['Boolean']['output'];
  /** Where the next page begins; null for an empty page. */
  readonly endCursor?: Maybe<Scalars['String']['output']>;
};

/** Something told to a webhook, in any number of attempts. */
export type WebhookDelivery = {
  /** What the receiver is given as `webhook-id`: the same in every attempt. */
  readonly id: Scalars['ID']['output'];
  /** What it is about, as its payload says: such as `call.archived`, `webhook.test`, or `log.gap` where changes were no longer kept. */
  readonly type: Scalars['String']['output'];
  /** The kind of change that it tells of; null where it tells of none. */
  readonly kind?: Maybe<ChangeKind>;
  /** The number of the change in the workspace, of a gap that of the last change missing; null for a test. */
  readonly revision?: Maybe<Scalars['Float']['output']>;
  /** How it stands. */
  readonly state: WebhookDeliveryState;
  /** When it was made: ISO 8601, UTC, with milliseconds. */
  readonly createdAt: Scalars['String']['output'];
  /** When it is tried next; null unless it waits. */
  readonly nextAttemptAt?: Maybe<Scalars['String']['output']>;
  /** The body as it is signed and sent: JSON of at most 20,000 bytes. */
  readonly payload: Scalars['String']['output'];
  /** The last 20 attempts, oldest first. */
  readonly attempts: ReadonlyArray<WebhookAttempt>;
  /** Whether it was made by `sendTestWebhook`. */
  readonly isTest: Scalars['Boolean']['output'];
};

/** How something told to a webhook stands. */
export type WebhookDeliveryState =
  /** It will be sent, or sent again. */
  | 'WAITING'
  /** The receiver answered with 2xx. */
  | 'DELIVERED'
  /** It is not tried again unless an admin asks for it. */
  | 'FAILED';

/** One attempt to tell something to a webhook. */
export type WebhookAttempt = {
  /** When it began: ISO 8601, UTC, with milliseconds. */
  readonly at: Scalars['String']['output'];
  /** The status of the answer; null when there was none. */
  readonly statusCode?: Maybe<Scalars['Int']['output']>;
  /** How long it took, in milliseconds. */
  readonly durationMs: Scalars['Int']['output'];
  /**
   * Why it failed: one of `status`, `redirect`, `timeout`, `address`, `name`, `connection`, `tls` and `secret`, a colon and a sentence. Null when
   * it went through.
   */
  readonly error?: Maybe<Scalars['String']['output']>;
  /** How the body of the answer begins: 1,000 characters of it. Null when there was none. */
  readonly response?: Maybe<Scalars['String']['output']>;
};

/** A list that somebody gave a name. */
export type SavedView = {
  /** Stays the same when the view is saved again. */
  readonly id: Scalars['ID']['output'];
  /** Unique among the views of its owner. */
  readonly name: Scalars['String']['output'];
  /** What the address of the list says behind its `?`. */
  readonly query: Scalars['String']['output'];
  /** Whether the whole workspace has it. */
  readonly isShared: Scalars['Boolean']['output'];
  /** Whether it is yours: only then you may replace or delete it. */
  readonly isOwn: Scalars['Boolean']['output'];
  /** When it was last saved: ISO 8601, UTC, with milliseconds. */
  readonly savedAt: Scalars['String']['output'];
};

/** How one person likes the web app. Null leaves it to the workspace or the device. */
export type Preferences = {
  /** A name of the IANA time zone database. */
  readonly timeZone?: Maybe<Scalars['String']['output']>;
  /** The country whose numbers are shown without their code, in two letters. */
  readonly defaultCountry?: Maybe<Scalars['String']['output']>;
  /** Calls of one page. */
  readonly pageSize?: Maybe<Scalars['Int']['output']>;
  /** Light or dark. */
  readonly theme?: Maybe<Theme>;
  /** Names of keyboard commands that are switched off. */
  readonly keysOff: ReadonlyArray<Scalars['String']['output']>;
};

/** Light or dark. */
export type Theme =
  /** As the device has it. */
  | 'SYSTEM'
  /** Always light. */
  | 'LIGHT'
  /** Always dark. */
  | 'DARK';

/** What to change of your preferences. What is left out stays, null takes a choice back. */
export type PreferencesInput = {
  /** A name of the IANA time zone database, such as `Europe/Berlin`. */
  readonly timeZone?: InputMaybe<Scalars['String']['input']>;
  /** A country in the two letters of ISO 3166, such as `DE`. */
  readonly defaultCountry?: InputMaybe<Scalars['String']['input']>;
  /** 1 to 200. */
  readonly pageSize?: InputMaybe<Scalars['Int']['input']>;
  /** Light or dark. */
  readonly theme?: InputMaybe<Theme>;
  /** Names of keyboard commands, 100 at most: letters, digits, spaces and `_.+:-`. */
  readonly keysOff?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
};

/** A page of the audit log. */
export type AuditEventPage = {
  /** The events, newest first. */
  readonly nodes: ReadonlyArray<AuditEvent>;
  /** Whether older ones follow. */
  readonly hasNextPage: Scalars['Boolean']['output'];
  /** Hand it back as `after` for the older ones; null when there are no nodes. */
  readonly endCursor?: Maybe<Scalars['String']['output']>;
};

/** One thing that was done in the workspace beside the changes of calls. It is never altered. */
export type AuditEvent = {
  /** Its id. */
  readonly id: Scalars['ID']['output'];
  /** What was done. */
  readonly kind: AuditKind;
  /** When: ISO 8601, UTC, with milliseconds. */
  readonly at: Scalars['String']['output'];
  /** Who did it. */
  readonly actor: AuditActor;
  /** Whom or what it was done to; null where that is the actor, or the workspace. */
  readonly target?: Maybe<AuditTarget>;
  /** More of it: see the kinds for the names. Nothing here is a secret, a note or a whole address. */
  readonly details: ReadonlyArray<AuditDetail>;
};

/** Who did what the audit log tells of. */
export type AuditActor = {
  /** What it is. */
  readonly kind: AuditActorKind;
  /** The id of the person or the key; null for the others. */
  readonly id?: Maybe<Scalars['ID']['output']>;
  /** What it is called now; null for those who have no name. */
  readonly name?: Maybe<Scalars['String']['output']>;
};

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

/** A person, a key or a phone system that something was done to. */
export type AuditTarget = {
  /** Its id. */
  readonly id: Scalars['ID']['output'];
  /** What it was called then. */
  readonly name: Scalars['String']['output'];
};

/** One part of what is known of an event. */
export type AuditDetail = {
  /** What it is: see the kinds. */
  readonly name: Scalars['String']['output'];
  /** What it says, as a text. */
  readonly value: Scalars['String']['output'];
};

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
  readonly kinds?: InputMaybe<ReadonlyArray<AuditKind>>;
  /** Only what this person or key did, by id. */
  readonly actor?: InputMaybe<Scalars['ID']['input']>;
  /** When it was done. */
  readonly at?: InputMaybe<TimeRange>;
};

/** What holds for everybody in a workspace who has not chosen otherwise. */
export type WorkspaceSettings = {
  /** What the team calls itself. */
  readonly name: Scalars['String']['output'];
  /** A name of the IANA time zone database. */
  readonly timeZone: Scalars['String']['output'];
  /** The country whose numbers are shown without their code, in two letters. */
  readonly defaultCountry?: Maybe<Scalars['String']['output']>;
  /**
   * For how many days after they were made calls are kept, with all that belongs to them; null for ever. Each hour the older ones are
   * deleted, and what a source tells of an older call is ignored.
   */
  readonly callsKeptDays?: Maybe<Scalars['Int']['output']>;
};

/** What a request to delete calls did. */
export type DeletedCalls = {
  /** How many are gone now. */
  readonly deletedCount: Scalars['Int']['output'];
  /** Whether there were more than one request deletes. */
  readonly hasMore: Scalars['Boolean']['output'];
};

/** What to change of the workspace's settings. What is left out stays; null takes the country or the days back and alters nothing else. */
export type WorkspaceSettingsInput = {
  /** Printable text of 1 to 100 characters. */
  readonly name?: InputMaybe<Scalars['String']['input']>;
  /** A name of the IANA time zone database, such as `Europe/Berlin`. */
  readonly timeZone?: InputMaybe<Scalars['String']['input']>;
  /** A country in the two letters of ISO 3166, such as `DE`. */
  readonly defaultCountry?: InputMaybe<Scalars['String']['input']>;
  /**
   * 1 to 36,500. Calls that are older are deleted within the hour, and no backup of this server brings them back by itself; null keeps
   * all calls from now on.
   */
  readonly callsKeptDays?: InputMaybe<Scalars['Int']['input']>;
};

/** A ticket for one download. */
export type ExportTicket = {
  /** Where to download, below the address of this server. It carries the ticket and works once. */
  readonly path: Scalars['String']['output'];
};

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
  /** The request did not arrive whole in time; send it again. */
  | 'REQUEST_TIMEOUT'
  /** The headers are more or longer than the limit. */
  | 'HEADERS_TOO_LARGE'
  /** The one Expect that can be met is 100-continue. */
  | 'EXPECTATION_FAILED'
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
  /** The database went away during the commit: it may have been written or not. */
  | 'OUTCOME_UNKNOWN'
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
  /** The calls with these ids, 1,000 at most; what is the id of no call lets none through. */
  readonly ids?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
  /** The call's direction. */
  readonly direction?: InputMaybe<ReadonlyArray<CallDirection>>;
  /** The call's type. */
  readonly type?: InputMaybe<ReadonlyArray<CallType>>;
  /** Whether the call is done with. */
  readonly archived?: InputMaybe<Scalars['Boolean']['input']>;
  /**
   * The caller's or the called number, typed any way: any run of four digits or more of it. For a whole number the zeros that are
   * dialled before it do not count (`0044 20 7946 0123`, `020 7946 0123` and `+44 (0)20 7946 0123` all find `+442079460123`). A number that was
   * sent without its country code is also found with it, as it is read in the default country of its source.
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
  /** What people sorted the call under: calls that have one of these tags, exactly as `tags` has them. */
  readonly tag?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** Who takes care of the call: ids of users, and null for nobody. */
  readonly assignee?: InputMaybe<ReadonlyArray<InputMaybe<Scalars['ID']['input']>>>;
  /** Whether the call is a missed one or a voicemail that still waits for somebody to call back. */
  readonly unreturned?: InputMaybe<Scalars['Boolean']['input']>;
  /**
   * Whether the call is unread for the person who asks; see `Call.unread`. BAD_USER_INPUT for programs, and wherever changes are
   * asked for: those are told to everybody alike.
   */
  readonly unread?: InputMaybe<Scalars['Boolean']['input']>;
  /**
   * Words of notes and names: for each of them a word has to begin with it in one note or in the name or company of the call's `contact`,
   * so that `anna invoice` finds the calls of Anna that have a note about an invoice. Contacts count as they are now. Case and accents do not
   * count. At most 200 characters and ten words.
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
  /** Who takes care of the call: the id of a user, and nothing for nobody. Calls are looked at one by one, up to a bound. */
  | 'ASSIGNEE'
  /** Whether the call still waits for somebody to call back: `true` and `false`. */
  | 'UNRETURNED'
  /** The hour of the day: `0` to `23`. */
  | 'HOUR'
  /** The day of the week: `1` (Monday) to `7` (Sunday). */
  | 'WEEKDAY'
  /** The day of the week and the hour: `1-09` is Monday from 9 to 10. */
  | 'WEEKDAY_HOUR'
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

/** What was missed and what came of it. */
export type CallReturnFigures = {
  /** Missed calls and voicemails from numbers that were not withheld. */
  readonly missed: Scalars['Int']['output'];
  /** Those of them that still wait for somebody to call back. */
  readonly unreturned: Scalars['Int']['output'];
  /** Those of them that were returned. */
  readonly returned: Scalars['Int']['output'];
  /** Of the times from a call to its return, in milliseconds, the one in the middle; null when none was returned. */
  readonly medianAfter?: Maybe<Scalars['Float']['output']>;
  /** False when the look at the calls was ended at its bound: each count is then at least what it says, and the median is that of the newest calls. */
  readonly exact: Scalars['Boolean']['output'];
  /** How many calls were looked at one by one. */
  readonly scanned: Scalars['Int']['output'];
};

/** One group of counted calls. */
export type CallCountGroup = {
  /** What the calls have in common, in the spelling of `CallCountBy`. */
  readonly key: Scalars['String']['output'];
  /** How many they are. */
  readonly count: Scalars['Int']['output'];
  /**
   * Of a line, how it reads as a phone number, in the default country of the workspace where it is written without a country code. Null
   * for what is no line.
   */
  readonly number?: Maybe<PhoneNumber>;
};



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
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  Subscription: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Presence: ResolverTypeWrapper<PresenceModel>;
  PaginatedCalls: ResolverTypeWrapper<Omit<PaginatedCalls, 'nodes'> & { nodes?: Maybe<ReadonlyArray<ResolversTypes['Call']>> }>;
  Call: ResolverTypeWrapper<CallModel>;
  CallReturn: ResolverTypeWrapper<CallReturn>;
  ReturnedBy: ReturnedBy;
  ActivityPage: ResolverTypeWrapper<Omit<ActivityPage, 'nodes'> & { nodes: ReadonlyArray<ResolversTypes['Change']> }>;
  SetCallsArchivedResult: ResolverTypeWrapper<Omit<SetCallsArchivedResult, 'results'> & { results: ReadonlyArray<ResolversTypes['CallResult']> }>;
  SetCallsResult: ResolverTypeWrapper<Omit<SetCallsResult, 'results'> & { results: ReadonlyArray<ResolversTypes['CallResult']> }>;
  UndoChangesResult: ResolverTypeWrapper<Omit<UndoChangesResult, 'results'> & { results: ReadonlyArray<ResolversTypes['UndoResult']> }>;
  UndoResult: ResolverTypeWrapper<UndoOutcome>;
  SetCallsUnreadResult: ResolverTypeWrapper<SetCallsUnreadResult>;
  CallResult: ResolverTypeWrapper<GivenOutcome>;
  CallOutcome: CallOutcome;
  Note: ResolverTypeWrapper<NoteModel>;
  Person: ResolverTypeWrapper<Person>;
  UserType: ResolverTypeWrapper<PersonModel>;
  Workspace: ResolverTypeWrapper<WorkspaceModel>;
  Role: Role;
  ApiKey: ResolverTypeWrapper<ApiKeyModel>;
  ApiKeyScope: ApiKeyScope;
  NewApiKey: ResolverTypeWrapper<Omit<NewApiKey, 'key'> & { key: ResolversTypes['ApiKey'] }>;
  Invitation: ResolverTypeWrapper<InvitationModel>;
  NewInvitation: ResolverTypeWrapper<Omit<NewInvitation, 'invitation'> & { invitation: ResolversTypes['Invitation'] }>;
  AuthResponseType: ResolverTypeWrapper<SignedIn>;
  DeprecatedAuthResponseType: ResolverTypeWrapper<Omit<DeprecatedAuthResponseType, 'user'> & { user: ResolversTypes['UserType'] }>;
  LoginInput: LoginInput;
  CreateApiKeyInput: CreateApiKeyInput;
  WebhookInput: WebhookInput;
  AddNoteInput: AddNoteInput;
  ChangeStreamItem: ResolverTypeWrapper<ResolversInterfaceTypes<ResolversTypes>['ChangeStreamItem']>;
  ChangeProgress: ResolverTypeWrapper<ChangeProgress>;
  ChangePage: ResolverTypeWrapper<Omit<ChangePage, 'changes'> & { changes: ReadonlyArray<ResolversTypes['Change']> }>;
  Change: ResolverTypeWrapper<ChangeEvent>;
  ChangeActor: ResolverTypeWrapper<ChangeActor>;
  ActorKind: ActorKind;
  ChangeKind: ChangeKind;
  SourceCard: ResolverTypeWrapper<SourceCardModel>;
  SourceKind: SourceKind;
  NewSource: ResolverTypeWrapper<Omit<NewSource, 'source'> & { source: ResolversTypes['SourceCard'] }>;
  DeliveryPage: ResolverTypeWrapper<Omit<DeliveryPage, 'nodes'> & { nodes: ReadonlyArray<ResolversTypes['Delivery']> }>;
  Delivery: ResolverTypeWrapper<DeliveryModel>;
  DeliveryVerdict: DeliveryVerdict;
  RemapResult: ResolverTypeWrapper<RemapResult>;
  CallLeg: ResolverTypeWrapper<CallLegModel>;
  MissReason: MissReason;
  Webhook: ResolverTypeWrapper<WebhookModel>;
  WebhookState: WebhookState;
  WebhookDisabledFor: WebhookDisabledFor;
  NewWebhook: ResolverTypeWrapper<Omit<NewWebhook, 'webhook'> & { webhook: ResolversTypes['Webhook'] }>;
  WebhookDeliveryConnection: ResolverTypeWrapper<Omit<WebhookDeliveryConnection, 'nodes'> & { nodes: ReadonlyArray<ResolversTypes['WebhookDelivery']> }>;
  WebhookDelivery: ResolverTypeWrapper<WebhookDeliveryModel>;
  WebhookDeliveryState: WebhookDeliveryState;
  WebhookAttempt: ResolverTypeWrapper<WebhookAttemptModel>;
  SavedView: ResolverTypeWrapper<SavedViewModel>;
  Preferences: ResolverTypeWrapper<PreferencesModel>;
  Theme: Theme;
  PreferencesInput: PreferencesInput;
  AuditEventPage: ResolverTypeWrapper<Omit<AuditEventPage, 'nodes'> & { nodes: ReadonlyArray<ResolversTypes['AuditEvent']> }>;
  AuditEvent: ResolverTypeWrapper<AuditEventModel>;
  AuditActor: ResolverTypeWrapper<AuditActor>;
  AuditActorKind: AuditActorKind;
  AuditTarget: ResolverTypeWrapper<AuditTarget>;
  AuditDetail: ResolverTypeWrapper<AuditDetail>;
  AuditKind: AuditKind;
  AuditFilter: AuditFilter;
  WorkspaceSettings: ResolverTypeWrapper<WorkspaceSettings>;
  DeletedCalls: ResolverTypeWrapper<DeletedCalls>;
  WorkspaceSettingsInput: WorkspaceSettingsInput;
  ExportTicket: ResolverTypeWrapper<ExportTicket>;
  Limits: ResolverTypeWrapper<Limits>;
  RateBudget: ResolverTypeWrapper<RateBudget>;
  ErrorCode: ErrorCode;
  PhoneNumber: ResolverTypeWrapper<PhoneNumber>;
  Contact: ResolverTypeWrapper<ContactModel>;
  ContactNumber: ResolverTypeWrapper<ContactNumberModel>;
  ContactPage: ResolverTypeWrapper<Omit<ContactPage, 'nodes'> & { nodes: ReadonlyArray<ResolversTypes['Contact']> }>;
  DefaultCountry: ResolverTypeWrapper<DefaultCountry>;
  ContactInput: ContactInput;
  ContactNumberInput: ContactNumberInput;
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
  CallCounts: ResolverTypeWrapper<CountedCalls>;
  CallReturnFigures: ResolverTypeWrapper<CallReturnFigures>;
  CallCountGroup: ResolverTypeWrapper<CountedGroup>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  Cursor: Scalars['Cursor']['output'];
  Query: Record<PropertyKey, never>;
  Float: Scalars['Float']['output'];
  ID: Scalars['ID']['output'];
  Int: Scalars['Int']['output'];
  Mutation: Record<PropertyKey, never>;
  Boolean: Scalars['Boolean']['output'];
  Subscription: Record<PropertyKey, never>;
  Presence: PresenceModel;
  PaginatedCalls: Omit<PaginatedCalls, 'nodes'> & { nodes?: Maybe<ReadonlyArray<ResolversParentTypes['Call']>> };
  Call: CallModel;
  CallReturn: CallReturn;
  ActivityPage: Omit<ActivityPage, 'nodes'> & { nodes: ReadonlyArray<ResolversParentTypes['Change']> };
  SetCallsArchivedResult: Omit<SetCallsArchivedResult, 'results'> & { results: ReadonlyArray<ResolversParentTypes['CallResult']> };
  SetCallsResult: Omit<SetCallsResult, 'results'> & { results: ReadonlyArray<ResolversParentTypes['CallResult']> };
  UndoChangesResult: Omit<UndoChangesResult, 'results'> & { results: ReadonlyArray<ResolversParentTypes['UndoResult']> };
  UndoResult: UndoOutcome;
  SetCallsUnreadResult: SetCallsUnreadResult;
  CallResult: GivenOutcome;
  Note: NoteModel;
  Person: Person;
  UserType: PersonModel;
  Workspace: WorkspaceModel;
  ApiKey: ApiKeyModel;
  NewApiKey: Omit<NewApiKey, 'key'> & { key: ResolversParentTypes['ApiKey'] };
  Invitation: InvitationModel;
  NewInvitation: Omit<NewInvitation, 'invitation'> & { invitation: ResolversParentTypes['Invitation'] };
  AuthResponseType: SignedIn;
  DeprecatedAuthResponseType: Omit<DeprecatedAuthResponseType, 'user'> & { user: ResolversParentTypes['UserType'] };
  LoginInput: LoginInput;
  CreateApiKeyInput: CreateApiKeyInput;
  WebhookInput: WebhookInput;
  AddNoteInput: AddNoteInput;
  ChangeStreamItem: ResolversInterfaceTypes<ResolversParentTypes>['ChangeStreamItem'];
  ChangeProgress: ChangeProgress;
  ChangePage: Omit<ChangePage, 'changes'> & { changes: ReadonlyArray<ResolversParentTypes['Change']> };
  Change: ChangeEvent;
  ChangeActor: ChangeActor;
  SourceCard: SourceCardModel;
  NewSource: Omit<NewSource, 'source'> & { source: ResolversParentTypes['SourceCard'] };
  DeliveryPage: Omit<DeliveryPage, 'nodes'> & { nodes: ReadonlyArray<ResolversParentTypes['Delivery']> };
  Delivery: DeliveryModel;
  RemapResult: RemapResult;
  CallLeg: CallLegModel;
  Webhook: WebhookModel;
  NewWebhook: Omit<NewWebhook, 'webhook'> & { webhook: ResolversParentTypes['Webhook'] };
  WebhookDeliveryConnection: Omit<WebhookDeliveryConnection, 'nodes'> & { nodes: ReadonlyArray<ResolversParentTypes['WebhookDelivery']> };
  WebhookDelivery: WebhookDeliveryModel;
  WebhookAttempt: WebhookAttemptModel;
  SavedView: SavedViewModel;
  Preferences: PreferencesModel;
  PreferencesInput: PreferencesInput;
  AuditEventPage: Omit<AuditEventPage, 'nodes'> & { nodes: ReadonlyArray<ResolversParentTypes['AuditEvent']> };
  AuditEvent: AuditEventModel;
  AuditActor: AuditActor;
  AuditTarget: AuditTarget;
  AuditDetail: AuditDetail;
  AuditFilter: AuditFilter;
  WorkspaceSettings: WorkspaceSettings;
  DeletedCalls: DeletedCalls;
  WorkspaceSettingsInput: WorkspaceSettingsInput;
  ExportTicket: ExportTicket;
  Limits: Limits;
  RateBudget: RateBudget;
  PhoneNumber: PhoneNumber;
  Contact: ContactModel;
  ContactNumber: ContactNumberModel;
  ContactPage: Omit<ContactPage, 'nodes'> & { nodes: ReadonlyArray<ResolversParentTypes['Contact']> };
  DefaultCountry: DefaultCountry;
  ContactInput: ContactInput;
  ContactNumberInput: ContactNumberInput;
  CallConnection: CallList;
  CallEdge: CallModel;
  PageInfo: PageInfo;
  CallFilter: CallFilter;
  TimeRange: TimeRange;
  DurationRange: DurationRange;
  CallCounts: CountedCalls;
  CallReturnFigures: CallReturnFigures;
  CallCountGroup: CountedGroup;
  String: Scalars['String']['output'];
};

export type IdempotentDirectiveArgs = {
  key: Scalars['String']['input'];
};

export type IdempotentDirectiveResolver<Result, Parent, ContextType = ResolverContext, Args = IdempotentDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export interface CursorScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['Cursor'], any> {
  name: 'Cursor';
}

export type QueryResolvers<ContextType = ResolverContext, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  paginatedCalls?: Resolver<ResolversTypes['PaginatedCalls'], ParentType, ContextType, RequireFields<QueryPaginatedCallsArgs, 'offset' | 'limit'>>;
  call?: Resolver<Maybe<ResolversTypes['Call']>, ParentType, ContextType, RequireFields<QueryCallArgs, 'id'>>;
  me?: Resolver<ResolversTypes['UserType'], ParentType, ContextType>;
  users?: Resolver<ReadonlyArray<ResolversTypes['UserType']>, ParentType, ContextType>;
  colleagues?: Resolver<ReadonlyArray<ResolversTypes['Person']>, ParentType, ContextType>;
  presence?: Resolver<ReadonlyArray<ResolversTypes['Presence']>, ParentType, ContextType>;
  unreadCalls?: Resolver<ReadonlyArray<ResolversTypes['ID']>, ParentType, ContextType, RequireFields<QueryUnreadCallsArgs, 'ids'>>;
  apiKeys?: Resolver<ReadonlyArray<ResolversTypes['ApiKey']>, ParentType, ContextType>;
  invitations?: Resolver<ReadonlyArray<ResolversTypes['Invitation']>, ParentType, ContextType>;
  limits?: Resolver<ResolversTypes['Limits'], ParentType, ContextType>;
  changes?: Resolver<ResolversTypes['ChangePage'], ParentType, ContextType, RequireFields<QueryChangesArgs, 'after' | 'first'>>;
  cursor?: Resolver<ResolversTypes['Cursor'], ParentType, ContextType>;
  activity?: Resolver<ResolversTypes['ActivityPage'], ParentType, ContextType, RequireFields<QueryActivityArgs, 'first'>>;
  sources?: Resolver<ReadonlyArray<ResolversTypes['SourceCard']>, ParentType, ContextType>;
  deliveries?: Resolver<ResolversTypes['DeliveryPage'], ParentType, ContextType, RequireFields<QueryDeliveriesArgs, 'sourceId' | 'first'>>;
  delivery?: Resolver<Maybe<ResolversTypes['Delivery']>, ParentType, ContextType, RequireFields<QueryDeliveryArgs, 'id'>>;
  webhooks?: Resolver<ReadonlyArray<ResolversTypes['Webhook']>, ParentType, ContextType>;
  webhookDeliveries?: Resolver<ResolversTypes['WebhookDeliveryConnection'], ParentType, ContextType, RequireFields<QueryWebhookDeliveriesArgs, 'webhookId' | 'first'>>;
  webhookDelivery?: Resolver<Maybe<ResolversTypes['WebhookDelivery']>, ParentType, ContextType, RequireFields<QueryWebhookDeliveryArgs, 'id'>>;
  auditEvents?: Resolver<ResolversTypes['AuditEventPage'], ParentType, ContextType, RequireFields<QueryAuditEventsArgs, 'first'>>;
  views?: Resolver<ReadonlyArray<ResolversTypes['SavedView']>, ParentType, ContextType>;
  preferences?: Resolver<ResolversTypes['Preferences'], ParentType, ContextType>;
  workspaceSettings?: Resolver<ResolversTypes['WorkspaceSettings'], ParentType, ContextType>;
  contacts?: Resolver<ResolversTypes['ContactPage'], ParentType, ContextType, RequireFields<QueryContactsArgs, 'first'>>;
  contact?: Resolver<Maybe<ResolversTypes['Contact']>, ParentType, ContextType, RequireFields<QueryContactArgs, 'id'>>;
  contactsRevision?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  defaultCountries?: Resolver<ReadonlyArray<ResolversTypes['DefaultCountry']>, ParentType, ContextType>;
  calls?: Resolver<ResolversTypes['CallConnection'], ParentType, ContextType, RequireFields<QueryCallsArgs, 'orderBy'>>;
  callCounts?: Resolver<ResolversTypes['CallCounts'], ParentType, ContextType, RequireFields<QueryCallCountsArgs, 'by' | 'timeZone'>>;
  callReturns?: Resolver<ResolversTypes['CallReturnFigures'], ParentType, ContextType, Partial<QueryCallReturnsArgs>>;
};

export type MutationResolvers<ContextType = ResolverContext, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  login?: Resolver<ResolversTypes['AuthResponseType'], ParentType, ContextType, RequireFields<MutationLoginArgs, 'input'>>;
  refreshTokenV2?: Resolver<ResolversTypes['AuthResponseType'], ParentType, ContextType>;
  refreshToken?: Resolver<ResolversTypes['DeprecatedAuthResponseType'], ParentType, ContextType>;
  archiveCall?: Resolver<ResolversTypes['Call'], ParentType, ContextType, RequireFields<MutationArchiveCallArgs, 'id'>>;
  addNote?: Resolver<ResolversTypes['Call'], ParentType, ContextType, RequireFields<MutationAddNoteArgs, 'input'>>;
  setCallsArchived?: Resolver<ResolversTypes['SetCallsArchivedResult'], ParentType, ContextType, RequireFields<MutationSetCallsArchivedArgs, 'archived'>>;
  setCallsTag?: Resolver<ResolversTypes['SetCallsResult'], ParentType, ContextType, RequireFields<MutationSetCallsTagArgs, 'tag' | 'present'>>;
  setCallsAssignee?: Resolver<ResolversTypes['SetCallsResult'], ParentType, ContextType, Partial<MutationSetCallsAssigneeArgs>>;
  undoChanges?: Resolver<ResolversTypes['UndoChangesResult'], ParentType, ContextType, RequireFields<MutationUndoChangesArgs, 'revisions'>>;
  setCallsUnread?: Resolver<ResolversTypes['SetCallsUnreadResult'], ParentType, ContextType, RequireFields<MutationSetCallsUnreadArgs, 'unread'>>;
  editNote?: Resolver<ResolversTypes['Call'], ParentType, ContextType, RequireFields<MutationEditNoteArgs, 'id' | 'content'>>;
  deleteNote?: Resolver<ResolversTypes['Call'], ParentType, ContextType, RequireFields<MutationDeleteNoteArgs, 'id'>>;
  addTag?: Resolver<ResolversTypes['Call'], ParentType, ContextType, RequireFields<MutationAddTagArgs, 'id' | 'tag'>>;
  removeTag?: Resolver<ResolversTypes['Call'], ParentType, ContextType, RequireFields<MutationRemoveTagArgs, 'id' | 'tag'>>;
  atCall?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType, RequireFields<MutationAtCallArgs, 'tab' | 'isWriting'>>;
  assignCall?: Resolver<ResolversTypes['Call'], ParentType, ContextType, RequireFields<MutationAssignCallArgs, 'id'>>;
  undoChange?: Resolver<ResolversTypes['Call'], ParentType, ContextType, RequireFields<MutationUndoChangeArgs, 'revision'>>;
  logout?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  logoutAll?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  inviteUser?: Resolver<ResolversTypes['NewInvitation'], ParentType, ContextType, RequireFields<MutationInviteUserArgs, 'role'>>;
  withdrawInvitation?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType, RequireFields<MutationWithdrawInvitationArgs, 'id'>>;
  setUserRole?: Resolver<ResolversTypes['UserType'], ParentType, ContextType, RequireFields<MutationSetUserRoleArgs, 'userId' | 'role'>>;
  disableUser?: Resolver<ResolversTypes['UserType'], ParentType, ContextType, RequireFields<MutationDisableUserArgs, 'userId'>>;
  enableUser?: Resolver<ResolversTypes['UserType'], ParentType, ContextType, RequireFields<MutationEnableUserArgs, 'userId'>>;
  createApiKey?: Resolver<ResolversTypes['NewApiKey'], ParentType, ContextType, RequireFields<MutationCreateApiKeyArgs, 'input'>>;
  revokeApiKey?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType, RequireFields<MutationRevokeApiKeyArgs, 'id'>>;
  addSource?: Resolver<ResolversTypes['NewSource'], ParentType, ContextType, RequireFields<MutationAddSourceArgs, 'name' | 'kind'>>;
  renameSource?: Resolver<ResolversTypes['SourceCard'], ParentType, ContextType, RequireFields<MutationRenameSourceArgs, 'id' | 'name'>>;
  rotateSourceKey?: Resolver<ResolversTypes['NewSource'], ParentType, ContextType, RequireFields<MutationRotateSourceKeyArgs, 'id'>>;
  disableSource?: Resolver<ResolversTypes['SourceCard'], ParentType, ContextType, RequireFields<MutationDisableSourceArgs, 'id'>>;
  enableSource?: Resolver<ResolversTypes['SourceCard'], ParentType, ContextType, RequireFields<MutationEnableSourceArgs, 'id'>>;
  remapDelivery?: Resolver<ResolversTypes['Delivery'], ParentType, ContextType, RequireFields<MutationRemapDeliveryArgs, 'id'>>;
  remapSource?: Resolver<ResolversTypes['RemapResult'], ParentType, ContextType, RequireFields<MutationRemapSourceArgs, 'id'>>;
  sendTestCall?: Resolver<ResolversTypes['Delivery'], ParentType, ContextType, RequireFields<MutationSendTestCallArgs, 'sourceId'>>;
  addWebhook?: Resolver<ResolversTypes['NewWebhook'], ParentType, ContextType, RequireFields<MutationAddWebhookArgs, 'input'>>;
  updateWebhook?: Resolver<ResolversTypes['Webhook'], ParentType, ContextType, RequireFields<MutationUpdateWebhookArgs, 'id' | 'input'>>;
  rotateWebhookSecret?: Resolver<ResolversTypes['NewWebhook'], ParentType, ContextType, RequireFields<MutationRotateWebhookSecretArgs, 'id'>>;
  pauseWebhook?: Resolver<ResolversTypes['Webhook'], ParentType, ContextType, RequireFields<MutationPauseWebhookArgs, 'id'>>;
  resumeWebhook?: Resolver<ResolversTypes['Webhook'], ParentType, ContextType, RequireFields<MutationResumeWebhookArgs, 'id'>>;
  deleteWebhook?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType, RequireFields<MutationDeleteWebhookArgs, 'id'>>;
  sendTestWebhook?: Resolver<ResolversTypes['WebhookDelivery'], ParentType, ContextType, RequireFields<MutationSendTestWebhookArgs, 'id'>>;
  resendWebhookDelivery?: Resolver<ResolversTypes['WebhookDelivery'], ParentType, ContextType, RequireFields<MutationResendWebhookDeliveryArgs, 'id'>>;
  saveView?: Resolver<ResolversTypes['SavedView'], ParentType, ContextType, RequireFields<MutationSaveViewArgs, 'name' | 'query' | 'shared'>>;
  deleteView?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType, RequireFields<MutationDeleteViewArgs, 'id'>>;
  setPreferences?: Resolver<ResolversTypes['Preferences'], ParentType, ContextType, RequireFields<MutationSetPreferencesArgs, 'input'>>;
  setWorkspaceSettings?: Resolver<ResolversTypes['WorkspaceSettings'], ParentType, ContextType, RequireFields<MutationSetWorkspaceSettingsArgs, 'input'>>;
  deleteCallsOfNumber?: Resolver<ResolversTypes['DeletedCalls'], ParentType, ContextType, RequireFields<MutationDeleteCallsOfNumberArgs, 'number'>>;
  exportTicket?: Resolver<ResolversTypes['ExportTicket'], ParentType, ContextType, RequireFields<MutationExportTicketArgs, 'format' | 'timeZone'>>;
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
  presence?: SubscriptionResolver<ReadonlyArray<ResolversTypes['Presence']>, "presence", ParentType, ContextType>;
  unreadChanged?: SubscriptionResolver<Maybe<ReadonlyArray<ResolversTypes['ID']>>, "unreadChanged", ParentType, ContextType>;
};

export type PresenceResolvers<ContextType = ResolverContext, ParentType extends ResolversParentTypes['Presence'] = ResolversParentTypes['Presence']> = {
  person?: Resolver<ResolversTypes['Person'], ParentType, ContextType>;
  callId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  isWriting?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  since?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
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
  revision?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  tags?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  assignee?: Resolver<Maybe<ResolversTypes['Person']>, ParentType, ContextType>;
  history?: Resolver<ResolversTypes['ActivityPage'], ParentType, ContextType, RequireFields<CallHistoryArgs, 'first'>>;
  legs?: Resolver<ReadonlyArray<ResolversTypes['CallLeg']>, ParentType, ContextType>;
  rawDeliveries?: Resolver<Maybe<ReadonlyArray<ResolversTypes['Delivery']>>, ParentType, ContextType>;
  fromNumber?: Resolver<ResolversTypes['PhoneNumber'], ParentType, ContextType>;
  toNumber?: Resolver<ResolversTypes['PhoneNumber'], ParentType, ContextType>;
  contact?: Resolver<Maybe<ResolversTypes['Contact']>, ParentType, ContextType>;
  unreturned?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  return?: Resolver<Maybe<ResolversTypes['CallReturn']>, ParentType, ContextType>;
  unread?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type CallReturnResolvers<ContextType = ResolverContext, ParentType extends ResolversParentTypes['CallReturn'] = ResolversParentTypes['CallReturn']> = {
  by?: Resolver<ResolversTypes['ReturnedBy'], ParentType, ContextType>;
  callId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  at?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  after?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type ActivityPageResolvers<ContextType = ResolverContext, ParentType extends ResolversParentTypes['ActivityPage'] = ResolversParentTypes['ActivityPage']> = {
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Change']>, ParentType, ContextType>;
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  endCursor?: Resolver<Maybe<ResolversTypes['Cursor']>, ParentType, ContextType>;
};

export type SetCallsArchivedResultResolvers<ContextType = ResolverContext, ParentType extends ResolversParentTypes['SetCallsArchivedResult'] = ResolversParentTypes['SetCallsArchivedResult']> = {
  changedCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  results?: Resolver<ReadonlyArray<ResolversTypes['CallResult']>, ParentType, ContextType>;
  hasMore?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type SetCallsResultResolvers<ContextType = ResolverContext, ParentType extends ResolversParentTypes['SetCallsResult'] = ResolversParentTypes['SetCallsResult']> = {
  changedCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  results?: Resolver<ReadonlyArray<ResolversTypes['CallResult']>, ParentType, ContextType>;
  hasMore?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type UndoChangesResultResolvers<ContextType = ResolverContext, ParentType extends ResolversParentTypes['UndoChangesResult'] = ResolversParentTypes['UndoChangesResult']> = {
  changedCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  results?: Resolver<ReadonlyArray<ResolversTypes['UndoResult']>, ParentType, ContextType>;
};

export type UndoResultResolvers<ContextType = ResolverContext, ParentType extends ResolversParentTypes['UndoResult'] = ResolversParentTypes['UndoResult']> = {
  revision?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  outcome?: Resolver<ResolversTypes['CallOutcome'], ParentType, ContextType>;
  call?: Resolver<Maybe<ResolversTypes['Call']>, ParentType, ContextType>;
};

export type SetCallsUnreadResultResolvers<ContextType = ResolverContext, ParentType extends ResolversParentTypes['SetCallsUnreadResult'] = ResolversParentTypes['SetCallsUnreadResult']> = {
  ids?: Resolver<ReadonlyArray<ResolversTypes['ID']>, ParentType, ContextType>;
  changedCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  hasMore?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type CallResultResolvers<ContextType = ResolverContext, ParentType extends ResolversParentTypes['CallResult'] = ResolversParentTypes['CallResult']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  outcome?: Resolver<ResolversTypes['CallOutcome'], ParentType, ContextType>;
  call?: Resolver<Maybe<ResolversTypes['Call']>, ParentType, ContextType>;
};

export type NoteResolvers<ContextType = ResolverContext, ParentType extends ResolversParentTypes['Note'] = ResolversParentTypes['Note']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  content?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  author?: Resolver<Maybe<ResolversTypes['Person']>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  editedAt?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type PersonResolvers<ContextType = ResolverContext, ParentType extends ResolversParentTypes['Person'] = ResolversParentTypes['Person']> = {
  id?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  username?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type UserTypeResolvers<ContextType = ResolverContext, ParentType extends ResolversParentTypes['UserType'] = ResolversParentTypes['UserType']> = {
  id?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  username?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  role?: Resolver<ResolversTypes['Role'], ParentType, ContextType>;
  workspace?: Resolver<ResolversTypes['Workspace'], ParentType, ContextType>;
  isDisabled?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type WorkspaceResolvers<ContextType = ResolverContext, ParentType extends ResolversParentTypes['Workspace'] = ResolversParentTypes['Workspace']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ApiKeyResolvers<ContextType = ResolverContext, ParentType extends ResolversParentTypes['ApiKey'] = ResolversParentTypes['ApiKey']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  scopes?: Resolver<ReadonlyArray<ResolversTypes['ApiKeyScope']>, ParentType, ContextType>;
  requestsPerMinute?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  createdBy?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  expiresAt?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  lastUsedAt?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type NewApiKeyResolvers<ContextType = ResolverContext, ParentType extends ResolversParentTypes['NewApiKey'] = ResolversParentTypes['NewApiKey']> = {
  key?: Resolver<ResolversTypes['ApiKey'], ParentType, ContextType>;
  secret?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type InvitationResolvers<ContextType = ResolverContext, ParentType extends ResolversParentTypes['Invitation'] = ResolversParentTypes['Invitation']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  role?: Resolver<ResolversTypes['Role'], ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  expiresAt?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type NewInvitationResolvers<ContextType = ResolverContext, ParentType extends ResolversParentTypes['NewInvitation'] = ResolversParentTypes['NewInvitation']> = {
  invitation?: Resolver<ResolversTypes['Invitation'], ParentType, ContextType>;
  token?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  path?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
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
  revision?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  actor?: Resolver<ResolversTypes['ChangeActor'], ParentType, ContextType>;
  note?: Resolver<Maybe<ResolversTypes['Note']>, ParentType, ContextType>;
  noteBefore?: Resolver<Maybe<ResolversTypes['Note']>, ParentType, ContextType>;
  tag?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  assigneeBefore?: Resolver<Maybe<ResolversTypes['Person']>, ParentType, ContextType>;
  undoes?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ChangeActorResolvers<ContextType = ResolverContext, ParentType extends ResolversParentTypes['ChangeActor'] = ResolversParentTypes['ChangeActor']> = {
  kind?: Resolver<ResolversTypes['ActorKind'], ParentType, ContextType>;
  id?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  name?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type SourceCardResolvers<ContextType = ResolverContext, ParentType extends ResolversParentTypes['SourceCard'] = ResolversParentTypes['SourceCard']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['SourceKind'], ParentType, ContextType>;
  keyHint?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  isDisabled?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  lastEventAt?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  eventsLastHour?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  eventsLastDay?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  errorsLastDay?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  setUp?: Resolver<ResolversTypes['String'], ParentType, ContextType, RequireFields<SourceCardSetUpArgs, 'address'>>;
};

export type NewSourceResolvers<ContextType = ResolverContext, ParentType extends ResolversParentTypes['NewSource'] = ResolversParentTypes['NewSource']> = {
  source?: Resolver<ResolversTypes['SourceCard'], ParentType, ContextType>;
  key?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type DeliveryPageResolvers<ContextType = ResolverContext, ParentType extends ResolversParentTypes['DeliveryPage'] = ResolversParentTypes['DeliveryPage']> = {
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Delivery']>, ParentType, ContextType>;
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type DeliveryResolvers<ContextType = ResolverContext, ParentType extends ResolversParentTypes['Delivery'] = ResolversParentTypes['Delivery']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  sourceId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  verdict?: Resolver<ResolversTypes['DeliveryVerdict'], ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  receivedAt?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  size?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  key?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  call?: Resolver<Maybe<ResolversTypes['Call']>, ParentType, ContextType>;
  isTest?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  body?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type RemapResultResolvers<ContextType = ResolverContext, ParentType extends ResolversParentTypes['RemapResult'] = ResolversParentTypes['RemapResult']> = {
  readCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  changedCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  cursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type CallLegResolvers<ContextType = ResolverContext, ParentType extends ResolversParentTypes['CallLeg'] = ResolversParentTypes['CallLeg']> = {
  sourceId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  startedAt?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  answeredAt?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  endedAt?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  ringTime?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  talkTime?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  missReason?: Resolver<Maybe<ResolversTypes['MissReason']>, ParentType, ContextType>;
  missText?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type WebhookResolvers<ContextType = ResolverContext, ParentType extends ResolversParentTypes['Webhook'] = ResolversParentTypes['Webhook']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  url?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  kinds?: Resolver<ReadonlyArray<ResolversTypes['ChangeKind']>, ParentType, ContextType>;
  state?: Resolver<ResolversTypes['WebhookState'], ParentType, ContextType>;
  disabledFor?: Resolver<Maybe<ResolversTypes['WebhookDisabledFor']>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  failingSince?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  lastDeliveredAt?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  waiting?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  behind?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type NewWebhookResolvers<ContextType = ResolverContext, ParentType extends ResolversParentTypes['NewWebhook'] = ResolversParentTypes['NewWebhook']> = {
  webhook?: Resolver<ResolversTypes['Webhook'], ParentType, ContextType>;
  secret?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type WebhookDeliveryConnectionResolvers<ContextType = ResolverContext, ParentType extends ResolversParentTypes['WebhookDeliveryConnection'] = ResolversParentTypes['WebhookDeliveryConnection']> = {
  nodes?: Resolver<ReadonlyArray<ResolversTypes['WebhookDelivery']>, ParentType, ContextType>;
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type WebhookDeliveryResolvers<ContextType = ResolverContext, ParentType extends ResolversParentTypes['WebhookDelivery'] = ResolversParentTypes['WebhookDelivery']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  kind?: Resolver<Maybe<ResolversTypes['ChangeKind']>, ParentType, ContextType>;
  revision?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  state?: Resolver<ResolversTypes['WebhookDeliveryState'], ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  nextAttemptAt?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  payload?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  attempts?: Resolver<ReadonlyArray<ResolversTypes['WebhookAttempt']>, ParentType, ContextType>;
  isTest?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type WebhookAttemptResolvers<ContextType = ResolverContext, ParentType extends ResolversParentTypes['WebhookAttempt'] = ResolversParentTypes['WebhookAttempt']> = {
  at?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  statusCode?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  durationMs?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  error?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  response?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type SavedViewResolvers<ContextType = ResolverContext, ParentType extends ResolversParentTypes['SavedView'] = ResolversParentTypes['SavedView']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  query?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  isShared?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  isOwn?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  savedAt?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type PreferencesResolvers<ContextType = ResolverContext, ParentType extends ResolversParentTypes['Preferences'] = ResolversParentTypes['Preferences']> = {
  timeZone?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  defaultCountry?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  pageSize?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  theme?: Resolver<Maybe<ResolversTypes['Theme']>, ParentType, ContextType>;
  keysOff?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
};

export type AuditEventPageResolvers<ContextType = ResolverContext, ParentType extends ResolversParentTypes['AuditEventPage'] = ResolversParentTypes['AuditEventPage']> = {
  nodes?: Resolver<ReadonlyArray<ResolversTypes['AuditEvent']>, ParentType, ContextType>;
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type AuditEventResolvers<ContextType = ResolverContext, ParentType extends ResolversParentTypes['AuditEvent'] = ResolversParentTypes['AuditEvent']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['AuditKind'], ParentType, ContextType>;
  at?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  actor?: Resolver<ResolversTypes['AuditActor'], ParentType, ContextType>;
  target?: Resolver<Maybe<ResolversTypes['AuditTarget']>, ParentType, ContextType>;
  details?: Resolver<ReadonlyArray<ResolversTypes['AuditDetail']>, ParentType, ContextType>;
};

export type AuditActorResolvers<ContextType = ResolverContext, ParentType extends ResolversParentTypes['AuditActor'] = ResolversParentTypes['AuditActor']> = {
  kind?: Resolver<ResolversTypes['AuditActorKind'], ParentType, ContextType>;
  id?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  name?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type AuditTargetResolvers<ContextType = ResolverContext, ParentType extends ResolversParentTypes['AuditTarget'] = ResolversParentTypes['AuditTarget']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type AuditDetailResolvers<ContextType = ResolverContext, ParentType extends ResolversParentTypes['AuditDetail'] = ResolversParentTypes['AuditDetail']> = {
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  value?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type WorkspaceSettingsResolvers<ContextType = ResolverContext, ParentType extends ResolversParentTypes['WorkspaceSettings'] = ResolversParentTypes['WorkspaceSettings']> = {
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  timeZone?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  defaultCountry?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  callsKeptDays?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type DeletedCallsResolvers<ContextType = ResolverContext, ParentType extends ResolversParentTypes['DeletedCalls'] = ResolversParentTypes['DeletedCalls']> = {
  deletedCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  hasMore?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type ExportTicketResolvers<ContextType = ResolverContext, ParentType extends ResolversParentTypes['ExportTicket'] = ResolversParentTypes['ExportTicket']> = {
  path?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
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

export type CallReturnFiguresResolvers<ContextType = ResolverContext, ParentType extends ResolversParentTypes['CallReturnFigures'] = ResolversParentTypes['CallReturnFigures']> = {
  missed?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  unreturned?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  returned?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  medianAfter?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  exact?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  scanned?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type CallCountGroupResolvers<ContextType = ResolverContext, ParentType extends ResolversParentTypes['CallCountGroup'] = ResolversParentTypes['CallCountGroup']> = {
  key?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  number?: Resolver<Maybe<ResolversTypes['PhoneNumber']>, ParentType, ContextType>;
};

export type Resolvers<ContextType = ResolverContext> = {
  Cursor?: GraphQLScalarType;
  Query?: QueryResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  Subscription?: SubscriptionResolvers<ContextType>;
  Presence?: PresenceResolvers<ContextType>;
  PaginatedCalls?: PaginatedCallsResolvers<ContextType>;
  Call?: CallResolvers<ContextType>;
  CallReturn?: CallReturnResolvers<ContextType>;
  ActivityPage?: ActivityPageResolvers<ContextType>;
  SetCallsArchivedResult?: SetCallsArchivedResultResolvers<ContextType>;
  SetCallsResult?: SetCallsResultResolvers<ContextType>;
  UndoChangesResult?: UndoChangesResultResolvers<ContextType>;
  UndoResult?: UndoResultResolvers<ContextType>;
  SetCallsUnreadResult?: SetCallsUnreadResultResolvers<ContextType>;
  CallResult?: CallResultResolvers<ContextType>;
  Note?: NoteResolvers<ContextType>;
  Person?: PersonResolvers<ContextType>;
  UserType?: UserTypeResolvers<ContextType>;
  Workspace?: WorkspaceResolvers<ContextType>;
  ApiKey?: ApiKeyResolvers<ContextType>;
  NewApiKey?: NewApiKeyResolvers<ContextType>;
  Invitation?: InvitationResolvers<ContextType>;
  NewInvitation?: NewInvitationResolvers<ContextType>;
  AuthResponseType?: AuthResponseTypeResolvers<ContextType>;
  DeprecatedAuthResponseType?: DeprecatedAuthResponseTypeResolvers<ContextType>;
  ChangeStreamItem?: ChangeStreamItemResolvers<ContextType>;
  ChangeProgress?: ChangeProgressResolvers<ContextType>;
  ChangePage?: ChangePageResolvers<ContextType>;
  Change?: ChangeResolvers<ContextType>;
  ChangeActor?: ChangeActorResolvers<ContextType>;
  SourceCard?: SourceCardResolvers<ContextType>;
  NewSource?: NewSourceResolvers<ContextType>;
  DeliveryPage?: DeliveryPageResolvers<ContextType>;
  Delivery?: DeliveryResolvers<ContextType>;
  RemapResult?: RemapResultResolvers<ContextType>;
  CallLeg?: CallLegResolvers<ContextType>;
  Webhook?: WebhookResolvers<ContextType>;
  NewWebhook?: NewWebhookResolvers<ContextType>;
  WebhookDeliveryConnection?: WebhookDeliveryConnectionResolvers<ContextType>;
  WebhookDelivery?: WebhookDeliveryResolvers<ContextType>;
  WebhookAttempt?: WebhookAttemptResolvers<ContextType>;
  SavedView?: SavedViewResolvers<ContextType>;
  Preferences?: PreferencesResolvers<ContextType>;
  AuditEventPage?: AuditEventPageResolvers<ContextType>;
  AuditEvent?: AuditEventResolvers<ContextType>;
  AuditActor?: AuditActorResolvers<ContextType>;
  AuditTarget?: AuditTargetResolvers<ContextType>;
  AuditDetail?: AuditDetailResolvers<ContextType>;
  WorkspaceSettings?: WorkspaceSettingsResolvers<ContextType>;
  DeletedCalls?: DeletedCallsResolvers<ContextType>;
  ExportTicket?: ExportTicketResolvers<ContextType>;
  Limits?: LimitsResolvers<ContextType>;
  RateBudget?: RateBudgetResolvers<ContextType>;
  PhoneNumber?: PhoneNumberResolvers<ContextType>;
  Contact?: ContactResolvers<ContextType>;
  ContactNumber?: ContactNumberResolvers<ContextType>;
  ContactPage?: ContactPageResolvers<ContextType>;
  DefaultCountry?: DefaultCountryResolvers<ContextType>;
  CallConnection?: CallConnectionResolvers<ContextType>;
  CallEdge?: CallEdgeResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  CallCounts?: CallCountsResolvers<ContextType>;
  CallReturnFigures?: CallReturnFiguresResolvers<ContextType>;
  CallCountGroup?: CallCountGroupResolvers<ContextType>;
};

export type DirectiveResolvers<ContextType = ResolverContext> = {
  idempotent?: IdempotentDirectiveResolver<any, any, ContextType>;
};

