import assert from "node:assert/strict";
import { it } from "node:test";
import { type Change, deletedCall } from "./change.ts";
import { noteCodePointsMax } from "./note.ts";
import { deliveryOfChange } from "./webhook-payload.ts";
import { outlet } from "../storage/contract-samples.ts";

const webhook = outlet("0e3f2c1a-0000-4000-8000-000000000001");

function noted(content: string): Change {
  const note = { id: 7, content, author: { id: "u", username: "Ann" }, createdAtMs: 0, editedAtMs: null };
  const call = {
    ...deletedCall(3, 9),
    from: "+49301",
    tags: ["vip"],
    notes: [note, { ...note, id: 6, content: "older" }],
  };
  const altered = { part: "note", noteId: 7, before: null } as const;
  const actor = { kind: "user", id: "u" } as const;
  return {
    workspaceId: 1,
    revision: 9,
    kind: "note.added",
    atMs: 0,
    actor,
    actorName: "Ann",
    call,
    altered,
    undoes: null,
  };
}

it("a body has the note that it is about, whole, and no other one", () => {
  const { payload, id, callId } = deliveryOfChange(webhook, noted("hello"), "epoch", 5);
  const { data, ...rest } = JSON.parse(payload);
  assert.deepEqual(rest, { type: "note.added", timestamp: "1970-01-01T00:00:00.000Z" });
  assert.deepEqual(data.note, { id: "7", author: { id: "u", username: "Ann" }, content: "hello" });
  assert.deepEqual([data.isCut, data.call.notes, data.call.from, data.cursor], [false, undefined, "+49301", "epoch:9"]);
  assert.equal(id, "msg_0e3f2c1a000040008000000000000001_epoch_9");
  assert.equal(callId, 3);
});

it("a body is at most 20,000 bytes, whatever a note is made of, and says that it was cut", () => {
  for (const character of ["x", "é", "東", "🙂", "\u0001", '"']) {
    const { payload } = deliveryOfChange(webhook, noted(character.repeat(noteCodePointsMax)), "epoch", 5);
    assert.ok(Buffer.byteLength(payload) <= 20_000, character);
    const { data } = JSON.parse(payload);
    assert.equal(data.isCut, data.note.content.length < character.length * noteCodePointsMax);
    assert.ok(data.note.content.isWellFormed());
  }
});

it("the deletion of a call shows nothing of it", () => {
  const deleted = { ...noted(""), kind: "call.deleted", call: deletedCall(3, 9), altered: null } as const;
  const { payload, callId } = deliveryOfChange(webhook, deleted, "epoch", 5);
  assert.deepEqual(JSON.parse(payload).data.call, { id: "3", revision: 9 });
  assert.equal(callId, null);
});
