/** Opens one of the browser's own databases, made or changed as `upgrade` says. Other tabs may take it away. */
export async function openDatabase(
  name: string,
  version: number,
  upgrade: (database: IDBDatabase) => void,
): Promise<IDBDatabase> {
  const request = indexedDB.open(name, version);
  request.addEventListener("upgradeneeded", () => upgrade(request.result));
  const database = await answerOf(request);
  // A tab with another build of the app wants another version of it.
  database.addEventListener("versionchange", () => database.close());
  return database;
}

/** What a request of IndexedDB comes to. */
export function answerOf<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.addEventListener("success", () => resolve(request.result));
    request.addEventListener("error", () => reject(request.error ?? new Error("IndexedDB")));
  });
}
