import type { Migration } from "../migrate.ts";

/**
 * Calls that are deleted; see `domain/retention.ts`.
 *
 * - `deleted_groups` tells of which groups of deliveries the call was deleted, by a digest of the group's key (`group-digest.ts`): what
 *   comes late must not bring it back.
 * - The indices lead from a call that is deleted to the answers that hold it (those of writes to many calls are under the call 0),
 *   and from the key of a number to its spellings.
 */
export const retention: Migration = {
  version: 12,
  run(db) {
    db.exec(schema);
  },
};

const schema = `
ALTER TABLE workspace_settings ADD COLUMN calls_kept_days INTEGER;

CREATE TABLE deleted_groups (
  workspace_id INTEGER NOT NULL REFERENCES workspaces (id),
  source_id TEXT NOT NULL,
  group_digest TEXT NOT NULL,
  deleted_at_ms INTEGER NOT NULL,
  PRIMARY KEY (workspace_id, source_id, group_digest)
) STRICT, WITHOUT ROWID;
CREATE INDEX deleted_groups_by_age ON deleted_groups (workspace_id, deleted_at_ms);

CREATE INDEX idempotency_keys_of_call ON idempotency_keys (workspace_id, call_id);
CREATE INDEX number_keys_by_key ON number_keys (workspace_id, key);
`;
