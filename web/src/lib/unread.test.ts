import assert from "node:assert/strict";
import { it } from "node:test";
import { learned, markedText, mayAlterUnread } from "./unread.ts";

it("what the server says of calls goes in beside what is known, and nothing new is the same map", () => {
  const before = new Map([
    ["1", true],
    ["2", false],
  ]);
  assert.deepEqual(
    [...learned(before, ["1", "3"], ["3"])],
    [
      ["1", false],
      ["2", false],
      ["3", true],
    ],
  );
  assert.equal(learned(before, ["1", "2"], ["1"]), before);
});

it("tags and edits alter nobody's unread calls, notes and new calls may", () => {
  assert.deepEqual(["NOTE_ADDED", "CALL_LOGGED", "TAG_ADDED", "NOTE_EDITED"].map(mayAlterUnread), [
    true,
    true,
    false,
    false,
  ]);
});

it("says how many were marked where there were several", () => {
  assert.deepEqual([markedText(1, true), markedText(1_200, false)], ["Marked unread", "Marked 1,200 calls read"]);
});
