import { DomainError } from "../domain/errors.ts";
import type { GraphqlParameters } from "./core.ts";

/**
 * The parameters of a GraphQL request from decoded JSON, as "GraphQL over HTTP" (section 5, Request) lays them down; keys
 * that it does not know are left alone.
 * @throws DomainError BAD_REQUEST, or PERSISTED_QUERY_NOT_SUPPORTED for a hash without its document.
 */
export function readParameters(value: unknown): GraphqlParameters {
  if (Array.isArray(value)) throw badRequest("Batches are not served: send one operation a request.");
  if (!isMap(value)) throw badRequest("The request must be a JSON object.");
  const { query, operationName = null, variables = null, extensions = null } = value;
  if (operationName !== null && typeof operationName !== "string") throw badRequest("operationName must be a string.");
  if (variables !== null && !isMap(variables)) throw badRequest("variables must be an object.");
  if (extensions !== null && !isMap(extensions)) throw badRequest("extensions must be an object.");
  if (typeof query === "string") return { query, operationName, variables, extensions };
  if (query === undefined && extensions !== null && isMap(extensions["persistedQuery"])) {
    // The text that Apollo's clients wait for before they send the document itself.
    throw new DomainError("PERSISTED_QUERY_NOT_SUPPORTED", "PersistedQueryNotSupported");
  }
  throw badRequest("query must be a string.");
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function badRequest(message: string): DomainError {
  return new DomainError("BAD_REQUEST", message);
}
