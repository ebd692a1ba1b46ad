import assert from "node:assert/strict";
import { test } from "node:test";
import { piecesOf } from "./highlight.ts";

const shown = (text: string, search?: string) =>
  piecesOf(text, search)
    .map((piece) => (piece.isFound ? `[${piece.text}]` : piece.text))
    .join("");

test("words that begin with a searched word are found, without case and accents", () => {
  assert.equal(shown("Wants an Änderung by Friday", "anderung fri"), "Wants an [Änderung] by [Friday]");
  assert.equal(shown("reoffer the offer", "offer"), "reoffer the [offer]");
  assert.equal(shown("nothing", "offer"), "nothing");
  assert.equal(shown("as it is"), "as it is");
});

test("a number is found however it is written", () => {
  assert.equal(shown("+44 20 7946 0123", "0207946"), "+44 [20 7946] 0123");
  assert.equal(shown("+1 202-555-0123", "+1 (202)"), "+[1 202]-555-0123");
  assert.equal(shown("+1 202-555-0123", "9999"), "+1 202-555-0123");
});
