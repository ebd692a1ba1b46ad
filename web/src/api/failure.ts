import type { CombinedError } from "@urql/core";
import { failureOf, RequestFailure } from "./post.ts";

/** What went wrong with an operation, by code. */
export function failureFrom(error: CombinedError): RequestFailure {
  const [entry] = error.graphQLErrors;
  if (entry !== undefined) return failureOf(entry);
  if (error.networkError instanceof RequestFailure) return error.networkError;
  return new RequestFailure("NETWORK", "The server does not answer.");
}
