import { carriesToken } from "./init-token.ts";
import {
  isOperationId,
  isOptionalRecord,
  type Message,
  parseMessage,
  type Phase,
  type Protocol,
  readParameters,
  type Step,
} from "./protocol.ts";

/**
 * `graphql-transport-ws`, by the protocol document of the graphql-ws project. Close codes are its own: 4400 for what is not a
 * message of it, 4401 for an operation before the acknowledgement, 4409 for an id in use, 4429 for a second connection_init.
 */
export const modernProtocol: Protocol = {
  name: "graphql-transport-ws",
  read,
  accepted: ['{"type":"connection_ack"}'],
  keepAlive: null,
  refusal: () => null,
  reauthWarning: (reauthBy) => `{"type":"ping","payload":${JSON.stringify({ reauthBy })}}`,
  resultHead: (id) => `{"id":${id},"type":"next","payload":`,
  error: (id, errors) => `{"id":${id},"type":"error","payload":${errors}}`,
  complete: (id) => `{"id":${id},"type":"complete"}`,
};

function read(phase: Phase, text: string, isLive: (id: string) => boolean): Step {
  const message = parseMessage(text);
  if (message === null) return close(4400, "Not a JSON object");
  switch (message["type"]) {
    case "connection_init":
      if (!isOptionalRecord(message["payload"])) return close(4400, "The payload of connection_init is not an object");
      if (phase !== "opened") return close(4429, "Too many initialisation requests");
      return { do: "authenticate", payload: message["payload"] };
    case "ping":
    case "pong":
      return readPing(phase, message);
    case "subscribe":
      return readSubscribe(phase, message, isLive);
    case "complete":
      if (!isOperationId(message["id"])) return close(4400, "An id is a text of 1 to 128 characters");
      return { do: "stop", id: message["id"] };
    default:
      return close(4400, "Unknown message type");
  }
}

function readSubscribe(phase: Phase, message: Message, isLive: (id: string) => boolean): Step {
  const { id, payload } = message;
  if (!isOperationId(id)) return close(4400, "An id is a text of 1 to 128 characters");
  const parameters = readParameters(payload);
  if (parameters === null) return close(4400, "The payload of subscribe is not a GraphQL request");
  if (phase !== "ready") return close(4401, "Unauthorized");
  if (isLive(id)) return close(4409, "There is a live operation with this id");
  return { do: "start", id, parameters };
}

function readPing(phase: Phase, { type, payload }: Message): Step {
  if (!isOptionalRecord(payload)) return close(4400, "The payload is not an object");
  const isRenewal = phase === "ready" && carriesToken(payload);
  const answer = type === "ping" ? pong(isRenewal ? undefined : payload) : null;
  if (isRenewal) return { do: "reauthenticate", payload, answer, accepted: [] };
  return answer === null ? { do: "nothing" } : { do: "send", message: answer };
}

function pong(payload: unknown): string {
  try {
    return JSON.stringify(payload === undefined || payload === null ? { type: "pong" } : { type: "pong", payload });
  } catch {
    return '{"type":"pong"}'; // nested too deep to be written; the payload is optional
  }
}

function close(code: number, reason: string): Step {
  return { do: "close", code, reason, message: null };
}
