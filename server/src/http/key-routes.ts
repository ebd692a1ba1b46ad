import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { outcomes } from "./openapi/failures.ts";

const jwksShape = z
  .object({ keys: z.array(z.looseObject({ kty: z.string(), kid: z.string(), use: z.string(), alg: z.string() })) })
  .meta({ id: "JwkSet", description: "A JSON Web Key Set (RFC 7517)." });

/** `/.well-known/jwks.json` (RFC 7517): the public keys by which other services verify access tokens. */
export function registerKeyRoutes(routes: FastifyInstance, { jwks }: { jwks: () => unknown }): void {
  const type = "application/jwk-set+json";
  const schema = {
    tags: ["This server"],
    operationId: "jwks",
    summary: "Public keys of access tokens",
    response: {
      ...outcomes(200, jwksShape, ""),
      200: { description: "The keys that sign now, before and next.", content: { [type]: { schema: jwksShape } } },
    },
  };
  routes.get("/.well-known/jwks.json", { schema }, async (_request, reply) =>
    reply.type(`${type}; charset=utf-8`).header("cache-control", "max-age=300").send(JSON.stringify(jwks())),
  );
}
