import { deskExamples } from "./desk-examples.ts";
/** A tab that GraphiQL opens with; its title is the operation's name. */
export type Example = { readonly query: string; readonly variables?: string };

const call =
  "id\n    direction\n    from\n    to\n    via\n    duration\n    is_archived\n    call_type\n    created_at";

/** One tab for each documented operation, what is asked most first. */
export const examples: readonly Example[] = [
  {
    query: `# Sign in above, then press Ctrl+Enter.
# Each tab shows one operation of the API.
query PaginatedCalls($offset: Float, $limit: Float) {
  paginatedCalls(offset: $offset, limit: $limit) {
    totalCount
    hasNextPage
    nodes {
      id
      direction
      from
      to
      via
      duration
      is_archived
      call_type
      created_at
      notes {
        id
        content
      }
    }
  }
}
`,
    variables: json({ offset: 0, limit: 10 }),
  },
  {
    query: `query Call($id: ID!) {
  call(id: $id) {
    ${call}
    notes {
      id
      content
    }
  }
}
`,
    variables: json({ id: "1" }),
  },
  {
    query: `# Archives the call, or restores it when it is archived.
mutation ArchiveCall($id: ID!) {
  archiveCall(id: $id) {
    id
    is_archived
  }
}
`,
    variables: json({ id: "1" }),
  },
  {
    query: `mutation AddNote($input: AddNoteInput!) {
  addNote(input: $input) {
    id
    notes {
      id
      content
    }
  }
}
`,
    variables: json({ input: { activityId: "1", content: "Called back." } }),
  },
  {
    query: `mutation SetCallsArchived($ids: [ID!], $archived: Boolean!) {
  setCallsArchived(ids: $ids, archived: $archived) {
    changedCount
    results {
      id
      outcome
    }
  }
}
`,
    variables: json({ ids: ["1", "2"], archived: true }),
  },
  {
    query: `mutation EditNote($id: ID!, $content: String!) {
  editNote(id: $id, content: $content) {
    id
    revision
  }
}
`,
    variables: json({ id: "1", content: "Called back twice." }),
  },
  {
    query: `mutation DeleteNote($id: ID!) {
  deleteNote(id: $id) {
    id
    revision
  }
}
`,
    variables: json({ id: "1" }),
  },
  {
    query: `mutation AddTag($id: ID!, $tag: String!) {
  addTag(id: $id, tag: $tag) {
    id
    revision
  }
}
`,
    variables: json({ id: "1", tag: "vip" }),
  },
  {
    query: `mutation RemoveTag($id: ID!, $tag: String!) {
  removeTag(id: $id, tag: $tag) {
    id
    revision
  }
}
`,
    variables: json({ id: "1", tag: "vip" }),
  },
  {
    query: `mutation AssignCall($id: ID!, $userId: ID) {
  assignCall(id: $id, userId: $userId) {
    id
    revision
  }
}
`,
    variables: json({ id: "1", userId: null }),
  },
  {
    query: `mutation UndoChange($revision: Float!) {
  undoChange(revision: $revision) {
    id
    revision
  }
}
`,
    variables: json({ revision: 1 }),
  },
  {
    query: `query Activity {
  activity {
    nodes {
      revision
      kind
      at
      actor {
        name
      }
    }
  }
}
`,
  },
  {
    query: `# Runs until you stop it: archive a call or add a note
# in another window of the browser.
subscription OnUpdateCall {
  onUpdateCall {
    ${call}
    notes {
      id
      content
    }
  }
}
`,
  },
  {
    query: `# The name that existing clients use; with an id it follows one call.
subscription OnUpdatedCall($id: ID) {
  onUpdatedCall(id: $id) {
    id
    is_archived
    notes {
      content
    }
  }
}
`,
    variables: json({ id: "1" }),
  },
  {
    query: `# Every change, new calls included.
# Hand a cursor back as "after" to resume behind it.
subscription Changes($after: Cursor) {
  changes(after: $after) {
    cursor
    kind
    at
    call {
      id
      from
      to
      call_type
      is_archived
    }
  }
}
`,
    variables: json({ after: null }),
  },
  {
    query: `# Says first where it starts, and how far it has come
# when changes go by that were not asked for.
subscription ChangeStream($after: Cursor, $kinds: [ChangeKind!]) {
  changeStream(after: $after, kinds: $kinds) {
    __typename
    cursor
    ... on Change {
      kind
      call {
        id
        is_archived
      }
    }
  }
}
`,
    variables: json({ after: null, kinds: ["CALL_LOGGED", "NOTE_ADDED"] }),
  },
  {
    query: `# Where the change log ends now: a value for "after".
query Cursor {
  cursor
}
`,
  },
  {
    query: `# The same changes for clients that ask now and then.
query ChangePage($after: Cursor!, $first: Int) {
  changes(after: $after, first: $first) {
    changes {
      cursor
      kind
      at
      call {
        id
        is_archived
      }
    }
    cursor
    hasMore
  }
}
`,
    variables: json({ after: "", first: 100 }),
  },
  {
    query: `query Me {
  me {
    id
    username
  }
}
`,
  },
  {
    query: `query Limits {
  limits {
    cost
    depth
    pageLimit
    rate {
      quota
      windowSeconds
      remaining
      fullInMs
    }
  }
}
`,
  },
  {
    query: `# What the form above does. It needs no token.
mutation Login($input: LoginInput!) {
  login(input: $input) {
    access_token
    refresh_token
    user {
      id
      username
    }
  }
}
`,
    variables: json({ input: { username: "", password: "" } }),
  },
  {
    query: `# Wants the refresh token in the Authorization header;
# this page sends yours.
mutation RefreshTokenV2 {
  refreshTokenV2 {
    access_token
    refresh_token
    user {
      id
      username
    }
  }
}
`,
  },
  {
    query: `# Deprecated: wants an access token that has not expired.
mutation RefreshToken {
  refreshToken {
    access_token
    user {
      id
      username
    }
  }
}
`,
  },
  {
    query: `# By name; the words of search begin words of the name or company.
query Contacts($search: String) {
  contacts(search: $search, first: 20) {
    nodes {
      id
      name
      company
      numbers {
        number {
          international
        }
        label
        isShown
      }
    }
    hasNextPage
    endCursor
  }
}
`,
    variables: json({ search: "" }),
  },
  {
    query: `query Contact($id: ID!) {
  contact(id: $id) {
    name
    company
    updatedAt
  }
}
`,
    variables: json({ id: "" }),
  },
  {
    query: `# Calls with this number show the contact from now on.
mutation AddContact($input: ContactInput!) {
  addContact(input: $input) {
    id
    name
  }
}
`,
    variables: json({
      input: { name: "Emily", company: "Acme", numbers: [{ number: "+44 20 7946 0123", label: "work" }] },
    }),
  },
  {
    query: `# Replaces all that the contact says.
mutation UpdateContact($id: ID!, $input: ContactInput!) {
  updateContact(id: $id, input: $input) {
    id
    name
  }
}
`,
    variables: json({ id: "", input: { name: "Emily", numbers: [{ number: "+44 20 7946 0123" }] } }),
  },
  {
    query: `mutation DeleteContact($id: ID!) {
  deleteContact(id: $id)
}
`,
    variables: json({ id: "" }),
  },
  {
    query: `# At once, and whenever names of calls may have altered.
subscription ContactsChanged {
  contactsChanged
}
`,
  },
  {
    query: `# What contactsChanged tells, for who asks now and then.
query ContactsRevision {
  contactsRevision
}
`,
  },
  {
    query: `# Where numbers without a country code belong.
query DefaultCountries {
  defaultCountries {
    country
    sourceId
  }
}
`,
  },
  {
    query: `mutation SetDefaultCountry($country: String) {
  setDefaultCountry(country: $country) {
    country
    sourceId
  }
}
`,
    variables: json({ country: "GB" }),
  },
  {
    query: `# Ends this session: sign in again afterwards.
mutation Logout {
  logout
}
`,
  },
  {
    query: `# Ends every session of yours, this one too.
mutation LogoutAll {
  logoutAll
}
`,
  },
  {
    query: `# For admins, as all that follows.
query Users {
  users {
    id
    username
    role
    isDisabled
    workspace {
      id
      name
    }
  }
}
`,
  },
  {
    query: `query Invitations {
  invitations {
    id
    role
    createdAt
    expiresAt
  }
}
`,
  },
  {
    query: `# The path, below this server's address, is for one person and seven days.
mutation InviteUser($role: Role!) {
  inviteUser(role: $role) {
    path
    token
    invitation {
      id
      expiresAt
    }
  }
}
`,
    variables: json({ role: "MEMBER" }),
  },
  {
    query: `mutation WithdrawInvitation($id: ID!) {
  withdrawInvitation(id: $id)
}
`,
    variables: json({ id: "" }),
  },
  {
    query: `mutation SetUserRole($userId: ID!, $role: Role!) {
  setUserRole(userId: $userId, role: $role) {
    id
    role
  }
}
`,
    variables: json({ userId: "", role: "READER" }),
  },
  {
    query: `mutation DisableUser($userId: ID!) {
  disableUser(userId: $userId) {
    id
    isDisabled
  }
}
`,
    variables: json({ userId: "" }),
  },
  {
    query: `mutation EnableUser($userId: ID!) {
  enableUser(userId: $userId) {
    id
    isDisabled
  }
}
`,
    variables: json({ userId: "" }),
  },
  {
    query: `query ApiKeys {
  apiKeys {
    id
    name
    scopes
    requestsPerMinute
    createdBy
    createdAt
    expiresAt
    lastUsedAt
  }
}
`,
  },
  {
    query: `# The secret is shown this once.
mutation CreateApiKey($input: CreateApiKeyInput!) {
  createApiKey(input: $input) {
    secret
    key {
      id
      name
      scopes
      expiresAt
    }
  }
}
`,
    variables: json({ input: { name: "Reporting", scopes: ["READ"] } }),
  },
  {
    query: `mutation RevokeApiKey($id: ID!) {
  revokeApiKey(id: $id)
}
`,
    variables: json({ id: "" }),
  },
  {
    query: `# Filters, and pages by cursor: hand endCursor back as after.
query Calls($filter: CallFilter, $after: String) {
  calls(first: 20, after: $after, filter: $filter) {
    nodes {
      ${call.replaceAll("\n    ", "\n      ")}
    }
    pageInfo {
      hasNextPage
      endCursor
    }
    totalCount
  }
}
`,
    variables: json({ filter: { type: ["missed"], archived: false } }),
  },
  {
    query: `query CallCounts($filter: CallFilter, $by: CallCountBy!) {
  callCounts(filter: $filter, by: $by, timeZone: "Europe/Berlin") {
    groups {
      key
      count
    }
  }
}
`,
    variables: json({ by: "HOUR" }),
  },
  {
    query: `# How many calls were missed, how many of them returned, and how soon.
query CallReturns($filter: CallFilter) {
  callReturns(filter: $filter) {
    missed
    unreturned
    returned
    medianAfter
  }
}
`,
    variables: json({ filter: { created: { from: "2024-02-26" } } }),
  },
  ...deskExamples,
];

function json(variables: object): string {
  return JSON.stringify(variables, null, 2);
}
