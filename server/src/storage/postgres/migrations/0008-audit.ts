import type { Migration } from "../migrate.ts";

/** The audit log: the table is that of SQLite, see `sqlite/migrations/0011-audit.ts`. */
export const audit: Migration = {
  version: 8,
  run: (tx) => tx.script(schema),
};

const schema = `
CREATE TABLE audit_events (
  workspace_id BIGINT NOT NULL REFERENCES workspaces (workspace_id),
  id BIGINT NOT NULL GENERATED ALWAYS AS IDENTITY,
  kind TEXT COLLATE "C" NOT NULL,
  at_ms BIGINT NOT NULL,
  actor TEXT COLLATE "C" NOT NULL,
  target_id TEXT COLLATE "C",
  target_name TEXT,
  details TEXT NOT NULL,
  PRIMARY KEY (workspace_id, id)
);
CREATE INDEX audit_events_in_order ON audit_events (workspace_id, at_ms DESC, id DESC);
CREATE INDEX audit_events_by_kind ON audit_events (workspace_id, kind, at_ms DESC, id DESC);
CREATE INDEX audit_events_by_actor ON audit_events (workspace_id, actor, at_ms DESC, id DESC);
`;
