import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import type { Invitations } from "../domain/invitations.ts";
import { newAccountShape, pageSignedInShape } from "./account-shapes.ts";
import { outcomes } from "./openapi/failures.ts";
import { signedInJson } from "./rest/shapes.ts";
import {
  isOwnPage,
  requireJson,
  type SessionRouteDeps,
  setRefreshCookie,
  withoutRefreshToken,
} from "./session-routes.ts";

export type InvitationRouteDeps = SessionRouteDeps & { readonly invitations: Invitations };

/**
 * `POST /invitations/accept {token, username, password}` makes the account that an invitation stands for and signs it in:
 * 201 with `{access_token, refresh_token, user}`, or, for a page of this server, with the refresh token in the cookie. A link
 * works once. The page for it is `/invitation`, of the web app.
 */
export function registerInvitationRoutes(fastify: FastifyInstance, deps: InvitationRouteDeps): void {
  const { invitations, sessions, clock, peerAddress } = deps;
  fastify.withTypeProvider<ZodTypeProvider>().post(
    "/invitations/accept",
    {
      schema: {
        tags: ["Accounts"],
        operationId: "acceptInvitation",
        summary: "Makes the account that an invitation stands for",
        body: newAccountShape,
        response: outcomes(
          201,
          pageSignedInShape,
          "The account is made and signed in.",
          "BAD_REQUEST",
          "BAD_USER_INPUT",
          "FORBIDDEN",
          "CONFLICT",
          "PAYLOAD_TOO_LARGE",
          "UNSUPPORTED_MEDIA_TYPE",
          "RATE_LIMITED",
        ),
      },
      preValidation: requireJson,
    },
    async (request, reply) => {
      const { token, username, password } = request.body;
      const agent = (request.headers["user-agent"] ?? "").slice(0, 200);
      const origin = { address: peerAddress(request.raw), agent };
      const isOwn = isOwnPage(request);
      const rotation = isOwn ? "strict" : undefined;
      const make = () => invitations.accept(token, username, password);
      const signedIn = await sessions.signInFirst({ username, password, rotation }, origin, make);
      reply.code(201).header("cache-control", "no-store");
      if (isOwn) return setRefreshCookie(reply, signedIn, clock).send(withoutRefreshToken(signedIn));
      return reply.send(signedInJson(signedIn));
    },
  );
}
