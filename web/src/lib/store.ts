/** A value that can be read, replaced and followed. What React reads with `useStore`. */
export type Store<T> = {
  get(): T;
  set(next: T): void;
  /** Called after each change, not at once. Returns how to stop. */
  follow(listener: () => void): () => void;
};

/** A store in memory. Setting the very same value tells nobody. */
export function createStore<T>(initial: T): Store<T> {
  let value = initial;
  const listeners = new Set<() => void>();
  return {
    get: () => value,
    set(next) {
      if (Object.is(next, value)) return;
      value = next;
      for (const listener of listeners) listener();
    },
    follow(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
