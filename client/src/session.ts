import { RingbackError } from "./error.ts";
import { post } from "./post.ts";

export type Tokens = { readonly accessToken: string; readonly refreshToken: string };
export type User = { readonly id: string; readonly username: string };

/** Where tokens are kept. */
export type SessionOptions =
  /** In memory. An app that keeps them longer hands in what it kept, and gets each new pair (null: signed out) to keep. */
  | { readonly kind: "tokens"; readonly tokens?: Tokens | null; readonly onTokens?: (tokens: Tokens | null) => void }
  /** The refresh token in a cookie that scripts never see: for pages that the Ringback server itself serves. */
  | { readonly kind: "cookie" }
  /** A program's key; there is nothing to sign in to. */
  | { readonly kind: "key"; readonly key: string };

export type Session = {
  signIn(username: string, password: string, signal?: AbortSignal): Promise<User>;
  signOut(signal?: AbortSignal): Promise<void>;
  /**
   * A token that works for a while yet. Whoever asks while it is renewed gets the same one.
   * @param refused a token that the server did not take, so that it is not answered again.
   * @throws RingbackError UNAUTHENTICATED where nobody is signed in
   */
  accessToken(refused?: string | null): Promise<string>;
};

type Fresh = { readonly accessToken: string; readonly refreshToken: string | null; readonly user: User };

/** A token that ends within this time is renewed before it is used. */
const renewBeforeMs = 45_000;

export function createSession(url: string, options: SessionOptions): Session {
  if (options.kind === "key") return keySession(options.key);
  const keeps = options.kind === "tokens" ? options : null;
  let accessToken = keeps?.tokens?.accessToken ?? null;
  let refreshToken = keeps?.tokens?.refreshToken ?? null;
  let endsAtMs = accessToken === null ? 0 : claimsOf(accessToken).exp * 1_000;
  let renewing: Promise<string> | null = null;

  return {
    async signIn(username, password, signal) {
      const fresh =
        keeps === null
          ? await ofCookie("login", { username, password }, signal)
          : await ofGraphql(`mutation ($input: LoginInput!) { login(input: $input) ${selection} }`, {}, signal, {
              input: { username, password },
            });
      take(fresh);
      return fresh.user;
    },

    async signOut(signal) {
      try {
        if (keeps === null) await post(`${url}/session/logout`, {}, {}, signal);
        else {
          const authorization = `Bearer ${await this.accessToken()}`;
          await post(`${url}/graphql`, { query: "mutation { logout }" }, { authorization }, signal);
        }
      } catch (error) {
        if (!(error instanceof RingbackError) || error.code !== "UNAUTHENTICATED") throw error;
      }
      drop();
    },

    async accessToken(refused = null) {
      if (accessToken !== null && accessToken !== refused && endsAtMs - Date.now() > renewBeforeMs) return accessToken;
      renewing ??= renew().finally(() => (renewing = null));
      return renewing;
    },
  };

  async function renew(): Promise<string> {
    if (keeps !== null && refreshToken === null) throw new RingbackError("UNAUTHENTICATED", "Nobody is signed in.");
    try {
      const fresh =
        keeps === null
          ? await ofCookie("refresh", {})
          : await ofGraphql(`mutation { refreshTokenV2 ${selection} }`, { authorization: `Bearer ${refreshToken}` });
      take(fresh);
      return fresh.accessToken;
    } catch (error) {
      if (error instanceof RingbackError && error.code === "UNAUTHENTICATED") drop();
      throw error;
    }
  }

  function take(fresh: Fresh): void {
    const { exp, iat } = claimsOf(fresh.accessToken);
    // By this machine's clock, however wrong that goes.
    endsAtMs = Date.now() + (exp - iat) * 1_000;
    ({ accessToken, refreshToken } = fresh);
    if (refreshToken !== null) keeps?.onTokens?.({ accessToken, refreshToken });
  }

  function drop(): void {
    accessToken = null;
    refreshToken = null;
    keeps?.onTokens?.(null);
  }

  async function ofCookie(path: "login" | "refresh", body: object, signal?: AbortSignal): Promise<Fresh> {
    const answer = (await post(`${url}/session/${path}`, body, {}, signal)) as { access_token: string; user: User };
    return { accessToken: answer.access_token, refreshToken: null, user: answer.user };
  }

  async function ofGraphql(
    query: string,
    headers: Readonly<Record<string, string>>,
    signal?: AbortSignal,
    variables = {},
  ): Promise<Fresh> {
    const { data } = (await post(`${url}/graphql`, { query, variables }, headers, signal)) as {
      data: Record<string, { access_token: string; refresh_token: string; user: User }>;
    };
    const [answer] = Object.values(data);
    if (answer === undefined) throw new RingbackError("UNAUTHENTICATED", "Nobody is signed in.");
    return { accessToken: answer.access_token, refreshToken: answer.refresh_token, user: answer.user };
  }
}

const selection = "{ access_token refresh_token user { id username } }";

function keySession(key: string): Session {
  const refuse = () =>
    Promise.reject(new RingbackError("UNAUTHENTICATED", "A program's key neither signs in nor out."));
  return {
    signIn: refuse,
    signOut: refuse,
    accessToken: async (refused) => {
      if (refused === key) throw new RingbackError("UNAUTHENTICATED", "The key is not accepted.");
      return key;
    },
  };
}

function claimsOf(jwt: string): { readonly exp: number; readonly iat: number } {
  const [, body = ""] = jwt.split(".");
  return JSON.parse(atob(body.replaceAll("-", "+").replaceAll("_", "/"))) as { exp: number; iat: number };
}
