import type { Duplex } from "node:stream";
import type { WebSocket } from "ws";
import { DomainError, type ErrorCode, errorTable, unauthenticated } from "../../domain/errors.ts";
import type { Clock, Log, Revocations } from "../../domain/ports.ts";
import type { Sessions, SignInOrigin } from "../../domain/sessions.ts";
import type { Principal } from "../../domain/workspace.ts";
import type { Caller, GraphqlCore, GraphqlParameters, LiveSubscription, SubscriptionSink } from "../../graphql/core.ts";
import { type Spending, asksForCost, withCost } from "../../graphql/metering.ts";
import { messageFrame, textFrame } from "./frame.ts";
import { readInitToken } from "./init-token.ts";
import type { WebsocketLimits } from "./limits.ts";
import type { Phase, Protocol, Step } from "./protocol.ts";
import { Rate } from "./rate.ts";
import { SendQueue } from "./send-queue.ts";

/** What all connections of a server share. */
export type ConnectionDeps = {
  readonly core: GraphqlCore;
  readonly sessions: Pick<Sessions, "authenticate">;
  readonly revocations: Pick<Revocations, "has">;
  /** The wall clock, which tokens are judged by. */
  readonly clock: Clock;
  /** A steady clock for everything else, in milliseconds. */
  readonly steadyNow: () => number;
  readonly log: Pick<Log, "debug" | "error">;
  readonly limits: WebsocketLimits;
  readonly newRequestId: () => string;
  readonly encodePayload: (payload: string) => Buffer;
  /** Counts the connection among its session's; false when that has too many. */
  readonly admit: (sessionId: string, connection: Connection) => boolean;
  /** Texts of tokens, so that the sockets of one session do not keep one each: half a kilobyte of some ten. */
  readonly tokens: WeakMap<Principal, string>;
};

export type Peer = {
  readonly origin: SignInOrigin;
  /** The Authorization header of the upgrade. */
  readonly authorization: string | undefined;
};

type Operation = {
  /** The id as JSON. */
  readonly id: string;
  resultHead: Buffer | null;
  live: LiveSubscription | null;
  hasEnded: boolean;
};

/**
 * One socket, whatever its subprotocol: authentication before anything runs, operations through the GraphQL core, limits,
 * liveness, the end of its token. A class, because a server holds thousands of them.
 *
 * The socket is written to in two ways, frames of ours directly and control frames by `ws`; both leave in order, since
 * without compression `ws` writes at once.
 */
export class Connection {
  /** The session that it is counted among, for whoever counts. */
  sessionId: string | null = null;
  readonly #deps: ConnectionDeps;
  readonly #protocol: Protocol;
  readonly #ws: WebSocket;
  readonly #peer: Peer;
  readonly #queue: SendQueue;
  readonly #rate: Rate;
  readonly #operations = new Map<string, Operation>();
  #phase: Phase = "opened";
  #held: string[] = [];
  #principal: Principal | null = null;
  #token: string | null = null;
  #isClosing = false;
  #isWarned = false;
  #missedPings = 0;
  #malformed = 0;
  readonly #initBy: number;
  #pingAt: number;
  #cutOffAt = Number.POSITIVE_INFINITY;

  constructor(deps: ConnectionDeps, protocol: Protocol, ws: WebSocket, socket: Duplex, peer: Peer) {
    const { limits, steadyNow } = deps;
    const nowMs = steadyNow();
    this.#deps = deps;
    this.#protocol = protocol;
    this.#ws = ws;
    this.#peer = peer;
    this.#queue = new SendQueue(socket, limits.queueBytesMax, limits.queueEventsMax);
    this.#rate = new Rate(limits.messagesPerSecond, limits.messagesBurst, nowMs);
    this.#initBy = nowMs + limits.initMs;
    this.#pingAt = nowMs + limits.pingMs;
    ws.on("message", (data, isBinary) => this.#receive(data as Buffer, isBinary));
    ws.on("ping", (data) => {
      if (this.#hear()) ws.pong(data);
    });
    ws.on("pong", () => this.#hear());
    ws.on("error", (error) => deps.log.debug({ err: error }, "a socket was closed for a fault of its peer"));
    ws.on("close", () => this.#end());
  }

  /** Looks at the time; called about twice a second. @param nowMs of the steady clock; @param soonMs until the next call. */
  tick(nowMs: number, soonMs: number): void {
    if (this.#isClosing) {
      if (nowMs >= this.#cutOffAt) this.#ws.terminate();
      return;
    }
    const { limits, clock } = this.#deps;
    if (this.#phase === "opened" && nowMs >= this.#initBy) {
      this.close(4408, "Connection initialisation timeout");
      return;
    }
    const { expiresAtMs } = this.#principal ?? {};
    if (expiresAtMs !== undefined) {
      const leftMs = expiresAtMs - clock.now();
      if (leftMs <= -limits.expiryGraceMs) return this.#expire();
      if (leftMs <= limits.reauthWarningMs && !this.#isWarned) {
        this.#isWarned = true;
        this.#send(this.#protocol.reauthWarning(new Date(expiresAtMs).toISOString()));
      }
    }
    // Clients that arm a timer by our keep-alive must never wait longer than the interval.
    if (nowMs + soonMs > this.#pingAt) this.#ping();
  }

  /** The session was revoked. */
  revoke(): void {
    this.#refuse(4403, "Session ended");
  }

  /** Sends what waits and closes; whoever does not answer the close is cut off. Nothing is delivered or run from here on. */
  close(code: number, reason: string): void {
    if (this.#isClosing) return;
    this.#end();
    this.#cutOffAt = this.#deps.steadyNow() + this.#deps.limits.closeGraceMs;
    this.#ws.close(code, closeReason(reason));
  }

  terminate(): void {
    this.#ws.terminate();
  }

  #end(): void {
    this.#isClosing = true;
    this.#held = [];
    for (const id of this.#operations.keys()) this.#stop(id);
  }

  /** Counts what the peer sends; false when it is too much or too late. */
  #hear(): boolean {
    if (this.#isClosing) return false;
    this.#missedPings = 0;
    if (this.#rate.take(this.#deps.steadyNow())) return true;
    this.close(1008, "Too many messages");
    return false;
  }

  #ping(): void {
    const { limits, steadyNow } = this.#deps;
    if (this.#missedPings >= limits.missedPingsMax) {
      this.#end();
      this.#ws.terminate();
      return;
    }
    this.#missedPings += 1;
    this.#pingAt = steadyNow() + limits.pingMs;
    this.#ws.ping();
    if (this.#phase === "ready" && this.#protocol.keepAlive !== null) this.#send(this.#protocol.keepAlive);
  }

  #receive(data: Buffer, isBinary: boolean): void {
    if (!this.#hear()) return;
    if (isBinary) this.close(1003, "Text messages only");
    else this.#take(data.toString());
  }

  #take(text: string): void {
    this.#act(
      this.#protocol.read(this.#phase, text, (id) => this.#operations.has(id)),
      text,
    );
  }

  #act(step: Step, text: string): void {
    switch (step.do) {
      case "nothing":
        return;
      case "authenticate":
        void this.#authenticate(step.payload);
        return;
      case "reauthenticate":
        if (step.answer !== null) this.#send(step.answer);
        void this.#reauthenticate(step.payload, step.accepted);
        return;
      case "start":
        this.#start(step.id, step.parameters);
        return;
      case "stop":
        this.#stop(step.id);
        return;
      case "send":
        this.#send(step.message);
        return;
      case "hold":
        this.#hold(text);
        return;
      case "malformed":
        this.#send(step.write(this.#deps.newRequestId()));
        this.#malformed += 1;
        if (this.#malformed >= this.#deps.limits.malformedMax) this.close(4400, "Too many malformed messages");
        return;
      case "close":
        if (step.message !== null) this.#send(step.message);
        this.close(step.code, step.reason);
    }
  }

  #hold(text: string): void {
    this.#held.push(text);
    const characters = this.#held.reduce((sum, { length }) => sum + length, 0);
    if (characters > this.#deps.limits.heldCharactersMax) this.close(1008, "Too much before the acknowledgement");
  }

  async #authenticate(payload: unknown): Promise<void> {
    this.#phase = "authenticating";
    try {
      const { principal, token } = await this.#readPrincipal(payload, this.#peer.authorization);
      if (this.#isClosing) return;
      if (!this.#deps.admit(principal.sessionId, this)) {
        throw new DomainError("RATE_LIMITED", "Too many sockets of one session");
      }
      this.#principal = principal;
      this.#token = token;
      this.#phase = "ready";
      for (const message of this.#protocol.accepted) this.#send(message);
      const held = this.#held;
      this.#held = [];
      for (const text of held) if (!this.#isClosing) this.#take(text);
    } catch (error) {
      this.#refuseFor(error);
    }
  }

  async #reauthenticate(payload: unknown, accepted: readonly string[]): Promise<void> {
    try {
      const { principal, token } = await this.#readPrincipal(payload, undefined);
      if (this.#isClosing) return;
      const isSame = principal.userId === this.#principal?.userId && principal.sessionId === this.#principal.sessionId;
      if (!isSame) throw unauthenticated();
      this.#principal = principal;
      this.#token = token;
      this.#isWarned = false;
      for (const message of accepted) this.#send(message);
    } catch (error) {
      this.#refuseFor(error);
    }
  }

  async #readPrincipal(payload: unknown, authorization: string | undefined) {
    const token = readInitToken(payload, authorization);
    if (token === null) throw unauthenticated();
    const principal = await this.#deps.sessions.authenticate(token);
    // Revoked between the check inside and now: nobody would announce it again.
    if (this.#deps.revocations.has(principal.sessionId)) throw unauthenticated();
    const known = this.#deps.tokens.get(principal);
    if (known === token) return { principal, token: known };
    this.#deps.tokens.set(principal, token);
    return { principal, token };
  }

  #refuseFor(error: unknown): void {
    if (this.#isClosing) return;
    if (!(error instanceof DomainError)) this.#deps.log.error({ err: error }, "a socket could not be authenticated");
    const { code, message } =
      error instanceof DomainError ? error : { code: "INTERNAL_SERVER_ERROR" as const, message: "Internal error" };
    this.#refuse(errorTable[code].close ?? 1011, message);
  }

  #refuse(code: number, reason: string): void {
    if (this.#isClosing) return;
    const message = this.#protocol.refusal(reason);
    if (message !== null) this.#send(message);
    this.close(code, reason);
  }

  #expire(): void {
    this.#refuse(4403, "Token expired");
  }

  #start(id: string, parameters: GraphqlParameters): void {
    this.#stop(id);
    const operation: Operation = { id: JSON.stringify(id), resultHead: null, live: null, hasEnded: false };
    const { core, limits, log } = this.#deps;
    if (this.#operations.size >= limits.operationsMax) {
      const message = `At most ${limits.operationsMax} operations may be live on one socket.`;
      this.#send(this.#protocol.error(operation.id, errorsOf("RATE_LIMITED", message, this.#deps.newRequestId())));
      return;
    }
    this.#operations.set(id, operation);
    const requestId = this.#deps.newRequestId();
    const run = async () => {
      const caller = this.#caller(requestId);
      if (core.kind(parameters) === "subscription") await this.#subscribe(id, operation, parameters, caller);
      else await this.#execute(id, operation, parameters, caller);
    };
    run().catch((error: unknown) => {
      log.error({ err: error, requestId }, "an operation failed");
      const message = "Something went wrong on our side.";
      this.#fail(id, operation, errorsOf("INTERNAL_SERVER_ERROR", message, requestId));
    });
  }

  async #execute(id: string, operation: Operation, parameters: GraphqlParameters, caller: Caller): Promise<void> {
    const spending: Spending = { cost: null, budget: null };
    const found = await this.#deps.core.execute(parameters, { ...caller, spending }, ["query", "mutation"]);
    if (operation.hasEnded) return;
    const answer = asksForCost(parameters) ? withCost(found, spending) : found;
    const refusal = answer.outcome === "ok" ? null : errorsWithoutData(answer.body);
    if (refusal !== null) {
      this.#fail(id, operation, refusal);
      return;
    }
    this.#sendResult(operation, Buffer.from(answer.body, answer.encoding));
    this.#complete(id, operation);
  }

  async #subscribe(id: string, operation: Operation, parameters: GraphqlParameters, caller: Caller): Promise<void> {
    const sink: SubscriptionSink = {
      next: (payload) => {
        if (!operation.hasEnded) this.#deliver(operation, payload);
      },
      error: (errors) => this.#fail(id, operation, errors),
      complete: () => this.#complete(id, operation),
      drained: () => (operation.hasEnded ? null : this.#queue.drained()),
    };
    operation.live = await this.#deps.core.subscribe(parameters, caller, sink);
    if (operation.hasEnded) operation.live.stop();
  }

  #caller(requestId: string): Caller {
    return {
      bearer: this.#token,
      principal: this.#principal,
      origin: this.#peer.origin,
      requestId,
      idempotencyKey: null, // comes in the extensions, which the core reads
    };
  }

  #deliver(operation: Operation, payload: string): void {
    const { clock, limits, encodePayload } = this.#deps;
    // The wall clock may have jumped over the end since the last tick.
    if (clock.now() >= (this.#principal?.expiresAtMs ?? 0) + limits.expiryGraceMs) this.#expire();
    else this.#sendResult(operation, encodePayload(payload));
  }

  #fail(id: string, operation: Operation, errors: string): void {
    if (operation.hasEnded) return;
    this.#release(id, operation);
    this.#send(this.#protocol.error(operation.id, errors));
  }

  #complete(id: string, operation: Operation): void {
    if (operation.hasEnded) return;
    this.#release(id, operation);
    this.#send(this.#protocol.complete(operation.id));
  }

  #stop(id: string): void {
    const operation = this.#operations.get(id);
    if (operation !== undefined) this.#release(id, operation);
  }

  #release(id: string, operation: Operation): void {
    operation.hasEnded = true;
    this.#operations.delete(id);
    operation.live?.stop();
  }

  #sendResult(operation: Operation, payload: Buffer): void {
    operation.resultHead ??= Buffer.from(this.#protocol.resultHead(operation.id));
    this.#push(messageFrame(operation.resultHead, payload));
  }

  #send(message: string): void {
    this.#push(textFrame(message));
  }

  #push(frame: Buffer): void {
    if (this.#isClosing || this.#ws.readyState !== this.#ws.OPEN) return;
    if (!this.#queue.push(frame)) this.close(1013, "slow consumer, resume");
  }
}

/** A close frame has room for 123 bytes of reason (RFC 6455 section 5.5). */
function closeReason(text: string): string {
  return Buffer.byteLength(text) <= 123 ? text : text.slice(0, 40);
}

function errorsOf(code: ErrorCode, message: string, requestId: string): string {
  return JSON.stringify([{ message, extensions: { code, requestId } }]);
}

/** The errors of an answer that was refused before execution, as JSON; null when it has data, and so is a result. */
function errorsWithoutData(body: string): string | null {
  const answer = JSON.parse(body) as { readonly data?: unknown; readonly errors?: unknown };
  return "data" in answer || answer.errors === undefined ? null : JSON.stringify(answer.errors);
}
