import assert from "node:assert/strict";
import { test } from "node:test";
import type { Call, Note } from "./call.ts";
import type { Change } from "./change.ts";
import { concerns } from "./change-filter.ts";

const note: Note = { id: 7, content: "ring back", author: null, createdAtMs: 0, editedAtMs: null };
const call: Call = {
  id: 1,
  direction: "inbound",
  from: "+442079460001",
  to: "+442079460002",
  via: "+442079460002",
  durationMs: 0,
  callType: "missed",
  isArchived: false,
  createdAtMs: 0,
  notes: [],
  tags: [],
  assignee: null,
  returned: "waiting",
  revision: 3,
};
const open = { kind: "archived", is: false } as const;
const noted = { kind: "text", words: ["ring"] } as const;

test("a change that takes a call out of the list concerns it, and so does one that lets it in", () => {
  const archived = change("call.archived", { ...call, isArchived: true }, { part: "archived" });
  assert.equal(concerns(open, archived), true);
  assert.equal(concerns(open, change("call.unarchived", call, { part: "archived" })), true);
  const gone = change("note.deleted", call, { part: "note", noteId: 7, before: note });
  assert.equal(concerns(noted, gone), true);
});

test("a change of a call that was never in the list does not concern it", () => {
  const elsewhere = { ...call, isArchived: true };
  assert.equal(concerns(open, change("tag.added", elsewhere, { part: "tag", tag: "vip" })), false);
  assert.equal(concerns(open, change("call.logged", elsewhere, null)), false);
  assert.equal(concerns(noted, change("note.added", call, { part: "note", noteId: 8, before: null })), false);
});

test("what a source tells anew always concerns it", () => {
  assert.equal(concerns(open, change("call.updated", { ...call, isArchived: true }, null)), true);
});

function change(kind: Change["kind"], after: Call, altered: Change["altered"]): Change {
  const by = { actor: { kind: "system" }, actorName: null } as const;
  return { workspaceId: 1, revision: 3, kind, atMs: 0, ...by, call: after, altered, undoes: null };
}
