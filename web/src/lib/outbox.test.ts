import assert from "node:assert/strict";
import { test } from "node:test";
import { createOutbox, type Errand } from "./outbox.ts";

const errand = (key: string): Errand => ({
  key,
  userId: "1",
  page: "p",
  madeAtMs: 0,
  name: "AddNote",
  query: "mutation",
  variables: {},
});

function outbox() {
  const kept = new Map<string, Errand>();
  const sent: string[] = [];
  const box = createOutbox(
    {
      put: async (one) => void kept.set(one.key, one),
      remove: async (key) => void kept.delete(key),
      all: async () => [...kept.values()],
    },
    ({ key }) => sent.push(key),
  );
  return { box, kept, sent };
}

test("errands go out one after the other, in the order in which they were made", () => {
  const { box, sent } = outbox();
  for (const key of ["a", "b", "c"]) box.add(errand(key));
  assert.deepEqual(sent, ["a"]);
  box.settle("a");
  box.settle("b");
  assert.deepEqual(sent, ["a", "b", "c"]);
});

test("what the server did not answer stays first, is sent again under its key, and holds up the rest", () => {
  const { box, sent } = outbox();
  box.add(errand("a"));
  box.add(errand("b"));
  box.hold("a");
  box.add(errand("c"));
  assert.deepEqual(sent, ["a"]);
  box.retry();
  assert.deepEqual(sent, ["a", "a"]);
  box.settle("a");
  assert.deepEqual(sent, ["a", "a", "b"]);
});

test("an errand is kept until it is settled, and not a moment longer", () => {
  const { box, kept } = outbox();
  box.add(errand("a"));
  box.hold("a");
  assert.deepEqual([...kept.keys()], ["a"]);
  box.retry();
  box.settle("a");
  assert.deepEqual([...kept.keys()], []);
  assert.deepEqual(box.waiting.get(), []);
});

test("the same errand is in it once", () => {
  const { box, sent } = outbox();
  box.add(errand("a"), true);
  box.add(errand("a"), true);
  box.settle("a");
  assert.deepEqual(sent, ["a"]);
});
