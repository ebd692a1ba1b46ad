import type { FastifyInstance } from "fastify";
import { DomainError } from "../domain/errors.ts";
import type { Invitations } from "../domain/invitations.ts";
import { isJsonInUtf8 } from "./media-types.ts";
import { isOwnPage, replySignedIn, type SessionRouteDeps } from "./session-routes.ts";

export type InvitationRouteDeps = SessionRouteDeps & { readonly invitations: Invitations };

/**
 * `POST /invitations/accept {token, username, password}` makes the account that an invitation stands for and signs it in:
 * 201 with `{access_token, refresh_token, user}`, or, for a page of this server, with the refresh token in the cookie. A link
 * works once. The page for it is `/invitation`, of the web app.
 */
export function registerInvitationRoutes(routes: FastifyInstance, deps: InvitationRouteDeps): void {
  const { invitations, sessions, clock, peerAddress } = deps;
  routes.post("/invitations/accept", async (request, reply) => {
    if (!isJsonInUtf8(request.headers["content-type"])) {
      throw new DomainError("UNSUPPORTED_MEDIA_TYPE", "The body must be application/json in UTF-8.");
    }
    const { token, username, password } = (request.body ?? {}) as Record<string, unknown>;
    if (typeof token !== "string" || typeof username !== "string" || typeof password !== "string") {
      throw new DomainError("BAD_REQUEST", "token, username and password must be strings.");
    }
    await invitations.accept(token, username, password);
    const agent = (request.headers["user-agent"] ?? "").slice(0, 200);
    const origin = { address: peerAddress(request.raw), agent };
    const isOwn = isOwnPage(request);
    const rotation = isOwn ? "strict" : undefined;
    const signedIn = await sessions.signIn({ username, password, rotation }, origin);
    reply.code(201);
    if (isOwn) return replySignedIn(reply, signedIn, clock);
    const { accessToken, refreshToken, user } = signedIn;
    return reply.header("cache-control", "no-store").send({
      access_token: accessToken,
      refresh_token: refreshToken,
      user: { id: user.id, username: user.username },
    });
  });
}
