import type { ServerResponse } from "node:http";
import type { Clock } from "../../domain/ports.ts";
import type { Principal } from "../../domain/workspace.ts";
import type { LiveSubscription, SubscriptionSink } from "../../graphql/core.ts";
import { SendQueue } from "../websocket/send-queue.ts";
import { comment, completeEvent, nextEvent, positionEvent } from "./event.ts";
import type { EventStreamLimits } from "./limits.ts";

/** What all streams of a server share. */
export type EventStreamDeps = {
  /** The wall clock, which tokens are judged by. */
  readonly clock: Clock;
  /** A steady clock for everything else, in milliseconds. */
  readonly steadyNow: () => number;
  readonly limits: EventStreamLimits;
  readonly encodePayload: (payload: string) => Buffer;
};

/**
 * One subscription as a response that goes on: the sink of its results, heartbeats, the end of its token. It is opened by the
 * first thing that is sent, which is where it starts, so that a client that sees it open misses nothing. A class, because a
 * server holds thousands of them.
 */
export class EventStream implements SubscriptionSink {
  readonly principal: Principal;
  readonly #deps: EventStreamDeps;
  readonly #response: ServerResponse;
  readonly #writeHead: () => void;
  readonly #queue: SendQueue;
  #live: LiveSubscription | null = null;
  #hasEnded = false;
  #heartbeatAt: number;
  #cutOffAt = Number.POSITIVE_INFINITY;

  /** @param writeHead writes the head of the response. */
  constructor(deps: EventStreamDeps, principal: Principal, response: ServerResponse, writeHead: () => void) {
    this.#deps = deps;
    this.principal = principal;
    this.#response = response;
    this.#writeHead = writeHead;
    this.#queue = new SendQueue(response, deps.limits.queueBytesMax, deps.limits.queueEventsMax);
    this.#heartbeatAt = deps.steadyNow() + deps.limits.heartbeatMs;
    response.once("close", () => this.#release());
  }

  /** Takes over the subscription whose sink this is; stopped at once when the stream has ended meanwhile. */
  start(live: LiveSubscription): void {
    this.#live = live;
    if (this.#hasEnded) live.stop();
  }

  next(payload: string, cursor: string): void {
    // The wall clock may have jumped over the end since the last tick.
    if (this.#isExpired()) this.breakOff("Token expired");
    else this.#send(nextEvent(this.#deps.encodePayload(payload), cursor));
  }

  position(cursor: string): void {
    this.#send(positionEvent(cursor));
  }

  error(errors: string): void {
    this.#send(nextEvent(Buffer.from(`{"errors":${errors}}`), null));
    this.complete();
  }

  complete(): void {
    this.#send(completeEvent);
    this.#end();
  }

  drained(): Promise<void> | null {
    return this.#hasEnded ? null : this.#queue.drained();
  }

  /**
   * Ends the response without saying that the operation is over: clients come back, and resume. The reason is for people who
   * look at the bytes. Nothing is delivered from here on.
   */
  breakOff(reason: string): void {
    this.#send(comment(reason));
    this.#end();
  }

  /** Looks at the time; called about twice a second. @param nowMs of the steady clock; @param soonMs until the next call. */
  tick(nowMs: number, soonMs: number): void {
    if (this.#hasEnded) {
      if (nowMs >= this.#cutOffAt) this.cutOff();
    } else if (this.#isExpired()) this.breakOff("Token expired");
    else if (nowMs + soonMs > this.#heartbeatAt && this.#response.headersSent) this.#send(comment("still here"));
  }

  cutOff(): void {
    this.#response.destroy();
  }

  #isExpired(): boolean {
    const { clock, limits } = this.#deps;
    return clock.now() >= this.principal.expiresAtMs + limits.expiryGraceMs;
  }

  #send(event: Buffer): void {
    if (this.#hasEnded) return;
    if (!this.#response.headersSent) this.#writeHead();
    const { limits, steadyNow } = this.#deps;
    this.#heartbeatAt = steadyNow() + limits.heartbeatMs;
    if (this.#queue.push(event)) return;
    // It reads too slowly to be told so.
    this.#release();
    this.cutOff();
  }

  #end(): void {
    if (this.#hasEnded) return;
    this.#release();
    this.#cutOffAt = this.#deps.steadyNow() + this.#deps.limits.closeGraceMs;
    this.#response.end();
  }

  #release(): void {
    this.#hasEnded = true;
    this.#live?.stop();
  }
}
