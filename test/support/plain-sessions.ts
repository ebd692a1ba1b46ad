import { scopesOf } from "../../server/src/domain/authorisation.ts";
import { unauthenticated } from "../../server/src/domain/errors.ts";
import type { Sessions, SignedIn } from "../../server/src/domain/sessions.ts";
import { type Principal, firstWorkspaceId } from "../../server/src/domain/workspace.ts";

/** An admin of the first workspace, in a session without an end. */
export function plainPrincipal(username: string, sessionId: string): Principal {
  return {
    kind: "user",
    workspaceId: firstWorkspaceId,
    userId: `user-${username}`,
    username,
    role: "admin",
    scopes: scopesOf("admin"),
    sessionId,
    expiresAtMs: Number.MAX_SAFE_INTEGER,
  };
}

/** Sessions without signatures: any name signs in with the password `right`. For tests of one part alone. */
export function createPlainSessions(): Sessions {
  const access = new Map<string, Principal>();
  const refresh = new Map<string, Principal>();
  let count = 0;

  function begin(username: string, sessionId: string): SignedIn {
    count += 1;
    const principal = plainPrincipal(username, sessionId);
    const signedIn = {
      accessToken: `access-${count}`,
      refreshToken: `refresh-${count}`,
      user: {
        id: principal.userId,
        username,
        workspaceId: firstWorkspaceId,
        role: "admin",
        isDisabled: false,
      } as const,
      refreshExpiresAtMs: principal.expiresAtMs,
    };
    access.set(signedIn.accessToken, principal);
    refresh.set(signedIn.refreshToken, principal);
    return signedIn;
  }
  function known(tokens: Map<string, Principal>, token: string): Principal {
    const principal = tokens.get(token);
    if (principal === undefined) throw unauthenticated();
    return principal;
  }
  function end(isEnded: (principal: Principal) => boolean): void {
    for (const tokens of [access, refresh]) {
      for (const [token, principal] of tokens) if (isEnded(principal)) tokens.delete(token);
    }
  }
  return {
    async signIn({ username, password }) {
      if (password !== "right") throw unauthenticated();
      return begin(username, `session-${count}`);
    },
    async signInFirst({ username }, _, make) {
      await make();
      return begin(username, `session-${count}`);
    },
    async refresh(token) {
      const { username, sessionId } = known(refresh, token);
      return begin(username, sessionId);
    },
    async refreshAccess(token) {
      const { username, sessionId } = known(access, token);
      return begin(username, sessionId);
    },
    authenticate: async (token) => known(access, token),
    admit: () => undefined,
    signOut: async ({ sessionId }) => end((principal) => principal.sessionId === sessionId),
    signOutEverywhere: async ({ userId }) => end((principal) => principal.userId === userId),
  };
}
