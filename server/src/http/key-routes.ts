import type { FastifyInstance } from "fastify";

/** `/.well-known/jwks.json` (RFC 7517): the public keys by which other services verify access tokens. */
export function registerKeyRoutes(routes: FastifyInstance, { jwks }: { jwks: () => unknown }): void {
  routes.get("/.well-known/jwks.json", async (_request, reply) =>
    reply
      .type("application/jwk-set+json; charset=utf-8")
      .header("cache-control", "max-age=300")
      .send(JSON.stringify(jwks())),
  );
}
