import { hash } from "node:crypto";
import {
  type ExecutionResult,
  type ValidatedExecutionArgs,
  executeRootSelectionSet,
  validateExecutionArgs,
} from "graphql";
import { andThen } from "../domain/awaitable.ts";
import type { Budgets } from "../domain/budgets.ts";
import type { Directory } from "../domain/call-names.ts";
import type { Cursor } from "../domain/change.ts";
import type { ContactWatch } from "../domain/contact-watch.ts";
import type { Contacts } from "../domain/contacts.ts";
import { DomainError, unauthenticated } from "../domain/errors.ts";
import type { Desk } from "../domain/desk.ts";
import type { Inbox } from "../domain/inbox.ts";
import type { People } from "../domain/people.ts";
import type { ChangeFeed, Log } from "../domain/ports.ts";
import type { PresenceDesk } from "../domain/presence.ts";
import type { Sessions } from "../domain/sessions.ts";
import type { Awaitable, WorkspaceStore } from "../domain/storage.ts";
import type { Unread } from "../domain/unread.ts";
import type { Webhooks } from "../domain/webhooks.ts";
import type { Principal } from "../domain/workspace.ts";
import type { Acted, Acting } from "./acting.ts";
import { type Answering, answer, resultEntries } from "./answers.ts";
import type { Caller, GraphqlAnswer, GraphqlCore, GraphqlParameters, OperationKind } from "./core.ts";
import { type PreparedDocument, type PreparedOperation, createDocuments, entriesOf, refuseCost } from "./documents.ts";
import { limits } from "./limits.ts";
import { createMetering } from "./metering.ts";
import type { ByteText } from "./reading/byte-text.ts";
import type { Reading } from "./reading/reading.ts";
import { Refusal, refusal } from "./refusal.ts";
import type { ResolverContext, Warning } from "./resolver-context.ts";
import type { ExecutableSchema } from "./schema.ts";
import { createSubscriptions } from "./subscriptions.ts";
import { type Variables, canonicalJson, declaredVariables } from "./variables.ts";

export type GraphqlCoreDeps = {
  /** Made by {@link executableSchema}, which takes a while: whoever starts the server does it while waiting for something else. */
  readonly schema: ExecutableSchema;
  readonly inbox: Inbox;
  readonly sessions: Sessions;
  readonly people: People;
  readonly presence: PresenceDesk;
  readonly desk: Desk;
  readonly unread: Unread;
  readonly webhooks: Webhooks;
  readonly workspaces: Pick<WorkspaceStore, "find">;
  readonly contacts: Contacts;
  readonly directory: Directory;
  readonly contactWatch: ContactWatch;
  readonly changeFeed: ChangeFeed;
  readonly log: Log;
  readonly budgets: Budgets;
  /** Answers what it can in place of the library. Without it every operation is executed. */
  readonly reading?: Reading;
  /** Does what it can in place of the library. Likewise. */
  readonly acting?: Acting;
  readonly settings: {
    /** `open` lets callers without a token read the schema. */
    readonly introspection: "open" | "signed-in";
    /** How long one operation may take. Default 5,000 ms. */
    readonly executionMs?: number;
  };
};

/** A request that has passed everything that comes before execution. */
type Request = {
  readonly document: PreparedDocument;
  readonly operation: PreparedOperation;
  readonly variables: Variables;
  readonly principal: Principal | null;
};

/** The product's GraphQL, whatever brings the requests. */
export function createGraphqlCore(deps: GraphqlCoreDeps): GraphqlCore {
  const { inbox, sessions, people, presence, desk, unread, workspaces, contacts, directory, contactWatch } = deps;
  const { webhooks, changeFeed, log, reading, acting, settings } = deps;
  const metering = createMetering(deps.budgets);
  const { schema, callId } = deps.schema;
  const documents = createDocuments(schema, callId);
  const subscriptions = createSubscriptions({ schema, changeFeed, directory, contactWatch, presence, unread, log });
  const executionMs = settings.executionMs ?? limits.executionMs;

  return {
    kind(parameters) {
      const document = documents.find(parameters.query);
      return document && (findOperation(document, parameters.operationName)?.kind ?? null);
    },

    async execute(parameters, caller, allow) {
      const answering: Answering = { log, requestId: caller.requestId };
      try {
        const request = await admit(parameters, caller, allow);
        const body = request.principal === null ? null : await read(request, request.principal);
        if (body !== null) return written(body, request);
        const acted = act(request, parameters, caller);
        if (acted !== null) {
          const done = await inTime(acted);
          if ("body" in done) return written(done.body, request);
          const { usesDeprecated: deprecated } = request.operation;
          return answer(answering, { result: done.result, warnings: [], deprecated });
        }
        return await run(request, parameters, caller, answering);
      } catch (error) {
        return answer(answering, { error });
      }
    },

    async subscribe(parameters, caller, sink, lastSeen) {
      const answering: Answering = { log, requestId: caller.requestId };
      try {
        const { document, operation, variables, principal } = await admit(parameters, caller, ["subscription"]);
        if (principal === null) throw unauthenticated();
        const resumeFrom = parameters.extensions?.["resumeFrom"];
        const resuming = { resumeFrom, lastSeen };
        return await subscriptions.start({ document, operation, variables, principal, ...resuming, answering, sink });
      } catch (error) {
        sink.error(JSON.stringify(resultEntries(answering, error)));
        return { stop: () => undefined };
      }
    },
  };

  /** @throws Refusal, DomainError */
  function admit(parameters: GraphqlParameters, caller: Caller, allow: readonly OperationKind[]): Awaitable<Request> {
    metering.begin(caller);
    return andThen(prepare(parameters.query, caller), (document) => admitTo(document, parameters, caller, allow));
  }

  function admitTo(
    document: PreparedDocument,
    parameters: GraphqlParameters,
    caller: Caller,
    allow: readonly OperationKind[],
  ): Awaitable<Request> {
    const operation = findOperation(document, parameters.operationName);
    if (operation === null) throw unresolved(document, parameters.operationName);
    if (!allow.includes(operation.kind)) throw misplaced(operation.kind);
    const variables = declaredVariables(parameters.variables, operation.variableNames);
    const cost = operation.weight.cost(variables);
    refuseCost(cost);
    const isOpen =
      operation.access === "public" || (operation.access === "introspection" && settings.introspection === "open");
    return andThen<Principal | null, Request>(isOpen ? caller.principal : authenticate(caller), (principal) => {
      metering.admitted(caller, principal, cost);
      return { document, operation, variables, principal };
    });
  }

  /** At once where it was prepared before. */
  function prepare(text: string, caller: Caller): Awaitable<PreparedDocument> {
    try {
      return documents.prepare(text, false);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return prepareWithHints(text, caller, error);
    }
  }

  /** Suggestions name parts of the schema, so they are for people who are signed in; who that is costs nothing to others. */
  async function prepareWithHints(text: string, caller: Caller, refused: Refusal): Promise<PreparedDocument> {
    const principal = await principalOf(caller);
    if (principal === null) throw refused;
    metering.admitted(caller, principal, 1);
    return documents.prepare(text, true);
  }

  /** At once for a token that was proven before. */
  function authenticate(caller: Caller): Awaitable<Principal> {
    return andThen(caller.principal ?? prove(caller), (principal) => {
      sessions.admit(principal);
      return principal;
    });
  }

  function prove(caller: Caller): Awaitable<Principal> {
    if (caller.bearer === null) throw unauthenticated();
    try {
      const principal = sessions.authenticate(caller.bearer);
      return principal instanceof Promise ? principal.catch(refused) : principal;
    } catch (error) {
      return refused(error);
    }

    function refused(error: unknown): never {
      if (error instanceof DomainError) metering.refused(caller);
      throw error;
    }
  }

  /** Who is signed in, or null. @throws DomainError RATE_LIMITED */
  async function principalOf(caller: Caller): Promise<Principal | null> {
    try {
      return await authenticate(caller);
    } catch (error) {
      if (error instanceof DomainError && error.code === "UNAUTHENTICATED") return null;
      throw error;
    }
  }

  /**
   * The answer without the library, or null. A failure is null too: reading changes nothing, so the library meets the same
   * failure again and reports it at its place.
   */
  function read({ document, operation, variables }: Request, principal: Principal): Awaitable<ByteText | null> {
    try {
      const found = reading?.answer({ document, operation, variables, principal }) ?? null;
      return found instanceof Promise ? inTime(found).catch(leftToLibrary) : found;
    } catch (error) {
      return leftToLibrary(error);
    }
  }

  /** The write under way without the library, or null. One with an idempotency key is the library's. */
  function act(request: Request, parameters: GraphqlParameters, caller: Caller): Promise<Acted> | null {
    const { document, operation, variables, principal } = request;
    if (acting === undefined || principal === null || operation.kind !== "mutation") return null;
    if (caller.idempotencyKey !== null || parameters.extensions?.["idempotencyKey"] != null) return null;
    return acting.act({ document, operation, variables, principal });
  }

  function leftToLibrary(error: unknown): null {
    if (error instanceof DomainError && error.code === "TIMEOUT") throw error;
    return null;
  }

  async function inTime<T>(running: Promise<T>): Promise<T> {
    const late = Promise.withResolvers<never>();
    const timer = setTimeout(() => late.reject(timeout()), executionMs);
    try {
      return await Promise.race([running, late.promise]);
    } finally {
      clearTimeout(timer);
    }
  }

  async function readLogEnd(principal: Principal): Promise<Cursor> {
    return inbox.cursor(principal);
  }

  async function run(
    { document, operation, variables, principal }: Request,
    parameters: GraphqlParameters,
    caller: Caller,
    answering: Answering,
  ): Promise<GraphqlAnswer> {
    const warnings: Warning[] = [];
    const asksForLogEnd = operation.kind === "query" && operation.rootFields.has("cursor");
    const logEnd = asksForLogEnd && principal !== null ? readLogEnd(principal) : null;
    // Root fields are read side by side, and none of them may be older than the cursor beside it.
    await logEnd?.catch(() => undefined);
    const contextValue: ResolverContext = {
      inbox,
      sessions,
      people,
      presence,
      desk,
      unread,
      webhooks,
      workspaces,
      contacts,
      names: principal && directory.names(principal.workspaceId),
      principal,
      bearer: caller.bearer,
      origin: caller.origin,
      budget: caller.spending?.budget ?? null,
      idempotency: (part, key) => idempotencyKey(parameters, caller, operation, variables, part, key),
      logEnd,
      warn: (warning) => void warnings.push(warning),
    };
    const deadline = new AbortController();
    const args = validateExecutionArgs({
      schema,
      document: document.document,
      operationName: operation.name,
      variableValues: variables,
      contextValue,
      abortSignal: deadline.signal,
      hideSuggestions: principal === null,
      options: { maxCoercionErrors: limits.errors },
    });
    if (!("schema" in args)) throw new Refusal(entriesOf(args, "BAD_USER_INPUT"));
    const result = await withinTime(args, deadline);
    return answer(answering, { result, warnings, deprecated: operation.usesDeprecated });
  }

  async function withinTime(args: ValidatedExecutionArgs, deadline: AbortController): Promise<ExecutionResult> {
    const running = executeRootSelectionSet(args);
    if (!(running instanceof Promise)) return running;
    const timer = setTimeout(() => deadline.abort(), executionMs);
    try {
      return await running;
    } catch (error) {
      if (!deadline.signal.aborted) throw error;
      throw timeout();
    } finally {
      clearTimeout(timer);
    }
  }

  function timeout(): DomainError {
    return new DomainError("TIMEOUT", `The operation took longer than ${executionMs} ms and was given up.`);
  }
}

function written(body: ByteText, { operation }: Request): GraphqlAnswer {
  return { body, encoding: "latin1", outcome: "ok", retryAfterMs: null, deprecated: operation.usesDeprecated };
}

function findOperation({ operations }: PreparedDocument, name: string | null): PreparedOperation | null {
  if (name === null || name === "") return operations.length === 1 ? (operations[0] ?? null) : null;
  return operations.find((operation) => operation.name === name) ?? null;
}

function unresolved({ operations }: PreparedDocument, name: string | null): Refusal {
  const isNamed = name !== null && name !== "";
  if (isNamed)
    return refusal("OPERATION_RESOLUTION_FAILURE", `The document has no operation named "${name.slice(0, 100)}".`);
  const message =
    operations.length === 0
      ? "The document has no operation."
      : "The document has several operations: say which by operationName.";
  return refusal("OPERATION_RESOLUTION_FAILURE", message);
}

function misplaced(kind: OperationKind): Refusal {
  if (kind === "subscription") {
    return refusal(
      "OPERATION_RESOLUTION_FAILURE",
      "Subscriptions are served over the WebSocket at /websocket and as events at /graphql/stream.",
    );
  }
  return refusal("OPERATION_RESOLUTION_FAILURE", `A ${kind} cannot be run this way.`);
}

function idempotencyKey(
  parameters: GraphqlParameters,
  caller: Caller,
  operation: PreparedOperation,
  variables: Variables,
  part: string,
  ownKey: string | null,
) {
  const key = ownKey ?? caller.idempotencyKey ?? parameters.extensions?.["idempotencyKey"] ?? null;
  if (key === null) return undefined;
  if (typeof key !== "string" || !/^[\u0021-\u007e]{1,255}$/.test(key)) {
    throw new DomainError("BAD_USER_INPUT", "An idempotency key is 1 to 255 visible ASCII characters.", {
      field: "Idempotency-Key",
    });
  }
  const fingerprint = hash("sha256", canonicalJson([parameters.query, operation.name, variables]), "hex");
  return { key, part, fingerprint };
}
