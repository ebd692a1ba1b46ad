import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { splitBatch } from "./batch.ts";
import { nestsDeeperThan } from "./nesting.ts";

const bytes = (text: string) => new TextEncoder().encode(text);

test("lines keep their numbers and their text, empty ones are skipped", () => {
  const { isSingle, items } = splitBatch(bytes('\ufeff{"id": 1}\r\n\r\n  \n{"id":2}\nnot json\n'), "ndjson");
  assert.equal(isSingle, false);
  assert.deepEqual(items, [
    { line: 1, raw: '{"id": 1}', value: { id: 1 } },
    { line: 4, raw: '{"id":2}', value: { id: 2 } },
    { line: 5, problem: "The line is not JSON." },
  ]);
});

test("a line that nests too deep is a problem of that line alone", () => {
  const { items } = splitBatch(bytes(`{"id":1}\n{"id":${"[".repeat(200_000)}\n{"id":3}`), "ndjson");
  assert.deepEqual(
    items.map((item) => ("problem" in item ? item.problem : item.value)),
    [{ id: 1 }, "The line nests deeper than 64 levels.", { id: 3 }],
  );
});

test("one object keeps its text; an array is taken apart", () => {
  assert.deepEqual(splitBatch(bytes('{ "id": 1 }'), "json"), {
    isSingle: true,
    items: [{ line: 1, raw: '{ "id": 1 }', value: { id: 1 } }],
  });
  const { isSingle, items } = splitBatch(bytes('[{ "id": 1 }, 2]'), "json");
  assert.equal(isSingle, false);
  assert.deepEqual(items, [
    { line: 1, raw: '{"id":1}', value: { id: 1 } },
    { line: 2, raw: "2", value: 2 },
  ]);
});

test("the nesting of any JSON is what parsing it would find", () => {
  fc.assert(
    fc.property(
      fc.jsonValue({ maxDepth: 6 }),
      fc.integer({ min: 0, max: 8 }),
      fc.constantFrom(0, 2),
      (value, most, indent) => {
        assert.equal(nestsDeeperThan(JSON.stringify(value, null, indent), most), depthOf(value) > most);
      },
    ),
    { numRuns: 500 },
  );
});

test("brackets and escaped quotes within texts do not count as nesting", () => {
  assert.equal(nestsDeeperThan(JSON.stringify({ note: '[[[["\\"{{{{' }), 1), false);
});

function depthOf(value: unknown): number {
  if (typeof value !== "object" || value === null) return 0;
  return 1 + Math.max(0, ...Object.values(value).map((item) => depthOf(item)));
}
