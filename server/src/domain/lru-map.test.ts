import assert from "node:assert/strict";
import { test } from "node:test";
import { createLruMap } from "./lru-map.ts";

test("a full map lets go of the entry that was used least recently", () => {
  const map = createLruMap<string, number>(2);
  map.set("a", 1);
  map.set("b", 2);
  assert.equal(map.get("a"), 1);
  map.set("c", 3);
  assert.deepEqual([map.get("a"), map.get("b"), map.get("c"), map.size], [1, undefined, 3, 2]);
  map.set("a", 4);
  map.delete("c");
  assert.deepEqual([map.get("a"), map.get("c"), map.size], [4, undefined, 1]);
});
