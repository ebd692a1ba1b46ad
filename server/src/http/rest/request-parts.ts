import { hash } from "node:crypto";
import type { FastifyRequest } from "fastify";
import { DomainError, unauthenticated } from "../../domain/errors.ts";
import type { IdempotencyKey } from "../../domain/storage.ts";
import { isJsonInUtf8 } from "../media-types.ts";
import { bearerOf } from "../request-head.ts";

/** The bearer token, to be looked at. @throws DomainError UNAUTHENTICATED when there is none; BAD_REQUEST when there are several */
export function givenBearer(request: FastifyRequest): string {
  const bearer = bearerOf(request.raw);
  if (bearer === null) throw unauthenticated();
  return bearer;
}

/** Puts the JSON object in place of the bytes of a body; a hook for the routes that take one. */
export async function readJson(request: FastifyRequest): Promise<void> {
  request.body = jsonObjectOf(request);
}

/**
 * The JSON object in a request's raw bytes; an empty body counts as an empty object, so that each missing field is named.
 * @throws DomainError UNSUPPORTED_MEDIA_TYPE, BAD_REQUEST
 */
function jsonObjectOf({ headers, body }: FastifyRequest): Readonly<Record<string, unknown>> {
  if (!Buffer.isBuffer(body) || body.length === 0) return {};
  if (!isJsonInUtf8(headers["content-type"]) || !isPlain(headers["content-encoding"])) {
    throw new DomainError("UNSUPPORTED_MEDIA_TYPE", "The body must be application/json in UTF-8, not compressed.");
  }
  const value = parse(body);
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new DomainError("BAD_REQUEST", "The body must be a JSON object.");
  }
  return value as Record<string, unknown>;
}

/** The key that the client gave, bound to everything that the request asks for. */
export function idempotencyKeyOf(
  key: string | undefined,
  part: string,
  ...request: readonly string[]
): IdempotencyKey | undefined {
  if (key === undefined) return undefined;
  return { key, part, fingerprint: hash("sha256", JSON.stringify([part, ...request]), "hex") };
}

function parse(body: Buffer): unknown {
  try {
    // A byte order mark is dropped; bytes that are not UTF-8 are refused.
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body));
  } catch (cause) {
    throw new DomainError("BAD_REQUEST", "The body is not JSON in UTF-8.", { cause });
  }
}

function isPlain(contentEncoding: string | undefined): boolean {
  return contentEncoding === undefined || contentEncoding.toLowerCase() === "identity";
}
