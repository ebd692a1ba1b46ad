/**
 * How refresh tokens of a session behave. `documented`: a refresh token may be used again until its own end, as
 * existing clients do. `strict`: every use replaces it, and reuse of a replaced one outside the grace revokes the session.
 */
export type Rotation = "documented" | "strict";

/** One sign-in: a family of refresh tokens. No token text is kept, only which generation is the current one. */
export type Session = {
  readonly id: string;
  readonly userId: string;
  readonly workspaceId: number;
  readonly rotation: Rotation;
  /** The generation of the current refresh token, from 1. */
  readonly generation: number;
  /** When the current generation was issued: its token's `iat`, so that it can be minted again to the byte. */
  readonly generationIssuedAtMs: number;
  /** The refresh key that signed the current generation. */
  readonly keyId: string;
  /** When the person proved the password: `auth_time`. */
  readonly startedAtMs: number;
  /** The absolute end, whatever is refreshed. */
  readonly endsAtMs: number;
  readonly revokedAtMs: number | null;
  readonly revokedReason: RevocationReason | null;
  /** Network and agent in short, for the person to recognise the session by. */
  readonly client: string;
};

export type RevocationReason =
  | "logout"
  | "logout-all"
  | "password-changed"
  | "user-disabled"
  | "role-changed"
  | "token-reused";

/** What became of an attempt to replace a refresh token; see `SessionStore.rotate`. */
export type RotationOutcome =
  | { readonly kind: "rotated" | "repeated"; readonly session: Session }
  | { readonly kind: "reused"; readonly session: Session }
  | { readonly kind: "ahead" | "ended" };

/** Life of an access token. */
export const accessLifetimeMs = 600_000;
/** Life of a refresh token, where the session does not end before. */
export const refreshLifetimeMs = 3_600_000;
