import { type Example, example } from "./example.ts";

/** Tabs for who is signed in, and staying so. */
export const sessionExamples: readonly Example[] = [
  example(
    `query Me {
  me {
    id
    username
  }
}
`,
  ),
  example(
    `query Limits {
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
  ),
  example(
    `# What the form above does. It needs no token.
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
    { input: { username: "", password: "" } },
  ),
  example(
    `# Wants the refresh token in the Authorization header;
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
  ),
  example(
    `# Deprecated: wants an access token that has not expired.
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
  ),
];
