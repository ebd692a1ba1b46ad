import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { foldRepeats } from "./folding.ts";

const at = (id: string, minute: number, from = "+1") => ({
  id,
  direction: "inbound",
  call_type: "missed",
  from,
  to: "+2",
  via: "+2",
  created_at: new Date(Date.UTC(2026, 0, 1, 12, minute)).toISOString(),
});
const shapeOf = (folds: ReturnType<typeof foldRepeats<ReturnType<typeof at>>>) =>
  folds.map(({ call, repeats, unfoldedCount }) => [call.id, repeats.map(({ id }) => id).join(""), unfoldedCount]);

describe("folding", () => {
  it("puts calls of one number within 15 minutes of the newest into one row", () => {
    const calls = [at("a", 40), at("b", 30), at("c", 25), at("d", 24), at("e", 23, "+9"), at("f", 22)];
    assert.deepEqual(shapeOf(foldRepeats(calls, new Set())), [
      ["a", "bc", 0],
      ["d", "", 0],
      ["e", "", 0],
      ["f", "", 0],
    ]);
  });

  it("takes two spellings of one number for the same", () => {
    const fromNumber = { e164: "+442079460123" };
    const a = { ...at("a", 40, "020 7946 0123"), fromNumber };
    const b = { ...at("b", 39, "+442079460123"), fromNumber };
    assert.deepEqual(shapeOf(foldRepeats([a, b], new Set())), [["a", "b", 0]]);
  });

  it("gives each a row again where it is unfolded, also when a newer one came", () => {
    const calls = [at("a", 40), at("b", 30), at("c", 25)];
    assert.deepEqual(shapeOf(foldRepeats(calls, new Set(["b"]))), [
      ["a", "", 3],
      ["b", "", 0],
      ["c", "", 0],
    ]);
  });
});
