import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { readGenericCall } from "./generic.ts";

const call = {
  id: "pbx-81",
  direction: "inbound",
  from: "+33187650001",
  to: "+442079460001",
  via: "+442079460001",
  duration: 61_500,
  call_type: "answered",
  created_at: "2021-07-04T14:31:42.731Z",
};

const strict = (value: unknown) => readGenericCall(value, { strict: true });
const lenient = (value: unknown) => readGenericCall(value, { strict: false });

function delivered(value: unknown, options = { strict: false }) {
  const reading = readGenericCall(value, options);
  assert.ok(reading.ok, JSON.stringify(reading));
  return reading;
}

test("a complete call is read field by field in both modes", () => {
  const full = {
    ...call,
    event_id: "e-1",
    ended_at: "2021-07-04T14:32:44.231Z",
    is_archived: true,
    notes: ["two", "one"],
  };
  for (const mode of [true, false]) {
    const { delivery, remarks } = delivered(full, { strict: mode });
    assert.deepEqual(remarks, []);
    assert.equal(delivery.groupKey, "pbx-81");
    assert.equal(delivery.deliveryKey, "e-1");
    assert.deepEqual(delivery.facts, {
      direction: "inbound",
      from: "+33187650001",
      to: "+442079460001",
      via: "+442079460001",
      startedAtMs: 1_625_409_102_731,
      endedAtMs: 1_625_409_164_231,
      durationMs: 61_500,
      callType: "answered",
      isArchived: true,
      notes: ["two", "one"],
    });
  }
});

test("a row of CSV, where everything is text, is read strictly", () => {
  const row = {
    ...call,
    duration: "61500",
    is_archived: "false",
    ended_at: "",
    event_id: "",
    created_at: "1625409102731",
  };
  const { facts } = delivered(row, { strict: true }).delivery;
  assert.equal(facts?.durationMs, 61_500);
  assert.equal(facts.isArchived, false);
  assert.equal(facts.endedAtMs, null);
  assert.equal(facts.startedAtMs, 1_625_409_102_731);
});

const refused: readonly [field: string, value: unknown, says: RegExp][] = [
  ["id", undefined, /^id is missing\.$/],
  ["id", "", /^id is missing\.$/],
  ["id", "x".repeat(201), /^id must be a text of 1 to 200 characters/],
  ["id", 9_007_199_254_740_992, /whole number below 2\^53, not 9007199254740992\.$/],
  ["id", 1.5, /^id must/],
  ["id", "a\u0000b", /^id must/],
  ["id", "\ud800", /^id must/],
  ["event_id", {}, /^event_id must/],
  ["direction", undefined, /^direction is missing\.$/],
  ["direction", "internal", /^direction must be inbound or outbound, not "internal"\.$/],
  ["from", 33_187_650_001, /^from must be a text, not 33187650001\.$/],
  ["to", "1".repeat(257), /^to must have at most 256 characters/],
  ["via", "a\u0000", /^via must be printable/],
  ["duration", -1, /^duration must be a whole number of milliseconds from 0 below 2\^53, not -1\.$/],
  ["duration", 1e308, /^duration must/],
  ["duration", "NaN", /^duration must.* not "NaN"\.$/],
  ["duration", 0.5, /^duration must/],
  ["call_type", "busy", /^call_type must be answered, missed or voicemail, not "busy"\.$/],
  ["created_at", "2021-07-04T14:31:42", /^created_at must be a time .* not "2021-07-04T14:31:42"\.$/],
  ["created_at", 1_625_409_102, /^created_at must/],
  ["ended_at", "2021-07-04T14:31:42.730Z", /^ended_at must not be before created_at/],
  ["is_archived", "maybe", /^is_archived must be true or false, not "maybe"\.$/],
  ["notes", [""], /^notes should not be empty/],
  ["notes", ["\ud800"], /^notes must be well-formed Unicode/],
  ["notes", ["a\u0000"], /^notes must not contain/],
  ["notes", [1], /^notes must be an array of texts/],
];

for (const [field, value, says] of refused) {
  test(`strict: ${field} = ${JSON.stringify(value)?.slice(0, 40) ?? "missing"} refuses the call with a sentence`, () => {
    const reading = strict({ ...call, [field]: value });
    assert.ok(!reading.ok);
    assert.equal(reading.field, field);
    assert.match(reading.problem, says);
    assert.ok(reading.problem.length < 320 && !reading.problem.includes("\n"));
  });
}

for (const [field, value] of refused.filter(([field, value]) => field !== "id" && value !== undefined)) {
  test(`lenient: ${field} = ${JSON.stringify(value)?.slice(0, 40)} never refuses the call`, () => {
    const { delivery } = delivered({ ...call, [field]: value });
    assert.equal(delivery.groupKey, "pbx-81");
  });
}

test("lenient: what cannot be read is null and has a remark that names it", () => {
  const { delivery, remarks } = delivered({ ...call, duration: -1, created_at: "yesterday", notes: ["", "kept"] });
  assert.equal(delivery.facts?.durationMs, null);
  assert.equal(delivery.facts.startedAtMs, null);
  assert.deepEqual(delivery.facts.notes, ["kept"]);
  assert.deepEqual(
    remarks.map((remark) => /created_at|duration|notes/.exec(remark)?.[0]),
    ["created_at", "duration", "notes"],
  );
});

test("lenient: an id alone is a delivery about a call of which nothing is known yet", () => {
  const { notes, ...facts } = delivered({ id: 7 }).delivery.facts ?? assert.fail();
  assert.deepEqual(new Set(Object.values(facts)), new Set([null]));
  assert.deepEqual(notes, []);
});

for (const number of ["+", "anonymous", "1".repeat(40), "sip:alice@example.com", "Büro 7", "00 33 (1) 87-65"]) {
  test(`the number ${JSON.stringify(number)} is kept as it came`, () => {
    assert.equal(delivered({ ...call, from: number }, { strict: true }).delivery.facts?.from, number);
  });
}

test("an empty number is unknown, so that it never hides one that another delivery knows", () => {
  assert.equal(delivered({ ...call, from: "" }, { strict: true }).delivery.facts?.from, null);
});

test("neither an array nor a text nor a null is a call", () => {
  for (const value of [[], [call], "x", 1, null, undefined, true]) {
    for (const reading of [strict(value), lenient(value)]) assert.ok(!reading.ok && reading.field === "call");
  }
});

test("the same content in another order and spacing is the same delivery", () => {
  const a = delivered(call).delivery;
  const b = delivered(Object.fromEntries(Object.entries(call).toReversed())).delivery;
  assert.equal(a.deliveryKey, b.deliveryKey);
  assert.equal(a.digest, b.digest);
  assert.notEqual(delivered({ ...call, duration: 1 }).delivery.deliveryKey, a.deliveryKey);
});

test("keys named __proto__ and constructor have no effect", () => {
  const value: unknown = JSON.parse(
    '{"id":1,"__proto__":{"direction":"outbound"},"constructor":{"prototype":{"from":"x"}}}',
  );
  const { facts } = delivered(value).delivery;
  assert.equal(facts?.direction, null);
  assert.equal(({} as Record<string, unknown>)["direction"], undefined);
});

test("a value nested 100,000 deep is read like any other unknown key", () => {
  const value: unknown = JSON.parse(`{"id":1,"x":${"[".repeat(100_000)}${"]".repeat(100_000)}}`);
  assert.equal(delivered(value).delivery.groupKey, "1");
});

test("whatever JSON is sent, reading answers with a delivery or a sentence and never throws", () => {
  const anything = fc.oneof(
    fc.jsonValue(),
    fc.record(Object.fromEntries(Object.keys(call).map((key) => [key, fc.jsonValue()])), { requiredKeys: ["id"] }),
  );
  fc.assert(
    fc.property(anything, fc.boolean(), (value, mode) => {
      const reading = readGenericCall(value, { strict: mode });
      if (reading.ok) assert.ok(reading.delivery.facts !== null && reading.delivery.deliveryKey.length <= 200);
      else assert.match(reading.problem, /^[^\n]+\.$/);
    }),
    { numRuns: 2_000 },
  );
});
