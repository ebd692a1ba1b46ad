import type { Awaitable } from "../domain/storage.ts";

/** Steps that are taken one after the other, each with a value that may come later. */
export type InOrder = {
  /** Takes the step once those before it are taken and its value is there: at once where nothing has to be waited for. */
  take<T>(value: Awaitable<T>, step: (value: T) => void): void;
  /** Resolves once all steps so far are taken; null where none waits. Never rejects. */
  readonly taken: Promise<void> | null;
};

/** @param failed is told of a value that does not come, or a step that throws; the next ones are taken all the same. */
export function createInOrder(failed: (error: unknown) => void): InOrder {
  let last: Promise<void> | null = null;
  return {
    take(value, step) {
      if (last === null && !(value instanceof Promise)) {
        step(value);
        return;
      }
      const taken = takeAfter(last, value, step).finally(() => {
        if (last === taken) last = null;
      });
      last = taken;
    },
    get taken() {
      return last;
    },
  };

  async function takeAfter<T>(before: Promise<void> | null, value: Awaitable<T>, step: (value: T) => void) {
    // Looked at from the start: a value that does not come must not count as a failure that nobody minds.
    const found = Promise.allSettled([value]);
    await before;
    try {
      const [outcome] = await found;
      if (outcome.status === "rejected") throw outcome.reason;
      step(outcome.value);
    } catch (error) {
      failed(error);
    }
  }
}
