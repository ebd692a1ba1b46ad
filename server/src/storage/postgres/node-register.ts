import type { NodeRegister, OpenByKey } from "../../domain/node-register.ts";
import type { Statements } from "./connection.ts";

/** By the clock of the database, since those of nodes differ. */
export function createNodeRegister(statements: Statements) {
  return {
    exchange: async (nodeId: string, open: OpenByKey): Promise<readonly OpenByKey[]> => {
      const rows = await statements.all<{ open: string }>(exchange, nodeId, JSON.stringify(open));
      return rows.map((row) => JSON.parse(row.open) as OpenByKey);
    },
    leave: async (nodeId: string) => void (await statements.run("DELETE FROM nodes WHERE node_id = $1", nodeId)),
  } satisfies NodeRegister;
}

// A node that has not been heard of for five seconds has ended, and with it its connections; for another minute its row stays, in
// case that it was only slow.
const exchange = `WITH own AS (
    INSERT INTO nodes (node_id, seen_at, open) VALUES ($1, clock_timestamp(), $2)
      ON CONFLICT (node_id) DO UPDATE SET seen_at = excluded.seen_at, open = excluded.open),
  ended AS (DELETE FROM nodes WHERE seen_at < clock_timestamp() - interval '1 minute' AND node_id <> $1)
  SELECT open FROM nodes WHERE node_id <> $1 AND seen_at > clock_timestamp() - interval '5 seconds'`;
