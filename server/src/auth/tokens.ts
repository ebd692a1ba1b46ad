import { type KeyObject, randomBytes } from "node:crypto";
import { JOSEError } from "jose/errors";
import { SignJWT } from "jose/jwt/sign";
import { jwtVerify } from "jose/jwt/verify";
import type { JWTPayload } from "jose";
import { createLruMap } from "../domain/lru-map.ts";
import type { AccessClaims, Clock, RefreshClaims, Tokens } from "../domain/ports.ts";
import { accessLifetimeMs, refreshLifetimeMs } from "../domain/session.ts";
import { readTokenHeader } from "./compact-jws.ts";
import type { KeyRing } from "./keys.ts";

/** How far the clocks of those who issue and those who read may be apart. */
const leewayMs = 5_000;

/**
 * Access and refresh tokens as JWTs (RFC 7519): `at+jwt` signed with EdDSA, in the manner of RFC 9068, and `rt+jwt` with
 * HS256 under keys of its own. What is read is held to exactly the form that is written: algorithm by kind and key by `kid`
 * alone, one audience, whole seconds, a life no longer than that kind has. Claims that were verified once are looked up
 * afterwards, by the token's text (its digest was 1.5 % of W1), while their key verifies; failures are never remembered.
 */
export function createTokens(deps: {
  readonly keys: KeyRing;
  readonly clock: Clock;
  readonly issuer?: string;
  readonly audience?: string;
  readonly verifiedMax?: number;
}): Tokens {
  const { keys, clock, issuer = "ringback", audience = "ringback", verifiedMax = 10_000 } = deps;
  const access: Kind = {
    alg: "EdDSA",
    typ: "at+jwt",
    audience,
    lifetimeMs: accessLifetimeMs,
    key: (kid) => keys.accessVerifier(kid),
  };
  const refresh: Kind = {
    alg: "HS256",
    typ: "rt+jwt",
    audience: `${audience}/refresh`,
    lifetimeMs: refreshLifetimeMs,
    key: (kid) => keys.refreshKey(kid),
  };
  const verified = createLruMap<string, { readonly claims: AccessClaims; readonly kid: string }>(verifiedMax);

  return {
    signAccess(claims) {
      const { kid, key } = keys.accessSigner();
      const issued = seconds(claims.issuedAtMs);
      const payload = {
        iss: issuer,
        aud: access.audience,
        sub: claims.userId,
        username: claims.username,
        ws: claims.workspaceId,
        sid: claims.sessionId,
        jti: randomBytes(12).toString("base64url"),
        auth_time: seconds(claims.authTimeMs),
        iat: issued,
        nbf: issued,
        exp: seconds(claims.expiresAtMs),
      };
      return sign(access, payload, kid, key);
    },

    async signRefresh(claims, keyId) {
      const key = keys.refreshKey(keyId);
      if (key === null) throw new Error("the key of this refresh token is gone");
      // No random part and a fixed order of claims: HMAC of the same bytes is the same token.
      const payload = {
        iss: issuer,
        aud: refresh.audience,
        sub: claims.userId,
        username: claims.username,
        sid: claims.sessionId,
        gen: claims.generation,
        iat: seconds(claims.issuedAtMs),
        exp: seconds(claims.expiresAtMs),
      };
      return sign(refresh, payload, keyId, key);
    },

    refreshKeyId: () => keys.refreshSigner().kid,

    readAccess(token) {
      if (token.length > tokenCharactersMax) return null;
      const known = verified.get(token);
      if (known === undefined) return readNewAccess(token);
      const { claims, kid } = known;
      if (isTimely(claims.issuedAtMs, claims.expiresAtMs) && access.key(kid) !== null) return claims;
      verified.delete(token);
      return null;
    },

    async readRefresh(token) {
      const proven = await verify(token, refresh);
      if (proven === null) return null;
      const { sub, sid, gen, exp } = proven.payload;
      if (!isText(sub) || !isText(sid) || !isWhole(gen) || !isWhole(exp)) return null;
      return { userId: sub, sessionId: sid, generation: gen, expiresAtMs: exp * 1_000 } satisfies RefreshClaims;
    },
  };

  async function readNewAccess(token: string): Promise<AccessClaims | null> {
    const proven = await verify(token, access);
    if (proven === null) return null;
    const { sub, username, ws, sid, jti, nbf, iat, exp, auth_time: authTime } = proven.payload;
    if (!isText(sub) || typeof username !== "string" || !isText(sid) || !isText(jti)) return null;
    if (!isWhole(ws) || !isWhole(authTime) || !isWhole(nbf) || !isWhole(iat) || !isWhole(exp)) return null;
    const claims: AccessClaims = {
      userId: sub,
      username,
      workspaceId: ws,
      sessionId: sid,
      issuedAtMs: iat * 1_000,
      expiresAtMs: exp * 1_000,
    };
    verified.set(token, { claims, kid: proven.kid });
    return claims;
  }

  /** What a token says that is whole, ours, of this kind and of this time, and which key says so; null otherwise. */
  async function verify(
    token: string,
    kind: Kind,
  ): Promise<{ readonly payload: JWTPayload; readonly kid: string } | null> {
    const header = token.length > tokenCharactersMax ? null : readTokenHeader(token);
    if (header === null || Object.hasOwn(header, "crit")) return null;
    const kid = header["kid"];
    const key = typeof kid === "string" ? kind.key(kid) : null;
    if (typeof kid !== "string" || key === null) return null;
    const options = {
      algorithms: [kind.alg],
      typ: kind.typ,
      issuer,
      audience: kind.audience,
      currentDate: new Date(clock.now()),
      clockTolerance: leewayMs / 1_000,
    };
    try {
      const { payload } = await jwtVerify(token, key, options);
      const { aud, iat, exp } = payload;
      // The library takes one audience among several, and looks neither at the size of numbers nor at their order.
      if (aud !== kind.audience || !isWhole(iat) || !isWhole(exp)) return null;
      if (exp <= iat || (exp - iat) * 1_000 > kind.lifetimeMs) return null;
      return isTimely(iat * 1_000, exp * 1_000) ? { payload, kid } : null;
    } catch (error) {
      if (error instanceof JOSEError) return null;
      throw error;
    }
  }

  function isTimely(issuedAtMs: number, expiresAtMs: number): boolean {
    const nowMs = clock.now();
    return issuedAtMs - leewayMs <= nowMs && nowMs < expiresAtMs + leewayMs;
  }
}

/** Longer tokens are refused unread. */
const tokenCharactersMax = 2_048;

/** What every token of one kind has in common. */
type Kind = {
  readonly alg: "EdDSA" | "HS256";
  readonly typ: "at+jwt" | "rt+jwt";
  readonly audience: string;
  readonly lifetimeMs: number;
  readonly key: (kid: string) => KeyObject | null;
};

function sign(kind: Kind, payload: JWTPayload, kid: string, key: KeyObject): Promise<string> {
  return new SignJWT(payload).setProtectedHeader({ alg: kind.alg, typ: kind.typ, kid }).sign(key);
}

function seconds(ms: number): number {
  return Math.floor(ms / 1_000);
}

function isWhole(value: unknown): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}
