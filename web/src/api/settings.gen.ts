// Generated from the operations of this name by `npm run generate`. Not to be edited.
import { operation } from "./operation.ts";
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
/** What somebody may do in their workspace. */
export type Role =
  /** Everything, and decides who else may. */
  | 'ADMIN'
  /** Reads and works with calls. */
  | 'MEMBER'
  /** Reads, and changes nothing: mutations of calls are FORBIDDEN. */
  | 'READER';

/** What a key may do. Only people decide about people and keys. */
export type ApiKeyScope =
  /** Queries and subscriptions. */
  | 'READ'
  /** Mutations of calls. */
  | 'WRITE';

/** A key to make. */
export type CreateApiKeyInput = {
  /** What to call it: printable text of 1 to 100 characters, unique among the workspace's keys. */
  readonly name: string;
  /** What it may do: one of them at least. */
  readonly scopes: ReadonlyArray<ApiKeyScope>;
  /** When it ends: an instant to come, in ISO 8601 with `Z` or an offset. Without one it does not end by itself. */
  readonly expiresAt?: string | null | undefined;
  /** How many requests it may make within a minute: 1 to 100,000. */
  readonly requestsPerMinute?: number | null | undefined;
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
  readonly timeZone?: string | null | undefined;
  /** A country in the two letters of ISO 3166, such as `DE`. */
  readonly defaultCountry?: string | null | undefined;
  /** 1 to 200. */
  readonly pageSize?: number | null | undefined;
  /** Light or dark. */
  readonly theme?: Theme | null | undefined;
  /** Names of keyboard commands, 100 at most: letters, digits, spaces and `_.+:-`. */
  readonly keysOff?: ReadonlyArray<string> | null | undefined;
};

/** What to change of the workspace's settings. What is left out stays; null takes the country or the days back and alters nothing else. */
export type WorkspaceSettingsInput = {
  /** Printable text of 1 to 100 characters. */
  readonly name?: string | null | undefined;
  /** A name of the IANA time zone database, such as `Europe/Berlin`. */
  readonly timeZone?: string | null | undefined;
  /** A country in the two letters of ISO 3166, such as `DE`. */
  readonly defaultCountry?: string | null | undefined;
  /**
   * 1 to 36,500. Calls that are older are deleted within the hour, and no backup of this server brings them back by itself; null keeps
   * all calls from now on.
   */
  readonly callsKeptDays?: number | null | undefined;
};

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

export type PersonPartsFragment = { readonly __typename: 'UserType', readonly id: string, readonly username: string, readonly role: Role, readonly isDisabled: boolean };

export type ApiKeyPartsFragment = { readonly __typename: 'ApiKey', readonly id: string, readonly name: string, readonly scopes: ReadonlyArray<ApiKeyScope>, readonly requestsPerMinute: number, readonly createdAt: string, readonly expiresAt: string | null, readonly lastUsedAt: string | null };

export type InvitationPartsFragment = { readonly __typename: 'Invitation', readonly id: string, readonly role: Role, readonly createdAt: string, readonly expiresAt: string };

export type PreferencePartsFragment = { readonly __typename: 'Preferences', readonly timeZone: string | null, readonly defaultCountry: string | null, readonly pageSize: number | null, readonly theme: Theme | null, readonly keysOff: ReadonlyArray<string> };

export type WorkspacePartsFragment = { readonly __typename: 'WorkspaceSettings', readonly name: string, readonly timeZone: string, readonly defaultCountry: string | null, readonly callsKeptDays: number | null };

export type MeQueryVariables = Exact<{ [key: string]: never; }>;


export type MeQuery = { readonly __typename: 'Query', readonly me: { readonly __typename: 'UserType', readonly id: string, readonly username: string, readonly role: Role, readonly isDisabled: boolean } };

export type ChoicesQueryVariables = Exact<{ [key: string]: never; }>;


export type ChoicesQuery = { readonly __typename: 'Query', readonly preferences: { readonly __typename: 'Preferences', readonly timeZone: string | null, readonly defaultCountry: string | null, readonly pageSize: number | null, readonly theme: Theme | null, readonly keysOff: ReadonlyArray<string> }, readonly workspaceSettings: { readonly __typename: 'WorkspaceSettings', readonly name: string, readonly timeZone: string, readonly defaultCountry: string | null, readonly callsKeptDays: number | null } };

export type CallsBeforeQueryVariables = Exact<{
  before: string;
}>;


export type CallsBeforeQuery = { readonly __typename: 'Query', readonly callCounts: { readonly __typename: 'CallCounts', readonly groups: ReadonlyArray<{ readonly __typename: 'CallCountGroup', readonly count: number }> } };

export type PeopleQueryVariables = Exact<{ [key: string]: never; }>;


export type PeopleQuery = { readonly __typename: 'Query', readonly users: ReadonlyArray<{ readonly __typename: 'UserType', readonly id: string, readonly username: string, readonly role: Role, readonly isDisabled: boolean }>, readonly invitations: ReadonlyArray<{ readonly __typename: 'Invitation', readonly id: string, readonly role: Role, readonly createdAt: string, readonly expiresAt: string }> };

export type ApiKeysQueryVariables = Exact<{ [key: string]: never; }>;


export type ApiKeysQuery = { readonly __typename: 'Query', readonly apiKeys: ReadonlyArray<{ readonly __typename: 'ApiKey', readonly id: string, readonly name: string, readonly scopes: ReadonlyArray<ApiKeyScope>, readonly requestsPerMinute: number, readonly createdAt: string, readonly expiresAt: string | null, readonly lastUsedAt: string | null }> };

export type SetPreferencesMutationVariables = Exact<{
  input: PreferencesInput;
}>;


export type SetPreferencesMutation = { readonly __typename: 'Mutation', readonly setPreferences: { readonly __typename: 'Preferences', readonly timeZone: string | null, readonly defaultCountry: string | null, readonly pageSize: number | null, readonly theme: Theme | null, readonly keysOff: ReadonlyArray<string> } };

export type SetWorkspaceSettingsMutationVariables = Exact<{
  input: WorkspaceSettingsInput;
}>;


export type SetWorkspaceSettingsMutation = { readonly __typename: 'Mutation', readonly setWorkspaceSettings: { readonly __typename: 'WorkspaceSettings', readonly name: string, readonly timeZone: string, readonly defaultCountry: string | null, readonly callsKeptDays: number | null } };

export type DeleteCallsOfNumberMutationVariables = Exact<{
  number: string;
}>;


export type DeleteCallsOfNumberMutation = { readonly __typename: 'Mutation', readonly deleteCallsOfNumber: { readonly __typename: 'DeletedCalls', readonly deletedCount: number, readonly hasMore: boolean } };

export type InviteUserMutationVariables = Exact<{
  role: Role;
}>;


export type InviteUserMutation = { readonly __typename: 'Mutation', readonly inviteUser: { readonly __typename: 'NewInvitation', readonly path: string, readonly invitation: { readonly __typename: 'Invitation', readonly id: string, readonly role: Role, readonly createdAt: string, readonly expiresAt: string } } };

export type WithdrawInvitationMutationVariables = Exact<{
  id: string;
}>;


export type WithdrawInvitationMutation = { readonly __typename: 'Mutation', readonly withdrawInvitation: boolean };

export type SetUserRoleMutationVariables = Exact<{
  userId: string;
  role: Role;
}>;


export type SetUserRoleMutation = { readonly __typename: 'Mutation', readonly setUserRole: { readonly __typename: 'UserType', readonly id: string, readonly username: string, readonly role: Role, readonly isDisabled: boolean } };

export type DisableUserMutationVariables = Exact<{
  userId: string;
}>;


export type DisableUserMutation = { readonly __typename: 'Mutation', readonly disableUser: { readonly __typename: 'UserType', readonly id: string, readonly username: string, readonly role: Role, readonly isDisabled: boolean } };

export type EnableUserMutationVariables = Exact<{
  userId: string;
}>;


export type EnableUserMutation = { readonly __typename: 'Mutation', readonly enableUser: { readonly __typename: 'UserType', readonly id: string, readonly username: string, readonly role: Role, readonly isDisabled: boolean } };

export type CreateApiKeyMutationVariables = Exact<{
  input: CreateApiKeyInput;
}>;


export type CreateApiKeyMutation = { readonly __typename: 'Mutation', readonly createApiKey: { readonly __typename: 'NewApiKey', readonly secret: string, readonly key: { readonly __typename: 'ApiKey', readonly id: string, readonly name: string, readonly scopes: ReadonlyArray<ApiKeyScope>, readonly requestsPerMinute: number, readonly createdAt: string, readonly expiresAt: string | null, readonly lastUsedAt: string | null } } };

export type RevokeApiKeyMutationVariables = Exact<{
  id: string;
}>;


export type RevokeApiKeyMutation = { readonly __typename: 'Mutation', readonly revokeApiKey: boolean };

export type ExportTicketMutationVariables = Exact<{
  format: string;
  timeZone: string;
  filter?: CallFilter | null | undefined;
  columns?: ReadonlyArray<string> | string | null | undefined;
}>;


export type ExportTicketMutation = { readonly __typename: 'Mutation', readonly exportTicket: { readonly __typename: 'ExportTicket', readonly path: string } };

export const MeDocument = operation<MeQuery, MeQueryVariables>(`query Me {
  me {
    ...PersonParts
  }
}
fragment PersonParts on UserType {
  id
  username
  role
  isDisabled
}`);

export const ChoicesDocument = operation<ChoicesQuery, ChoicesQueryVariables>(`query Choices {
  preferences {
    ...PreferenceParts
  }
  workspaceSettings {
    ...WorkspaceParts
  }
}
fragment PreferenceParts on Preferences {
  timeZone
  defaultCountry
  pageSize
  theme
  keysOff
}
fragment WorkspaceParts on WorkspaceSettings {
  name
  timeZone
  defaultCountry
  callsKeptDays
}`);

export const CallsBeforeDocument = operation<CallsBeforeQuery, CallsBeforeQueryVariables>(`query CallsBefore($before: String!) {
  callCounts(filter: {created: {before: $before}}, by: ARCHIVED) {
    groups {
      count
    }
  }
}`);

export const PeopleDocument = operation<PeopleQuery, PeopleQueryVariables>(`query People {
  users {
    ...PersonParts
  }
  invitations {
    ...InvitationParts
  }
}
fragment PersonParts on UserType {
  id
  username
  role
  isDisabled
}
fragment InvitationParts on Invitation {
  id
  role
  createdAt
  expiresAt
}`);

export const ApiKeysDocument = operation<ApiKeysQuery, ApiKeysQueryVariables>(`query ApiKeys {
  apiKeys {
    ...ApiKeyParts
  }
}
fragment ApiKeyParts on ApiKey {
  id
  name
  scopes
  requestsPerMinute
  createdAt
  expiresAt
  lastUsedAt
}`);

export const SetPreferencesDocument = operation<SetPreferencesMutation, SetPreferencesMutationVariables>(`mutation SetPreferences($input: PreferencesInput!) {
  setPreferences(input: $input) {
    ...PreferenceParts
  }
}
fragment PreferenceParts on Preferences {
  timeZone
  defaultCountry
  pageSize
  theme
  keysOff
}`);

export const SetWorkspaceSettingsDocument = operation<SetWorkspaceSettingsMutation, SetWorkspaceSettingsMutationVariables>(`mutation SetWorkspaceSettings($input: WorkspaceSettingsInput!) {
  setWorkspaceSettings(input: $input) {
    ...WorkspaceParts
  }
}
fragment WorkspaceParts on WorkspaceSettings {
  name
  timeZone
  defaultCountry
  callsKeptDays
}`);

export const DeleteCallsOfNumberDocument = operation<DeleteCallsOfNumberMutation, DeleteCallsOfNumberMutationVariables>(`mutation DeleteCallsOfNumber($number: String!) {
  deleteCallsOfNumber(number: $number) {
    deletedCount
    hasMore
  }
}`);

export const InviteUserDocument = operation<InviteUserMutation, InviteUserMutationVariables>(`mutation InviteUser($role: Role!) {
  inviteUser(role: $role) {
    invitation {
      ...InvitationParts
    }
    path
  }
}
fragment InvitationParts on Invitation {
  id
  role
  createdAt
  expiresAt
}`);

export const WithdrawInvitationDocument = operation<WithdrawInvitationMutation, WithdrawInvitationMutationVariables>(`mutation WithdrawInvitation($id: ID!) {
  withdrawInvitation(id: $id)
}`);

export const SetUserRoleDocument = operation<SetUserRoleMutation, SetUserRoleMutationVariables>(`mutation SetUserRole($userId: ID!, $role: Role!) {
  setUserRole(userId: $userId, role: $role) {
    ...PersonParts
  }
}
fragment PersonParts on UserType {
  id
  username
  role
  isDisabled
}`);

export const DisableUserDocument = operation<DisableUserMutation, DisableUserMutationVariables>(`mutation DisableUser($userId: ID!) {
  disableUser(userId: $userId) {
    ...PersonParts
  }
}
fragment PersonParts on UserType {
  id
  username
  role
  isDisabled
}`);

export const EnableUserDocument = operation<EnableUserMutation, EnableUserMutationVariables>(`mutation EnableUser($userId: ID!) {
  enableUser(userId: $userId) {
    ...PersonParts
  }
}
fragment PersonParts on UserType {
  id
  username
  role
  isDisabled
}`);

export const CreateApiKeyDocument = operation<CreateApiKeyMutation, CreateApiKeyMutationVariables>(`mutation CreateApiKey($input: CreateApiKeyInput!) {
  createApiKey(input: $input) {
    key {
      ...ApiKeyParts
    }
    secret
  }
}
fragment ApiKeyParts on ApiKey {
  id
  name
  scopes
  requestsPerMinute
  createdAt
  expiresAt
  lastUsedAt
}`);

export const RevokeApiKeyDocument = operation<RevokeApiKeyMutation, RevokeApiKeyMutationVariables>(`mutation RevokeApiKey($id: ID!) {
  revokeApiKey(id: $id)
}`);

export const ExportTicketDocument = operation<ExportTicketMutation, ExportTicketMutationVariables>(`mutation ExportTicket($format: String!, $timeZone: String!, $filter: CallFilter, $columns: [String!]) {
  exportTicket(
    format: $format
    timeZone: $timeZone
    filter: $filter
    columns: $columns
  ) {
    path
  }
}`);
