import { createServer } from "node:http";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { type FastifyInstance, fastify } from "fastify";
import { DomainError, errorTable } from "../domain/errors.ts";
import type { Log } from "../log.ts";
import { createPipelineLimit } from "./pipeline.ts";
import { errorBody, rawErrorReply, replyWithError, retryAfterSeconds, standingHeaders } from "./replies.ts";
import { headLimits, headProblem } from "./request-head.ts";

/** How long requests that run when the server closes may go on. */
const closingMsMax = 10_000;

export type HttpServer = {
  readonly server: Server;
  /** Where routes are added, before {@link listen}. */
  readonly routes: FastifyInstance;
  /** The port that it listens on. @throws DomainError PORT_TAKEN, BAD_CONFIGURATION */
  listen(host: string, port: number): Promise<number>;
  /** Takes no further connections from now on, lets what runs finish within 10 seconds, then ends. */
  close(): Promise<void>;
};

/** Answers a request that comes under its exact path, ahead of the router. */
export type PathHandler = (request: IncomingMessage, response: ServerResponse, requestId: string) => void;

/**
 * The HTTP server: hardened against slow, oversized and ambiguous requests, every answer with a request id and, where it
 * refuses, a JSON body with a code. `paths` are served by their own handlers, all else by the router.
 */
export function createHttpServer({
  paths,
  log,
  newRequestId,
  timeouts = { headersMs: 10_000, requestMs: 15_000, idleMs: 20_000, checkMs: 1_000 },
}: {
  readonly paths: Readonly<Record<string, PathHandler>>;
  readonly log: Log;
  readonly newRequestId: () => string;
  /** For the headers and the whole request to arrive, and for a connection on which nothing moves; how often it is looked. */
  readonly timeouts?: {
    readonly headersMs: number;
    readonly requestMs: number;
    readonly idleMs: number;
    readonly checkMs: number;
  };
}): HttpServer {
  const direct = new Map(Object.entries(paths));
  const inLine = createPipelineLimit();
  const requestIds = new WeakMap<IncomingMessage, string>();
  let routed: (request: IncomingMessage, response: ServerResponse) => void = () => undefined;

  const server = createServer(
    {
      maxHeaderSize: headLimits.bytes,
      headersTimeout: timeouts.headersMs,
      requestTimeout: timeouts.requestMs,
      connectionsCheckingInterval: timeouts.checkMs,
      keepAliveTimeout: 65_000,
      insecureHTTPParser: false,
      // Checked by us as well, for an answer of our own.
      requireHostHeader: false,
      noDelay: true,
      shouldUpgradeCallback: ({ headers }) => headers.upgrade?.toLowerCase() === "websocket",
    },
    onRequest,
  );
  // The number of headers is checked by us: Node.js would drop those above the limit without a word.
  server.maxHeadersCount = 0;
  // A connection on which nothing moves for so long belongs to somebody who does not read the answer.
  server.setTimeout(timeouts.idleMs);
  server.on("checkExpectation", (request: IncomingMessage, response: ServerResponse) => {
    const error = new DomainError("BAD_REQUEST", "The only expectation that can be met is 100-continue.");
    replyWithError(response, error, { status: 417, headers: refusalHeaders(request) });
  });
  server.on("clientError", onClientError);

  const routes = fastify({
    serverFactory: (handler) => {
      routed = handler;
      return server;
    },
    genReqId: (request) => requestIds.get(request) ?? newRequestId(),
    logger: false,
    routerOptions: { maxParamLength: 200 },
    bodyLimit: 128 * 1_024,
    // Requests that come while it stops are still answered: the connection is closed after them.
    return503OnClosing: false,
    frameworkErrors: (error, _request, reply) => {
      reply.raw.setHeader("content-type", "application/json; charset=utf-8");
      replyWithError(reply.raw, asDomainError(error));
    },
  });
  routes.addHook("onRequest", async (request, reply) => {
    reply.headers({ ...standingHeaders, "x-request-id": request.id });
  });
  routes.setNotFoundHandler((_request, reply) => {
    const body = errorBody(new DomainError("NOT_FOUND", "There is nothing here."));
    return reply.code(404).type("application/json; charset=utf-8").send(body);
  });
  routes.setErrorHandler((thrown, request, reply) => {
    const error = asDomainError(thrown);
    if (error.code === "INTERNAL_SERVER_ERROR") {
      log.error({ requestId: request.id, err: thrown }, "a request failed by a fault of ours");
    }
    if (error.retryAfterMs !== undefined) reply.header("retry-after", retryAfterSeconds(error.retryAfterMs));
    return reply.code(errorTable[error.code].http).type("application/json; charset=utf-8").send(errorBody(error));
  });

  return {
    server,
    routes,
    async listen(host, port) {
      await routes.ready();
      return listenOn(server, host, port);
    },
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeIdleConnections();
      // Connections whose request was running then are kept alive by their answer: they turn idle one by one.
      const sweeping = setInterval(() => server.closeIdleConnections(), 20);
      const patience = setTimeout(() => server.closeAllConnections(), closingMsMax);
      await closed;
      clearInterval(sweeping);
      clearTimeout(patience);
      await routes.close();
    },
  };

  function onRequest(request: IncomingMessage, response: ServerResponse): void {
    const problem = headProblem(request);
    if (problem !== null) {
      const { status, message } = problem;
      replyWithError(response, new DomainError("BAD_REQUEST", message), { status, headers: refusalHeaders(request) });
      return;
    }
    inLine(request.socket, response, () => {
      if (!server.listening) response.setHeader("connection", "close");
      const { url = "" } = request;
      const query = url.indexOf("?");
      const handler = direct.get(query === -1 ? url : url.slice(0, query));
      const requestId = newRequestId();
      if (handler !== undefined) return handler(request, response, requestId);
      requestIds.set(request, requestId);
      routed(request, response);
    });
  }

  function refusalHeaders(request: IncomingMessage): Record<string, string> {
    request.resume();
    return { connection: "close", "x-request-id": newRequestId() };
  }

  function onClientError(error: NodeJS.ErrnoException, socket: Socket): void {
    if (error.code === "ECONNRESET" || !socket.writable) {
      socket.destroy();
      return;
    }
    const [status, reason, message] = unreadable(error.code);
    const code = status === 413 ? "PAYLOAD_TOO_LARGE" : "BAD_REQUEST";
    socket.end(rawErrorReply(status, reason, new DomainError(code, message), newRequestId()), () => socket.destroy());
  }
}

function unreadable(code: string | undefined): readonly [number, string, string] {
  if (code === "HPE_HEADER_OVERFLOW") {
    return [431, "Request Header Fields Too Large", `The headers have more than ${headLimits.bytes} bytes.`];
  }
  if (code === "HPE_CHUNK_EXTENSIONS_OVERFLOW")
    return [413, "Payload Too Large", "The chunk extensions are too large."];
  if (code === "ERR_HTTP_REQUEST_TIMEOUT") return [408, "Request Timeout", "The request did not arrive in time."];
  return [400, "Bad Request", "This is not HTTP/1.1."];
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

function listenOn(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", (cause: NodeJS.ErrnoException) => {
      if (cause.code === "EADDRINUSE") {
        reject(new DomainError("PORT_TAKEN", `Something else listens on ${host}:${port} already.`, { cause }));
      } else
        reject(new DomainError("BAD_CONFIGURATION", `Cannot listen on ${host}:${port}: ${cause.message}.`, { cause }));
    });
    server.listen({ host, port, backlog: 1_024 }, () => {
      const address = server.address();
      resolve(typeof address === "object" && address !== null ? address.port : port);
    });
  });
}
