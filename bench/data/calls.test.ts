import assert from "node:assert/strict";
import { test } from "node:test";
import { callAt, callsBetween } from "./calls.ts";

test("a call is the same however it is reached", () => {
  assert.deepEqual([...callsBetween(500, 600)][37], callAt(537));
});

test("ids count from 1 and times rise strictly, so that the order of ids is the order of the feed", () => {
  const calls = [...callsBetween(0, 5_000)];
  calls.forEach((call, index) => {
    assert.equal(call.id, index + 1);
    assert.ok(index === 0 || call.createdAtMs > (calls[index - 1]?.createdAtMs ?? Infinity));
  });
});

test("there are about 1.2 notes a call and no note twice on one call", () => {
  const calls = [...callsBetween(0, 20_000)];
  const notes = calls.reduce((sum, call) => sum + call.notes.length, 0);
  assert.ok(Math.abs(notes / calls.length - 1.2) < 0.03, String(notes / calls.length));
  for (const { notes } of calls) assert.equal(new Set(notes).size, notes.length);
});

test("every type occurs in both directions, and missed calls have no length", () => {
  const calls = [...callsBetween(0, 2_000)];
  const kinds = new Set(calls.map(({ direction, callType }) => `${direction} ${callType}`));
  assert.equal(kinds.size, 6);
  for (const call of calls) assert.equal(call.durationMs === 0, call.callType === "missed");
});
