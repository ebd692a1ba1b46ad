import swagger from "@fastify/swagger";
import type { FastifyInstance } from "fastify";
import { openApi } from "./document.ts";

/**
 * Makes `routes.swagger()` the OpenAPI document of every route that is added from now on, made from the very shapes by which they check
 * requests, and of the paths of GraphQL. A route that is not to be described says `hide` in its schema.
 */
export async function describeRoutes(routes: FastifyInstance): Promise<void> {
  await routes.register(swagger, openApi);
}
