import type { FastifyInstance } from "fastify";
import { unauthenticated } from "../domain/errors.ts";
import type { Sessions } from "../domain/sessions.ts";
import { fileOutcomes } from "./openapi/failures.ts";
import { bearerOf } from "./request-head.ts";

/** `/schema.graphql`: the published contract, for those who may introspect. */
export function registerSchemaRoutes(
  routes: FastifyInstance,
  deps: { readonly sdl: string; readonly isOpen: boolean; readonly sessions: Sessions },
): void {
  const schema = {
    tags: ["GraphQL"],
    operationId: "schema",
    summary: "The schema of the GraphQL API",
    description: "For whoever is signed in; where the setting RINGBACK_INTROSPECTION is open, for everybody.",
    security: deps.isOpen ? [] : [{ accessToken: [] }],
    response: fileOutcomes(["application/graphql"], "The schema definition.", "BAD_REQUEST", "UNAUTHENTICATED"),
  };
  routes.get("/schema.graphql", { schema }, async (request, reply) => {
    if (!deps.isOpen) {
      const bearer = bearerOf(request.raw);
      if (bearer === null) throw unauthenticated();
      await deps.sessions.authenticate(bearer);
    }
    return reply.type("application/graphql; charset=utf-8").header("cache-control", "private, no-cache").send(deps.sdl);
  });
}
