import assert from "node:assert/strict";
import { test } from "node:test";
import { noticeOf } from "./notice.ts";

test("a notice names who called, or counts", () => {
  const missed = { type: "missed", name: "Grace Hopper" };
  const voicemail = { type: "voicemail", name: "Alan" };
  assert.equal(noticeOf([missed]), "Missed call from Grace Hopper");
  assert.equal(noticeOf([voicemail]), "Voicemail from Alan");
  assert.equal(noticeOf([missed, missed, voicemail]), "2 missed calls, 1 voicemail");
  assert.equal(noticeOf([voicemail, voicemail]), "2 voicemails");
});
