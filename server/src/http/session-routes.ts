import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { DomainError, unauthenticated } from "../domain/errors.ts";
import type { Clock } from "../domain/ports.ts";
import type { Sessions, SignedIn } from "../domain/sessions.ts";
import { pageCredentialsShape } from "./account-shapes.ts";
import { emptyOutcomes, outcomes } from "./openapi/failures.ts";
import { isSameOrigin } from "./origins.ts";
import { refreshedAccessShape } from "./rest/shapes.ts";
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
  fastify: FastifyInstance,
  { sessions, clock, peerAddress }: SessionRouteDeps,
): void {
  const routes = fastify.withTypeProvider<ZodTypeProvider>();
  const ofOwnPages = { tags: ["Accounts"], description: "Only for pages of this server, as browsers vouch for them." };
  const mayRefuse = ["BAD_REQUEST", "UNAUTHENTICATED", "FORBIDDEN", "UNSUPPORTED_MEDIA_TYPE"] as const;

  routes.post(
    "/session/login",
    {
      schema: {
        ...ofOwnPages,
        operationId: "signInPage",
        summary: "Signs a page in",
        body: pageCredentialsShape,
        response: outcomes(
          200,
          refreshedAccessShape,
          "An access token; the refresh token is in the cookie.",
          ...mayRefuse,
          "PAYLOAD_TOO_LARGE",
          "RATE_LIMITED",
        ),
      },
      preValidation: requireOwnPage,
    },
    async (request, reply) => {
      const { username, password } = request.body;
      const agent = (request.headers["user-agent"] ?? "").slice(0, 200);
      const origin = { address: peerAddress(request.raw), agent };
      const signedIn = await sessions.signIn({ username, password, rotation: "strict" }, origin);
      return setRefreshCookie(reply, signedIn, clock).send(withoutRefreshToken(signedIn));
    },
  );

  routes.post(
    "/session/refresh",
    {
      schema: {
        ...ofOwnPages,
        operationId: "refreshPage",
        summary: "A fresh access token for a page",
        security: [{ refreshCookie: [] }],
        body: nothingShape,
        response: outcomes(200, refreshedAccessShape, "An access token, and the next cookie.", ...mayRefuse),
      },
      preValidation: requireOwnPage,
    },
    async (request, reply) => {
      const signedIn = await sessions.refresh(refreshTokenOf(request));
      return setRefreshCookie(reply, signedIn, clock).send(withoutRefreshToken(signedIn));
    },
  );

  routes.post(
    "/session/logout",
    {
      schema: {
        ...ofOwnPages,
        operationId: "signOutPage",
        summary: "Ends the session of a page",
        security: [{ refreshCookie: [] }],
        body: nothingShape,
        response: emptyOutcomes(204, "The session has ended and the cookie is gone.", ...mayRefuse),
      },
      preValidation: requireOwnPage,
    },
    async (request, reply) => {
      // The cookie alone says which session it is: the page's access token may have run out.
      const { accessToken } = await sessions.refresh(refreshTokenOf(request));
      await sessions.signOut(await sessions.authenticate(accessToken));
      return reply.code(204).header("set-cookie", refreshCookie("", 0)).header("cache-control", "no-store").send();
    },
  );
}

const nothingShape = z.object({}, { error: "The body must be a JSON object." }).meta({ id: "Nothing" });

/** Puts the refresh token into the cookie of a page of this server. */
export function setRefreshCookie<Reply extends FastifyReply>(reply: Reply, signedIn: SignedIn, clock: Clock): Reply {
  const seconds = Math.max(0, Math.floor((signedIn.refreshExpiresAtMs - clock.now()) / 1_000));
  reply.header("set-cookie", refreshCookie(signedIn.refreshToken, seconds)).header("cache-control", "no-store");
  return reply;
}

/** What a page is told of a sign-in. */
export function withoutRefreshToken({ accessToken, user }: SignedIn): z.infer<typeof refreshedAccessShape> {
  return { access_token: accessToken, user: { id: user.id, username: user.username } };
}

/** Whether a script of a page of this very server asks, as browsers vouch for it. */
export function isOwnPage({ headers }: FastifyRequest): boolean {
  const isOwn = headers.origin !== undefined && isSameOrigin(headers.origin, headers.host);
  return isOwn && headers["sec-fetch-site"] === "same-origin";
}

/** A hook for routes that read JSON. @throws DomainError UNSUPPORTED_MEDIA_TYPE */
export async function requireJson(request: FastifyRequest): Promise<void> {
  if (!isJsonInUtf8(request.headers["content-type"])) {
    throw new DomainError("UNSUPPORTED_MEDIA_TYPE", "The body must be application/json in UTF-8.");
  }
}

/** A hook for routes of this server's own pages. @throws DomainError UNSUPPORTED_MEDIA_TYPE, FORBIDDEN */
async function requireOwnPage(request: FastifyRequest): Promise<void> {
  await requireJson(request);
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
