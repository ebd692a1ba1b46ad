import type { Migration } from "../migrate.ts";

/**
 * The first schema. A table either begins its keys with `workspace_id` and can be spread over machines by it, or it belongs to
 * the whole database and is small: `tables.ts` says which. Times are milliseconds since the epoch, UTC; flags are 0 and 1. Text
 * is compared by code points, whatever the locale of the database.
 *
 * - `workspaces` is the row that orders the commits of a workspace: whoever writes there locks it first.
 * - `calls.revision` is that of the call's last change, unless one of its notes has a higher one.
 * - `notes` holds the notes as they are, `revision` being the one that gave a note its present text; `note_versions` holds what
 *   they were before, each from `revision` up to but not including `until_revision`.
 * - `changes.snapshot` and `idempotency_keys.snapshot` hold a call without its notes (see `rows.ts`). `changes.subject` names
 *   which note or tag of its call a change altered, `before` who had the call before an assignment, `undoes` what was taken back.
 * - `rollups` and `feed_counts` are derived from `calls` in the transaction that writes them (see `spans.ts`).
 * - `calls_by_kind` and `calls_by_line` end in the order of the feed: any filter on direction, type, line and archived state is a
 *   union of a few ranges of them. `calls_by_caller` and `calls_by_callee` lead from a number to its calls; nearly every call has
 *   the number of its line as one of the two, and `calls_by_line` has that already.
 * - `number_runs` has, for every number that a call ever had, each end of its digits (`digitRuns`), so that a run of digits anywhere
 *   in a number begins one of them. Numbers come again and again, calls are many.
 * - `notes.words` has the note's words as `wordsOf` gives them, each behind the workspace's id: one index serves all workspaces
 *   and a search reads nothing of others. It is written at once (`fastupdate`), so that no search has to read what is pending.
 * - `deliveries.raw` is empty once the body has been forgotten; `bytes` then has its length, and is null before. It is no text,
 *   for what strangers send may hold bytes that no text of PostgreSQL can.
 */
export const first: Migration = {
  version: 1,
  async run(tx, { nowMs, epoch }) {
    await tx.script(schema);
    await tx.run(
      "INSERT INTO workspaces (workspace_id, name, epoch, created_at_ms) VALUES (1, 'main', $1, $2)",
      epoch,
      nowMs,
    );
  },
};

const schema = `
CREATE TABLE workspaces (
  workspace_id BIGINT PRIMARY KEY,
  name TEXT COLLATE "C" NOT NULL,
  epoch TEXT NOT NULL,
  revision BIGINT NOT NULL DEFAULT 0,
  last_call_id BIGINT NOT NULL DEFAULT 0,
  last_note_id BIGINT NOT NULL DEFAULT 0,
  created_at_ms BIGINT NOT NULL
) WITH (fillfactor = 50);

CREATE TABLE users (
  id TEXT COLLATE "C" PRIMARY KEY,
  workspace_id BIGINT NOT NULL,
  username TEXT NOT NULL,
  username_key TEXT COLLATE "C" NOT NULL UNIQUE,
  role TEXT NOT NULL,
  password_hash TEXT NOT NULL,
  is_disabled INTEGER NOT NULL,
  created_at_ms BIGINT NOT NULL
);
CREATE INDEX users_by_name ON users (workspace_id, username_key);

CREATE TABLE sessions (
  id TEXT COLLATE "C" PRIMARY KEY,
  user_id TEXT COLLATE "C" NOT NULL REFERENCES users (id),
  workspace_id BIGINT NOT NULL,
  rotation TEXT NOT NULL,
  generation BIGINT NOT NULL,
  generation_issued_at_ms BIGINT NOT NULL,
  key_id TEXT NOT NULL,
  started_at_ms BIGINT NOT NULL,
  ends_at_ms BIGINT NOT NULL,
  revoked_at_ms BIGINT,
  revoked_reason TEXT,
  client TEXT NOT NULL
);
CREATE INDEX sessions_live ON sessions (user_id) WHERE revoked_at_ms IS NULL;
CREATE INDEX sessions_revoked ON sessions (revoked_at_ms) WHERE revoked_at_ms IS NOT NULL;
CREATE INDEX sessions_by_end ON sessions (ends_at_ms);

CREATE TABLE api_keys (
  id TEXT COLLATE "C" PRIMARY KEY,
  workspace_id BIGINT NOT NULL,
  name TEXT COLLATE "C" NOT NULL,
  key_hash TEXT COLLATE "C" NOT NULL UNIQUE,
  scopes TEXT NOT NULL,
  requests_per_minute BIGINT NOT NULL,
  created_by TEXT COLLATE "C",
  created_at_ms BIGINT NOT NULL,
  expires_at_ms BIGINT,
  last_used_at_ms BIGINT,
  revoked_at_ms BIGINT
);
CREATE UNIQUE INDEX api_keys_by_name ON api_keys (workspace_id, name) WHERE revoked_at_ms IS NULL;
CREATE INDEX api_keys_revoked ON api_keys (revoked_at_ms) WHERE revoked_at_ms IS NOT NULL;
CREATE INDEX api_keys_of_user ON api_keys (created_by) WHERE revoked_at_ms IS NULL;

CREATE TABLE invitations (
  id TEXT COLLATE "C" PRIMARY KEY,
  workspace_id BIGINT NOT NULL,
  token_hash TEXT COLLATE "C" NOT NULL UNIQUE,
  role TEXT NOT NULL,
  created_by TEXT COLLATE "C",
  created_at_ms BIGINT NOT NULL,
  expires_at_ms BIGINT NOT NULL,
  closed_at_ms BIGINT,
  user_id TEXT COLLATE "C" REFERENCES users (id)
);
CREATE INDEX invitations_open ON invitations (workspace_id, created_at_ms) WHERE closed_at_ms IS NULL;

CREATE TABLE sources (
  id TEXT COLLATE "C" NOT NULL,
  workspace_id BIGINT NOT NULL,
  name TEXT COLLATE "C" NOT NULL,
  kind TEXT NOT NULL,
  key_hash TEXT COLLATE "C" NOT NULL UNIQUE,
  key_hint TEXT,
  is_disabled INTEGER NOT NULL DEFAULT 0,
  created_at_ms BIGINT NOT NULL,
  PRIMARY KEY (workspace_id, id),
  UNIQUE (workspace_id, name)
);

CREATE TABLE upkeep (
  name TEXT PRIMARY KEY,
  value BIGINT NOT NULL
);

CREATE TABLE calls (
  workspace_id BIGINT NOT NULL REFERENCES workspaces (workspace_id),
  id BIGINT NOT NULL,
  direction TEXT COLLATE "C" NOT NULL,
  caller TEXT COLLATE "C" NOT NULL,
  callee TEXT COLLATE "C" NOT NULL,
  via TEXT COLLATE "C" NOT NULL,
  duration_ms BIGINT NOT NULL,
  call_type TEXT COLLATE "C" NOT NULL,
  is_archived INTEGER NOT NULL,
  created_at_ms BIGINT NOT NULL,
  revision BIGINT NOT NULL,
  tags TEXT NOT NULL DEFAULT '[]',
  assignee_id TEXT COLLATE "C",
  assignee_name TEXT,
  PRIMARY KEY (workspace_id, id)
) WITH (fillfactor = 90);
CREATE INDEX calls_feed ON calls (workspace_id, created_at_ms DESC, id DESC);
CREATE INDEX calls_by_kind ON calls
  (workspace_id, direction, call_type, is_archived, created_at_ms DESC, id DESC);
CREATE INDEX calls_by_line ON calls
  (workspace_id, via, direction, call_type, is_archived, created_at_ms DESC, id DESC);
CREATE INDEX calls_by_caller ON calls (workspace_id, caller) WHERE caller <> via;
CREATE INDEX calls_by_callee ON calls (workspace_id, callee) WHERE callee <> via;

CREATE TABLE number_runs (
  workspace_id BIGINT NOT NULL,
  run TEXT COLLATE "C" NOT NULL,
  number TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (workspace_id, run, number)
);

CREATE TABLE notes (
  workspace_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  call_id BIGINT NOT NULL,
  content TEXT NOT NULL,
  revision BIGINT NOT NULL,
  author_id TEXT,
  author_name TEXT,
  created_at_ms BIGINT NOT NULL,
  edited_at_ms BIGINT,
  words TSVECTOR NOT NULL,
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, call_id) REFERENCES calls (workspace_id, id)
);
CREATE INDEX notes_by_words ON notes USING gin (words) WITH (fastupdate = off);
CREATE INDEX notes_of_call ON notes (workspace_id, call_id, id DESC);

CREATE TABLE note_versions (
  workspace_id BIGINT NOT NULL,
  call_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  revision BIGINT NOT NULL,
  until_revision BIGINT NOT NULL,
  content TEXT NOT NULL,
  author_id TEXT,
  author_name TEXT,
  created_at_ms BIGINT NOT NULL,
  edited_at_ms BIGINT,
  PRIMARY KEY (workspace_id, call_id, id, revision),
  FOREIGN KEY (workspace_id, call_id) REFERENCES calls (workspace_id, id)
);
CREATE INDEX note_versions_by_end ON note_versions (workspace_id, until_revision);

CREATE TABLE changes (
  workspace_id BIGINT NOT NULL REFERENCES workspaces (workspace_id),
  revision BIGINT NOT NULL,
  kind TEXT NOT NULL,
  at_ms BIGINT NOT NULL,
  actor TEXT COLLATE "C" NOT NULL,
  call_id BIGINT NOT NULL,
  snapshot TEXT NOT NULL,
  subject TEXT COLLATE "C",
  before TEXT,
  undoes BIGINT,
  PRIMARY KEY (workspace_id, revision)
);
CREATE INDEX changes_of_call ON changes (workspace_id, call_id, revision DESC);

CREATE TABLE feed_counts (
  workspace_id BIGINT NOT NULL,
  span INTEGER NOT NULL,
  bucket BIGINT NOT NULL,
  count BIGINT NOT NULL,
  PRIMARY KEY (workspace_id, span, bucket)
);

CREATE TABLE rollups (
  workspace_id BIGINT NOT NULL,
  span INTEGER NOT NULL,
  bucket BIGINT NOT NULL,
  direction TEXT COLLATE "C" NOT NULL,
  call_type TEXT COLLATE "C" NOT NULL,
  via TEXT COLLATE "C" NOT NULL,
  is_archived INTEGER NOT NULL,
  count BIGINT NOT NULL,
  PRIMARY KEY (workspace_id, span, bucket, direction, call_type, via, is_archived)
);

CREATE TABLE deliveries (
  workspace_id BIGINT NOT NULL REFERENCES workspaces (workspace_id),
  id BIGINT NOT NULL GENERATED ALWAYS AS IDENTITY,
  source_id TEXT COLLATE "C" NOT NULL,
  delivery_key TEXT COLLATE "C" NOT NULL,
  group_key TEXT COLLATE "C" NOT NULL,
  digest TEXT NOT NULL,
  raw BYTEA NOT NULL,
  bytes BIGINT,
  verdict TEXT COLLATE "C" NOT NULL,
  reason TEXT,
  call_id BIGINT,
  received_at_ms BIGINT NOT NULL,
  PRIMARY KEY (workspace_id, id),
  UNIQUE (workspace_id, source_id, delivery_key)
);
CREATE INDEX deliveries_by_age ON deliveries (id);
CREATE INDEX deliveries_by_source ON deliveries (workspace_id, source_id, received_at_ms DESC, id DESC);
CREATE INDEX deliveries_amiss ON deliveries (workspace_id, source_id, verdict, received_at_ms DESC, id DESC)
  WHERE verdict IN ('refused', 'conflicting', 'ignored');
CREATE INDEX deliveries_of_call ON deliveries (workspace_id, call_id, id) WHERE call_id IS NOT NULL;

CREATE TABLE source_calls (
  workspace_id BIGINT NOT NULL,
  source_id TEXT COLLATE "C" NOT NULL,
  group_key TEXT COLLATE "C" NOT NULL,
  call_id BIGINT NOT NULL,
  facts TEXT NOT NULL,
  first_received_at_ms BIGINT NOT NULL,
  PRIMARY KEY (workspace_id, source_id, group_key),
  FOREIGN KEY (workspace_id, call_id) REFERENCES calls (workspace_id, id)
);
CREATE INDEX source_calls_of_call ON source_calls (workspace_id, call_id);

CREATE TABLE idempotency_keys (
  workspace_id BIGINT NOT NULL,
  actor TEXT COLLATE "C" NOT NULL,
  key TEXT COLLATE "C" NOT NULL,
  part TEXT COLLATE "C" NOT NULL,
  fingerprint TEXT NOT NULL,
  call_id BIGINT NOT NULL,
  revision BIGINT NOT NULL,
  snapshot TEXT NOT NULL,
  outcomes TEXT,
  used_at_ms BIGINT NOT NULL,
  PRIMARY KEY (workspace_id, actor, key, part)
);
CREATE INDEX idempotency_keys_by_age ON idempotency_keys (workspace_id, used_at_ms);

CREATE TABLE kept_answers (
  workspace_id BIGINT NOT NULL,
  actor TEXT COLLATE "C" NOT NULL,
  key TEXT COLLATE "C" NOT NULL,
  part TEXT COLLATE "C" NOT NULL,
  fingerprint TEXT NOT NULL,
  answer TEXT NOT NULL,
  kept_at_ms BIGINT NOT NULL,
  PRIMARY KEY (workspace_id, actor, key, part)
);
CREATE INDEX kept_answers_by_age ON kept_answers (workspace_id, kept_at_ms);

CREATE TABLE views (
  workspace_id BIGINT NOT NULL REFERENCES workspaces (workspace_id),
  id TEXT COLLATE "C" NOT NULL,
  owner_id TEXT COLLATE "C" NOT NULL,
  name TEXT COLLATE "C" NOT NULL,
  query TEXT NOT NULL,
  is_shared INTEGER NOT NULL,
  saved_at_ms BIGINT NOT NULL,
  PRIMARY KEY (workspace_id, id),
  UNIQUE (workspace_id, owner_id, name)
);

CREATE TABLE preferences (
  workspace_id BIGINT NOT NULL REFERENCES workspaces (workspace_id),
  user_id TEXT COLLATE "C" NOT NULL,
  settings TEXT NOT NULL,
  PRIMARY KEY (workspace_id, user_id)
);

CREATE TABLE workspace_settings (
  workspace_id BIGINT PRIMARY KEY REFERENCES workspaces (workspace_id),
  own_name TEXT NOT NULL,
  time_zone TEXT NOT NULL
);
`;
