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
];

function json(variables: object): string {
  return JSON.stringify(variables, null, 2);
}
