import type { GraphqlParameters } from "../../graphql/core.ts";

/** `opened`: nothing but the handshake yet. `authenticating`: its connection_init is being looked at. `ready`: acknowledged. */
export type Phase = "opened" | "authenticating" | "ready";

/** What a message asks for, in the terms that both protocols share. */
export type Step =
  | { readonly do: "nothing" }
  | { readonly do: "authenticate"; readonly payload: unknown }
  /** In-band renewal of the token. `answer` goes out at once, `accepted` when the new token was taken. */
  | {
      readonly do: "reauthenticate";
      readonly payload: unknown;
      readonly answer: string | null;
      readonly accepted: readonly string[];
    }
  /** An operation. One that is live under this id ends first, silently. */
  | { readonly do: "start"; readonly id: string; readonly parameters: GraphqlParameters }
  | { readonly do: "stop"; readonly id: string }
  | { readonly do: "send"; readonly message: string }
  /** Answered and counted; too many of them end the socket. */
  | { readonly do: "malformed"; readonly write: (requestId: string) => string }
  /** To be read again, in order, once the phase is `ready`. */
  | { readonly do: "hold" }
  | { readonly do: "close"; readonly code: number; readonly reason: string; readonly message: string | null };

/** One subprotocol as functions of data: what its messages mean, and how ours are written. Nothing here holds state. */
export type Protocol = {
  readonly name: "graphql-transport-ws" | "graphql-ws";
  /** What a message asks for. Total: every text has an answer. */
  read(phase: Phase, text: string, isLive: (id: string) => boolean): Step;
  /** Sent when the connection is accepted. */
  readonly accepted: readonly string[];
  /** Sent every 25 seconds, where the protocol has such a message. */
  readonly keepAlive: string | null;
  /** Sent before a close that refuses the peer, where the protocol says it by a message. */
  refusal(message: string): string | null;
  /** Tells that the token ends at `reauthBy` (ISO 8601). Clients that do not know of it take it for a sign of life. */
  reauthWarning(reauthBy: string): string;
  /** A result's message up to its payload; the payload and `}` follow. @param id as JSON. */
  resultHead(id: string): string;
  /** Ends an operation with errors. @param errors a JSON array. */
  error(id: string, errors: string): string;
  complete(id: string): string;
};

export type Message = Readonly<Record<string, unknown>>;

/** The message that a text is, or null when it is not a JSON object. */
export function parseMessage(text: string): Message | null {
  try {
    const message: unknown = JSON.parse(text);
    return isRecord(message) ? message : null;
  } catch {
    return null;
  }
}

/** The parameters in a payload (GraphQL over HTTP, section 5.1), or null when they do not have their types. */
export function readParameters(payload: unknown): GraphqlParameters | null {
  if (!isRecord(payload)) return null;
  const { query } = payload;
  const operationName = payload["operationName"] ?? null;
  const variables = payload["variables"] ?? null;
  const extensions = payload["extensions"] ?? null;
  if (typeof query !== "string") return null;
  if (operationName !== null && typeof operationName !== "string") return null;
  if (variables !== null && !isRecord(variables)) return null;
  if (extensions !== null && !isRecord(extensions)) return null;
  return { query, operationName, variables, extensions };
}

/** Whether an optional payload is there as an object, or not at all. */
export function isOptionalRecord(payload: unknown): boolean {
  return payload === undefined || payload === null || isRecord(payload);
}

export function isRecord(value: unknown): value is Message {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function isOperationId(value: unknown): value is string {
  return typeof value === "string" && value !== "" && value.length <= 128;
}
