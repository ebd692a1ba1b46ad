/** Keys that are asked for in one go, at most. */
const gatheredMax = 1_000;

/**
 * Asks for what is wanted within one turn of the event loop in one go. Questions thus wait for the end of the turn, and an answer is
 * never older than its question. `answer` gives what it finds, by key; a key that it leaves out is answered with undefined.
 */
export function gathered<Found>(
  answer: (keys: readonly number[]) => Promise<ReadonlyMap<number, Found>>,
): (key: number) => Promise<Found | undefined> {
  let waiting: Map<number, PromiseWithResolvers<Found | undefined>> | null = null;
  return (key) => {
    if (waiting === null || waiting.size >= gatheredMax) {
      const asked = new Map<number, PromiseWithResolvers<Found | undefined>>();
      waiting = asked;
      setImmediate(() => {
        if (waiting === asked) waiting = null;
        void settle(asked);
      });
    }
    const known = waiting.get(key);
    if (known !== undefined) return known.promise;
    const wanted = Promise.withResolvers<Found | undefined>();
    waiting.set(key, wanted);
    return wanted.promise;
  };

  async function settle(asked: ReadonlyMap<number, PromiseWithResolvers<Found | undefined>>): Promise<void> {
    try {
      const found = await answer([...asked.keys()]);
      for (const [key, { resolve }] of asked) resolve(found.get(key));
    } catch (error) {
      for (const { reject } of asked.values()) reject(error);
    }
  }
}
