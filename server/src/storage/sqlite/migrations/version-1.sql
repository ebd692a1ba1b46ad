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
INSERT INTO workspaces (id, name, epoch, revision, last_call_id, last_note_id, created_at_ms) VALUES (1, 'main', 'f52cd9a6c5416f01', 6, 3, 3, 1767614400000);
INSERT INTO users (id, workspace_id, username, username_key, password_hash, is_disabled, created_at_ms) VALUES ('u-ann', 1, 'Ann', 'Ann', 'hash of ann', 0, 1767614400000);
INSERT INTO users (id, workspace_id, username, username_key, password_hash, is_disabled, created_at_ms) VALUES ('u-bob', 1, 'bob', 'bob', 'hash of bob', 1, 1767614400005);
INSERT INTO users (id, workspace_id, username, username_key, password_hash, is_disabled, created_at_ms) VALUES ('u-cyd', 1, 'cyd', 'cyd', 'hash of cyd', 0, 1767614400000);
INSERT INTO sessions (id, user_id, workspace_id, rotation, generation, generation_issued_at_ms, key_id, started_at_ms, ends_at_ms, revoked_at_ms, revoked_reason, client) VALUES ('s-1', 'u-ann', 1, 'strict', 3, 1767614400000, 'key-1', 1767614400000, 1770206400000, NULL, NULL, '127.0.0.0/24 browser');
INSERT INTO sessions (id, user_id, workspace_id, rotation, generation, generation_issued_at_ms, key_id, started_at_ms, ends_at_ms, revoked_at_ms, revoked_reason, client) VALUES ('s-2', 'u-ann', 1, 'strict', 3, 1767614400000, 'key-1', 1767614400000, 1770206400000, 1767614400010, 'logout', '127.0.0.0/24 browser');
INSERT INTO sessions (id, user_id, workspace_id, rotation, generation, generation_issued_at_ms, key_id, started_at_ms, ends_at_ms, revoked_at_ms, revoked_reason, client) VALUES ('s-3', 'u-cyd', 1, 'strict', 3, 1767614400000, 'key-1', 1767614400000, 1770206400000, NULL, NULL, '127.0.0.0/24 browser');
INSERT INTO sources (workspace_id, id, name, kind, key_hash, created_at_ms) VALUES (1, 'pbx', 'Front desk', 'generic', 'digest of the pbx', 1767614400000);
INSERT INTO calls (row, workspace_id, id, direction, caller, callee, via, duration_ms, call_type, is_archived, created_at_ms) VALUES (1, 1, 1, 'inbound', '+12025550101', '+442079460123', '+442079460123', 1000, 'missed', 1, 1767610800000);
INSERT INTO calls (row, workspace_id, id, direction, caller, callee, via, duration_ms, call_type, is_archived, created_at_ms) VALUES (2, 1, 2, 'outbound', '+12025550102', '+442079460123', '+442079460123', 2000, 'answered', 0, 1767607200000);
INSERT INTO calls (row, workspace_id, id, direction, caller, callee, via, duration_ms, call_type, is_archived, created_at_ms) VALUES (3, 1, 3, 'inbound', '+12025550103', '+442079460123', '+442079460123', 3000, 'missed', 0, 1767603600000);
INSERT INTO notes (row, workspace_id, id, call_id, content, revision) VALUES (1, 1, 1, 3, 'from the phone system', 3);
INSERT INTO notes (row, workspace_id, id, call_id, content, revision) VALUES (2, 1, 2, 1, 'first note', 5);
INSERT INTO notes (row, workspace_id, id, call_id, content, revision) VALUES (3, 1, 3, 1, 'it''s the second: ümlaut', 6);
INSERT INTO changes (workspace_id, revision, kind, at_ms, actor, call_id, snapshot) VALUES (1, 1, 'call.logged', 1767614400000, 'source:pbx', 1, '["inbound","+12025550101","+442079460123","+442079460123",1000,"missed",0,1767610800000]');
INSERT INTO changes (workspace_id, revision, kind, at_ms, actor, call_id, snapshot) VALUES (1, 2, 'call.logged', 1767614400000, 'source:pbx', 2, '["outbound","+12025550102","+442079460123","+442079460123",2000,"answered",0,1767607200000]');
INSERT INTO changes (workspace_id, revision, kind, at_ms, actor, call_id, snapshot) VALUES (1, 3, 'call.logged', 1767614400000, 'source:pbx', 3, '["inbound","+12025550103","+442079460123","+442079460123",3000,"missed",0,1767603600000]');
INSERT INTO changes (workspace_id, revision, kind, at_ms, actor, call_id, snapshot) VALUES (1, 4, 'call.archived', 1767614400020, 'user:u-ann', 1, '["inbound","+12025550101","+442079460123","+442079460123",1000,"missed",1,1767610800000]');
INSERT INTO changes (workspace_id, revision, kind, at_ms, actor, call_id, snapshot) VALUES (1, 5, 'note.added', 1767614400020, 'user:u-ann', 1, '["inbound","+12025550101","+442079460123","+442079460123",1000,"missed",1,1767610800000]');
INSERT INTO changes (workspace_id, revision, kind, at_ms, actor, call_id, snapshot) VALUES (1, 6, 'note.added', 1767614400020, 'user:u-ann', 1, '["inbound","+12025550101","+442079460123","+442079460123",1000,"missed",1,1767610800000]');
INSERT INTO feed_counts (workspace_id, span, bucket, count) VALUES (1, 0, 0, 3);
INSERT INTO feed_counts (workspace_id, span, bucket, count) VALUES (1, 1, 19, 3);
INSERT INTO feed_counts (workspace_id, span, bucket, count) VALUES (1, 2, 639, 3);
INSERT INTO feed_counts (workspace_id, span, bucket, count) VALUES (1, 3, 20458, 3);
INSERT INTO feed_counts (workspace_id, span, bucket, count) VALUES (1, 4, 491001, 1);
INSERT INTO feed_counts (workspace_id, span, bucket, count) VALUES (1, 4, 491002, 1);
INSERT INTO feed_counts (workspace_id, span, bucket, count) VALUES (1, 4, 491003, 1);
INSERT INTO rollups (workspace_id, span, bucket, direction, call_type, via, is_archived, count) VALUES (1, 0, 0, 'inbound', 'missed', '+442079460123', 0, 1);
INSERT INTO rollups (workspace_id, span, bucket, direction, call_type, via, is_archived, count) VALUES (1, 0, 0, 'inbound', 'missed', '+442079460123', 1, 1);
INSERT INTO rollups (workspace_id, span, bucket, direction, call_type, via, is_archived, count) VALUES (1, 0, 0, 'outbound', 'answered', '+442079460123', 0, 1);
INSERT INTO rollups (workspace_id, span, bucket, direction, call_type, via, is_archived, count) VALUES (1, 1, 19, 'inbound', 'missed', '+442079460123', 0, 1);
INSERT INTO rollups (workspace_id, span, bucket, direction, call_type, via, is_archived, count) VALUES (1, 1, 19, 'inbound', 'missed', '+442079460123', 1, 1);
INSERT INTO rollups (workspace_id, span, bucket, direction, call_type, via, is_archived, count) VALUES (1, 1, 19, 'outbound', 'answered', '+442079460123', 0, 1);
INSERT INTO rollups (workspace_id, span, bucket, direction, call_type, via, is_archived, count) VALUES (1, 2, 639, 'inbound', 'missed', '+442079460123', 0, 1);
INSERT INTO rollups (workspace_id, span, bucket, direction, call_type, via, is_archived, count) VALUES (1, 2, 639, 'inbound', 'missed', '+442079460123', 1, 1);
INSERT INTO rollups (workspace_id, span, bucket, direction, call_type, via, is_archived, count) VALUES (1, 2, 639, 'outbound', 'answered', '+442079460123', 0, 1);
INSERT INTO rollups (workspace_id, span, bucket, direction, call_type, via, is_archived, count) VALUES (1, 3, 20458, 'inbound', 'missed', '+442079460123', 0, 1);
INSERT INTO rollups (workspace_id, span, bucket, direction, call_type, via, is_archived, count) VALUES (1, 3, 20458, 'inbound', 'missed', '+442079460123', 1, 1);
INSERT INTO rollups (workspace_id, span, bucket, direction, call_type, via, is_archived, count) VALUES (1, 3, 20458, 'outbound', 'answered', '+442079460123', 0, 1);
INSERT INTO rollups (workspace_id, span, bucket, direction, call_type, via, is_archived, count) VALUES (1, 4, 491001, 'inbound', 'missed', '+442079460123', 0, 1);
INSERT INTO rollups (workspace_id, span, bucket, direction, call_type, via, is_archived, count) VALUES (1, 4, 491002, 'outbound', 'answered', '+442079460123', 0, 1);
INSERT INTO rollups (workspace_id, span, bucket, direction, call_type, via, is_archived, count) VALUES (1, 4, 491003, 'inbound', 'missed', '+442079460123', 1, 1);
INSERT INTO deliveries (row, workspace_id, source_id, delivery_key, group_key, digest, raw, verdict, reason, call_id, received_at_ms) VALUES (1, 1, 'pbx', 'd-1', 'g-1', 'digest 1', '{"id":1}', 'new', NULL, 1, 1767614400000);
INSERT INTO deliveries (row, workspace_id, source_id, delivery_key, group_key, digest, raw, verdict, reason, call_id, received_at_ms) VALUES (2, 1, 'pbx', 'd-2', 'g-2', 'digest 2', '{"id":2}', 'new', NULL, 2, 1767614400000);
INSERT INTO deliveries (row, workspace_id, source_id, delivery_key, group_key, digest, raw, verdict, reason, call_id, received_at_ms) VALUES (3, 1, 'pbx', 'd-3', 'g-3', 'digest 3', '{"id":3}', 'new', NULL, 3, 1767614400000);
INSERT INTO source_calls (workspace_id, source_id, group_key, call_id, facts, first_received_at_ms) VALUES (1, 'pbx', 'g-1', 1, '{"direction":"inbound","from":"+12025550101","to":"+442079460123","via":"+442079460123","startedAtMs":1767610800000,"endedAtMs":null,"durationMs":1000,"callType":"missed","isArchived":null,"notes":[]}', 1767614400000);
INSERT INTO source_calls (workspace_id, source_id, group_key, call_id, facts, first_received_at_ms) VALUES (1, 'pbx', 'g-2', 2, '{"direction":"outbound","from":"+12025550102","to":"+442079460123","via":"+442079460123","startedAtMs":1767607200000,"endedAtMs":null,"durationMs":2000,"callType":"answered","isArchived":null,"notes":[]}', 1767614400000);
INSERT INTO source_calls (workspace_id, source_id, group_key, call_id, facts, first_received_at_ms) VALUES (1, 'pbx', 'g-3', 3, '{"direction":"inbound","from":"+12025550103","to":"+442079460123","via":"+442079460123","startedAtMs":1767603600000,"endedAtMs":null,"durationMs":3000,"callType":"missed","isArchived":null,"notes":["from the phone system"]}', 1767614400000);
INSERT INTO idempotency_keys (workspace_id, actor, key, part, fingerprint, call_id, revision, snapshot, used_at_ms) VALUES (1, 'user:u-ann', 'k', 'archiveCall', 'f', 1, 4, '["inbound","+12025550101","+442079460123","+442079460123",1000,"missed",1,1767610800000]', 1767614400020);
PRAGMA application_id = 1382641255;
PRAGMA user_version = 1;
