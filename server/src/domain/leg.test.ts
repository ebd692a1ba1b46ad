import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { legOf, missText } from "./leg.ts";
import type { CallFacts } from "./source.ts";

const nothing: CallFacts = {
  direction: null,
  from: null,
  to: null,
  via: null,
  startedAtMs: null,
  endedAtMs: null,
  durationMs: null,
  callType: null,
  isArchived: null,
  notes: [],
};

test("what the source did not say is null", () => {
  const leg = legOf("pbx", nothing);
  const { sourceId, ...rest } = leg;
  assert.equal(sourceId, "pbx");
  assert.deepEqual(new Set(Object.values(rest)), new Set([null]));
  assert.equal(missText(leg), null);
});

test("a missed call rang to its end, and says why in words", () => {
  const missed = { ...nothing, callType: "missed", startedAtMs: 1_000, durationMs: 18_300 } as const;
  assert.equal(legOf("pbx", missed).ringMs, 18_300);
  const texts = (["no-answer", "caller-hung-up", "busy", "rejected", "failed"] as const).map((missReason) =>
    missText(legOf("pbx", { ...missed, missReason })),
  );
  assert.deepEqual(texts, [
    "nobody picked up, 18 s",
    "caller hung up, 18 s",
    "busy",
    "rejected",
    "could not be put through",
  ]);
});

test("a call that somebody took has no reason of a miss, whatever another leg said", () => {
  const facts = { ...nothing, callType: "answered", answeredAtMs: 5, missReason: "busy" } as const;
  assert.equal(legOf("pbx", facts).missReason, null);
});

test("times are never below zero, whatever contradicts itself", () => {
  const time = fc.option(fc.nat(10_000));
  const property = fc.property(
    time,
    time,
    time,
    time,
    fc.constantFrom("missed", "answered", "voicemail", null),
    (startedAtMs, endedAtMs, answeredAtMs, durationMs, callType) => {
      const { ringMs, talkMs } = legOf("pbx", {
        ...nothing,
        startedAtMs,
        endedAtMs,
        answeredAtMs,
        durationMs,
        callType,
      });
      assert.ok((ringMs ?? 0) >= 0 && (talkMs ?? 0) >= 0);
    },
  );
  fc.assert(property);
});
