import type { FastifyInstance, FastifyReply, FastifyRequest, FastifySchemaCompiler } from "fastify";
import { z, type ZodType } from "zod";
import type { Budgets } from "../../domain/budgets.ts";
import { DomainError, errorTable } from "../../domain/errors.ts";
import type { Log } from "../../domain/ports.ts";
import { corsHeaders, preflightHeaders } from "../cors.ts";
import type { OriginPolicy } from "../origins.ts";
import { retryAfterSeconds } from "../replies.ts";
import { type AuthRouteDeps, addAuthRoutes } from "./auth-routes.ts";
import { type CallRouteDeps, addCallRoutes } from "./call-routes.ts";
import { type ContactRouteDeps, addContactRoutes } from "./contact-routes.ts";
import { addRestSpending } from "./spending.ts";
import { outcomes } from "./outcomes.ts";
import { UnacceptableRequest, asRefusal, refusalBody } from "./refusals.ts";

export type RestRouteDeps = AuthRouteDeps &
  CallRouteDeps &
  ContactRouteDeps & {
    /** Whose pages may read the answers. */
    readonly origins: OriginPolicy;
    readonly budgets: Budgets;
    readonly log: Log;
  };

const bodyBytesMax = 128 * 1_024;

/**
 * The REST routes of the documented API: thin adapters on the same use cases as GraphQL, with the status codes and error
 * bodies that existing clients know.
 */
export function registerRestRoutes(routes: FastifyInstance, deps: RestRouteDeps): void {
  routes.register(async (scope) => {
    scope.setValidatorCompiler(checkShape);
    answerRefusals(scope, deps.log);
    // Bodies come as bytes: some routes take none and must not mind what a client sends along, or under which type.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser("*", { parseAs: "buffer", bodyLimit: bodyBytesMax }, (_request, body, done) => {
      done(null, body);
    });
    scope.addHook("onRequest", async (request, reply) => {
      reply.headers({ "cache-control": "no-store", ...corsHeaders(request.raw, deps.origins) });
    });
    answerPreflights(scope, deps);
    const spending = addRestSpending(scope, deps);
    addAuthRoutes(scope, deps, spending);
    addCallRoutes(scope, deps, spending);
    addContactRoutes(scope, deps, spending);
    addOpenApiRoute(scope);
  });
}

const documentShape = z
  .looseObject({ openapi: z.string(), paths: z.record(z.string(), z.unknown()) })
  .meta({ id: "OpenApiDocument", description: "By the OpenAPI Specification 3.1." });

/** `GET /openapi.json`: every route of this server, these and all others. */
function addOpenApiRoute(scope: FastifyInstance): void {
  const schema = {
    tags: ["This server"],
    operationId: "openApi",
    summary: "This document",
    response: outcomes(200, documentShape, "The document.", "RATE_LIMITED"),
  };
  scope.get("/openapi.json", { schema }, async (_request, reply) =>
    reply.header("cache-control", "no-cache").send(scope.swagger()),
  );
}

function answerRefusals(scope: FastifyInstance, log: Log): void {
  scope.setErrorHandler((thrown, request, reply) => {
    const refusal = asRefusal(thrown);
    if (refusal === null) log.error({ requestId: request.id, err: thrown }, "a request failed by a fault of ours");
    const error = refusal ?? new DomainError("INTERNAL_SERVER_ERROR", "Internal server error");
    const status = errorTable[error.code].http;
    if (status === 401) reply.header("www-authenticate", "Bearer");
    if (error.retryAfterMs !== undefined) reply.header("retry-after", retryAfterSeconds(error.retryAfterMs));
    return reply.code(status).header("x-error-code", error.code).send(refusalBody(error));
  });
}

/** Each path answers OPTIONS with the methods that its routes take. */
function answerPreflights(scope: FastifyInstance, { origins }: RestRouteDeps): void {
  const methodsOf = new Map<string, string[]>();
  scope.addHook("onRoute", ({ url, method }) => {
    if (method === "OPTIONS") return;
    const methods = methodsOf.get(url);
    if (methods !== undefined) {
      methods.push(...[method].flat());
      return;
    }
    methodsOf.set(url, [method].flat());
    scope.options(url, { schema: { hide: true } }, async (request: FastifyRequest, reply: FastifyReply) => {
      const allow = (methodsOf.get(url) ?? []).join(", ");
      return reply
        .code(204)
        .headers({ ...preflightHeaders(request.raw, origins, allow), allow })
        .send();
    });
  });
}

const checkShape: FastifySchemaCompiler<ZodType> =
  ({ schema }) =>
  (given) => {
    const read = schema.safeParse(given, { reportInput: true });
    return read.success ? { value: read.data } : { error: new UnacceptableRequest(read.error.issues) };
  };
