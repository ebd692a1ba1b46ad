import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { createInOrder } from "./in-order.ts";

test("what came is taken once and in order, whichever of it is answered at once, later or before its turn", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat({ max: 3 }), { maxLength: 30 }), async (turns) => {
      const taken: (readonly [number, string])[] = [];
      const inOrder = createInOrder<number, string>({
        ask: (at) => (turns[at] === 0 ? String(at) : after(turns[at] ?? 0, String(at))),
        take: (at, found) => void taken.push([at, found]),
        failed: (error) => assert.fail(String(error)),
      });
      for (const at of turns.keys()) {
        const wasIdle = inOrder.waiting() === null;
        inOrder.take(at);
        if (wasIdle && turns[at] === 0) assert.equal(taken.at(-1)?.[0], at, "at once");
        if (at % 4 === 3) await inOrder.waiting();
      }
      await inOrder.waiting();
      assert.equal(inOrder.waiting(), null);
      assert.deepEqual(
        taken,
        turns.map((_, at) => [at, String(at)]),
      );
    }),
  );
});

test("a question that fails is told, at once or later, and the next one is asked", async () => {
  const told: unknown[] = [];
  const taken: string[] = [];
  const inOrder = createInOrder<string, string>({
    ask(given) {
      if (given === "thrown") throw new Error(given);
      return given === "refused" ? Promise.reject(new Error(given)) : given;
    },
    take: (given) => void taken.push(given),
    failed: (error) => void told.push((error as Error).message),
  });
  for (const given of ["thrown", "refused", "well"]) inOrder.take(given);
  await inOrder.waiting();
  assert.deepEqual([told, taken], [["thrown", "refused"], ["well"]]);
});

async function after<T>(turns: number, value: T): Promise<T> {
  for (let turn = 0; turn < turns; turn += 1) await Promise.resolve();
  return value;
}
