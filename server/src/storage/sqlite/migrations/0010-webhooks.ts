import type { Migration } from "../migrate.ts";

/**
 * Webhooks and what is told to them; see `domain/webhook-store.ts`.
 *
 * - `webhooks`: `cursor` is the revision that the log was read up to, `last_number` that of its newest delivery. Whoever sends holds it as
 *   `holder` until `hold_ends_ms`.
 * - `webhook_deliveries`: one with a `call_id` goes when the call is deleted. `next_attempt_at_ms` is there while one waits, and so an index of these alone tells what is due.
 */
export const webhooks: Migration = {
  version: 10,
  run(db) {
    db.exec(schema);
  },
};

const schema = `
CREATE TABLE webhooks (
  workspace_id INTEGER NOT NULL REFERENCES workspaces (id),
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  url TEXT NOT NULL,
  kinds TEXT NOT NULL,
  state TEXT NOT NULL,
  disabled_for TEXT,
  created_at_ms INTEGER NOT NULL,
  failing_since_ms INTEGER,
  last_delivered_at_ms INTEGER,
  cursor INTEGER NOT NULL,
  secret TEXT NOT NULL,
  old_secret TEXT,
  old_secret_until_ms INTEGER,
  held_until_ms INTEGER NOT NULL,
  last_number INTEGER NOT NULL,
  holder TEXT NOT NULL,
  hold_ends_ms INTEGER NOT NULL,
  PRIMARY KEY (workspace_id, id)
) STRICT;

CREATE TABLE webhook_deliveries (
  workspace_id INTEGER NOT NULL,
  webhook_id TEXT NOT NULL,
  number INTEGER NOT NULL,
  id TEXT NOT NULL,
  type TEXT NOT NULL,
  revision INTEGER,
  call_id INTEGER,
  created_at_ms INTEGER NOT NULL,
  is_test INTEGER NOT NULL,
  payload TEXT NOT NULL,
  state TEXT NOT NULL,
  next_attempt_at_ms INTEGER,
  tries INTEGER NOT NULL,
  is_asked INTEGER NOT NULL,
  attempts TEXT NOT NULL,
  PRIMARY KEY (workspace_id, webhook_id, number),
  FOREIGN KEY (workspace_id, webhook_id) REFERENCES webhooks (workspace_id, id)
) STRICT;
CREATE UNIQUE INDEX webhook_deliveries_by_id ON webhook_deliveries (workspace_id, id);
CREATE INDEX webhook_deliveries_of_call ON webhook_deliveries (workspace_id, call_id) WHERE call_id IS NOT NULL;
CREATE INDEX webhook_deliveries_by_state ON webhook_deliveries (workspace_id, webhook_id, state, number);
CREATE INDEX webhook_deliveries_waiting ON webhook_deliveries (workspace_id, webhook_id, is_asked, next_attempt_at_ms)
  WHERE next_attempt_at_ms IS NOT NULL;
CREATE INDEX webhook_deliveries_done ON webhook_deliveries (workspace_id, created_at_ms) WHERE next_attempt_at_ms IS NULL;
`;
