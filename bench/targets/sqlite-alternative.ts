import { join } from "node:path";
import { freshCopy, preparedFolder } from "../data/folder.ts";
import { makePeerSqlite } from "../data/peer-sqlite.ts";
import { askUntilAnswered } from "./ask.ts";
import { startChild } from "./child.ts";
import { documented } from "./dialect.ts";
import type { Target } from "./target.ts";
import { peerSecret, peerToken } from "./token.ts";

const peers = join(import.meta.dirname, "../peers");

/** An alternative over SQLite: a program of `bench/peers/` that takes its file and secret from the environment. */
export function sqliteAlternative(
  name: string,
  title: string,
  program: string,
  { lateJoin = false }: { readonly lateJoin?: boolean } = {},
): Target {
  const data = (calls: number) =>
    preparedFolder("peer-sqlite", calls, (folder) => makePeerSqlite(join(folder, "calls.sqlite"), calls));
  return {
    name,
    title,
    kind: "alternative",
    dialect: documented,
    subprotocols: ["graphql-transport-ws"],
    async prepare(calls) {
      await data(calls);
    },
    async start(calls) {
      const copy = freshCopy(await data(calls));
      const child = await startChild([process.execPath, join(peers, program)], {
        PEER_DATABASE: join(copy.folder, "calls.sqlite"),
        PEER_SECRET: peerSecret,
        PEER_LATE_JOIN: lateJoin ? "1" : "0",
      });
      const url = `${child.url}/graphql`;
      const token = peerToken();
      await askUntilAnswered(url, token, { query: documented.page, variables: { offset: 0, limit: 10 } });
      const startMs = performance.now() - child.spawnedAtMs;
      return {
        pids: [child.pid],
        url,
        socketUrl: url.replace(/^http/, "ws"),
        startMs,
        tokens: async () => [token],
        async stop() {
          await child.stop();
          copy.remove();
        },
      };
    },
  };
}
