import type { Migration } from "../migrate.ts";

/**
 * What colleagues need to work on one list: revisions of calls, tags, an assignee, and notes that can be edited and deleted.
 *
 * - `notes` holds the notes as they are, `revision` being the one that gave a note its present text; `note_versions` holds what
 *   they were before, each from `revision` up to but not including `until_revision`.
 * - `changes.subject` names which note or tag of its call a change altered, `before` who had the call before an assignment, and
 *   `undoes` the revision that was taken back.
 * - `calls.tags` is a JSON list in order.
 * - `idempotency_keys.outcomes` holds the answer of a write to many calls.
 *
 * Notes of which the log has forgotten who wrote them and when get no author and the time of their call.
 */
export const edits: Migration = {
  version: 3,
  run(db) {
    db.exec(schema);
  },
};

const schema = `
CREATE INDEX changes_of_call ON changes (workspace_id, call_id, revision);

ALTER TABLE calls ADD COLUMN revision INTEGER NOT NULL DEFAULT 0;
ALTER TABLE calls ADD COLUMN tags TEXT NOT NULL DEFAULT '[]';
ALTER TABLE calls ADD COLUMN assignee_id TEXT REFERENCES users (id);
UPDATE calls SET revision = coalesce((SELECT max(c.revision) FROM changes c
  WHERE c.workspace_id = calls.workspace_id AND c.call_id = calls.id), 0);

ALTER TABLE notes ADD COLUMN author_id TEXT;
ALTER TABLE notes ADD COLUMN created_at_ms INTEGER NOT NULL DEFAULT 0;
ALTER TABLE notes ADD COLUMN edited_at_ms INTEGER;
UPDATE notes SET
  created_at_ms = coalesce(
    (SELECT c.at_ms FROM changes c WHERE c.workspace_id = notes.workspace_id AND c.revision = notes.revision),
    (SELECT c.created_at_ms FROM calls c WHERE c.workspace_id = notes.workspace_id AND c.id = notes.call_id)),
  author_id = (SELECT substr(c.actor, 6) FROM changes c
    WHERE c.workspace_id = notes.workspace_id AND c.revision = notes.revision AND c.actor LIKE 'user:%');

CREATE TABLE note_versions (
  workspace_id INTEGER NOT NULL,
  call_id INTEGER NOT NULL,
  id INTEGER NOT NULL,
  revision INTEGER NOT NULL,
  until_revision INTEGER NOT NULL,
  content TEXT NOT NULL,
  author_id TEXT,
  created_at_ms INTEGER NOT NULL,
  edited_at_ms INTEGER,
  PRIMARY KEY (workspace_id, call_id, id, revision),
  FOREIGN KEY (workspace_id, call_id) REFERENCES calls (workspace_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX note_versions_by_end ON note_versions (workspace_id, until_revision);

ALTER TABLE changes ADD COLUMN subject TEXT;
ALTER TABLE changes ADD COLUMN before TEXT;
ALTER TABLE changes ADD COLUMN undoes INTEGER;
UPDATE changes SET subject = (SELECT n.id FROM notes n
  WHERE n.workspace_id = changes.workspace_id AND n.call_id = changes.call_id AND n.revision = changes.revision)
  WHERE kind = 'note.added';

ALTER TABLE idempotency_keys ADD COLUMN outcomes TEXT;
`;
