import assert from "node:assert/strict";
import { test } from "node:test";
import { pageCountOf, pageOf, pageWith, spanOf } from "./pages.ts";

test("a URL names a page, and the first where it names none", () => {
  for (const [text, page] of [
    ["3", 3],
    ["1", 1],
    ["0", 1],
    ["-2", 1],
    ["2.5", 1],
    ["x", 1],
    [undefined, 1],
  ] as const)
    assert.equal(pageOf(text), page, String(text));
});

test("pages hold the whole list, each call once", () => {
  for (const [total, size] of [
    [0, 50],
    [1, 50],
    [50, 50],
    [51, 50],
    [1_204, 200],
  ] as const) {
    let counted = 0;
    for (let page = 1; page <= pageCountOf(total, size); page += 1) {
      const span = spanOf(page, size, total);
      if (span === null) continue;
      assert.equal(span.first, counted + 1);
      counted = span.last;
      assert.equal(pageWith(span.first - 1, size), page);
      assert.equal(pageWith(span.last - 1, size), page);
    }
    assert.equal(counted, total);
    assert.equal(spanOf(pageCountOf(total, size) + 1, size, total), null);
  }
});
