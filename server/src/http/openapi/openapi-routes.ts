import swagger from "@fastify/swagger";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { corsHeaders } from "../cors.ts";
import type { OriginPolicy } from "../origins.ts";
import { checkShape } from "./check-shape.ts";
import { openApi } from "./document.ts";
import { outcomes } from "./failures.ts";

const documentShape = z.looseObject({ openapi: z.string(), paths: z.looseObject({}) }).meta({ id: "OpenApiDocument" });

/**
 * `GET /openapi.json` describes every route that is added after it, by the very shapes that check requests, and the paths of GraphQL. A
 * route that is not to be described says `hide` in its schema.
 */
export async function registerOpenApiRoutes(
  routes: FastifyInstance,
  { origins }: { readonly origins: OriginPolicy },
): Promise<void> {
  routes.setValidatorCompiler(checkShape);
  // Answers are of their type; the tests hold them to their shapes.
  routes.setSerializerCompiler(() => (answer) => JSON.stringify(answer));
  await routes.register(swagger, openApi);
  const schema = {
    tags: ["This server"],
    operationId: "openApi",
    summary: "This document",
    response: outcomes(200, documentShape, "OpenAPI 3.1."),
  };
  routes.get("/openapi.json", { schema }, async (request, reply) =>
    reply.headers({ "cache-control": "no-cache", ...corsHeaders(request.raw, origins) }).send(routes.swagger()),
  );
}
