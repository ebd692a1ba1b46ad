import type { Migration } from "../migrate.ts";

/** Webhooks and what is told to them: the tables are those of SQLite, see `sqlite/migrations/0010-webhooks.ts`. */
export const webhooks: Migration = {
  version: 7,
  async run(tx) {
    await tx.script(schema);
  },
};

const schema = `
CREATE TABLE webhooks (
  workspace_id BIGINT NOT NULL REFERENCES workspaces (workspace_id),
  id TEXT COLLATE "C" NOT NULL,
  name TEXT COLLATE "C" NOT NULL,
  url TEXT COLLATE "C" NOT NULL,
  kinds TEXT COLLATE "C" NOT NULL,
  state TEXT COLLATE "C" NOT NULL,
  disabled_for TEXT COLLATE "C",
  created_at_ms BIGINT NOT NULL,
  failing_since_ms BIGINT,
  last_delivered_at_ms BIGINT,
  cursor BIGINT NOT NULL,
  secret TEXT COLLATE "C" NOT NULL,
  old_secret TEXT COLLATE "C",
  old_secret_until_ms BIGINT,
  held_until_ms BIGINT NOT NULL,
  last_number BIGINT NOT NULL,
  holder TEXT COLLATE "C" NOT NULL,
  hold_ends_ms BIGINT NOT NULL,
  PRIMARY KEY (workspace_id, id)
);

CREATE TABLE webhook_deliveries (
  workspace_id BIGINT NOT NULL,
  webhook_id TEXT COLLATE "C" NOT NULL,
  number BIGINT NOT NULL,
  id TEXT COLLATE "C" NOT NULL,
  type TEXT COLLATE "C" NOT NULL,
  revision BIGINT,
  call_id BIGINT,
  created_at_ms BIGINT NOT NULL,
  is_test INTEGER NOT NULL,
  payload TEXT COLLATE "C" NOT NULL,
  state TEXT COLLATE "C" NOT NULL,
  next_attempt_at_ms BIGINT,
  tries INTEGER NOT NULL,
  is_asked INTEGER NOT NULL,
  attempts TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (workspace_id, webhook_id, number),
  FOREIGN KEY (workspace_id, webhook_id) REFERENCES webhooks (workspace_id, id)
);
CREATE UNIQUE INDEX webhook_deliveries_by_id ON webhook_deliveries (workspace_id, id);
CREATE INDEX webhook_deliveries_of_call ON webhook_deliveries (workspace_id, call_id) WHERE call_id IS NOT NULL;
CREATE INDEX webhook_deliveries_by_state ON webhook_deliveries (workspace_id, webhook_id, state, number);
CREATE INDEX webhook_deliveries_waiting ON webhook_deliveries (workspace_id, webhook_id, is_asked, next_attempt_at_ms)
  WHERE next_attempt_at_ms IS NOT NULL;
CREATE INDEX webhook_deliveries_done ON webhook_deliveries (workspace_id, created_at_ms) WHERE next_attempt_at_ms IS NULL;
`;
