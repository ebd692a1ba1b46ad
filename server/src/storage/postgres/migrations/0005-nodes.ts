import type { Migration } from "../migrate.ts";

/**
 * What nodes tell each other by the database, and nobody misses after a crash: unlogged, so that it costs no flush of the disk, is
 * empty after a failover and is in no archive.
 *
 * - `tallies` is what they count together; see `domain/tallies.ts`. `way` and `most_ms` are those of the addition, which the
 *   statement that adds to a row has no other way to look at.
 * - `nodes` has a row for each node that lives, and what is open there in large numbers; see `domain/node-register.ts`.
 */
export const nodes: Migration = {
  version: 5,
  run: (tx) => tx.script(sql),
};

const sql = `
CREATE UNLOGGED TABLE tallies (
  key TEXT COLLATE "C" PRIMARY KEY,
  way TEXT COLLATE "C" NOT NULL,
  most_ms DOUBLE PRECISION NOT NULL,
  count BIGINT NOT NULL,
  ends_at_ms DOUBLE PRECISION NOT NULL
);
CREATE UNLOGGED TABLE nodes (
  node_id TEXT COLLATE "C" PRIMARY KEY,
  seen_at TIMESTAMPTZ NOT NULL,
  open TEXT NOT NULL
);
`;
