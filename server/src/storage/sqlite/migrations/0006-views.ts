import type { Migration } from "../migrate.ts";

/**
 * What the web app keeps beside calls: saved views, preferences, and what is shown of sources and their deliveries.
 *
 * - `deliveries.raw` is `''` once the body has been forgotten; `bytes` then has its length, and is null before.
 * - `deliveries_by_source` answers pages of a source's deliveries and its counts from the index alone; what went wrong is rare and
 *   has an index of its own, so that it is found however much went well in between.
 */
export const views: Migration = {
  version: 6,
  run(db) {
    db.exec(schema);
  },
};

const schema = `
ALTER TABLE sources ADD COLUMN key_hint TEXT;
ALTER TABLE sources ADD COLUMN is_disabled INTEGER NOT NULL DEFAULT 0;

ALTER TABLE deliveries ADD COLUMN bytes INTEGER;
CREATE INDEX deliveries_by_source ON deliveries (workspace_id, source_id, received_at_ms, verdict);
CREATE INDEX deliveries_amiss ON deliveries (workspace_id, source_id, verdict, received_at_ms)
  WHERE verdict IN ('refused', 'conflicting', 'ignored');
CREATE INDEX deliveries_of_call ON deliveries (workspace_id, call_id) WHERE call_id IS NOT NULL;

CREATE TABLE upkeep (
  name TEXT PRIMARY KEY,
  value INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE views (
  workspace_id INTEGER NOT NULL REFERENCES workspaces (id),
  id TEXT NOT NULL,
  owner_id TEXT NOT NULL,
  name TEXT NOT NULL,
  query TEXT NOT NULL,
  is_shared INTEGER NOT NULL,
  saved_at_ms INTEGER NOT NULL,
  PRIMARY KEY (workspace_id, id),
  UNIQUE (workspace_id, owner_id, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE preferences (
  workspace_id INTEGER NOT NULL REFERENCES workspaces (id),
  user_id TEXT NOT NULL,
  settings TEXT NOT NULL,
  PRIMARY KEY (workspace_id, user_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE workspace_settings (
  workspace_id INTEGER PRIMARY KEY REFERENCES workspaces (id),
  own_name TEXT NOT NULL,
  time_zone TEXT NOT NULL
) STRICT;
`;
