import type { IncomingMessage } from "node:http";
import type { OriginPolicy } from "./origins.ts";

/**
 * Headers that let pages of listed origins read an answer (Fetch standard, "CORS protocol"). Never with credentials: no
 * cookie means anything here, tokens come in the Authorization header.
 */
export function corsHeaders({ headers: { origin } }: IncomingMessage, policy: OriginPolicy): Record<string, string> {
  if (origin === undefined || !policy.isListed(origin)) return { vary: "Origin" };
  return {
    vary: "Origin",
    "access-control-allow-origin": origin,
    "access-control-expose-headers":
      "x-request-id, x-error-code, retry-after, ratelimit, ratelimit-policy, deprecation",
  };
}

/** The same for the answer to a preflight; a page of another origin learns nothing from it. */
export function preflightHeaders(
  request: IncomingMessage,
  policy: OriginPolicy,
  methods: string,
): Record<string, string> {
  const headers = corsHeaders(request, policy);
  if (headers["access-control-allow-origin"] === undefined) return headers;
  return {
    ...headers,
    "access-control-allow-methods": methods,
    "access-control-allow-headers":
      "authorization, content-type, idempotency-key, accept, last-event-id, x-request-cost",
    "access-control-max-age": "600",
  };
}
