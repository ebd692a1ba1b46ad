import type { IncomingMessage, ServerResponse } from "node:http";
import { DomainError, unauthenticated } from "../../domain/errors.ts";
import { networkOf } from "../../domain/network.ts";
import type { Clock, Log, Revocations } from "../../domain/ports.ts";
import type { Sessions } from "../../domain/sessions.ts";
import type { Principal } from "../../domain/workspace.ts";
import type { Caller, GraphqlCore, GraphqlParameters } from "../../graphql/core.ts";
import { readParameters } from "../../graphql/parameters.ts";
import { corsHeaders, preflightHeaders } from "../cors.ts";
import { agentLengthMax, parametersOfUrl, readBody } from "../graphql-handler.ts";
import { acceptsEventStream } from "../media-types.ts";
import type { OriginPolicy } from "../origins.ts";
import { endUnread, errorBody, replyWithError, retryAfterSeconds, standingHeaders } from "../replies.ts";
import { bearerOf } from "../request-head.ts";
import { createOpenCounts } from "../open-counts.ts";
import type { OpenElsewhere } from "../open-elsewhere.ts";
import type { RequestHandler } from "../server.ts";
import { systemTimers, type Timers } from "../timers.ts";
import { createPayloadEncoder } from "../websocket/frame.ts";
import { createRates } from "../websocket/rate.ts";
import { completeEvent, nextEvent } from "./event.ts";
import { defaultEventStreamLimits, type EventStreamLimits } from "./limits.ts";
import { EventStream } from "./stream.ts";

export type EventStreamsDeps = {
  readonly core: GraphqlCore;
  readonly sessions: Pick<Sessions, "authenticate">;
  readonly revocations: Pick<Revocations, "has" | "onRevoked">;
  readonly clock: Clock;
  readonly log: Pick<Log, "error">;
  readonly origins: OriginPolicy;
  readonly peerAddress: (request: IncomingMessage) => string;
  readonly limits?: Partial<EventStreamLimits>;
  /** What counts against the limits of sessions and networks beside what is open here. */
  readonly elsewhere?: OpenElsewhere | null;
  readonly timers?: Timers;
};

export type EventStreams = {
  /** How many streams are open. */
  readonly size: number;
  readonly handle: RequestHandler;
  /**
   * Takes no more streams and ends the open ones, one after the other over `spreadMs`, so that their clients come back to whoever
   * serves next; resolves when all are gone. Who does not read the rest is cut off.
   */
  drain(spreadMs: number): Promise<void>;
  /** Cuts off every stream at once. */
  close(): void;
};

export const eventStreamPath = "/graphql/stream";

const methods = "GET, POST";
const tickMs = 500;
const drainTickMs = 50;
const networksMax = 10_000;

/**
 * `/graphql/stream`: every operation as server-sent events, by the protocol "GraphQL over Server-Sent Events" of graphql-sse,
 * distinct connections mode. Whatever GraphQL refuses comes as an event; what the transport refuses (a form of request that
 * it does not take, a subscription without a good token, too many of them) has a status and a JSON body.
 *
 * A response ends with its connection: what a slow reader leaves waiting is then in one place, the socket's buffer.
 */
export function createEventStreams(deps: EventStreamsDeps): EventStreams {
  const {
    core,
    sessions,
    revocations,
    clock,
    log,
    origins,
    peerAddress,
    timers = systemTimers,
    elsewhere = null,
  } = deps;
  const limits = { ...defaultEventStreamLimits, ...deps.limits };
  const encodePayload = createPayloadEncoder();
  const streams = new Set<EventStream>();
  const openByNetwork = createOpenCounts({ kind: "network-streams", max: limits.streamsPerNetwork, elsewhere });
  const openBySession = createOpenCounts({ kind: "session-streams", max: limits.streamsPerSession, elsewhere });
  const opens = createRates(limits.opensPerSecond, limits.opensBurst, networksMax);
  let isDraining = false;
  let onEmpty = () => {};

  const stopTicking = timers.every(tickMs, () => {
    const nowMs = timers.now();
    for (const stream of streams) stream.tick(nowMs, tickMs);
  });
  const unlisten = revocations.onRevoked((sessionId) => {
    for (const stream of streams) if (stream.principal.sessionId === sessionId) stream.breakOff("Session ended");
  });

  return {
    get size() {
      return streams.size;
    },
    handle(request, response, requestId) {
      answer(request, response, requestId).catch((error: unknown) => refuse(request, response, requestId, error));
    },
    drain,
    close() {
      isDraining = true;
      unlisten();
      stopTicking();
      for (const stream of streams) stream.cutOff();
    },
  };

  async function answer(request: IncomingMessage, response: ServerResponse, requestId: string): Promise<void> {
    const { method, headers } = request;
    if (method === "OPTIONS") {
      const preflight = preflightHeaders(request, origins, methods);
      response.writeHead(204, { ...preflight, "x-request-id": requestId, allow: methods }).end();
      return;
    }
    if (method !== "GET" && method !== "POST") {
      throw new DomainError("METHOD_NOT_ALLOWED", `${method} is not served here; use ${methods}.`);
    }
    if (!acceptsEventStream(headers.accept)) {
      throw new DomainError("NOT_ACCEPTABLE", "Answers come as text/event-stream.");
    }
    const bearer = bearerOf(request);
    const given = method === "GET" ? parametersOfUrl(request.url ?? "") : await readBody(request);
    const parameters = parametersOr(request, response, requestId, given);
    if (parameters === null) return;
    const kind = core.kind(parameters);
    if (method === "GET" && kind === "mutation") {
      throw new DomainError("METHOD_NOT_ALLOWED", "Mutations are not served by GET; use POST.");
    }
    const idempotencyKey = headers["idempotency-key"];
    const caller: Caller = {
      bearer,
      principal: null,
      origin: { address: peerAddress(request), agent: (headers["user-agent"] ?? "").slice(0, agentLengthMax) },
      requestId,
      idempotencyKey: typeof idempotencyKey === "string" ? idempotencyKey : null,
    };
    if (kind === "subscription") {
      await subscribe(request, response, parameters, caller);
      return;
    }
    const { body, encoding, retryAfterMs } = await core.execute(
      parameters,
      caller,
      method === "GET" ? ["query"] : ["query", "mutation"],
    );
    const wait = retryAfterMs === null ? {} : { "retry-after": retryAfterSeconds(retryAfterMs) };
    sendOne(request, response, requestId, Buffer.from(body, encoding), wait);
  }

  /** The parameters; or null once a persisted query has been refused, which is an answer of GraphQL's kind. */
  function parametersOr(
    request: IncomingMessage,
    response: ServerResponse,
    requestId: string,
    given: unknown,
  ): GraphqlParameters | null {
    try {
      return readParameters(given);
    } catch (error) {
      if (!(error instanceof DomainError) || error.code !== "PERSISTED_QUERY_NOT_SUPPORTED") throw error;
      sendOne(request, response, requestId, Buffer.from(errorBody(error, requestId)));
      return null;
    }
  }

  async function subscribe(
    request: IncomingMessage,
    response: ServerResponse,
    parameters: GraphqlParameters,
    caller: Caller,
  ): Promise<void> {
    const network = networkOf(caller.origin.address);
    if (isDraining) throw refusal("UNAVAILABLE", "The server is stopping.");
    if (!opens.take(network, timers.now())) throw refusal("RATE_LIMITED", "Too many streams opened from one network.");
    const principal = await readPrincipal(caller.bearer);
    if (isDraining) throw refusal("UNAVAILABLE", "The server is stopping.");
    if (response.destroyed) return;
    const { sessionId } = principal;
    if (openByNetwork.isFull(network)) {
      throw refusal("RATE_LIMITED", "Too many streams from one network.");
    }
    if (openBySession.isFull(sessionId)) {
      throw refusal("RATE_LIMITED", `At most ${limits.streamsPerSession} streams may be open in one session.`);
    }
    const stream = new EventStream(
      { clock, steadyNow: () => timers.now(), limits, encodePayload },
      principal,
      response,
      () => writeHead(request, response, caller.requestId),
    );
    streams.add(stream);
    openByNetwork.enter(network);
    openBySession.enter(sessionId);
    response.once("close", () => {
      streams.delete(stream);
      openByNetwork.leave(network);
      openBySession.leave(sessionId);
      if (streams.size === 0) onEmpty();
    });
    const lastSeen = request.headers["last-event-id"];
    stream.start(
      await core.subscribe(
        parameters,
        { ...caller, principal },
        stream,
        typeof lastSeen === "string" && lastSeen !== "" ? lastSeen : undefined,
      ),
    );
  }

  async function readPrincipal(bearer: string | null): Promise<Principal> {
    if (bearer === null) throw unauthenticated();
    const principal = await sessions.authenticate(bearer);
    // Revoked between the check inside and now: nobody would announce it again.
    if (revocations.has(principal.sessionId)) throw unauthenticated();
    return principal;
  }

  function sendOne(
    request: IncomingMessage,
    response: ServerResponse,
    requestId: string,
    body: Buffer,
    headers: Readonly<Record<string, string>> = {},
  ): void {
    writeHead(request, response, requestId, headers);
    response.end(Buffer.concat([nextEvent(body, null), completeEvent]));
  }

  function writeHead(
    request: IncomingMessage,
    response: ServerResponse,
    requestId: string,
    headers: Readonly<Record<string, string>> = {},
  ): void {
    response.removeHeader("transfer-encoding");
    response.writeHead(200, {
      "content-type": "text/event-stream; charset=utf-8",
      "cache-control": "no-store",
      "x-accel-buffering": "no", // nginx would keep events back to send them together
      connection: "close",
      "x-request-id": requestId,
      ...standingHeaders,
      ...corsHeaders(request, origins),
      ...headers,
    });
  }

  function refuse(request: IncomingMessage, response: ServerResponse, requestId: string, error: unknown): void {
    if (!(error instanceof DomainError))
      log.error({ requestId, err: error }, "an event stream failed by a fault of ours");
    if (response.headersSent) {
      response.destroy();
      return;
    }
    if (!request.complete) endUnread(response, request.socket);
    const shown =
      error instanceof DomainError ? error : new DomainError("INTERNAL_SERVER_ERROR", "Internal server error");
    replyWithError(response, shown, requestId, {
      headers: {
        ...corsHeaders(request, origins),
        ...(shown.code === "METHOD_NOT_ALLOWED" ? { allow: methods } : {}),
        ...(request.complete ? {} : { connection: "close" }),
      },
    });
  }

  async function drain(spreadMs: number): Promise<void> {
    isDraining = true;
    const waiting = [...streams];
    const total = waiting.length;
    const startMs = timers.now();
    const empty = new Promise<void>((resolve) => {
      onEmpty = resolve;
      if (streams.size === 0) resolve();
    });
    const endDue = () => {
      const elapsedMs = timers.now() - startMs;
      const due = spreadMs > 0 ? Math.ceil((total * elapsedMs) / spreadMs) : total;
      while (waiting.length > 0 && total - waiting.length < due) waiting.pop()?.breakOff("Restarting");
    };
    endDue();
    const stopEnding = timers.every(drainTickMs, endDue);
    await empty;
    stopEnding();
  }
}

function refusal(code: "UNAVAILABLE" | "RATE_LIMITED", message: string): DomainError {
  return new DomainError(code, message, { retryAfterMs: 5_000 });
}
