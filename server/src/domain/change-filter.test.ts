import assert from "node:assert/strict";
import { test } from "node:test";
import type { Call, Note } from "./call.ts";
import type { Change } from "./change.ts";
import { concerns } from "./change-filter.ts";
import { nobody } from "./other-end.ts";

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
  assert.equal(concerns(open, archived, nobody), true);
  assert.equal(concerns(open, change("call.unarchived", call, { part: "archived" }), nobody), true);
  const gone = change("note.deleted", call, { part: "note", noteId: 7, before: note });
  assert.equal(concerns(noted, gone, nobody), true);
});

test("a change of a call that was never in the list does not concern it", () => {
  const elsewhere = { ...call, isArchived: true };
  assert.equal(concerns(open, change("tag.added", elsewhere, { part: "tag", tag: "vip" }), nobody), false);
  assert.equal(concerns(open, change("call.logged", elsewhere, null), nobody), false);
  assert.equal(concerns(noted, change("note.added", call, { part: "note", noteId: 8, before: null }), nobody), false);
});

test("what a source tells anew always concerns it", () => {
  assert.equal(concerns(open, change("call.updated", { ...call, isArchived: true }, null), nobody), true);
});

test("words are looked for in the contact too, also where a change has just taken the rest of them away", () => {
  const anna = { contact: { name: "Anna", company: "Acme" } };
  const both = { kind: "text", words: ["acm", "ring"] } as const;
  const without = { ...call, notes: [] };
  const gone = change("note.deleted", without, { part: "note", noteId: 7, before: note });
  assert.equal(concerns(both, gone, anna), true);
  assert.equal(concerns(both, gone, nobody), false);
  assert.equal(concerns({ kind: "text", words: ["anna"] }, change("call.logged", without, null), anna), true);
});

function change(kind: Change["kind"], after: Call, altered: Change["altered"]): Change {
  const by = { actor: { kind: "system" }, actorName: null } as const;
  return { workspaceId: 1, revision: 3, kind, atMs: 0, ...by, call: after, altered, undoes: null };
}
