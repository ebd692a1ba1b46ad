import type { IncomingMessage } from "node:http";
import type { ErrorCode } from "../../domain/errors.ts";
import { legacyProtocol } from "./legacy.ts";
import { modernProtocol } from "./modern.ts";
import type { Protocol } from "./protocol.ts";

export type UpgradeRefusal = { readonly status: number; readonly code: ErrorCode; readonly message: string };

/** Newest first: where a client offers both, this one is spoken. */
const protocols: readonly Protocol[] = [modernProtocol, legacyProtocol];

export const websocketPath = "/websocket";

/**
 * Whether a request may become a WebSocket, decided before it is answered with 101; null when it may. A page of another site
 * names itself in `Origin` and is refused unless it is on the list; who sends none is not a browser, and no cookie is ever
 * taken here. Nothing is read from the query string.
 */
export function refuseUpgrade(
  request: Pick<IncomingMessage, "url" | "headers" | "rawHeaders">,
  isOriginAllowed: (origin: string, host: string) => boolean,
): UpgradeRefusal | null {
  const { url = "", headers, rawHeaders } = request;
  if (url.split("?", 1)[0] !== websocketPath) {
    return { status: 404, code: "NOT_FOUND", message: `WebSockets are served at ${websocketPath}.` };
  }
  if (countOf(rawHeaders, "host") !== 1 || headers.host === undefined) return badRequest("One Host header is needed.");
  if (countOf(rawHeaders, "authorization") > 1) return badRequest("There are two Authorization headers.");
  if (countOf(rawHeaders, "origin") > 1) return badRequest("There are two Origin headers.");
  const { origin } = headers;
  if (origin !== undefined && (origin === "null" || !isOriginAllowed(origin, headers.host))) {
    return { status: 403, code: "FORBIDDEN", message: "Pages of this origin may not use the API." };
  }
  if (chooseProtocol(offersOf(headers["sec-websocket-protocol"])) === null) {
    const names = protocols.map(({ name }) => name).join(" or ");
    return badRequest(`The subprotocol must be ${names}.`);
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

function countOf(rawHeaders: readonly string[], name: string): number {
  return rawHeaders.filter((field, index) => index % 2 === 0 && field.toLowerCase() === name).length;
}

function badRequest(message: string): UpgradeRefusal {
  return { status: 400, code: "BAD_REQUEST", message };
}
