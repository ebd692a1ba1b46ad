import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { DomainError, unauthenticated } from "../domain/errors.ts";
import type { Clock } from "../domain/ports.ts";
import type { Sessions, SignedIn } from "../domain/sessions.ts";
import { isSameOrigin } from "./origins.ts";
import { isJsonInUtf8 } from "./media-types.ts";

/** The prefix makes browsers insist on Secure, this host and the path `/` (RFC 6265bis, section 4.1.3.2). */
export const refreshCookieName = "__Host-ringback-refresh";

export type SessionRouteDeps = {
  readonly sessions: Sessions;
  readonly clock: Clock;
  readonly peerAddress: (request: FastifyRequest["raw"]) => string;
};

/**
 * Sign-in for the product's own pages: the refresh token stays in a cookie that scripts cannot read, the access token goes
 * to the page. Only pages of this very server get an answer, and sessions made here rotate strictly.
 *
 * `POST /session/login {username, password}` and `POST /session/refresh {}` answer `{access_token, user}`;
 * `POST /session/logout {}` ends the session, 204. A failed refresh leaves the cookie alone: another tab may just have set it.
 */
export function registerSessionRoutes(
  routes: FastifyInstance,
  { sessions, clock, peerAddress }: SessionRouteDeps,
): void {
  routes.post("/session/login", async (request, reply) => {
    requireOwnPage(request);
    const { username, password } = (request.body ?? {}) as Record<string, unknown>;
    if (typeof username !== "string" || typeof password !== "string") {
      throw new DomainError("BAD_REQUEST", "username and password must be strings.");
    }
    const agent = (request.headers["user-agent"] ?? "").slice(0, 200);
    const origin = { address: peerAddress(request.raw), agent };
    return replySignedIn(reply, await sessions.signIn({ username, password, rotation: "strict" }, origin), clock);
  });

  routes.post("/session/refresh", async (request, reply) => {
    requireOwnPage(request);
    return replySignedIn(reply, await sessions.refresh(refreshTokenOf(request)), clock);
  });

  routes.post("/session/logout", async (request, reply) => {
    requireOwnPage(request);
    // The cookie alone says which session it is: the page's access token may have run out.
    const { accessToken } = await sessions.refresh(refreshTokenOf(request));
    await sessions.signOut(await sessions.authenticate(accessToken));
    return reply.code(204).header("set-cookie", refreshCookie("", 0)).header("cache-control", "no-store").send();
  });
}

/** Answers a page of this server: the refresh token goes into the cookie. */
export function replySignedIn(reply: FastifyReply, signedIn: SignedIn, clock: Clock): FastifyReply {
  const { accessToken, refreshToken, user, refreshExpiresAtMs } = signedIn;
  const seconds = Math.max(0, Math.floor((refreshExpiresAtMs - clock.now()) / 1_000));
  return reply
    .header("set-cookie", refreshCookie(refreshToken, seconds))
    .header("cache-control", "no-store")
    .send({ access_token: accessToken, user: { id: user.id, username: user.username } });
}

/** Whether a script of a page of this very server asks, as browsers vouch for it. */
export function isOwnPage({ headers }: FastifyRequest): boolean {
  const isOwn = headers.origin !== undefined && isSameOrigin(headers.origin, headers.host);
  return isOwn && headers["sec-fetch-site"] === "same-origin";
}

/** @throws DomainError UNSUPPORTED_MEDIA_TYPE, FORBIDDEN */
export function requireOwnPage(request: FastifyRequest): void {
  if (!isJsonInUtf8(request.headers["content-type"])) {
    throw new DomainError("UNSUPPORTED_MEDIA_TYPE", "The body must be application/json in UTF-8.");
  }
  if (!isOwnPage(request)) throw new DomainError("FORBIDDEN", "Only pages of this server may do this.");
}

function refreshTokenOf({ headers }: FastifyRequest): string {
  for (const pair of (headers.cookie ?? "").split(";")) {
    const [name = "", value = ""] = pair.split("=", 2).map((part) => part.trim());
    if (name === refreshCookieName && value !== "") return value;
  }
  throw unauthenticated();
}

function refreshCookie(value: string, maxAgeSeconds: number): string {
  return `${refreshCookieName}=${value}; Path=/; Max-Age=${maxAgeSeconds}; Secure; HttpOnly; SameSite=Strict`;
}
