import assert from "node:assert/strict";
import { test } from "node:test";
import { byCall, presenceText } from "./presence.ts";

const looking = (name: string) => ({ name, isWriting: false });
const writing = (name: string) => ({ name, isWriting: true });

test("who is at a call is told in a sentence", () => {
  assert.equal(presenceText([]), "");
  assert.equal(presenceText([looking("Sam")]), "Sam is looking");
  assert.equal(presenceText([looking("Sam"), looking("Kim")]), "Sam and Kim are looking");
  assert.equal(presenceText([looking("Sam"), looking("Kim"), looking("Jo")]), "Sam and 2 others are looking");
  assert.equal(presenceText([looking("Sam"), writing("Kim")]), "Kim is writing a note, Sam is looking");
});

test("a person counts once at a call, and oneself not at all", () => {
  const at = (id: string, callId: string, isWriting = false) => ({
    person: { id, username: id.toUpperCase() },
    callId,
    isWriting,
  });
  const first = byCall([at("a", "1"), at("a", "1", true), at("b", "1"), at("me", "1"), at("me", "2")], "me", new Map());
  assert.deepEqual([...first], [["1", [writing("A"), looking("B")]]]);
  const second = byCall([at("a", "1", true), at("b", "1"), at("b", "3")], "me", first);
  assert.equal(second.get("1"), first.get("1"), "what is as it was is the very same");
  assert.deepEqual(second.get("3"), [looking("B")]);
});
