import type { IncomingMessage } from "node:http";
import { type FastifyInstance, type FastifyReply, type FastifyRequest, fastify } from "fastify";
import { DomainError, errorTable } from "../domain/errors.ts";
import type { Log } from "../domain/ports.ts";
import { checkShape } from "./openapi/check-shape.ts";
import { errorBody, retryAfterSeconds, standingHeaders } from "./replies.ts";
import { headLimits } from "./request-head.ts";
import type { Router } from "./server.ts";

/**
 * Fastify as a router behind our own HTTP server: it never listens itself. Refusals, its own too, have the product's codes.
 * @param addRoutes adds every route before the first request is handled.
 */
export async function createRouter(
  { log }: { readonly log: Log },
  addRoutes: (routes: FastifyInstance) => void | Promise<void>,
): Promise<Router> {
  const requestIds = new WeakMap<IncomingMessage, string>();
  const routes = fastify({
    genReqId: (request) => requestIds.get(request) ?? "",
    logger: false,
    exposeHeadRoutes: false,
    // Routes judge the length of their parameters themselves; the request line is bounded with the headers.
    routerOptions: { maxParamLength: headLimits.bytes },
    bodyLimit: 128 * 1_024,
    // Requests that come while it stops are still answered: the connection is closed after them.
    return503OnClosing: false,
    frameworkErrors: (error, request, reply) => {
      void refuse(asDomainError(error), request, reply.headers({ ...standingHeaders, "x-request-id": request.id }));
    },
  });
  routes.addHook("onRequest", async (request, reply) => {
    reply.headers({ ...standingHeaders, "x-request-id": request.id });
  });
  const known = createKnownPaths();
  routes.addHook("onRoute", ({ url, method }) => known.add(url, [method].flat()));
  routes.setNotFoundHandler((request, reply) => {
    const allow = known.methodsOf(request.url);
    if (allow.length === 0) return refuse(new DomainError("NOT_FOUND", "There is nothing here."), request, reply);
    const error = new DomainError("METHOD_NOT_ALLOWED", `This path takes ${allow.join(", ")}.`);
    return refuse(error, request, reply.header("allow", allow.join(", ")));
  });
  routes.setErrorHandler((thrown, request, reply) => {
    const error = asDomainError(thrown);
    if (error.code === "INTERNAL_SERVER_ERROR") {
      log.error({ requestId: request.id, err: thrown }, "a request failed by a fault of ours");
    }
    return refuse(error, request, reply);
  });
  routes.setValidatorCompiler(checkShape);
  // Answers are of their type; the tests hold them to their shapes.
  routes.setSerializerCompiler(() => (answer) => JSON.stringify(answer));
  await addRoutes(routes);
  await routes.ready();

  return {
    handle(request, response, requestId) {
      requestIds.set(request, requestId);
      routes.routing(request, response);
    },
    close: () => routes.close(),
  };
}

/** Which methods a path takes, for whoever asks by another. */
function createKnownPaths() {
  const paths = new Map<string, { readonly pattern: RegExp; readonly methods: Set<string> }>();
  return {
    add(url: string, methods: readonly string[]): void {
      const parts = url.split("/").map((part) => {
        if (part.startsWith(":")) return "[^/]+";
        return part === "*" ? ".*" : RegExp.escape(part);
      });
      const path = paths.get(url) ?? { pattern: new RegExp(`^${parts.join("/")}$`), methods: new Set() };
      for (const method of methods) if (method !== "OPTIONS") path.methods.add(method);
      paths.set(url, path);
    },
    methodsOf(url: string): readonly string[] {
      const [path = ""] = url.split("?", 1);
      const found = [...paths.values()].filter(({ pattern }) => pattern.test(path));
      const all = found.reduce((some, { methods }) => some.union(methods), new Set<string>());
      return [...all].toSorted();
    },
  };
}

function refuse(error: DomainError, { id }: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (error.retryAfterMs !== undefined) reply.header("retry-after", retryAfterSeconds(error.retryAfterMs));
  return reply.code(errorTable[error.code].http).type("application/json; charset=utf-8").send(errorBody(error, id));
}

/** What the router refuses by itself, in the product's codes. */
function asDomainError(error: unknown): DomainError {
  if (error instanceof DomainError) return error;
  const status = (error as { readonly statusCode?: unknown } | null)?.statusCode;
  switch (status) {
    case 413:
      return new DomainError("PAYLOAD_TOO_LARGE", "The body is larger than the limit.", { cause: error });
    case 415:
      return new DomainError("UNSUPPORTED_MEDIA_TYPE", "The body must be application/json in UTF-8.", { cause: error });
    case 404:
      return new DomainError("NOT_FOUND", "There is nothing here.", { cause: error });
    case 400:
      return new DomainError("BAD_REQUEST", "The request cannot be read.", { cause: error });
    default:
      return new DomainError("INTERNAL_SERVER_ERROR", "Internal server error", { cause: error });
  }
}
