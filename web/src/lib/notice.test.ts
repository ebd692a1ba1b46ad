import assert from "node:assert/strict";
import { test } from "node:test";
import { noticedLines, noticedLinesText, noticeOf } from "./notice.ts";

const missed = { type: "missed", name: "Grace Hopper", number: "+1 202 555 0123", line: "020 7946 0123" };
const voicemail = { type: "voicemail", name: "+1 202 555 0199", number: "+1 202 555 0199", line: "" };

test("a notice of one call names who called, the number and the line", () => {
  assert.deepEqual(noticeOf([missed]), {
    title: "Missed call from Grace Hopper",
    body: "+1 202 555 0123, on 020 7946 0123",
  });
  assert.deepEqual(noticeOf([voicemail]), { title: "Voicemail from +1 202 555 0199", body: "" });
});

test("a notice of several counts them and names their lines, the first few", () => {
  assert.deepEqual(noticeOf([missed, missed, voicemail]), {
    title: "2 missed calls, 1 voicemail",
    body: "on 020 7946 0123",
  });
  assert.deepEqual(noticeOf([voicemail, voicemail]), { title: "2 voicemails", body: "" });
  const on = (line: string) => ({ ...missed, line });
  assert.equal(noticeOf(["a", "b", "c", "d", "e"].map(on)).body, "on a, b, c and 2 other lines");
});

test("the lines that are told of are read back; what is no list means all", () => {
  for (const lines of [null, [], ["+442079460123", "sip:desk"]])
    assert.deepEqual(noticedLines(noticedLinesText(lines)), lines);
  for (const text of ["", "{", "7", '"x"']) assert.equal(noticedLines(text), null);
  assert.deepEqual(noticedLines('["a",1]'), ["a"]);
});
