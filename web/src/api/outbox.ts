import {
  type Client,
  createRequest,
  type Exchange,
  makeOperation,
  type Operation,
  type OperationContext,
  type OperationResult,
  stringifyDocument,
} from "@urql/core";
import { filter, makeSubject, merge, pipe, share, tap } from "wonka";
import { backoffMs } from "../lib/backoff.ts";
import { createOutbox, type Errand, type Outbox } from "../lib/outbox.ts";
import { randomKey } from "../lib/random-key.ts";
import type { Store } from "../lib/store.ts";
import { createErrandStore } from "./errand-store.ts";
import { failureFrom } from "./failure.ts";
import type { RequestFailure } from "./post.ts";
import { session } from "./session.ts";

/** What is done to calls, and must not be lost. All else (keys, sources, settings) fails at once where the server is not there. */
const keptFields: ReadonlySet<string> = new Set([
  "archiveCall",
  "setCallsArchived",
  "setCallsTag",
  "setCallsAssignee",
  "addNote",
  "editNote",
  "deleteNote",
  "addTag",
  "removeTag",
  "assignCall",
  "undoChange",
  "undoChanges",
  "setCallsUnread",
]);
/** The server is there but asks to wait, or does not know us any more: sent again later. */
const passingCodes = new Set(["NETWORK", "UNAVAILABLE", "OVERLOADED", "RATE_LIMITED", "UNAUTHENTICATED", "TIMEOUT"]);

type Refusal = { readonly errand: Errand; readonly failure: RequestFailure };

const page = randomKey();
const store = createErrandStore();
const sends = makeSubject<Operation>();
const operations = new Map<string, Operation>();
const refusalListeners = new Set<(refusal: Refusal) => void>();
const answerListeners = new Set<() => void>();
/** Errands of pages that are gone: nobody here waits for their answers. */
const adopted = new Set<string>();
let lastMadeAtMs = 0;
let attempt = 0;
let timer: ReturnType<typeof setTimeout> | null = null;

const box: Outbox = createOutbox(store, ({ key }) => {
  const operation = operations.get(key);
  if (operation !== undefined) sends.next(operation);
});

/** What people did and the server has not confirmed: in order, once, over lost connections and reloads. */
export const outbox = {
  waiting: box.waiting as Pick<Store<readonly Errand[]>, "get" | "follow">,
  /** Whether the server could not be reached with the first of them. */
  isHeld: box.isHeld as Pick<Store<boolean>, "get" | "follow">,

  /** Sends now what is held: the connection is back. */
  retryNow,

  /** Called for each one that the server has answered: it can be reached. */
  onAnswered(listener: () => void): () => void {
    answerListeners.add(listener);
    return () => answerListeners.delete(listener);
  },

  /** Called for what an earlier page did and the server refuses now. */
  onRefused(listener: (refusal: Refusal) => void): () => void {
    refusalListeners.add(listener);
    return () => refusalListeners.delete(listener);
  },

  /** Takes over what pages of this person left behind, each as soon as its page is gone. Once, when somebody is signed in. */
  async resume(client: Client, userId: string): Promise<void> {
    holdPage();
    const left = (await store.all()).filter((errand) => errand.userId === userId && errand.page !== page);
    for (const of of new Set(left.map((errand) => errand.page))) {
      void afterPage(of, async () => {
        const still = (await store.all()).filter((errand) => errand.userId === userId && errand.page === of);
        for (const errand of still) adopt(client, errand);
      });
    }
  },
};

/** Between the cache, which shows at once what is done, and the network: keeps mutations of calls until they are answered. */
export const outboxExchange: Exchange = ({ forward }) => {
  return (operations$) => {
    const shared = share(operations$);
    const passing = pipe(
      shared,
      filter((operation) => {
        if (!isKept(operation)) return true;
        take(operation);
        return false;
      }),
    );
    return pipe(
      merge([sends.source, passing]),
      forward,
      filter((result) => isFinal(result)),
      tap((result) => settle(result)),
    );
  };
};

function isKept({ kind, query }: Operation): boolean {
  if (kind !== "mutation" || !("user" in session.state.get())) return false;
  const fields = definitionOf(query)?.selectionSet.selections ?? [];
  return fields.length > 0 && fields.every((field) => "name" in field && keptFields.has(field.name.value));
}

function definitionOf({ definitions }: Operation["query"]) {
  return definitions.find((definition) => "operation" in definition && "selectionSet" in definition);
}

function take(operation: Operation): void {
  const known = keyOf(operation.context);
  const key = known ?? randomKey();
  const { fetchOptions } = operation.context;
  const given = typeof fetchOptions === "function" ? fetchOptions() : fetchOptions;
  operations.set(
    key,
    makeOperation(operation.kind, operation, {
      ...operation.context,
      errandKey: key,
      fetchOptions: { ...given, headers: { "idempotency-key": key } },
    }),
  );
  const state = session.state.get();
  if (!("user" in state)) return;
  // Two in one millisecond keep their order.
  lastMadeAtMs = Math.max(Date.now(), lastMadeAtMs + 1);
  const errand: Errand = {
    key,
    userId: state.user.id,
    page,
    madeAtMs: lastMadeAtMs,
    name: definitionOf(operation.query)?.name?.value ?? "",
    query: stringifyDocument(operation.query),
    variables: operation.variables as Errand["variables"],
  };
  box.add(errand, false);
}

/** False for what came to nothing because the server was not to be reached: it stays, and is sent again. */
function isFinal({ operation, error }: OperationResult): boolean {
  const key = keyOf(operation.context);
  if (key === null || error === undefined) return true;
  const { code, retryAfterMs } = failureFrom(error);
  if (!passingCodes.has(code)) return true;
  box.hold(key);
  if (timer === null) {
    timer = setTimeout(retryNow, retryAfterMs ?? backoffMs(attempt, Math.random()));
    attempt += 1;
  }
  return false;
}

function settle({ operation, error }: OperationResult): void {
  const key = keyOf(operation.context);
  if (key === null) return;
  attempt = 0;
  const errand = box.waiting.get().find((one) => one.key === key);
  operations.delete(key);
  box.settle(key);
  for (const listener of answerListeners) listener();
  if (errand === undefined || error === undefined || !adopted.delete(key)) return;
  for (const listener of refusalListeners) listener({ errand, failure: failureFrom(error) });
}

function retryNow(): void {
  if (timer !== null) clearTimeout(timer);
  timer = null;
  box.retry();
}

function adopt(client: Client, errand: Errand): void {
  adopted.add(errand.key);
  const request = createRequest(errand.query, { ...errand.variables });
  // Through the cache, so that what was done is shown again until the server has it.
  void client.executeMutation(request, { errandKey: errand.key }).toPromise();
}

function keyOf(context: OperationContext): string | null {
  const key: unknown = context["errandKey"];
  return typeof key === "string" ? key : null;
}

/** Held as long as this page lives; whoever gets it next knows that the page is gone. */
function holdPage(): void {
  void locks()?.request(lockName(page), () => new Promise(() => {}));
}

async function afterPage(of: string, run: () => Promise<void>): Promise<void> {
  const held = locks();
  await (held === undefined ? run() : held.request(lockName(of), run));
}

function lockName(of: string): string {
  return `ringback-outbox-${of}`;
}

/** Missing where the page does not come over a secure connection: a page takes over what another still sends then, which is done once all the same. */
function locks(): LockManager | undefined {
  return (navigator as { readonly locks?: LockManager }).locks;
}
