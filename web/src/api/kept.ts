import {
  type Client,
  createRequest,
  type Exchange,
  makeOperation,
  type Operation,
  type OperationResult,
  stringifyDocument,
} from "@urql/core";
import { filter, map, merge, pipe, share, tap } from "wonka";
import { withNewestRows } from "../lib/newest-rows.ts";
import { createStore, type Store } from "../lib/store.ts";
import { answersOf, keepAnswers, type KeptAnswer, keeping, type KeptOwner, setKeptOwner } from "./kept-store.ts";
import { session } from "./session.ts";

/**
 * The queries whose answers are kept: calls, counts, people and choices. Nothing that admins alone see: no keys, no deliveries.
 * Lists that go on and on are kept as they are shown, by `calls/keeping.ts`.
 */
const keptQueries: ReadonlySet<string> = new Set([
  "CallsOnPage",
  "OneCall",
  "CallDetails",
  "CallHistory",
  "CallsOfNumber",
  "CallTotal",
  "ViewCounts",
  "OwnCounts",
  "UnreadCount",
  "Lines",
  "Me",
  "Team",
  "Colleagues",
  "SavedViews",
  "Choices",
]);

const asOf = createStore<number | null>(null);
/** What the server has answered and is not kept yet, by keys. */
const fresh = new Map<number, KeptAnswer>();
/** Queries of the page that are answered by what is kept. */
const stale = new Map<number, Operation>();
/** What an earlier page kept. */
let kept: ReadonlyMap<number, KeptAnswer> = new Map();

/** Until when what is shown is true, where it is what an earlier page kept; null where it is the server's. */
export const keptAsOf: Pick<Store<number | null>, "get" | "follow"> = asOf;

/** Before the cache: where the server is not there, what is kept of it is asked of the cache alone, which has it by `prime`. */
export const keptReads: Exchange = ({ forward }) => {
  return (operations$) =>
    pipe(
      operations$,
      map((operation) => {
        const { kind, key, context } = operation;
        if (kind === "teardown") stale.delete(key);
        const isKept = kind === "query" && kept.has(key) && context["kept"] === undefined;
        if (!isKept || session.state.get().status !== "away") return operation;
        stale.set(key, operation);
        return makeOperation(kind, operation, { ...context, requestPolicy: "cache-only" });
      }),
      forward,
    );
};

/** After the cache: notes what the server answers, and gives the cache what is kept. */
export const keptAnswers: Exchange = ({ forward }) => {
  return (operations$) => {
    const shared = share(operations$);
    const isPriming = (operation: Operation) => operation.kind === "query" && operation.context["kept"] !== undefined;
    const primed$ = pipe(
      shared,
      filter(isPriming),
      map((operation) => answered(operation, operation.context["kept"] as KeptAnswer)),
    );
    const asked$ = pipe(
      shared,
      filter((operation) => !isPriming(operation)),
      forward,
      tap(note),
    );
    return merge([primed$, asked$]);
  };
};

/** What the page itself knows as the answer to a query, to be kept like the server's; null where nobody is signed in. */
export function answerTo(
  query: Parameters<typeof createRequest>[0],
  variables: Record<string, unknown>,
  data: KeptAnswer["data"],
): KeptAnswer | null {
  const request = createRequest(query, variables);
  return keptAnswer(request.key, stringifyDocument(request.query), variables, data);
}

/**
 * Keeps what the server has answered since the last time, and `more`. What is kept is true until now, so it is called only while
 * live changes come in.
 */
export async function keep(more: readonly KeptAnswer[]): Promise<void> {
  const state = session.state.get();
  if (state.status !== "signed-in") return;
  if (keeping.get() === "off") return;
  const answers = [...fresh.values(), ...more];
  fresh.clear();
  if (answers.length > 0) await keepAnswers(answers);
  setKeptOwner({ ...state.user, asOfMs: Date.now() });
}

/** Has the cache know the calls that are kept of a person, for when the server is not there at the start. */
export async function prime(client: Client, { id, asOfMs }: KeptOwner): Promise<void> {
  kept = new Map(withNewestRows(await answersOf(id)).map((answer) => [answer.key, answer]));
  asOf.set(asOfMs);
  for (const answer of kept.values()) {
    const request = createRequest(answer.query, { ...answer.variables });
    await client.executeQuery(request, { requestPolicy: "network-only", kept: answer }).toPromise();
  }
}

/** Asks the server for all that was answered by what is kept. False where nothing was. */
export function askAgain(client: Client): boolean {
  if (asOf.get() === null) return false;
  asOf.set(null);
  for (const operation of stale.values()) {
    client.reexecuteOperation(
      makeOperation(operation.kind, operation, { ...operation.context, requestPolicy: "network-only" }),
    );
  }
  stale.clear();
  kept = new Map();
  return true;
}

function note({ operation, data, error }: OperationResult): void {
  if (operation.kind !== "query" || data === undefined || data === null || error !== undefined) return;
  if (!keptQueries.has(nameOf(operation.query) ?? "") || keeping.get() === "off") return;
  const variables = operation.variables as KeptAnswer["variables"];
  const answer = keptAnswer(operation.key, stringifyDocument(operation.query), variables, data as KeptAnswer["data"]);
  if (answer !== null) fresh.set(operation.key, answer);
}

function keptAnswer(
  key: number,
  query: string,
  variables: KeptAnswer["variables"],
  data: KeptAnswer["data"],
): KeptAnswer | null {
  const state = session.state.get();
  return "user" in state ? { key, userId: state.user.id, atMs: Date.now(), query, variables, data } : null;
}

function answered(operation: Operation, { data }: KeptAnswer): OperationResult {
  return { operation, data, error: undefined, extensions: undefined, stale: false, hasNext: false } as never;
}

function nameOf({ definitions }: Operation["query"]): string | undefined {
  for (const definition of definitions) if ("operation" in definition) return definition.name?.value;
  return undefined;
}
