import assert from "node:assert/strict";
import { test } from "node:test";
import { agoText, type PastChange, sentenceOf, stepsOf } from "./history-text.ts";

const change = (more: Partial<PastChange>): PastChange => ({
  kind: "CALL_ARCHIVED",
  actor: { kind: "USER", id: "2", name: "Sam" },
  tag: null,
  assignee: null,
  assigneeBefore: null,
  undoes: null,
  ...more,
});

test("a change is told by who did it, oneself as You", () => {
  assert.equal(sentenceOf(change({}), "1"), "Sam archived the call");
  assert.equal(sentenceOf(change({}), "2"), "You archived the call");
  assert.equal(sentenceOf(change({ kind: "TAG_ADDED", tag: "vip" }), "1"), "Sam added the tag vip");
  assert.equal(sentenceOf(change({ kind: "CALL_ASSIGNED", assignee: "Ada" }), "1"), "Sam assigned the call to Ada");
  assert.equal(
    sentenceOf(change({ kind: "CALL_UNASSIGNED", assigneeBefore: "Ada" }), "2"),
    "You took the call from Ada",
  );
});

test("nobody's changes are Ringback's, a removed source is called one, and a kind of a newer server is told", () => {
  const nobody = { id: null, name: null };
  assert.equal(sentenceOf(change({ actor: { kind: "SYSTEM", ...nobody } }), "1"), "Ringback archived the call");
  assert.equal(
    sentenceOf(change({ kind: "CALL_LOGGED", actor: { kind: "SOURCE", id: "9", name: null } }), "1"),
    "A phone system that was removed sent the call",
  );
  assert.equal(sentenceOf(change({ kind: "CALL_SUNG" }), "1"), "Sam changed the call");
});

test("what takes another change back says so", () => {
  assert.equal(sentenceOf(change({ kind: "CALL_UNARCHIVED", undoes: 4 }), "1"), "Sam restored the call (undone)");
});

test("an age is given in the largest unit that says something", () => {
  const at = "2026-03-01T12:00:00.000Z";
  const after = (seconds: number) => agoText(at, Date.parse(at) + seconds * 1_000);
  assert.deepEqual(
    [after(-3), after(5), after(60), after(3_599), after(7_200), after(4 * 86_400)],
    ["0 s ago", "5 s ago", "1 min ago", "59 min ago", "2 h ago", "4 days ago"],
  );
  assert.match(after(400 * 86_400), /\b20\d\d\b.*:/, "what is old is told by its date");
});

test("a leg has the steps that its source told, with how long each took", () => {
  const at = (second: number) => `2026-03-01T12:00:${String(second).padStart(2, "0")}.000Z`;
  const leg = {
    startedAt: at(0),
    answeredAt: at(7),
    endedAt: at(50),
    ringTime: 7_000,
    talkTime: 43_000,
    missText: null,
  };
  assert.deepEqual(stepsOf(leg, "answered"), [
    { at: at(0), text: "Rang", length: "0:07" },
    { at: at(7), text: "Answered", length: "0:43" },
    { at: at(50), text: "Ended", length: null },
  ]);
  const missed = { ...leg, answeredAt: null, talkTime: null, missText: "nobody picked up, 18 s" };
  assert.deepEqual(
    stepsOf(missed, "missed").map(({ text }) => text),
    ["Rang", "Nobody picked up, 18 s"],
  );
  assert.deepEqual(stepsOf({ ...missed, startedAt: null, endedAt: null }, "missed"), []);
});
