import { spawnSync } from "node:child_process";
import { join } from "node:path";
import type { Postgres } from "../machine/postgres.ts";
import { askUntilAnswered } from "./ask.ts";
import { startChild } from "./child.ts";
import { postgraphile } from "./dialect.ts";
import type { Target } from "./target.ts";
import { peerSecret, peerToken } from "./token.ts";

const programs = join(import.meta.dirname, "../peers/postgraphile");

/**
 * PostGraphile on that PostgreSQL, whose processes are accounted for with it. It takes no part where live updates are
 * measured: those would need a plugin of one's own for every event.
 */
export function postgraphileOn(postgres: Postgres): Target {
  const filled = new Set<number>();
  const prepare = async (calls: number) => {
    if (filled.has(calls)) return;
    query(postgres, `CREATE DATABASE calls_${calls}`);
    const { status } = spawnSync(
      process.execPath,
      [join(programs, "data.ts"), postgres.address(`calls_${calls}`), String(calls)],
      { stdio: ["ignore", "inherit", "inherit"] },
    );
    if (status !== 0) throw new Error("PostgreSQL could not be filled");
    filled.add(calls);
  };
  return {
    name: "postgraphile",
    title: "PostGraphile, PostgreSQL",
    kind: "alternative",
    dialect: postgraphile,
    subprotocols: [],
    prepare,
    async start(calls) {
      await prepare(calls);
      query(postgres, "DROP DATABASE IF EXISTS run WITH (FORCE)", `CREATE DATABASE run TEMPLATE calls_${calls}`);
      const child = await startChild([process.execPath, join(programs, "main.ts")], {
        PEER_DATABASE: postgres.address("run"),
        PEER_SECRET: peerSecret,
      });
      const url = `${child.url}/graphql`;
      const token = peerToken();
      await askUntilAnswered(url, token, { query: postgraphile.page, variables: { offset: 0, limit: 10 } });
      return {
        pids: [child.pid, postgres.pid],
        url,
        socketUrl: url.replace(/^http/, "ws"),
        startMs: performance.now() - child.spawnedAtMs,
        tokens: async () => [token],
        stop: async () => child.stop(),
      };
    },
  };
}

function query(postgres: Postgres, ...statements: readonly string[]): void {
  const { status } = spawnSync(
    process.execPath,
    [join(programs, "query.ts"), postgres.address("postgres"), ...statements],
    { stdio: ["ignore", "inherit", "inherit"] },
  );
  if (status !== 0) throw new Error(`PostgreSQL refused: ${statements.join("; ")}`);
}
