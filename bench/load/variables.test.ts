import assert from "node:assert/strict";
import { test } from "node:test";
import { bodyMaker, spread } from "./variables.ts";

test("a spread visits every number once before it repeats one", () => {
  for (const size of [1, 2, 10, 977, 1_000]) {
    const seen = new Set(Array.from({ length: size }, (_, turn) => spread(size)(turn)));
    assert.equal(seen.size, size);
  }
});

test("a body holds the document and the variables of its turn", () => {
  const make = bodyMaker({
    query: 'query { a(x: "1") }',
    variables: { limit: 25, id: { spread: 10, plus: 1, text: true }, content: { unique: "note" } },
  });
  const body = JSON.parse(make(4)) as { query: string; variables: Record<string, unknown> };
  assert.equal(body.query, 'query { a(x: "1") }');
  assert.deepEqual(body.variables, { limit: 25, id: String(spread(10)(4) + 1), content: "note 4" });
});
