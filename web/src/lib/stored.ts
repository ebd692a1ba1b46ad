import { createStore, type Store } from "./store.ts";

/** A text that this browser remembers; in memory only where it may not. */
export function createStoredText(name: string, initial: string): Store<string> {
  const store = createStore(read(name) ?? initial);
  return {
    ...store,
    set(next) {
      store.set(next);
      write(name, next === initial ? null : next);
    },
  };
}

function read(name: string): string | null {
  try {
    return localStorage.getItem(name);
  } catch {
    return null; // Storage is switched off.
  }
}

function write(name: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(name);
    else localStorage.setItem(name, value);
  } catch {
    // Storage is full or switched off: it holds as long as the page does.
  }
}
