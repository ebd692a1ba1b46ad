import type { Migration } from "../migrate.ts";

/** Calls that are deleted: the tables are those of SQLite, see `sqlite/migrations/0012-retention.ts`. */
export const retention: Migration = {
  version: 9,
  run: (tx) => tx.script(schema),
};

const schema = `
ALTER TABLE workspace_settings ADD COLUMN calls_kept_days BIGINT;

CREATE TABLE deleted_groups (
  workspace_id BIGINT NOT NULL REFERENCES workspaces (workspace_id),
  source_id TEXT COLLATE "C" NOT NULL,
  group_digest TEXT COLLATE "C" NOT NULL,
  deleted_at_ms BIGINT NOT NULL,
  PRIMARY KEY (workspace_id, source_id, group_digest)
);
CREATE INDEX deleted_groups_by_age ON deleted_groups (workspace_id, deleted_at_ms);

CREATE INDEX idempotency_keys_of_call ON idempotency_keys (workspace_id, call_id);
CREATE INDEX number_keys_by_number ON number_keys (workspace_id, number);
`;
