import type { Migration } from "../migrate.ts";

/**
 * What each person has not seen yet; see `domain/unread.ts`. What there was before is seen by everybody.
 *
 * - `call_news` has the last thing that happened to a call and asks to be looked at, while the call is not archived; `actor_id` is
 *   who did it, empty where no person did. Revision 0 asks nobody: it carries the rows of `call_reads`, which need one.
 * - `read_floors` tells up to which revision a person has seen everything.
 * - `call_reads` are the exceptions: seen up to `revision`, or to be looked at in any case (`is_unread`). They go with the call's
 *   row in `call_news`, and once the floor has come to them.
 */
export const unread: Migration = {
  version: 9,
  run(db) {
    db.exec(schema);
  },
};

const schema = `
CREATE TABLE call_news (
  workspace_id INTEGER NOT NULL REFERENCES workspaces (id),
  call_id INTEGER NOT NULL,
  revision INTEGER NOT NULL,
  actor_id TEXT NOT NULL,
  PRIMARY KEY (workspace_id, call_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX call_news_in_order ON call_news (workspace_id, revision);

CREATE TABLE read_floors (
  workspace_id INTEGER NOT NULL REFERENCES workspaces (id),
  user_id TEXT NOT NULL,
  revision INTEGER NOT NULL,
  PRIMARY KEY (workspace_id, user_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE call_reads (
  workspace_id INTEGER NOT NULL REFERENCES workspaces (id),
  user_id TEXT NOT NULL,
  call_id INTEGER NOT NULL,
  revision INTEGER NOT NULL,
  is_unread INTEGER NOT NULL,
  PRIMARY KEY (workspace_id, user_id, call_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX call_reads_of_call ON call_reads (workspace_id, call_id);
`;
