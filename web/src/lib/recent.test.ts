import assert from "node:assert/strict";
import { test } from "node:test";
import { recentFrom, withRecent } from "./recent.ts";

test("the newest search stands first, once, and old ones are forgotten", () => {
  let texts: readonly string[] = [];
  for (const text of ["a", "b", "c", "B", "d", "e", "f", "g"]) texts = withRecent(texts, text);
  assert.deepEqual(texts, ["g", "f", "e", "d", "B", "c"]);
  assert.deepEqual(recentFrom(texts.join("\n")), texts);
  assert.deepEqual(recentFrom(""), []);
});
