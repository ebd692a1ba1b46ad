import assert from "node:assert/strict";
import { it } from "node:test";
import { createInOrder } from "./in-order.ts";

it("steps are taken in order, however late their values come, and at once where none waits", async () => {
  const taken: string[] = [];
  const inOrder = createInOrder(() => assert.fail("nothing fails"));
  const step = (value: string) => void taken.push(value);
  inOrder.take("first", step);
  assert.deepEqual([taken, inOrder.taken], [["first"], null]);
  const slow = Promise.withResolvers<string>();
  inOrder.take(slow.promise, step);
  inOrder.take(Promise.resolve("third"), step);
  inOrder.take("fourth", step);
  await new Promise(setImmediate);
  assert.deepEqual(taken, ["first"]);
  slow.resolve("second");
  await inOrder.taken;
  assert.deepEqual(taken, ["first", "second", "third", "fourth"]);
  inOrder.take("fifth", step);
  assert.equal(taken.at(-1), "fifth");
  assert.equal(inOrder.taken, null);
});

it("a value that does not come and a step that throws are told, and keep nobody waiting", async () => {
  const failures: unknown[] = [];
  const taken: string[] = [];
  const inOrder = createInOrder((error) => failures.push(error));
  inOrder.take(Promise.reject(new Error("no value")), () => assert.fail());
  inOrder.take("thrown", () => {
    throw new Error("no step");
  });
  inOrder.take("last", (value) => void taken.push(value));
  await inOrder.taken;
  assert.deepEqual(failures.map(String), ["Error: no value", "Error: no step"]);
  assert.deepEqual(taken, ["last"]);
});
