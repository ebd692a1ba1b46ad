import type { FastifySchemaCompiler } from "fastify";
import type { ZodType } from "zod";
import { DomainError } from "../../domain/errors.ts";

/**
 * Checks a part of a request against the shape that its route describes, whose messages are the sentences that are answered: BAD_REQUEST
 * for a body, BAD_USER_INPUT naming the parameter for a query string. The REST routes have another one, for the words that their clients know.
 */
export const checkShape: FastifySchemaCompiler<ZodType> =
  ({ schema, httpPart }) =>
  (given) => {
    const read = schema.safeParse(given);
    if (read.success) return { value: read.data };
    const message = read.error.issues.map((issue) => issue.message).join(" ");
    const [field] = read.error.issues[0]?.path ?? [];
    if (httpPart === "body") return { error: new DomainError("BAD_REQUEST", message) };
    return { error: new DomainError("BAD_USER_INPUT", message, typeof field === "string" ? { field } : {}) };
  };
