import type { IncomingMessage } from "node:http";
import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import type { Sessions } from "../../domain/sessions.ts";
import { outcomes } from "./outcomes.ts";
import { givenBearer, readJson } from "./request-parts.ts";
import { credentialsShape, refreshedAccessShape, signedInJson, signedInShape } from "./shapes.ts";
import type { RestSpending } from "./spending.ts";

export type AuthRouteDeps = {
  readonly sessions: Sessions;
  /** The address that a request comes from. */
  readonly peerAddress: (request: IncomingMessage) => string;
};

const agentCharactersMax = 200;

/** Signing in and staying so. Each success is 201, as existing clients expect. */
export function addAuthRoutes(
  scope: FastifyInstance,
  { sessions, peerAddress }: AuthRouteDeps,
  spending: RestSpending,
): void {
  const routes = scope.withTypeProvider<ZodTypeProvider>();

  routes.post(
    "/auth/login",
    {
      schema: {
        tags: ["REST"],
        operationId: "login",
        summary: "Signs in",
        description: "Needs no Authorization header and ignores one.",
        body: credentialsShape,
        response: outcomes(
          201,
          signedInShape,
          "A fresh pair of tokens.",
          "BAD_USER_INPUT",
          "UNAUTHENTICATED",
          "PAYLOAD_TOO_LARGE",
          "UNSUPPORTED_MEDIA_TYPE",
          "RATE_LIMITED",
        ),
      },
      preValidation: readJson,
    },
    async (request, reply) => {
      const agent = (request.headers["user-agent"] ?? "").slice(0, agentCharactersMax);
      const origin = { address: peerAddress(request.raw), agent };
      return reply.code(201).send(signedInJson(await sessions.signIn(request.body, origin)));
    },
  );

  routes.post(
    "/auth/refresh-token",
    {
      schema: {
        tags: ["REST"],
        operationId: "refreshToken",
        summary: "A fresh access token",
        description: "The Authorization header carries an access token that has not expired. The body is not read.",
        deprecated: true,
        security: [{ accessToken: [] }],
        response: outcomes(201, refreshedAccessShape, "A fresh access token.", "UNAUTHENTICATED", "RATE_LIMITED"),
      },
    },
    async (request, reply) => {
      const { accessToken, user } = await spending.proving(request, () => sessions.refreshAccess(givenBearer(request)));
      reply.code(201).header("deprecation", "true");
      return reply.send({ access_token: accessToken, user: { id: user.id, username: user.username } });
    },
  );

  routes.post(
    "/auth/refresh-token-v2",
    {
      schema: {
        tags: ["REST"],
        operationId: "refreshTokenV2",
        summary: "A fresh pair of tokens",
        description: "The Authorization header carries the refresh token. The body is not read.",
        security: [{ refreshToken: [] }],
        response: outcomes(201, signedInShape, "A fresh pair of tokens.", "UNAUTHENTICATED", "RATE_LIMITED"),
      },
    },
    async (request, reply) => {
      const signedIn = await spending.proving(request, () => sessions.refresh(givenBearer(request)));
      return reply.code(201).send(signedInJson(signedIn));
    },
  );
}
