import type { IncomingMessage } from "node:http";
import { DomainError } from "../../domain/errors.ts";
import { headProblem } from "../request-head.ts";
import { legacyProtocol } from "./legacy.ts";
import { modernProtocol } from "./modern.ts";
import type { Protocol } from "./protocol.ts";

/** Newest first: where a client offers both, this one is spoken. */
const protocols: readonly Protocol[] = [modernProtocol, legacyProtocol];

export const websocketPath = "/websocket";

/**
 * Whether a request may become a WebSocket, decided before it is answered with 101; null when it may. A page of another site
 * names itself in `Origin` and is refused unless it is on the list; who sends none is not a browser, and no cookie is ever
 * taken here. Nothing is read from the query string.
 */
export function refuseUpgrade(
  request: IncomingMessage,
  isOriginAllowed: (origin: string, host: string | undefined) => boolean,
): DomainError | null {
  const { url = "", headers, rawHeaders } = request;
  const problem = headProblem(request);
  if (problem !== null) return problem;
  if (url.split("?", 1)[0] !== websocketPath) {
    return new DomainError("NOT_FOUND", `WebSockets are served at ${websocketPath}.`);
  }
  const origins = rawHeaders.filter((name, index) => index % 2 === 0 && name.toLowerCase() === "origin");
  if (origins.length > 1) return new DomainError("BAD_REQUEST", "The request has several Origin headers.");
  if (headers.authorization?.includes(",") === true) {
    return new DomainError("BAD_REQUEST", "The Authorization header has several values.");
  }
  const { origin } = headers;
  if (origin !== undefined && (origin === "null" || !isOriginAllowed(origin, headers.host))) {
    return new DomainError("FORBIDDEN", "Pages of this origin may not use the API.");
  }
  if (chooseProtocol(offersOf(headers["sec-websocket-protocol"])) === null) {
    const names = protocols.map(({ name }) => name).join(" or ");
    return new DomainError("BAD_REQUEST", `The subprotocol must be ${names}.`);
  }
  return null;
}

/** The protocol to speak with a client that offers these, or null when none of them is served. */
export function chooseProtocol(offers: ReadonlySet<string>): Protocol | null {
  return protocols.find(({ name }) => offers.has(name)) ?? null;
}

function offersOf(header: string | undefined): ReadonlySet<string> {
  return new Set((header ?? "").split(",").map((offer) => offer.trim()));
}
