import assert from "node:assert/strict";
import { it } from "node:test";
import { createOpenCounts } from "./open-counts.ts";

it("what is open here and elsewhere counts against one limit", () => {
  const elsewhere = new Map([["sockets ann", 2]]);
  const counts = createOpenCounts({
    kind: "sockets",
    max: 4,
    elsewhere: { count: (key) => elsewhere.get(key) ?? 0, tell: () => {} },
  });
  counts.enter("ann");
  assert.equal(counts.isFull("ann"), false);
  counts.enter("ann");
  assert.equal(counts.isFull("ann"), true);
  assert.equal(counts.isFull("bob"), false);
  elsewhere.clear();
  assert.equal(counts.isFull("ann"), false);
});

it("what comes to a tenth of the limit is told, and what is gone is not", () => {
  let told: () => Iterable<readonly [string, number]> = () => [];
  const counts = createOpenCounts({
    kind: "sockets",
    max: 20,
    elsewhere: { count: () => 0, tell: (open) => (told = open) },
  });
  for (const key of ["ann", "ann", "bob", "cid", "cid", "cid"]) counts.enter(key);
  assert.deepEqual(
    [...told()],
    [
      ["sockets ann", 2],
      ["sockets cid", 3],
    ],
  );
  for (const key of ["ann", "bob"]) counts.leave(key);
  assert.deepEqual([...told()], [["sockets cid", 3]]);
});
