import type { IncomingMessage } from "node:http";
import { DomainError } from "../domain/errors.ts";

export const headLimits = {
  /** Of the request line and all headers together. */
  bytes: 16 * 1_024,
  headers: 100,
} as const;

/**
 * What no request may have, wherever it goes: more headers than the limit, no Host, or two of the headers that say whom it is for
 * and whom it is from (a proxy in front may have believed the other one).
 */
export function headProblem({ rawHeaders, httpVersion }: IncomingMessage): DomainError | null {
  if (rawHeaders.length > headLimits.headers * 2) {
    return new DomainError("HEADERS_TOO_LARGE", `The request has more than ${headLimits.headers} headers.`);
  }
  let hosts = 0;
  let authorizations = 0;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] as string;
    if (name.length === 4 && name.toLowerCase() === "host") hosts += 1;
    else if (name.length === 13 && name.toLowerCase() === "authorization") authorizations += 1;
  }
  if (hosts === 0 && httpVersion === "1.1") return new DomainError("BAD_REQUEST", "The request has no Host header.");
  if (hosts > 1) return new DomainError("BAD_REQUEST", "The request has several Host headers.");
  if (authorizations > 1) return new DomainError("BAD_REQUEST", "The request has several Authorization headers.");
  return null;
}

/**
 * The token of `Authorization: Bearer <token>` (RFC 6750, section 2.1; the scheme in any case), or null when there is none.
 * @throws DomainError BAD_REQUEST when the header carries several values.
 */
export function bearerOf({ headers }: IncomingMessage): string | null {
  const { authorization } = headers;
  if (authorization === undefined) return null;
  if (authorization.includes(",")) throw new DomainError("BAD_REQUEST", "The Authorization header has several values.");
  return /^bearer[ \t]+(\S+)$/i.exec(authorization)?.[1] ?? null;
}
