import type { Migration } from "../migrate.ts";

/**
 * Numbers are compared as they are read in the country of the call's source; see `domain/number-key.ts`.
 *
 * - `number_keys` has each spelling that a call has under another key than that of its text alone, so that searches find its calls. A
 *   pair that no call has any more stays.
 * - `key_work` is how far the calls of a workspace have come that are looked at anew because a country was set: those up to `after_id`
 *   have their key. Workspaces with countries begin with it; the writer does the work.
 */
export const numberKeys: Migration = {
  version: 8,
  run(db, { nowMs }) {
    db.exec(schema);
    db.prepare("INSERT INTO key_work SELECT DISTINCT workspace_id, 0, ? FROM number_countries").run(nowMs);
  },
};

const schema = `
CREATE TABLE number_keys (
  workspace_id INTEGER NOT NULL REFERENCES workspaces (id),
  number TEXT NOT NULL,
  key TEXT NOT NULL,
  PRIMARY KEY (workspace_id, number, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE key_work (
  workspace_id INTEGER PRIMARY KEY REFERENCES workspaces (id),
  after_id INTEGER NOT NULL,
  at_ms INTEGER NOT NULL
) STRICT;
`;
