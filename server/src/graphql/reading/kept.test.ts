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
    const shelf = kept.shelf<string>();
    const latest = new Map<string, number>();
    for (const [at, { key, act, bytes }] of steps.entries()) {
      if (act === "delete") {
        shelf.delete(key);
        latest.delete(key);
      } else if (act === "set") {
        shelf.set(key, at, bytes);
        latest.set(key, at);
      } else {
        const found = shelf.get(key);
        if (found !== undefined) assert.equal(found, latest.get(key));
      }
      assert.ok(kept.bytes >= 0 && kept.bytes <= 2_400);
    }
    for (const key of latest.keys()) shelf.delete(key);
    assert.equal(kept.bytes, 0);
  });
  fc.assert(property, { numRuns: 500 });
});

it("what is used again and again outlives any number of others", () => {
  const kept = createKept<number>(100_000).shelf<string>();
  kept.set("often", 1, 100);
  for (let at = 0; at < 10_000; at++) {
    kept.set(`other ${at}`, at, 100);
    assert.equal(kept.get("often"), 1);
  }
  assert.equal(kept.get("other 0"), undefined);
});

it("all is kept that fits, however it is asked for", () => {
  const kept = createKept<number>(100_000);
  const shelf = kept.shelf<number>();
  for (let key = 0; key < 400; key++) shelf.set(key, key, 100);
  assert.ok(kept.bytes > 88_000, `${kept.bytes} of 100,000`);
  for (let at = 0; at < 2_000; at++) assert.equal(shelf.get((at * 7) % 400), (at * 7) % 400);
});

it("shelves share the bytes and not the keys", () => {
  const kept = createKept<string>(10_000);
  const [one, other] = [kept.shelf<number>(), kept.shelf<number>()];
  one.set(1, "one", 100);
  other.set(1, "other", 100);
  assert.deepEqual([one.get(1), other.get(1)], ["one", "other"]);
  const { bytes } = kept;
  other.clear();
  assert.deepEqual([one.get(1), other.get(1), kept.bytes], ["one", undefined, bytes / 2]);
  for (let key = 0; key < 1_000; key++) other.set(key, "more", 100);
  assert.ok(kept.bytes <= 10_000 && one.get(1) === undefined);
});
