import {
  isOperationId,
  isOptionalRecord,
  isRecord,
  type Message,
  parseMessage,
  type Phase,
  type Protocol,
  readParameters,
  type Step,
} from "./protocol.ts";

const accepted = ['{"type":"connection_ack"}', '{"type":"ka"}'];

/**
 * The subprotocol `graphql-ws` of subscriptions-transport-ws 0.9 to 0.11, by its PROTOCOL.md and by what its client does: that
 * one sends its operations right behind connection_init, so they wait for the outcome; it ignores close codes, so a refusal
 * is said by connection_error first; and it arms its keep-alive timer by the first `ka`.
 */
export const legacyProtocol: Protocol = {
  name: "graphql-ws",
  read,
  accepted,
  keepAlive: '{"type":"ka"}',
  refusal: connectionError,
  reauthWarning: (reauthBy) => `{"type":"ka","payload":${JSON.stringify({ reauthBy })}}`,
  resultHead: (id) => `{"type":"data","id":${id},"payload":`,
  error: (id, errors) => `{"type":"error","id":${id},"payload":${firstOf(errors)}}`,
  complete: (id) => `{"type":"complete","id":${id}}`,
};

function read(phase: Phase, text: string): Step {
  const message = parseMessage(text);
  if (message === null) return malformed("Message must be a JSON object.");
  const { type, payload } = message;
  switch (type) {
    case "connection_init":
      if (phase === "authenticating") return { do: "hold" };
      if (!isOptionalRecord(payload)) return malformed("The payload of connection_init must be an object.");
      return phase === "opened"
        ? { do: "authenticate", payload }
        : { do: "reauthenticate", payload, answer: null, accepted };
    case "connection_terminate":
      return { do: "close", code: 1000, reason: "", message: null };
    case "start":
      return readStart(phase, message);
    case "stop":
      if (phase === "authenticating") return { do: "hold" };
      return isOperationId(message["id"])
        ? { do: "stop", id: message["id"] }
        : malformed("An id is a text of 1 to 128 characters.");
    default:
      return { do: "malformed", write: operationError(message["id"], "Invalid message type!") };
  }
}

function readStart(phase: Phase, { id, payload }: Message): Step {
  if (phase === "opened") {
    return { do: "close", code: 4403, reason: "Unauthorized", message: connectionError("Unauthorized") };
  }
  if (phase === "authenticating") return { do: "hold" };
  if (!isOperationId(id)) return malformed("An id is a text of 1 to 128 characters.");
  const parameters = readParameters(payload);
  if (parameters === null)
    return { do: "malformed", write: operationError(id, "The payload is not a GraphQL request.") };
  return { do: "start", id, parameters };
}

function malformed(reason: string): Step {
  return {
    do: "malformed",
    write: (requestId) =>
      JSON.stringify({ type: "connection_error", payload: { message: reason, extensions: badRequest(requestId) } }),
  };
}

function connectionError(message: string): string {
  return JSON.stringify({ type: "connection_error", payload: { message } });
}

function operationError(given: unknown, message: string): (requestId: string) => string {
  const id = isOperationId(given) ? given : null;
  return (requestId) => JSON.stringify({ type: "error", id, payload: { message, extensions: badRequest(requestId) } });
}

function badRequest(requestId: string) {
  return { code: "BAD_REQUEST", requestId } as const;
}

/** The protocol has room for one error, and its client reads one. */
function firstOf(errors: string): string {
  const list: unknown = JSON.parse(errors);
  const first: unknown = Array.isArray(list) ? list[0] : list;
  return JSON.stringify(isRecord(first) ? first : { message: "Unknown error" });
}
