import type { Migration } from "../migrate.ts";

/**
 * Numbers are compared as they are read in the country of the call's source; see `domain/number-key.ts`.
 *
 * - `number_keys` has each spelling that a call has under another key than that of its text alone, so that searches find its calls by the
 *   other spellings. A pair that no call has any more stays.
 * - `key_work` is how far the calls of a workspace have come that are looked at anew because a country was set: those up to `after_id`
 *   have their key. Workspaces with countries begin with it; the writer does the work.
 */
export const numberKeys: Migration = {
  version: 4,
  async run(tx, { nowMs }) {
    await tx.script(schema);
    await tx.run("INSERT INTO key_work SELECT DISTINCT workspace_id, 0, $1::bigint FROM number_countries", nowMs);
  },
};

const schema = `
CREATE TABLE number_keys (
  workspace_id BIGINT NOT NULL REFERENCES workspaces (workspace_id),
  key TEXT COLLATE "C" NOT NULL,
  number TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (workspace_id, key, number)
);
CREATE TABLE key_work (
  workspace_id BIGINT PRIMARY KEY REFERENCES workspaces (workspace_id),
  after_id BIGINT NOT NULL,
  at_ms BIGINT NOT NULL
);
`;
