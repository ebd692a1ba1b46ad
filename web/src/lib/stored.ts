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

/** The same for what can be nothing, or what passes no longer: null then. */
export function createStoredOption(name: string, isGood: (text: string) => boolean): Store<string | null> {
  const kept = read(name);
  const store = createStore(kept !== null && isGood(kept) ? kept : null);
  return {
    ...store,
    set(next) {
      store.set(next);
      write(name, next);
    },
  };
}

function read(name: string): string | null {
  try {
    return window.localStorage.getItem(name);
  } catch {
    return null; // Storage is switched off.
  }
}

function write(name: string, value: string | null): void {
  try {
    if (value === null) window.localStorage.removeItem(name);
    else window.localStorage.setItem(name, value);
  } catch {
    // Storage is full or switched off: it holds as long as the page does.
  }
}
