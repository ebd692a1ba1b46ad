import type { Awaitable } from "./storage.ts";

/** Goes on with a value at once where it is at hand, and otherwise when it comes: where nothing has to be waited for, nothing waits. */
export function andThen<T, U>(value: Awaitable<T>, goOn: (value: T) => Awaitable<U>): Awaitable<U> {
  return value instanceof Promise ? value.then(goOn) : goOn(value);
}
