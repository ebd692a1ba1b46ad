import type { Rotation } from "./session.ts";
import type { Principal, User } from "./workspace.ts";

/** What `login` and `refreshTokenV2` answer. */
export type SignedIn = {
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly user: Pick<User, "id" | "username">;
  /** When the refresh token ends: milliseconds since the epoch. For the cookie of the web app. */
  readonly refreshExpiresAtMs: number;
};

/** Where an attempt to sign in comes from. */
export type SignInOrigin = {
  /** The peer's IP address, or the one a trusted proxy vouches for. */
  readonly address: string;
  /** The User-Agent header, cut short. */
  readonly agent: string;
};

/** Sign-in and what follows from it. Each method fails with the one UNAUTHENTICATED for every reason that is not named. */
export interface Sessions {
  /**
   * Starts a session. Unknown name, wrong password and disabled user get the same answer in the same time.
   * @throws DomainError UNAUTHENTICATED, BAD_USER_INPUT, RATE_LIMITED, OVERLOADED
   */
  signIn(
    input: { readonly username: string; readonly password: string; readonly rotation?: Rotation | undefined },
    origin: SignInOrigin,
  ): Promise<SignedIn>;
  /** A new pair for a refresh token, by the session's rotation. */
  refresh(refreshToken: string): Promise<SignedIn>;
  /** Deprecated: another access token for an unexpired one of a live session. At most 6 a minute and session. @throws RATE_LIMITED */
  refreshAccess(accessToken: string): Promise<Pick<SignedIn, "accessToken" | "user">>;
  /** Who an access token speaks for, now: signature, times, and that neither session nor user has been ended. */
  authenticate(accessToken: string): Promise<Principal>;
  signOut(principal: Principal): Promise<void>;
  /** Ends every session of the user, this one too. */
  signOutEverywhere(principal: Principal): Promise<void>;
}
