import type { Migration } from "../migrate.ts";

/**
 * The audit log; see `domain/audit.ts`. Ids grow in the order of writing, which tells entries of one instant apart. An entry keeps the
 * name of its target, which may have another one later, and of its actor only who it is.
 */
export const audit: Migration = {
  version: 11,
  run(db) {
    db.exec(schema);
  },
};

const schema = `
CREATE TABLE audit_events (
  id INTEGER PRIMARY KEY,
  workspace_id INTEGER NOT NULL REFERENCES workspaces (id),
  kind TEXT NOT NULL,
  at_ms INTEGER NOT NULL,
  actor TEXT NOT NULL,
  target_id TEXT,
  target_name TEXT,
  details TEXT NOT NULL
) STRICT;
CREATE INDEX audit_events_in_order ON audit_events (workspace_id, at_ms DESC, id DESC);
CREATE INDEX audit_events_by_kind ON audit_events (workspace_id, kind, at_ms DESC, id DESC);
CREATE INDEX audit_events_by_actor ON audit_events (workspace_id, actor, at_ms DESC, id DESC);
`;
