import type { Migration } from "../migrate.ts";

/**
 * The first schema. Everything is keyed by its workspace. Times are milliseconds since the epoch, UTC.
 *
 * - `calls` and `notes` are rowid tables, so that text search can join them by rowid.
 * - `changes.snapshot` and `idempotency_keys.snapshot` hold a call without its notes (see `rows.ts`); the notes it had are those
 *   whose `revision` is not above the change's.
 * - `rollups` and `feed_counts` are derived from `calls` in the transaction that writes them (see `spans.ts`).
 */
export const first: Migration = {
  version: 1,
  run(db, { nowMs, epoch }) {
    db.exec(schema);
    db.prepare("INSERT INTO workspaces (id, name, epoch, created_at_ms) VALUES (1, 'main', ?, ?)").run(epoch, nowMs);
  },
};

const schema = `
CREATE TABLE workspaces (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  epoch TEXT NOT NULL,
  revision INTEGER NOT NULL DEFAULT 0,
  last_call_id INTEGER NOT NULL DEFAULT 0,
  last_note_id INTEGER NOT NULL DEFAULT 0,
  created_at_ms INTEGER NOT NULL
) STRICT;

CREATE TABLE users (
  id TEXT PRIMARY KEY,
  workspace_id INTEGER NOT NULL REFERENCES workspaces (id),
  username TEXT NOT NULL,
  username_key TEXT NOT NULL UNIQUE,
  password_hash TEXT NOT NULL,
  is_disabled INTEGER NOT NULL,
  created_at_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX users_by_name ON users (workspace_id, username_key);

CREATE TABLE sessions (
  id TEXT PRIMARY KEY,
  user_id TEXT NOT NULL REFERENCES users (id),
  workspace_id INTEGER NOT NULL REFERENCES workspaces (id),
  rotation TEXT NOT NULL,
  generation INTEGER NOT NULL,
  generation_issued_at_ms INTEGER NOT NULL,
  key_id TEXT NOT NULL,
  started_at_ms INTEGER NOT NULL,
  ends_at_ms INTEGER NOT NULL,
  revoked_at_ms INTEGER,
  revoked_reason TEXT,
  client TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX sessions_live ON sessions (user_id) WHERE revoked_at_ms IS NULL;
CREATE INDEX sessions_revoked ON sessions (revoked_at_ms) WHERE revoked_at_ms IS NOT NULL;
CREATE INDEX sessions_by_end ON sessions (ends_at_ms);

CREATE TABLE sources (
  workspace_id INTEGER NOT NULL REFERENCES workspaces (id),
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  key_hash TEXT NOT NULL UNIQUE,
  created_at_ms INTEGER NOT NULL,
  PRIMARY KEY (workspace_id, id),
  UNIQUE (workspace_id, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE calls (
  row INTEGER PRIMARY KEY,
  workspace_id INTEGER NOT NULL REFERENCES workspaces (id),
  id INTEGER NOT NULL,
  direction TEXT NOT NULL,
  caller TEXT NOT NULL,
  callee TEXT NOT NULL,
  via TEXT NOT NULL,
  duration_ms INTEGER NOT NULL,
  call_type TEXT NOT NULL,
  is_archived INTEGER NOT NULL,
  created_at_ms INTEGER NOT NULL,
  UNIQUE (workspace_id, id)
) STRICT;
CREATE INDEX calls_feed ON calls (workspace_id, created_at_ms DESC, id DESC);

CREATE TABLE notes (
  row INTEGER PRIMARY KEY,
  workspace_id INTEGER NOT NULL,
  id INTEGER NOT NULL,
  call_id INTEGER NOT NULL,
  content TEXT NOT NULL,
  revision INTEGER NOT NULL,
  UNIQUE (workspace_id, id),
  FOREIGN KEY (workspace_id, call_id) REFERENCES calls (workspace_id, id)
) STRICT;
CREATE INDEX notes_of_call ON notes (workspace_id, call_id, id DESC);

CREATE TABLE changes (
  workspace_id INTEGER NOT NULL REFERENCES workspaces (id),
  revision INTEGER NOT NULL,
  kind TEXT NOT NULL,
  at_ms INTEGER NOT NULL,
  actor TEXT NOT NULL,
  call_id INTEGER NOT NULL,
  snapshot TEXT NOT NULL,
  PRIMARY KEY (workspace_id, revision)
) STRICT, WITHOUT ROWID;

CREATE TABLE feed_counts (
  workspace_id INTEGER NOT NULL,
  span INTEGER NOT NULL,
  bucket INTEGER NOT NULL,
  count INTEGER NOT NULL,
  PRIMARY KEY (workspace_id, span, bucket)
) STRICT, WITHOUT ROWID;

CREATE TABLE rollups (
  workspace_id INTEGER NOT NULL,
  span INTEGER NOT NULL,
  bucket INTEGER NOT NULL,
  direction TEXT NOT NULL,
  call_type TEXT NOT NULL,
  via TEXT NOT NULL,
  is_archived INTEGER NOT NULL,
  count INTEGER NOT NULL,
  PRIMARY KEY (workspace_id, span, bucket, direction, call_type, via, is_archived)
) STRICT, WITHOUT ROWID;

CREATE TABLE deliveries (
  row INTEGER PRIMARY KEY,
  workspace_id INTEGER NOT NULL REFERENCES workspaces (id),
  source_id TEXT NOT NULL,
  delivery_key TEXT NOT NULL,
  group_key TEXT NOT NULL,
  digest TEXT NOT NULL,
  raw TEXT NOT NULL,
  verdict TEXT NOT NULL,
  reason TEXT,
  call_id INTEGER,
  received_at_ms INTEGER NOT NULL,
  UNIQUE (workspace_id, source_id, delivery_key)
) STRICT;

CREATE TABLE source_calls (
  workspace_id INTEGER NOT NULL,
  source_id TEXT NOT NULL,
  group_key TEXT NOT NULL,
  call_id INTEGER NOT NULL,
  facts TEXT NOT NULL,
  first_received_at_ms INTEGER NOT NULL,
  PRIMARY KEY (workspace_id, source_id, group_key),
  FOREIGN KEY (workspace_id, call_id) REFERENCES calls (workspace_id, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE idempotency_keys (
  workspace_id INTEGER NOT NULL,
  actor TEXT NOT NULL,
  key TEXT NOT NULL,
  part TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  call_id INTEGER NOT NULL,
  revision INTEGER NOT NULL,
  snapshot TEXT NOT NULL,
  used_at_ms INTEGER NOT NULL,
  PRIMARY KEY (workspace_id, actor, key, part)
) STRICT, WITHOUT ROWID;
CREATE INDEX idempotency_keys_by_age ON idempotency_keys (used_at_ms);
`;
