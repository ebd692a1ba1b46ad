import { type Example, example } from "./example.ts";

/** Tabs for signing out, and for what admins decide about people and programs. */
export const peopleExamples: readonly Example[] = [
  example(
    `# Ends this session: sign in again afterwards.
mutation Logout {
  logout
}
`,
  ),
  example(
    `# Ends every session of yours, this one too.
mutation LogoutAll {
  logoutAll
}
`,
  ),
  example(
    `# For admins, as all that follows.
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
  ),
  example(
    `query AuditEvents {
  auditEvents(first: 20, filter: { kinds: [SIGN_IN_REFUSED, ROLE_CHANGED, CALLS_EXPORTED] }) {
    nodes {
      at
      kind
      actor {
        kind
        name
      }
      target {
        name
      }
      details {
        name
        value
      }
    }
    hasNextPage
    endCursor
  }
}
`,
  ),
  example(
    `query Invitations {
  invitations {
    id
    role
    createdAt
    expiresAt
  }
}
`,
  ),
  example(
    `# The path, below this server's address, is for one person and seven days.
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
    { role: "MEMBER" },
  ),
  example(
    `mutation WithdrawInvitation($id: ID!) {
  withdrawInvitation(id: $id)
}
`,
    { id: "" },
  ),
  example(
    `mutation SetUserRole($userId: ID!, $role: Role!) {
  setUserRole(userId: $userId, role: $role) {
    id
    role
  }
}
`,
    { userId: "", role: "READER" },
  ),
  example(
    `mutation DisableUser($userId: ID!) {
  disableUser(userId: $userId) {
    id
    isDisabled
  }
}
`,
    { userId: "" },
  ),
  example(
    `mutation EnableUser($userId: ID!) {
  enableUser(userId: $userId) {
    id
    isDisabled
  }
}
`,
    { userId: "" },
  ),
  example(
    `query ApiKeys {
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
  ),
  example(
    `# The secret is shown this once.
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
    { input: { name: "Reporting", scopes: ["READ"] } },
  ),
  example(
    `mutation RevokeApiKey($id: ID!) {
  revokeApiKey(id: $id)
}
`,
    { id: "" },
  ),
];
