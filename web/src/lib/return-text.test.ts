import assert from "node:assert/strict";
import { test } from "node:test";
import { returnText, spanText } from "./return-text.ts";

test("how long it took is told in its largest unit", () => {
  const minute = 60_000;
  assert.deepEqual(
    [40_000, 12 * minute, 59.4 * minute, 90 * minute, 47 * 60 * minute, 50 * 60 * minute].map(spanText),
    ["40 s", "12 min", "59 min", "2 h", "47 h", "2 days"],
  );
});

test("who made the settling call decides what it is called", () => {
  assert.equal(returnText({ by: "CALLED_BACK", after: 720_000 }), "Returned after 12 min");
  assert.equal(returnText({ by: "GOT_THROUGH", after: 30_000 }), "Got through after 30 s");
});
