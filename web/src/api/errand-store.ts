import type { Errand, ErrandStore } from "../lib/outbox.ts";
import { answerOf, openDatabase } from "./browser-database.ts";

const storeName = "errands";

/** Errands in the browser's own database, or in no place at all where it has none: they last as long as the page then. */
export function createErrandStore(): ErrandStore {
  let opening: Promise<IDBDatabase> | null = null;

  async function run<T>(mode: IDBTransactionMode, ask: (store: IDBObjectStore) => IDBRequest<T>): Promise<T | null> {
    try {
      opening ??= openDatabase("ringback-outbox", 1, (database) =>
        database.createObjectStore(storeName, { keyPath: "key" }),
      );
      const database = await opening;
      return await answerOf(ask(database.transaction(storeName, mode).objectStore(storeName)));
    } catch {
      // Switched off, full, or another profile's: what is done is sent all the same.
      return null;
    }
  }

  return {
    put: async (errand) => void (await run("readwrite", (store) => store.put(errand))),
    remove: async (key) => void (await run("readwrite", (store) => store.delete(key))),
    async all() {
      const errands = (await run<Errand[]>("readonly", (store) => store.getAll() as IDBRequest<Errand[]>)) ?? [];
      return errands.toSorted((a, b) => a.madeAtMs - b.madeAtMs);
    },
  };
}
