import assert from "node:assert/strict";
import { test } from "node:test";
import { formatSize, readableBody, verdictNamed } from "./verdicts.ts";

test("a verdict of the URL is known in either case, and anything else stands for all", () => {
  assert.equal(verdictNamed("refused"), "REFUSED");
  assert.equal(verdictNamed("toString"), null);
  assert.equal(verdictNamed(undefined), null);
});

test("a body that is JSON is laid out, and another comes as it is", () => {
  assert.equal(readableBody('{"id":1}'), '{\n  "id": 1\n}');
  assert.equal(readableBody("{broken"), "{broken");
});

test("sizes are told in the unit that fits", () => {
  assert.deepEqual([999, 1_500, 2_000_000].map(formatSize), ["999 B", "1.5 kB", "2.0 MB"]);
});
