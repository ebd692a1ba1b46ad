import type { Migration } from "../migrate.ts";

/** What each person has not seen yet: the tables are those of SQLite, see `sqlite/migrations/0009-unread.ts`. */
export const unread: Migration = {
  version: 6,
  async run(tx) {
    await tx.script(schema);
  },
};

const schema = `
CREATE TABLE call_news (
  workspace_id BIGINT NOT NULL REFERENCES workspaces (workspace_id),
  call_id BIGINT NOT NULL,
  revision BIGINT NOT NULL,
  actor_id TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (workspace_id, call_id)
);
CREATE INDEX call_news_in_order ON call_news (workspace_id, revision);

CREATE TABLE read_floors (
  workspace_id BIGINT NOT NULL REFERENCES workspaces (workspace_id),
  user_id TEXT COLLATE "C" NOT NULL,
  revision BIGINT NOT NULL,
  PRIMARY KEY (workspace_id, user_id)
);

CREATE TABLE call_reads (
  workspace_id BIGINT NOT NULL REFERENCES workspaces (workspace_id),
  user_id TEXT COLLATE "C" NOT NULL,
  call_id BIGINT NOT NULL,
  revision BIGINT NOT NULL,
  is_unread INTEGER NOT NULL,
  PRIMARY KEY (workspace_id, user_id, call_id)
);
CREATE INDEX call_reads_of_call ON call_reads (workspace_id, call_id);
`;
