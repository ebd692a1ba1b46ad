import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startChild } from "./child.ts";
import { documented } from "./dialect.ts";
import type { Target } from "./target.ts";

const programs = join(import.meta.dirname, "../limits");

/** node:http that sends the same bytes to every request; `body` is what our server would answer. */
export function rawHttp(body: (calls: number) => unknown): Target {
  return limit("raw-http", "node:http, the same bytes", "raw-http.ts", [], (folder, calls) => {
    const file = join(folder, "body.json");
    writeFileSync(file, JSON.stringify({ data: body(calls) }));
    return { LIMIT_BODY: file };
  });
}

/** `ws` alone, one prepared message to every socket. */
export const rawWs: Target = limit("raw-ws", "ws, send to each", "raw-ws.ts", ["graphql-transport-ws"], () => ({}));

function limit(
  name: string,
  title: string,
  program: string,
  subprotocols: Target["subprotocols"],
  environment: (folder: string, calls: number) => Readonly<Record<string, string>>,
): Target {
  return {
    name,
    title,
    kind: "limit",
    dialect: documented,
    subprotocols,
    prepare: async () => undefined,
    async start(calls) {
      const folder = mkdtempSync(join(tmpdir(), "bench-limit-"));
      const child = await startChild([process.execPath, join(programs, program)], environment(folder, calls));
      return {
        pids: [child.pid],
        url: `${child.url}/graphql`,
        socketUrl: `${child.url.replace(/^http/, "ws")}/graphql`,
        startMs: performance.now() - child.spawnedAtMs,
        tokens: async () => ["none"],
        async stop() {
          await child.stop();
          rmSync(folder, { recursive: true, force: true });
        },
      };
    },
  };
}
