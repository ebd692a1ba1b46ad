import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { it } from "node:test";
import { first } from "./0001-first.ts";
import { withFile } from "../sqlite-samples.ts";

const anna = { id: "a1", username: "Anna" };

/** What the first version wrote: two calls of a source, notes by a person and by the source, archiving, a key. */
const filled = `
PRAGMA journal_mode = WAL;
PRAGMA application_id = 0x52696e67;
PRAGMA user_version = 1;
UPDATE workspaces SET revision = 7, last_call_id = 3, last_note_id = 3;
INSERT INTO users VALUES ('a1', 1, 'Anna', 'anna', 'hash', 0, 5);
INSERT INTO sources VALUES (1, 's', 'pbx', 'generic', 'key', 6);
INSERT INTO calls (workspace_id, id, direction, caller, callee, via, duration_ms, call_type, is_archived, created_at_ms) VALUES
  (1, 1, 'inbound', '+491', '+492', '+492', 1000, 'missed', 1, 100),
  (1, 2, 'outbound', '+492', '+493', '+492', 2000, 'answered', 0, 200),
  (1, 3, 'inbound', '+494', '+492', '+492', 0, 'voicemail', 0, 300);
INSERT INTO notes (workspace_id, id, call_id, content, revision) VALUES
  (1, 1, 2, 'of the source', 2), (1, 2, 1, 'of Anna', 5), (1, 3, 3, 'of a time that is forgotten', 1);
INSERT INTO changes (workspace_id, revision, kind, at_ms, actor, call_id, snapshot) VALUES
  (1, 2, 'call.logged', 1002, 'source:s', 2, '["outbound","+492","+493","+492",2000,"answered",0,200]'),
  (1, 3, 'call.archived', 1003, 'user:a1', 2, '["outbound","+492","+493","+492",2000,"answered",1,200]'),
  (1, 4, 'call.logged', 1004, 'source:s', 1, '["inbound","+491","+492","+492",1000,"missed",0,100]'),
  (1, 5, 'note.added', 1005, 'user:a1', 1, '["inbound","+491","+492","+492",1000,"missed",0,100]'),
  (1, 6, 'call.unarchived', 1006, 'user:a1', 2, '["outbound","+492","+493","+492",2000,"answered",0,200]'),
  (1, 7, 'call.archived', 1007, 'user:a1', 1, '["inbound","+491","+492","+492",1000,"missed",1,100]');
INSERT INTO idempotency_keys VALUES
  (1, 'user:a1', 'k', 'addNote', 'f', 1, 5, '["inbound","+491","+492","+492",1000,"missed",0,100]', 1005);
INSERT INTO rollups VALUES
  (1, 0, 0, 'inbound', 'missed', '+492', 1, 1), (1, 0, 0, 'outbound', 'answered', '+492', 0, 1), (1, 0, 0, 'inbound', 'voicemail', '+492', 0, 1);
INSERT INTO rollups SELECT 1, spans.value, 0, direction, call_type, via, is_archived, 1 FROM rollups, json_each('[1,2,3,4]') AS spans;
INSERT INTO feed_counts SELECT 1, value, 0, 3 FROM json_each('[0,1,2,3,4]');
`;

it("a filled file of the first version has every call, note and change afterwards, and can be edited and undone", () =>
  withFile(async ({ file, open }) => {
    const db = new DatabaseSync(file);
    first.run(db, { nowMs: 0, epoch: "epoch", tell() {} });
    db.exec(filled);
    db.close();

    const storage = await open();
    assert.deepEqual((await storage.check()).problems, []);
    const { calls, totalCount } = await storage.calls.page(1, 0, 10);
    assert.equal(totalCount, 3);
    const shown = calls.map(({ id, revision, isArchived, tags, assignee, notes }) => {
      return { id, revision, isArchived, tags, assignee, notes };
    });
    const plain = { isArchived: false, tags: [], assignee: null };
    const written = { editedAtMs: null };
    const [forgotten, sources, annas] = [
      { id: 3, content: "of a time that is forgotten", author: null, createdAtMs: 300, ...written },
      { id: 1, content: "of the source", author: null, createdAtMs: 1002, ...written },
      { id: 2, content: "of Anna", author: anna, createdAtMs: 1005, ...written },
    ];
    assert.deepEqual(shown, [
      { id: 3, revision: 1, ...plain, notes: [forgotten] },
      { id: 2, revision: 6, ...plain, notes: [sources] },
      { id: 1, revision: 7, ...plain, isArchived: true, notes: [annas] },
    ]);

    const changes = await storage.changes.after(1, 1, 10);
    assert.deepEqual(
      changes.map(({ revision, kind, actorName, call, altered }) => [revision, kind, actorName, call.id, altered]),
      [
        [2, "call.logged", "pbx", 2, null],
        [3, "call.archived", "Anna", 2, { part: "archived" }],
        [4, "call.logged", "pbx", 1, null],
        [5, "note.added", "Anna", 1, { part: "note", noteId: 2, before: null }],
        [6, "call.unarchived", "Anna", 2, { part: "archived" }],
        [7, "call.archived", "Anna", 1, { part: "archived" }],
      ],
    );
    const history = await storage.changes.latest(1, { callId: 2, before: null }, 10);
    assert.deepEqual(
      history.map(({ revision }) => revision),
      [6, 3, 2],
    );

    const by = { workspaceId: 1, actor: { kind: "user", id: "a1" }, atMs: 2_000 } as const;
    const idempotency = { key: "k", part: "addNote", fingerprint: "f" };
    assert.deepEqual(await storage.calls.addNote({ ...by, idempotency }, 1, "again"), changes[3]?.call);
    await storage.calls.editNote(by, 2, "edited");
    const undone = await storage.calls.undo(by, 8);
    assert.deepEqual(undone.notes, [annas]);
    await storage.calls.undo(by, 7);
    assert.equal((await storage.calls.find(1, 1))?.isArchived, false);
    assert.deepEqual((await storage.check()).problems, []);
    await storage.close();
  }));
