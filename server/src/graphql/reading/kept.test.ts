import assert from "node:assert/strict";
import { it } from "node:test";
import * as fc from "fast-check";
import { createKept } from "./kept.ts";

it("what is kept never takes more than its bytes, and what is found is what was put there last", () => {
  const step = fc.record({
    key: fc.constantFrom("a", "b", "c", "d"),
    act: fc.constantFrom("set", "get", "delete"),
    bytes: fc.nat(400),
  });
  const property = fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
    const kept = createKept<number>(2_400);
    const latest = new Map<string, number>();
    for (const [at, { key, act, bytes }] of steps.entries()) {
      if (act === "delete") {
        kept.delete(key);
        latest.delete(key);
      } else if (act === "set") {
        kept.set(key, at, bytes);
        latest.set(key, at);
      } else {
        const found = kept.get(key);
        if (found !== undefined) assert.equal(found, latest.get(key));
      }
      assert.ok(kept.bytes >= 0 && kept.bytes <= 2_400);
    }
    for (const key of latest.keys()) kept.delete(key);
    assert.equal(kept.bytes, 0);
  });
  fc.assert(property, { numRuns: 500 });
});

it("what is used again and again outlives any number of others", () => {
  const kept = createKept<number>(100_000);
  kept.set("often", 1, 100);
  for (let at = 0; at < 10_000; at++) {
    kept.set(`other ${at}`, at, 100);
    assert.equal(kept.get("often"), 1);
  }
  assert.equal(kept.get("other 0"), undefined);
});
