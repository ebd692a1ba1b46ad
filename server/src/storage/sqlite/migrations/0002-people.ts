import type { Migration } from "../migrate.ts";

/**
 * Roles, keys of programs, invitations. Of the people who are there already, the one who came first in a workspace becomes its
 * admin; the others go on as members, who may do what everybody could before.
 *
 * `kept_answers` holds what writes about people answered, by idempotency key. A secret is never among it.
 */
export const people: Migration = {
  version: 2,
  run(db) {
    db.exec(schema);
  },
};

const schema = `
ALTER TABLE users ADD COLUMN role TEXT NOT NULL DEFAULT 'member';
UPDATE users SET role = 'admin' WHERE id =
  (SELECT id FROM users first WHERE first.workspace_id = users.workspace_id ORDER BY created_at_ms, id LIMIT 1);

CREATE TABLE api_keys (
  id TEXT PRIMARY KEY,
  workspace_id INTEGER NOT NULL REFERENCES workspaces (id),
  name TEXT NOT NULL,
  key_hash TEXT NOT NULL UNIQUE,
  scopes TEXT NOT NULL,
  requests_per_minute INTEGER NOT NULL,
  created_by TEXT,
  created_at_ms INTEGER NOT NULL,
  expires_at_ms INTEGER,
  last_used_at_ms INTEGER,
  revoked_at_ms INTEGER
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX api_keys_by_name ON api_keys (workspace_id, name) WHERE revoked_at_ms IS NULL;
CREATE INDEX api_keys_revoked ON api_keys (revoked_at_ms) WHERE revoked_at_ms IS NOT NULL;

CREATE TABLE invitations (
  id TEXT PRIMARY KEY,
  workspace_id INTEGER NOT NULL REFERENCES workspaces (id),
  token_hash TEXT NOT NULL UNIQUE,
  role TEXT NOT NULL,
  created_by TEXT,
  created_at_ms INTEGER NOT NULL,
  expires_at_ms INTEGER NOT NULL,
  closed_at_ms INTEGER,
  user_id TEXT REFERENCES users (id)
) STRICT, WITHOUT ROWID;
CREATE INDEX invitations_open ON invitations (workspace_id, created_at_ms) WHERE closed_at_ms IS NULL;

CREATE TABLE kept_answers (
  workspace_id INTEGER NOT NULL REFERENCES workspaces (id),
  actor TEXT NOT NULL,
  key TEXT NOT NULL,
  part TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  answer TEXT NOT NULL,
  kept_at_ms INTEGER NOT NULL,
  PRIMARY KEY (workspace_id, actor, key, part)
) STRICT, WITHOUT ROWID;
CREATE INDEX kept_answers_by_age ON kept_answers (kept_at_ms);
`;
