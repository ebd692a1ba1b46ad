import type { Principal } from "../domain/workspace.ts";
import type { SignInOrigin } from "../domain/sessions.ts";
import type { Spending } from "./metering.ts";

/** The parameters of a GraphQL request, as every transport brings them, already known to have these types. */
export type GraphqlParameters = {
  readonly query: string;
  readonly operationName: string | null;
  readonly variables: Readonly<Record<string, unknown>> | null;
  readonly extensions: Readonly<Record<string, unknown>> | null;
};

/** Who asks, and from where. Transports fill it in; everything below them works with this alone. */
export type Caller = {
  /** The token of the Authorization header without its scheme, or null. Not looked at yet. */
  readonly bearer: string | null;
  /** Set where the transport has authenticated already (a socket after its init). */
  readonly principal: Principal | null;
  readonly origin: SignInOrigin;
  /** Named in every answer that reports a fault, and in the log. */
  readonly requestId: string;
  /** The header `Idempotency-Key`, or null. */
  readonly idempotencyKey: string | null;
  /** Where the core leaves what the request spent, for a transport that tells. */
  readonly spending?: Spending;
};

/** What a transport needs to know to answer. */
export type GraphqlAnswer = {
  /** The complete response map as JSON. */
  readonly body: string;
  /** What turns `body` into the bytes of the answer: `latin1` where it is a `ByteText`, else `utf8`. */
  readonly encoding: "utf8" | "latin1";
  /**
   * `ok`: executed (perhaps with field errors). `request`: refused before execution, there is no `data` entry: 400 under the
   * GraphQL media type. A number is the status that both media types get where the protocol is beside the point (503), and
   * `unauthenticated` is 401 under the GraphQL media type.
   */
  readonly outcome: "ok" | "request" | "unauthenticated" | "rate-limited" | 503;
  /** For the header `Retry-After`. */
  readonly retryAfterMs: number | null;
  /** True when a deprecated field was used: header `Deprecation`. */
  readonly deprecated: boolean;
};

/**
 * Where the results of a subscription go. Each is a complete payload as JSON, shared between subscribers, with the place in the
 * change log that the subscriber has come to with it.
 */
export type SubscriptionSink = {
  next(payload: string, cursor: string): void;
  /** Ends it: an array of errors as JSON. Nothing follows. */
  error(errors: string): void;
  /** Ends it. Nothing follows. */
  complete(): void;
  /**
   * Tells the place in the change log without a result: where it starts, before anything else, and within a second after
   * changes went by that are not shown. Not called where the operation itself delivers that.
   */
  position?(cursor: string): void;
  /** Paces a replay: a promise while results wait to be sent, or null. See `Follower.drained`. */
  drained?(): Promise<void> | null;
};

export type OperationKind = "query" | "mutation" | "subscription";

/**
 * The one way from a request to an answer that all transports share: parse, limit, validate, authenticate, execute.
 * Documents are prepared once per text.
 */
export interface GraphqlCore {
  /** What the document's chosen operation is, or null when the request is going to be refused anyway. */
  kind(parameters: GraphqlParameters): OperationKind | null;
  /** Answers a query or a mutation. Never rejects. `allow` lists what the transport permits (GET: queries alone). */
  execute(parameters: GraphqlParameters, caller: Caller, allow: readonly OperationKind[]): Promise<GraphqlAnswer>;
  /**
   * Starts a subscription; results go to the sink until it ends or {@link LiveSubscription.stop} is called. Never rejects:
   * refusals go to `sink.error`. `parameters.extensions.resumeFrom` may carry a cursor.
   * @param lastSeen the cursor that the transport itself was handed back; it counts before those in the request, which is
   *   repeated as it was first sent.
   */
  subscribe(
    parameters: GraphqlParameters,
    caller: Caller,
    sink: SubscriptionSink,
    lastSeen?: string,
  ): Promise<LiveSubscription>;
}

export type LiveSubscription = {
  /** Idempotent. Nothing reaches the sink once it has returned. */
  stop(): void;
};
