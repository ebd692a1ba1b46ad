import assert from "node:assert/strict";
import { test } from "node:test";
import { legOf } from "../domain/leg.ts";
import { readKamailioCdr } from "./kamailio.ts";

/** As Kamailio 5.6.3 sent it for a call that rang for 0.3 s and was talked for 0.7 s. */
const answered = {
  start_time: "1795376679.610",
  end_time: "1795376680.314",
  duration: "0.704",
  call_id: "1-24665@127.0.0.1",
  from_tag: "24665c1",
  cseq: "1",
  direction: "inbound",
  from: "+442079460001",
  to: "+33187650001",
  via: "+33187650001",
  call_type: "answered",
  started: "1795376679.303104",
  ended: "",
};

/** For one that was given up after 0.6 s: start and end are the time of the INVITE. */
const missed = {
  ...answered,
  start_time: "1795376681.301",
  end_time: "1795376681.301",
  duration: "0",
  call_type: "missed",
  started: "1795376681.301954",
  ended: "1795376681.911869",
};

function read(value: unknown) {
  const reading = readKamailioCdr({ value });
  assert.ok(reading.ok);
  return reading;
}

test("an answered call lasts from the INVITE to the end, ringing included", () => {
  const { delivery, remarks } = read(answered);
  assert.deepEqual(remarks, []);
  assert.deepEqual(delivery.facts, {
    direction: "inbound",
    from: "+442079460001",
    to: "+33187650001",
    via: "+33187650001",
    startedAtMs: 1_795_376_679_303,
    endedAtMs: 1_795_376_680_314,
    durationMs: 1_011,
    callType: "answered",
    isArchived: null,
    answeredAtMs: 1_795_376_679_610,
    notes: [],
  });
  const { ringMs, talkMs } = legOf("proxy", delivery.facts ?? assert.fail());
  assert.deepEqual([ringMs, talkMs], [307, 704]);
});

test("a missed call lasts as long as it rang", () => {
  const { facts } = read(missed).delivery;
  assert.deepEqual([facts?.startedAtMs, facts?.durationMs, facts?.callType], [1_795_376_681_301, 610, "missed"]);
});

test("a call that was diverted ends when the voicemail ended, not when the ringing did", () => {
  const { facts } = read({ ...answered, call_type: "voicemail", ended: "1795376679.448653" }).delivery;
  assert.equal(facts?.endedAtMs, 1_795_376_680_314);
});

test("an end that lies a fraction before the start is no negative duration", () => {
  assert.equal(read({ ...missed, ended: "" }).delivery.facts?.durationMs, 0);
});

test("the call is the Call-ID; the delivery is Call-ID, From tag and CSeq", () => {
  const { groupKey, deliveryKey } = read(answered).delivery;
  assert.deepEqual([groupKey, deliveryKey], ["1-24665@127.0.0.1", "1-24665@127.0.0.1;24665c1;1"]);
});

test("a Call-ID that fills the key leaves the delivery to its digest", () => {
  const { groupKey, deliveryKey } = read({ ...answered, call_id: "x".repeat(200) }).delivery;
  assert.equal(groupKey.length, 200);
  assert.match(deliveryKey, /^sha256:[0-9a-f]{64}$/);
});

const keptOnly: readonly [what: string, cdr: unknown, reason: RegExp][] = [
  ["a call between our own people", { ...answered, direction: "internal" }, /our own people/],
  ["an attempt that was asked to authenticate", { ...missed, call_type: "challenged" }, /authenticate/],
  ["a record without Call-ID", { method: "INVITE", sip_code: "200" }, /call_id/],
  ["a Call-ID longer than a key", { ...answered, call_id: "x".repeat(201) }, /call_id/],
];

for (const [what, cdr, reason] of keptOnly) {
  test(`${what} is kept raw and says why it is no call`, () => {
    const { facts, problem } = read(cdr).delivery;
    assert.equal(facts, null);
    assert.match(problem ?? "", reason);
  });
}

test("a field that cannot be read is null and has a remark; the others stand", () => {
  const { delivery, remarks } = read({ ...answered, started: "soon", call_type: "busy", from: 7, direction: "<null>" });
  assert.deepEqual(
    [delivery.facts?.startedAtMs, delivery.facts?.callType, delivery.facts?.from, delivery.facts?.direction],
    [1_795_376_679_610, null, null, null],
  );
  assert.equal(remarks.length, 3);
});

test("a caller's name that was not UTF-8 is unknown", () => {
  assert.equal(read({ ...answered, from: "NON-UTF8" }).delivery.facts?.from, null);
});

test("what is not an object is refused", () => {
  for (const value of [null, "x", 1, []]) assert.equal(readKamailioCdr({ value }).ok, false);
});
