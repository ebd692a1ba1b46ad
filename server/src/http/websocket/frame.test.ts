import assert from "node:assert/strict";
import { test } from "node:test";
import { createPayloadEncoder, messageFrame, textFrame } from "./frame.ts";

test("a frame has the shortest length field that RFC 6455 allows", () => {
  // Section 5.2: 7 bits up to 125, then 126 and 16 bits, then 127 and 64 bits.
  const cases = [
    [0, "8100"],
    [125, "817d"],
    [126, "817e007e"],
    [65_535, "817effff"],
    [65_536, "817f0000000000010000"],
  ] as const;
  for (const [length, header] of cases) {
    const frame = textFrame("x".repeat(length));
    assert.equal(frame.subarray(0, header.length / 2).toString("hex"), header);
    assert.equal(frame.length, header.length / 2 + length);
    if (length < 3) continue;
    const pieces = messageFrame(Buffer.from("xx"), Buffer.from("x".repeat(length - 3)));
    assert.deepEqual(pieces.subarray(0, -1), frame.subarray(0, -1));
    assert.equal(pieces.at(-1), "}".charCodeAt(0));
  }
  assert.equal(textFrame("ü😀").subarray(2).toString(), "ü😀");
});

test("a payload that is sent to many is encoded once", () => {
  const encode = createPayloadEncoder();
  const bytes = encode('{"a":"ü"}');
  assert.equal(encode('{"a":"ü"}'), bytes);
  assert.equal(encode("{}").toString(), "{}");
  assert.equal(encode('{"a":"ü"}').toString(), '{"a":"ü"}');
});
