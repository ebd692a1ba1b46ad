import assert from "node:assert/strict";
import { test } from "node:test";
import { settingsWithoutHeading } from "./settings-flags.ts";

test("every setting has a place in the help", () => {
  assert.deepEqual(settingsWithoutHeading(), []);
});
