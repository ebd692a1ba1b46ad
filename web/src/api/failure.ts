import type { CombinedError } from "@urql/core";
import { failureOf, RequestFailure } from "./post.ts";

/** What went wrong with an operation, by code; without an error the answer lacked what was asked for. */
export function failureFrom(error: CombinedError | undefined): RequestFailure {
  if (error === undefined) return new RequestFailure("NOT_FOUND", "It is not there any more.");
  const [entry] = error.graphQLErrors;
  if (entry !== undefined) return failureOf(entry);
  if (error.networkError instanceof RequestFailure) return error.networkError;
  return new RequestFailure("NETWORK", "The server does not answer.");
}
