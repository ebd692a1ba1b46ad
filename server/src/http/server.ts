import { createServer } from "../node-http.ts";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import type { Log } from "../domain/ports.ts";
import { DomainError } from "../domain/errors.ts";
import { createPipelineLimit } from "./pipeline.ts";
import { rawErrorReply, replyWithError } from "./replies.ts";
import { headLimits, headProblem } from "./request-head.ts";

/** How long requests that run when the server closes may go on. */
const closingMsMax = 10_000;

export type HttpServer = {
  readonly server: Server;
  /** The port that it listens on. @throws DomainError PORT_TAKEN, BAD_CONFIGURATION */
  listen(host: string, port: number): Promise<number>;
  /** From now on lets go of each connection with its next answer, so that clients come back over new ones. */
  retire(): void;
  /** Takes no further connections from now on, lets what runs finish within 10 seconds, then ends. */
  close(): Promise<void>;
};

export type RequestHandler = (request: IncomingMessage, response: ServerResponse, requestId: string) => void;

/** All routes that are not served by a handler of their own. */
export type Router = { readonly handle: RequestHandler; close(): Promise<void> };

/**
 * The HTTP server: hardened against slow, oversized and ambiguous requests, every answer with a request id and, where it
 * refuses, a JSON body with a code. `paths` are served by their own handlers, all else by the router. That is made when it is
 * first needed: it takes longer than everything else together (about 170 of 330 ms of a cold start, and 27 of 126 MB), and
 * nobody who asks a GraphQL query should wait for it.
 */
export function createHttpServer({
  paths,
  handlerOf,
  makeRouter,
  log,
  newRequestId,
  timeouts = { headersMs: 10_000, requestMs: 15_000, idleMs: 20_000, checkMs: 1_000 },
}: {
  readonly paths: Readonly<Record<string, RequestHandler>>;
  /** Who else, beside `paths`, handles a request without the router; null for nobody. */
  readonly handlerOf?: (request: IncomingMessage) => RequestHandler | null;
  readonly makeRouter: () => Promise<Router>;
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
  let router: Promise<Router> | null = null;
  let route: RequestHandler = routeOnceMade;
  let isRetiring = false;

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
    const error = new DomainError("EXPECTATION_FAILED", "The only expectation that can be met is 100-continue.");
    refuse(request, response, error, newRequestId());
  });
  server.on("clientError", onClientError);

  return {
    server,
    listen: (host, port) => listenOn(server, host, port),
    retire() {
      isRetiring = true;
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
      await (await router)?.close();
    },
  };

  function onRequest(request: IncomingMessage, response: ServerResponse): void {
    const problem = headProblem(request);
    if (problem !== null) {
      refuse(request, response, problem, newRequestId());
      return;
    }
    inLine(request.socket, response, () => {
      if (isRetiring || !server.listening) response.setHeader("connection", "close");
      const { url = "" } = request;
      const query = url.indexOf("?");
      const handler = direct.get(query === -1 ? url : url.slice(0, query)) ?? handlerOf?.(request);
      const requestId = newRequestId();
      (handler ?? route)(request, response, requestId);
    });
  }

  function readyRouter(): Promise<Router> {
    router ??= makeRouter().then((made) => {
      route = made.handle;
      return made;
    });
    return router;
  }

  function routeOnceMade(request: IncomingMessage, response: ServerResponse, requestId: string): void {
    readyRouter().then(
      ({ handle }) => handle(request, response, requestId),
      (error: unknown) => {
        log.error({ requestId, err: error }, "the router could not be made");
        refuse(request, response, new DomainError("INTERNAL_SERVER_ERROR", "Internal server error"), requestId);
      },
    );
  }

  /** Answers without having read the request, and lets go of the connection. */
  function refuse(request: IncomingMessage, response: ServerResponse, error: DomainError, requestId: string): void {
    request.resume();
    replyWithError(response, error, requestId, { headers: { connection: "close" } });
  }

  function onClientError(error: NodeJS.ErrnoException, socket: Socket): void {
    if (error.code === "ECONNRESET" || !socket.writable) {
      socket.destroy();
      return;
    }
    socket.end(rawErrorReply(unreadable(error.code), newRequestId()), () => socket.destroy());
  }
}

function unreadable(code: string | undefined): DomainError {
  if (code === "HPE_HEADER_OVERFLOW") {
    return new DomainError("HEADERS_TOO_LARGE", `The headers have more than ${headLimits.bytes} bytes.`);
  }
  if (code === "HPE_CHUNK_EXTENSIONS_OVERFLOW") {
    return new DomainError("PAYLOAD_TOO_LARGE", "The chunk extensions are too large.");
  }
  if (code === "ERR_HTTP_REQUEST_TIMEOUT") {
    return new DomainError("REQUEST_TIMEOUT", "The request did not arrive in time.");
  }
  return new DomainError("BAD_REQUEST", "This is not HTTP/1.1.");
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
