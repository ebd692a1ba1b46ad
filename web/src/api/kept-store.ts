import { holdsCall } from "../lib/holds-call.ts";
import { createStoredText } from "../lib/stored.ts";
import { answerOf, openDatabase } from "./browser-database.ts";

/** Whose answers this browser keeps, and until when they were true. */
export type KeptOwner = { readonly id: string; readonly username: string; readonly asOfMs: number };

/** The answer to one query, as the server gave it or as the page had it last. */
export type KeptAnswer = {
  /** urql's key of query and variables: another build of the app, with other queries, finds nothing of what does not fit it. */
  readonly key: number;
  readonly userId: string;
  readonly atMs: number;
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly data: Readonly<Record<string, unknown>>;
};

const storeName = "answers";
/** The oldest go when there are more. */
const answersMax = 200;
const owner = createStoredText("ringback-kept", "");
let opening: Promise<IDBDatabase> | null = null;

/** Whether this browser keeps calls for when there is no connection: `on` or `off`. */
export const keeping = createStoredText("ringback-keeping", "on");

/** Whose answers are here; null for nobody's. */
export function keptOwner(): KeptOwner | null {
  try {
    return JSON.parse(owner.get()) as KeptOwner;
  } catch {
    return null; // Empty, or not ours.
  }
}

/** Says until when what is kept is true, and whose it is. */
export function setKeptOwner(next: KeptOwner): void {
  owner.set(JSON.stringify(next));
}

/** Keeps answers, in the place of those to the same queries. */
export async function keepAnswers(answers: readonly KeptAnswer[]): Promise<void> {
  await run("readwrite", (store) => {
    for (const answer of answers) store.put(answer);
    const oldestFirst = store.index("atMs").getAllKeys();
    oldestFirst.addEventListener("success", () => {
      for (const key of oldestFirst.result.slice(0, -answersMax)) store.delete(key);
    });
    return oldestFirst;
  });
}

/** What is kept of a person, oldest first. */
export async function answersOf(userId: string): Promise<readonly KeptAnswer[]> {
  const all = await run("readonly", (store) => store.index("atMs").getAll() as IDBRequest<KeptAnswer[]>);
  return (all ?? []).filter((answer) => answer.userId === userId);
}

/** Keeps those answers no more that hold one of these calls: they were deleted. */
export async function forgetCalls(ids: ReadonlySet<string>): Promise<void> {
  await run("readwrite", (store) => {
    const all = store.getAll() as IDBRequest<KeptAnswer[]>;
    all.addEventListener("success", () => {
      for (const { key, data } of all.result) if (holdsCall(data, ids)) store.delete(key);
    });
    return all;
  });
}

/** Keeps nothing any more of what was kept: the session is over, or somebody else's has begun. */
export async function forgetAnswers(): Promise<void> {
  owner.set("");
  await run("readwrite", (store) => store.clear());
}

async function run<T>(mode: IDBTransactionMode, ask: (store: IDBObjectStore) => IDBRequest<T>): Promise<T | null> {
  try {
    opening ??= openDatabase("ringback-kept", 1, (database) =>
      database.createObjectStore(storeName, { keyPath: "key" }).createIndex("atMs", "atMs"),
    );
    return await answerOf(ask((await opening).transaction(storeName, mode).objectStore(storeName)));
  } catch {
    opening = null;
    return null; // Switched off or full: nothing is kept then.
  }
}
