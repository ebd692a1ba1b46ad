import { type ExecutionResult, GraphQLError } from "graphql";
import type { Log } from "../domain/ports.ts";
import { DomainError, type ErrorCode, errorTable } from "../domain/errors.ts";
import type { GraphqlAnswer } from "./core.ts";
import { type ErrorEntry, Refusal, entryOf } from "./refusal.ts";
import type { Warning } from "./resolver-context.ts";

/** Whom an answer is for: every error in it names the request's id, so that faults can be found in the log. */
export type Answering = { readonly log: Log; readonly requestId: string };

type Outcome =
  | { readonly result: ExecutionResult; readonly warnings: readonly Warning[]; readonly deprecated: boolean }
  | { readonly error: unknown };

/** The response map (GraphQL specification, section 7.1) as JSON, and what transports make of it. Shows no fault of ours. */
export function answer(answering: Answering, outcome: Outcome): GraphqlAnswer {
  if ("error" in outcome) return refused(resultEntries(answering, outcome.error));
  const { result, warnings, deprecated } = outcome;
  const entries = maskedErrors(answering, result.errors ?? []);
  const extensions = warnings.length === 0 ? undefined : { warnings };
  const data = result.data ?? null;
  const body = JSON.stringify(entries.length === 0 ? { data, extensions } : { errors: entries, data, extensions });
  const failure = data === null ? entries[0]?.extensions.code : undefined;
  return { body, encoding: "utf8", outcome: outcomeOf(failure) ?? "ok", retryAfterMs: retryAfter(entries), deprecated };
}

/** The entries for whatever was thrown. */
export function resultEntries(answering: Answering, error: unknown): readonly ErrorEntry[] {
  const { requestId } = answering;
  if (error instanceof Refusal) {
    return error.entries.map((entry) => ({ ...entry, extensions: { ...entry.extensions, requestId } }));
  }
  return [error instanceof DomainError ? entryOf(error, requestId) : masked(answering, error)];
}

/** The entries for what went wrong while executing, each at its place. A fault is logged once a request. */
export function maskedErrors(answering: Answering, errors: readonly GraphQLError[]): readonly ErrorEntry[] {
  const { requestId } = answering;
  let isLogged = false;
  return errors.map((error) => {
    const { locations, path } = error;
    const cause = error.originalError;
    if (cause instanceof DomainError) {
      const { message, extensions } = entryOf(cause, requestId);
      return { message, locations, path, extensions };
    }
    if (isInputError(error)) {
      const extensions = { code: "BAD_USER_INPUT" as const, requestId };
      return { message: error.message.slice(0, 300), locations, path, extensions };
    }
    const { message, extensions } = masked(isLogged ? null : answering, cause ?? error, requestId);
    isLogged = true;
    return { message, locations, path, extensions };
  });
}

function refused(entries: readonly ErrorEntry[]): GraphqlAnswer {
  const outcome = outcomeOf(entries[0]?.extensions.code) ?? "request";
  // A request that is refused for its form has no `data` at all; the others are answers to a request that is well formed.
  const body = JSON.stringify(outcome === "request" ? { errors: entries } : { errors: entries, data: null });
  return { body, encoding: "utf8", outcome, retryAfterMs: retryAfter(entries), deprecated: false };
}

function outcomeOf(code: ErrorCode | undefined): Exclude<GraphqlAnswer["outcome"], "request"> | null {
  if (code === undefined) return null;
  if (code === "UNAUTHENTICATED") return "unauthenticated";
  if (code === "RATE_LIMITED") return "rate-limited";
  if (code === "INTERNAL_SERVER_ERROR") return "ok";
  return errorTable[code].http === 503 ? 503 : null;
}

function retryAfter(entries: readonly ErrorEntry[]): number | null {
  const waits = entries.map(({ extensions }) => extensions["retryAfterMs"]).filter((wait) => typeof wait === "number");
  return waits.length === 0 ? null : Math.max(...waits);
}

/** An argument that turned out not to fit is reported by the library at its own node; a resolver's result is not. */
function isInputError({ originalError }: GraphQLError): boolean {
  return originalError instanceof GraphQLError && originalError.nodes !== undefined && originalError.nodes.length > 0;
}

function masked(answering: Answering | null, error: unknown, requestId = answering?.requestId): ErrorEntry {
  answering?.log.error({ requestId, err: error }, "a request failed by a fault of ours");
  return { message: "Internal server error", extensions: { code: "INTERNAL_SERVER_ERROR", requestId } };
}
