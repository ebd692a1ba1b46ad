import type { Migration } from "../migrate.ts";

/**
 * What colleagues need to work on one list: revisions of calls, tags, an assignee, and notes that can be edited and deleted.
 *
 * - `notes` holds the notes as they are, `revision` being the one that gave a note its present text; `note_versions` holds what
 *   they were before, each from `revision` up to but not including `until_revision`.
 * - `changes.previous` is the revision of the change before of the same call: a list from its last one backwards, without an
 *   index that every change would have to be written to.
 * - `calls.revision` is that of the call's last change, unless one of its notes has a higher one: so that adding a note, what
 *   people do most, leaves the call's row alone.
 * - `changes.subject` names which note or tag of its call a change altered, `before` who had the call before an assignment, and
 *   `undoes` the revision that was taken back.
 * - `calls.tags` is a JSON list in order. Names of people are kept beside their ids, so that reading a call reads no other table
 *   and a call alters with its own changes alone.
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
ALTER TABLE changes ADD COLUMN previous INTEGER;
ALTER TABLE changes ADD COLUMN subject TEXT;
ALTER TABLE changes ADD COLUMN before TEXT;
ALTER TABLE changes ADD COLUMN undoes INTEGER;
UPDATE changes SET previous = p.previous FROM (SELECT workspace_id, revision,
    lag(revision) OVER (PARTITION BY workspace_id, call_id ORDER BY revision) AS previous FROM changes) AS p
  WHERE p.workspace_id = changes.workspace_id AND p.revision = changes.revision AND p.previous IS NOT NULL;
UPDATE changes SET subject = n.id FROM notes AS n
  WHERE n.workspace_id = changes.workspace_id AND n.revision = changes.revision AND changes.kind = 'note.added';

ALTER TABLE calls ADD COLUMN revision INTEGER NOT NULL DEFAULT 0;
ALTER TABLE calls ADD COLUMN tags TEXT NOT NULL DEFAULT '[]';
ALTER TABLE calls ADD COLUMN assignee_id TEXT REFERENCES users (id);
ALTER TABLE calls ADD COLUMN assignee_name TEXT;
UPDATE calls SET revision = last.revision FROM (SELECT workspace_id, call_id, max(revision) AS revision FROM
    (SELECT workspace_id, call_id, revision FROM changes UNION ALL SELECT workspace_id, call_id, revision FROM notes)
    GROUP BY workspace_id, call_id) AS last
  WHERE last.workspace_id = calls.workspace_id AND last.call_id = calls.id;

ALTER TABLE notes ADD COLUMN author_id TEXT;
ALTER TABLE notes ADD COLUMN author_name TEXT;
ALTER TABLE notes ADD COLUMN created_at_ms INTEGER NOT NULL DEFAULT 0;
ALTER TABLE notes ADD COLUMN edited_at_ms INTEGER;
UPDATE notes SET created_at_ms = coalesce(
  (SELECT c.at_ms FROM changes c WHERE c.workspace_id = notes.workspace_id AND c.revision = notes.revision),
  (SELECT c.created_at_ms FROM calls c WHERE c.workspace_id = notes.workspace_id AND c.id = notes.call_id));
UPDATE notes SET author_id = u.id, author_name = u.username FROM changes AS c, users AS u
  WHERE c.workspace_id = notes.workspace_id AND c.revision = notes.revision
  AND c.actor LIKE 'user:%' AND u.id = substr(c.actor, 6);

CREATE TABLE note_versions (
  workspace_id INTEGER NOT NULL,
  call_id INTEGER NOT NULL,
  id INTEGER NOT NULL,
  revision INTEGER NOT NULL,
  until_revision INTEGER NOT NULL,
  content TEXT NOT NULL,
  author_id TEXT,
  author_name TEXT,
  created_at_ms INTEGER NOT NULL,
  edited_at_ms INTEGER,
  PRIMARY KEY (workspace_id, call_id, id, revision),
  FOREIGN KEY (workspace_id, call_id) REFERENCES calls (workspace_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX note_versions_by_end ON note_versions (workspace_id, until_revision);

ALTER TABLE idempotency_keys ADD COLUMN outcomes TEXT;
`;
