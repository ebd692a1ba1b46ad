import type { Awaitable } from "../domain/storage.ts";

/**
 * Takes things one after the other in the order in which they came, each with what is asked for it first. What is answered at once is
 * taken at once.
 * @param failed is told where something could not be asked for, or taken once its answer had come; what comes after it is asked for and taken
 *   all the same.
 */
export function createInOrder<Given, Found>({
  ask,
  take,
  failed,
}: {
  readonly ask: (given: Given) => Awaitable<Found>;
  readonly take: (given: Given, found: Found) => void;
  readonly failed: (error: unknown) => void;
}) {
  let last: Promise<void> | null = null;

  return {
    take(given: Given): void {
      if (last === null) {
        const found = asked(given);
        if (!(found instanceof Promise)) {
          if (found !== null) take(given, found.answer);
          return;
        }
        waitFor(given, found);
      } else
        waitFor(
          given,
          last.then(() => asked(given)),
        );
    },

    /** Resolves when all that came has been taken; null where nothing waits. */
    waiting: (): Promise<void> | null => last,
  };

  function waitFor(given: Given, found: Promise<Answered<Found> | null>): void {
    const turn: Promise<void> = takeLater(given, found).finally(() => {
      if (last === turn) last = null;
    });
    last = turn;
  }

  async function takeLater(given: Given, found: Promise<Answered<Found> | null>): Promise<void> {
    const answered = await found;
    try {
      if (answered !== null) take(given, answered.answer);
    } catch (error) {
      failed(error);
    }
  }

  /** Null where it failed. */
  function asked(given: Given): Awaitable<Answered<Found> | null> {
    try {
      const found = ask(given);
      return found instanceof Promise ? found.then((answer) => ({ answer }), refused) : { answer: found };
    } catch (error) {
      return refused(error);
    }
  }

  function refused(error: unknown): null {
    failed(error);
    return null;
  }
}

type Answered<Found> = { readonly answer: Found };
